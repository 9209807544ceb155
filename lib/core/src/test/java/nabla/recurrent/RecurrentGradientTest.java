package nabla.recurrent;

import static nabla.recurrent.Fixtures.assertClose;
import static nabla.recurrent.Fixtures.lossOfStep;
import static nabla.recurrent.Fixtures.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.check.Numeric;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Every gradient against finite differences of a loss that this test computes by itself from the hidden states. */
class RecurrentGradientTest {
    private static final int T = 4;

    private static List<RecurrentNetwork> networks(boolean softmax) {
        List<RecurrentNetwork> networks = new ArrayList<>();
        for (Activation f : Activation.values()) {
            networks.add(Fixtures.randomRnn(f, softmax, f == Activation.LEAKY_RELU ? 17 : 11)); // away from kinks
        }
        networks.add(Fixtures.randomLstm(softmax, 12));
        return networks;
    }

    /** Targets at every step, at the last one, and with holes, for B sequences and 3 answers. */
    private static Map<String, Targets> targets(int B, boolean classes) {
        SplittableRandom rng = new SplittableRandom(13);
        Map<String, Targets> targets = new LinkedHashMap<>();
        if (classes) {
            int[][] all = new int[B][T];
            int[][] holes = new int[B][T];
            for (int b = 0; b < B; b++) {
                for (int t = 0; t < T; t++) {
                    all[b][t] = rng.nextInt(3);
                    holes[b][t] = (b + t) % 3 == 0 ? Targets.NONE : rng.nextInt(3);
                }
            }
            targets.put("every class", Targets.classes(all, 3));
            targets.put("classes with holes", Targets.classes(holes, 3));
            targets.put("last class", Targets.lastClass(new int[B], T, 3));
        } else {
            targets.put("every value", Targets.values(Sequences.stacked(Randoms.normal(T * B, 3, 1, rng), T)));
            targets.put("last value", Targets.lastValue(Randoms.normal(B, 3, 1, rng), T));
        }
        return targets;
    }

    private static double loss(RecurrentNetwork network, Sequences x, SimpleMatrix start, Targets y) {
        UnrolledNetwork pass = network.forward(x, start);
        double loss = 0;
        for (int t = 1; t <= T; t++) {
            loss += lossOfStep(network.readout(), pass.h(t), y, t);
        }
        return loss;
    }

    /** No pre-activation of a rectifier may come near its kink, or a finite difference would not be one. */
    private static void assertAwayFromKinks(Rnn rnn, Sequences x, SimpleMatrix start) {
        UnrolledRnn pass = rnn.forward(x, start);
        int positive = 0;
        for (int t = 1; t <= T; t++) {
            SimpleMatrix z = pass.z(t);
            for (int e = 0; e < z.getNumElements(); e++) {
                assertTrue(Math.abs(z.get(e)) > 0.01, "choose another seed: " + z);
                positive += z.get(e) > 0 ? 1 : 0;
            }
        }
        assertTrue(positive > 0 && positive < T * x.batch() * 3);
    }

    @Test
    void allGradientsOfAllNetworksAndTargets() {
        int cases = 0;
        for (int B : new int[] {1, 3}) {
            Sequences x = Fixtures.randomInputs(T, B, 21);
            for (String kind : List.of("softmax classes", "softmax values", "linear values")) {
                boolean softmax = kind.startsWith("softmax");
                for (RecurrentNetwork network : networks(softmax)) {
                    SimpleMatrix start = Randoms.normal(B, network.stateSize(), 0.6, new SplittableRandom(14));
                    if (network instanceof Rnn rnn
                            && (rnn.activation() == Activation.RELU || rnn.activation() == Activation.LEAKY_RELU)) {
                        assertAwayFromKinks(rnn, x, start);
                    }
                    for (Map.Entry<String, Targets> target :
                            targets(B, kind.endsWith("classes")).entrySet()) {
                        Targets y = target.getValue();
                        String what =
                                network.getClass().getSimpleName() + ", " + kind + ", " + target.getKey() + ", " + B;
                        RecurrentGradient gradient = network.forward(x, start).gradient(y);
                        assertEquals(loss(network, x, start, y), gradient.loss(), 1e-13, what);
                        assertEquals(gradient.loss(), network.forward(x, start).loss(y), 0.0, what);
                        Fixtures.assertGradients(
                                what,
                                () -> loss(network, x, start, y),
                                network,
                                gradient.direction().matrices());
                        assertClose(
                                what + ": x",
                                Numeric.gradient(() -> loss(network, x, start, y), x.stacked()),
                                gradient.inputs(),
                                1e-8);
                        assertClose(
                                what + ": initial state",
                                Numeric.gradient(() -> loss(network, x, start, y), start),
                                gradient.state(0),
                                1e-8);
                        cases++;
                    }
                }
            }
        }
        assertEquals(2 * 6 * (3 + 2 + 2), cases);
    }

    /**
     * dC/ds_t for 0 < t <= T, from the losses of step t on, as functions of the state at t. What an LSTM's cell does to its own
     * h_t counts, as in the notation [dC/dh_t, dC/dC_t].
     */
    @Test
    void gradientsOfTheStatesInBetween() {
        Sequences x = Fixtures.randomInputs(T, 2, 21);
        for (RecurrentNetwork network : networks(true)) {
            Targets y = targets(2, true).get("classes with holes");
            SimpleMatrix start = Randoms.normal(2, network.stateSize(), 0.6, new SplittableRandom(14));
            UnrolledNetwork pass = network.forward(x, start);
            for (int window = 1; window <= T; window++) {
                RecurrentGradient gradient = pass.gradient(y, window);
                for (int k = 1; k <= T; k++) {
                    int first = k;
                    int last = Math.min(T, k + window - 1);
                    SimpleMatrix moved = pass.state(k);
                    SimpleMatrix numeric = Numeric.gradient(
                            () -> {
                                SimpleMatrix state = withOwnOutput(pass, first, moved);
                                double loss = lossOfStep(network.readout(), state.cols(0, network.hidden()), y, first);
                                for (int t = first + 1; t <= last; t++) {
                                    SimpleMatrix h = network.forward(part(x, first + 1, t), state)
                                            .h(t - first);
                                    loss += lossOfStep(network.readout(), h, y, t);
                                }
                                return loss;
                            },
                            moved);
                    assertClose("state " + k + ", window " + window, numeric, gradient.state(k), 1e-8);
                }
            }
        }
    }

    /** The state with h moved by as much as a move of the cells does to it. */
    private static SimpleMatrix withOwnOutput(UnrolledNetwork pass, int t, SimpleMatrix moved) {
        if (!(pass instanceof UnrolledLstm cells)) {
            return moved;
        }
        SimpleMatrix state = moved.copy();
        for (int b = 0; b < moved.getNumRows(); b++) {
            for (int i = 0; i < 3; i++) {
                double change =
                        Math.tanh(moved.get(b, 3 + i)) - Math.tanh(cells.C(t).get(b, i));
                state.set(b, i, state.get(b, i) + cells.o(t).get(b, i) * change);
            }
        }
        return state;
    }

    /**
     * The definition of truncation: the loss of step t is that of a network which starts w steps earlier from a state that is
     * taken as given.
     */
    @Test
    void truncatedGradientsAreThoseOfShortSequencesFromGivenStates() {
        Sequences x = Fixtures.randomInputs(T, 2, 21);
        for (RecurrentNetwork network : networks(true)) {
            Targets y = targets(2, true).get("every class");
            SimpleMatrix start = Randoms.normal(2, network.stateSize(), 0.6, new SplittableRandom(14));
            UnrolledNetwork pass = network.forward(x, start);
            for (int window = 1; window <= T; window++) {
                int w = window;
                List<SimpleMatrix> given = new ArrayList<>();
                given.add(start);
                for (int t = 1; t < T; t++) {
                    given.add(pass.state(t));
                }
                java.util.function.DoubleSupplier loss = () -> {
                    double sum = 0;
                    for (int t = 1; t <= T; t++) {
                        int first = Math.max(1, t - w + 1);
                        SimpleMatrix h = network.forward(part(x, first, t), given.get(first - 1))
                                .h(t - first + 1);
                        sum += lossOfStep(network.readout(), h, y, t);
                    }
                    return sum;
                };
                RecurrentGradient gradient = pass.gradient(y, w);
                Fixtures.assertGradients(
                        "window " + w, loss, network, gradient.direction().matrices());
                assertClose("x", Numeric.gradient(loss, x.stacked()), gradient.inputs(), 1e-8);
                assertClose("start", Numeric.gradient(loss, start), gradient.state(0), 1e-8);
                assertEquals(pass.loss(y), gradient.loss(), 0.0);
            }
        }
    }

    /** The double sum of the notes over t and k, every product of Jacobians multiplied out. */
    @Test
    void truncatedGradientsOfTheRnnAreTheDoubleSum() {
        for (Activation f : Activation.values()) {
            Rnn rnn = Fixtures.rnn(f);
            Sequences x = Fixtures.seq4Inputs();
            SimpleMatrix h0 = Fixtures.seq4State();
            UnrolledRnn pass = rnn.forward(x, h0);
            int[] classes = {0, 2, 1, 0};
            for (int window = 1; window <= T; window++) {
                SimpleMatrix dW = new SimpleMatrix(3, 3);
                SimpleMatrix dU = new SimpleMatrix(3, 2);
                SimpleMatrix db = new SimpleMatrix(3, 1);
                for (int t = 1; t <= T; t++) {
                    SimpleMatrix error = pass.yHat(t);
                    error.set(classes[t - 1], error.get(classes[t - 1]) - 1);
                    SimpleMatrix dh = error.mult(rnn.V);
                    for (int k = t; k > t - window && k >= 1; k--) {
                        SimpleMatrix left = dh;
                        for (int j = t; j > k; j--) {
                            left = left.mult(slopes(f, pass.z(j))).mult(rnn.W);
                        }
                        SimpleMatrix dz = left.mult(slopes(f, pass.z(k))).transpose();
                        dW = dW.plus(dz.mult(pass.h(k - 1)));
                        dU = dU.plus(dz.mult(x.step(k)));
                        db = db.plus(dz);
                    }
                }
                RecurrentGradient gradient = pass.gradient(Fixtures.seq4Targets(), window);
                assertClose("dW " + f + window, dW, gradient.of("W"), 1e-13);
                assertClose("dU " + f + window, dU, gradient.of("U"), 1e-13);
                assertClose("db " + f + window, db, gradient.of("b"), 1e-13);
            }
        }
    }

    private static SimpleMatrix slopes(Activation f, SimpleMatrix z) {
        double[] slopes = new double[z.getNumElements()];
        for (int i = 0; i < slopes.length; i++) {
            double tanh = Math.tanh(z.get(i));
            slopes[i] = switch (f) {
                case TANH -> 1 - tanh * tanh;
                case RELU -> z.get(i) > 0 ? 1 : 0;
                case IDENTITY -> 1;
                case SIGMOID -> 1 / (2 + Math.exp(z.get(i)) + Math.exp(-z.get(i)));
                case LEAKY_RELU -> z.get(i) > 0 ? 1 : 0.2;
            };
        }
        return SimpleMatrix.diag(slopes);
    }

    @Test
    void theWholeSequenceAsWindowIsNoTruncationAndShorterOnesDiffer() {
        Sequences x = Fixtures.randomInputs(T, 3, 21);
        for (RecurrentNetwork network : networks(true)) {
            Targets y = targets(3, true).get("every class");
            SimpleMatrix start = Randoms.normal(3, network.stateSize(), 0.6, new SplittableRandom(14));
            UnrolledNetwork pass = network.forward(x, start); // from zeros, nothing would come of h_0
            RecurrentGradient full = pass.gradient(y);
            Fixtures.assertSame(
                    full.direction().matrices(), pass.gradient(y, T).direction().matrices(), 0);
            for (int window = 1; window < T; window++) {
                RecurrentGradient truncated = pass.gradient(y, window);
                // the read-out sees no time
                assertClose("V", full.of("V"), truncated.of("V"), 0);
                String inner = network instanceof Rnn ? "W" : "WC";
                double difference = full.of(inner).minus(truncated.of(inner)).elementMaxAbs();
                // slopes of a sigmoid are at most a quarter, and three of them are multiplied
                boolean isSigmoid = network instanceof Rnn rnn && rnn.activation() == Activation.SIGMOID;
                assertTrue(
                        difference > (isSigmoid ? 1e-4 / 64 : 1e-4),
                        network.parameters().keySet() + ", " + window + ": " + difference);
            }
        }
    }

    @Test
    void gradientsOfSingleStepsSumToTheFullOne() {
        Sequences x = Fixtures.randomInputs(T, 3, 21);
        for (boolean softmax : new boolean[] {true, false}) {
            for (RecurrentNetwork network : networks(softmax)) {
                Targets y = targets(3, softmax).get(softmax ? "classes with holes" : "every value");
                UnrolledNetwork pass = network.forward(x);
                Map<String, SimpleMatrix> sum = Checks.copyOf(network.parameters());
                sum.values().forEach(SimpleMatrix::zero);
                double loss = 0;
                for (int t = 1; t <= T; t++) {
                    RecurrentGradient one = pass.gradient(y.only(t));
                    loss += one.loss();
                    sum.replaceAll((name, s) -> s.plus(one.of(name)));
                    for (int later = t + 1; later <= T; later++) {
                        assertEquals(0, one.state(later).elementMaxAbs(), 0.0);
                    }
                }
                Fixtures.assertSame(pass.gradient(y).direction().matrices(), sum, 1e-13);
                assertEquals(pass.loss(y), loss, 1e-14);
            }
        }
    }

    @Test
    void passesAndGradientsChangeNothing() {
        for (RecurrentNetwork network : networks(true)) {
            Sequences x = Fixtures.randomInputs(T, 2, 21);
            SimpleMatrix start = Randoms.normal(2, network.stateSize(), 0.6, new SplittableRandom(14));
            Targets y = targets(2, true).get("every class");
            var before = Checks.copyOf(network.parameters());
            SimpleMatrix inputs = x.stacked().copy();
            SimpleMatrix state = start.copy();
            SimpleMatrix targets = y.stacked().copy();
            UnrolledNetwork pass = network.forward(x, start);
            pass.gradient(y);
            pass.h(0).fill(9);
            pass.h(2).fill(9);
            pass.state(0).fill(9);
            pass.state(2).fill(9);
            pass.logits(2).fill(9);
            pass.yHat(2).fill(9);
            RecurrentGradient again = pass.gradient(y, 2);
            again.state(1).fill(9);
            Fixtures.assertSame(
                    network.forward(x, start).gradient(y, 2).direction().matrices(),
                    again.direction().matrices(),
                    0);
            assertClose("state", network.forward(x, start).gradient(y, 2).state(1), again.state(1), 0);
            Fixtures.assertUnchanged(before, network);
            assertTrue(x.stacked().isIdentical(inputs, 0));
            assertTrue(start.isIdentical(state, 0));
            assertTrue(y.stacked().isIdentical(targets, 0));
        }
    }

    @Test
    void unknownNamesAndStepsAreNamed() {
        RecurrentGradient gradient =
                Fixtures.seq4().forward(Fixtures.seq4Inputs()).gradient(Fixtures.seq4Targets());
        Checks.assertRefused("name: expected one of [U, W, b, V, c], got Wf", () -> gradient.of("Wf"));
        Checks.assertRefused("t: expected a number from 0 to 4, got 5", () -> gradient.state(5));
        assertThrows(
                UnsupportedOperationException.class,
                () -> gradient.direction().matrices().clear());
        assertEquals(
                "[U, W, b, V, c]",
                Arrays.toString(gradient.direction().matrices().keySet().toArray()));
    }

    /** A way back that is gone again, with another window, keeps nothing of the time before. */
    @Test
    void truncatedGradientsForgetTheRunBefore() {
        Sequences x = Fixtures.randomInputs(T, 2, 21);
        for (RecurrentNetwork network : networks(true)) {
            Targets y = targets(2, true).get("classes with holes");
            UnrolledNetwork pass = network.forward(x, new SimpleMatrix(2, network.stateSize()));
            BackPropagationThroughTime back = pass.backward();
            for (int window : new int[] {2, 3, T, 1}) {
                RecurrentGradient again = back.run(y, window);
                RecurrentGradient fresh = pass.gradient(y, window);
                for (String name : fresh.direction().names()) {
                    assertTrue(fresh.of(name).isIdentical(again.of(name), 0), name + ", window " + window);
                }
                assertTrue(fresh.state(0).isIdentical(again.state(0), 0));
            }
        }
    }
}
