package nabla.recurrent;

import static nabla.recurrent.Fixtures.assertClose;
import static nabla.recurrent.Fixtures.assertSums;
import static nabla.recurrent.Fixtures.matrix;
import static nabla.recurrent.Fixtures.pair;
import static nabla.recurrent.Fixtures.pairH;
import static nabla.recurrent.Fixtures.pairTargets;
import static nabla.recurrent.Fixtures.row;
import static nabla.recurrent.Fixtures.seq4;
import static nabla.recurrent.Fixtures.seq4Inputs;
import static nabla.recurrent.Fixtures.seq4State;
import static nabla.recurrent.Fixtures.seq4Targets;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.check.Numeric;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against loops over single numbers, published numbers, another library, and finite differences. */
class RnnTest {
    /** h_0, ..., h_T of one sequence, as three loops. */
    private static double[][] states(Rnn rnn, SimpleMatrix x, double[] h0) {
        int n = h0.length;
        double[][] h = new double[x.getNumRows() + 1][n];
        h[0] = h0;
        for (int t = 1; t < h.length; t++) {
            for (int i = 0; i < n; i++) {
                double z = rnn.b.get(i);
                for (int j = 0; j < x.getNumCols(); j++) {
                    z += rnn.U.get(i, j) * x.get(t - 1, j);
                }
                for (int j = 0; j < n; j++) {
                    z += rnn.W.get(i, j) * h[t - 1][j];
                }
                h[t][i] = switch (rnn.activation()) {
                    case TANH -> StrictMath.tanh(z);
                    case RELU -> z > 0 ? z : 0;
                    case IDENTITY -> z;
                    case SIGMOID -> 1 / (1 + Math.exp(-z));
                    case LEAKY_RELU -> z < 0 ? z / 5 : z;
                };
            }
        }
        return h;
    }

    @Test
    void forwardAgreesWithLoopsOverSingleNumbers() {
        Sequences x = Fixtures.randomInputs(5, 3, 1);
        SimpleMatrix h0 = Randoms.normal(3, 3, 1, new SplittableRandom(2));
        for (Activation f : Activation.values()) {
            for (boolean softmax : new boolean[] {true, false}) {
                Rnn rnn = Fixtures.randomRnn(f, softmax, 3);
                UnrolledRnn pass = rnn.forward(x, h0);
                for (int b = 0; b < 3; b++) {
                    double[][] h = states(rnn, x.sequence(b), h0.getRow(b).getDDRM().data);
                    for (int t = 0; t <= 5; t++) {
                        assertClose("h", row(h[t]), pass.h(t).getRow(b), 1e-14);
                        if (t > 0) {
                            SimpleMatrix answers = row(Fixtures.answers(rnn.readout(), h[t]));
                            assertClose("answers", answers, pass.yHat(t).getRow(b), 1e-14);
                        }
                    }
                }
                assertClose("all answers", pass.yHat().rows(12, 15), pass.yHat(5), 0);
            }
        }
    }

    @Test
    void preActivationsAndLogitsReproduceStatesAndAnswers() {
        UnrolledRnn pass = seq4().forward(seq4Inputs(), seq4State());
        for (int t = 1; t <= 4; t++) {
            for (int i = 0; i < 3; i++) {
                assertEquals(Math.tanh(pass.z(t).get(i)), pass.h(t).get(i), 1e-15);
                double p = Math.exp(pass.logits(t).get(i))
                        / (Math.exp(pass.logits(t).get(0))
                                + Math.exp(pass.logits(t).get(1))
                                + Math.exp(pass.logits(t).get(2)));
                assertEquals(p, pass.yHat(t).get(i), 1e-15);
            }
            assertEquals(1, pass.yHat(t).elementSum(), 1e-15);
        }
        assertClose("state", pass.h(4), pass.lastState(), 0);
        assertClose("initial state", seq4State(), pass.state(0), 0);
    }

    @Test
    void seq4HasThePublishedNumbers() {
        UnrolledRnn pass = seq4().forward(seq4Inputs());
        Targets y = seq4Targets();
        assertEquals(0.9493673733, pass.loss(y, 4), 1e-10);
        double sum = 0;
        for (int t = 1; t <= 4; t++) {
            int target = new int[] {0, 2, 1, 0}[t - 1];
            assertEquals(-Math.log(pass.yHat(t).get(target)), pass.loss(y, t), 1e-15);
            assertEquals(pass.loss(y, t), pass.loss(y.only(t)), 0.0);
            sum += pass.loss(y, t);
        }
        assertEquals(sum, pass.loss(y), 1e-15);
        assertEquals(sum, pass.gradient(y).loss(), 1e-15);
        // dz_4/dz_1 = W diag(f'_3) W diag(f'_2) W diag(f'_1), its norm and the bound on it
        SimpleMatrix slopes = SimpleMatrix.diag(slopes(pass, 1));
        SimpleMatrix dz = seq4().W.mult(pass.jacobian(0, 3, 1)).mult(slopes);
        assertEquals(0.3539150183, norm2(dz), 1e-10);
        assertEquals(5.545, pass.jacobianBound(4, 1), 5e-4);
    }

    private static double[] slopes(UnrolledRnn pass, int t) {
        double[] slopes = new double[3];
        for (int i = 0; i < 3; i++) {
            slopes[i] = 1 - pass.h(t).get(i) * pass.h(t).get(i);
        }
        return slopes;
    }

    private static double norm2(SimpleMatrix x) {
        return x.svd().getW().elementMaxAbs();
    }

    @Test
    void contributionsHaveThePublishedSizes() {
        Targets last = seq4Targets().only(4);
        List<SimpleMatrix> terms = seq4().forward(seq4Inputs()).contributions(last);
        SimpleMatrix gradient = seq4().forward(seq4Inputs()).gradient(last).of("W");
        assertEquals(0.293, gradient.elementMaxAbs(), 5e-4);
        assertEquals(0.264, terms.get(3).elementMaxAbs(), 5e-4); // forgetting the term of k = t
        assertEquals(0, terms.get(0).elementMaxAbs(), 0.0); // h_0 = 0
        List<SimpleMatrix> fromState = seq4().forward(seq4Inputs(), seq4State()).contributions(last);
        assertEquals(0.0128, fromState.get(0).normF(), 5e-5);
    }

    @Test
    void contributionsSumToTheGradient() {
        for (Activation f : Activation.values()) {
            Rnn rnn = Fixtures.rnn(f);
            UnrolledRnn pass = rnn.forward(pair(), pairH());
            for (Targets y :
                    List.of(pairTargets(), pairTargets().only(3), pairTargets().only(1))) {
                SimpleMatrix sum = new SimpleMatrix(3, 3);
                List<SimpleMatrix> terms = pass.contributions(y);
                assertEquals(4, terms.size());
                for (SimpleMatrix term : terms) {
                    sum = sum.plus(term);
                }
                assertClose(f + "", pass.gradient(y).of("W"), sum, 1e-14);
            }
        }
    }

    /** Each term by itself: W moved in step k alone, by way of a loop in which every step has its own W. */
    @Test
    void eachContributionIsTheDerivativeInTheWeightsOfItsStep() {
        Rnn rnn = seq4();
        List<SimpleMatrix> terms = rnn.forward(seq4Inputs(), seq4State()).contributions(seq4Targets());
        for (int k = 1; k <= 4; k++) {
            SimpleMatrix own = rnn.W.copy();
            int here = k;
            SimpleMatrix numeric = Numeric.gradient(
                    () -> {
                        double loss = 0;
                        SimpleMatrix h = seq4State();
                        for (int t = 1; t <= 4; t++) {
                            Rnn step = Rnn.withoutBiases(rnn.U, t == here ? own : rnn.W, rnn.V);
                            double[] next = states(step, seq4Inputs().step(t), h.getDDRM().data)[1];
                            h = row(next);
                            loss += Fixtures.lossOfStep(rnn.readout(), h, seq4Targets(), t);
                        }
                        return loss;
                    },
                    own);
            assertClose("k = " + k, numeric, terms.get(k - 1), 1e-9);
        }
    }

    /** The order of the factors: latest on the left. The other order misses the gradient by the published amounts. */
    @Test
    void reversedOrderIsOffByThePublishedAmounts() {
        assertEquals(0.028, reversedError(new SimpleMatrix(1, 3)), 5e-4);
        assertEquals(0.034, reversedError(seq4State()), 5e-4);
    }

    private static double reversedError(SimpleMatrix h0) {
        Rnn rnn = seq4();
        UnrolledRnn pass = rnn.forward(seq4Inputs(), h0);
        SimpleMatrix dh = pass.yHat(4).minus(row(1, 0, 0)).mult(rnn.V); // dC_4/dh_4
        SimpleMatrix ordered = new SimpleMatrix(3, 3);
        SimpleMatrix reversed = new SimpleMatrix(3, 3);
        for (int k = 1; k <= 4; k++) {
            SimpleMatrix product = SimpleMatrix.identity(3);
            for (int j = k + 1; j <= 4; j++) {
                product = product.mult(pass.jacobian(0, j, j - 1));
            }
            SimpleMatrix immediate = SimpleMatrix.diag(slopes(pass, k));
            ordered = ordered.plus(
                    dh.mult(pass.jacobian(0, 4, k)).mult(immediate).transpose().mult(pass.h(k - 1)));
            reversed =
                    reversed.plus(dh.mult(product).mult(immediate).transpose().mult(pass.h(k - 1)));
        }
        SimpleMatrix gradient = pass.gradient(seq4Targets().only(4)).of("W");
        assertClose("ordered", gradient, ordered, 1e-14);
        return gradient.minus(reversed).elementMaxAbs();
    }

    /** Two steps of one unit: h_1 = tanh(c_1 + W), z_2 = c_2 + W h_1, of which the notes take the logistic function. */
    @Test
    void twoStepScalarHasThePublishedPieces() {
        Rnn rnn = new Rnn(Activation.TANH, row(1), row(1.5), row(0), Readout.linear(row(1), row(0)));
        UnrolledRnn pass = rnn.forward(Sequences.of(Fixtures.column(-2, 1)), row(1));
        double h2 = pass.h(2).get(0);
        Targets y = Targets.lastValue(row(h2 - 0.5), 2); // so that dC/dh_2 is 1
        double p = 1 / (1 + Math.exp(-pass.z(2).get(0)));
        double change = p * (1 - p) / (1 - h2 * h2); // from tanh to the logistic function
        assertEquals(-0.1128523747, change * pass.contributions(y).get(1).get(0), 1e-10);
        assertEquals(0.2880843942, change * pass.contributions(y).get(0).get(0), 1e-10);
        assertEquals(0.1752320195, change * pass.gradient(y).of("W").get(0), 1e-10);
    }

    /** Computed by PyTorch 1.13.0 in double precision: nn.RNN, a linear layer, cross_entropy summed and halved. */
    @Test
    void tanhAgreesWithPyTorch() {
        UnrolledRnn pass = Fixtures.rnn(Activation.TANH).forward(pair(), pairH());
        RecurrentGradient gradient = pass.gradient(pairTargets());
        assertEquals(3.88263772950938, gradient.loss(), 1e-13);
        assertSums("logits", 0.277709112293889, 0.820942589482325, stacked(pass, true));
        assertSums("h", 1.83668326712467, 1.99863656329649, stacked(pass, false));
        assertSums("U", 0.447199021120298, 0.615980441328157, gradient.of("U"));
        assertSums("W", -0.674244504670106, 0.847447067889943, gradient.of("W"));
        assertSums("b", -0.180973486969186, 0.929782859153603, gradient.of("b"));
        assertSums("V", 0.223657950566565, 0.283677337729595, gradient.of("V"));
        assertSums("c", -0.0127141440892436, 0.495500065672327, gradient.of("c"));
        assertSums("h_0", 0.0624681257189136, 0.474008077441591, gradient.state(0));
        assertSums("x", 0.0368740058733426, 0.221471109233701, gradient.inputs());
    }

    /** As {@link #tanhAgreesWithPyTorch}, with nonlinearity='relu'. */
    @Test
    void reluAgreesWithPyTorch() {
        UnrolledRnn pass = Fixtures.rnn(Activation.RELU).forward(pair(), pairH());
        RecurrentGradient gradient = pass.gradient(pairTargets());
        assertEquals(3.74609463316612, gradient.loss(), 1e-13);
        assertSums("logits", -0.344917011782497, 0.695498044344035, stacked(pass, true));
        assertSums("h", 2.20405618087205, 2.33541899107877, stacked(pass, false));
        assertSums("U", -0.70025533841121, 0.654740505692689, gradient.of("U"));
        assertSums("W", -3.10291573040424, 1.46242694861425, gradient.of("W"));
        assertSums("b", -0.299858715261296, 1.29959166697829, gradient.of("b"));
        assertSums("V", -0.139650410217029, 0.256084623414358, gradient.of("V"));
        assertSums("c", -0.0439079802748225, 0.328504854684511, gradient.of("c"));
        assertSums("h_0", 0.0682384419104109, 0.670259446445078, gradient.state(0));
        assertSums("x", 0.0895472211416757, 0.353954421131866, gradient.inputs());
    }

    static SimpleMatrix stacked(UnrolledNetwork pass, boolean logits) {
        SimpleMatrix all = new SimpleMatrix(0, 3);
        for (int t = 1; t <= pass.steps(); t++) {
            all = all.concatRows(logits ? pass.logits(t) : pass.h(t));
        }
        return all;
    }

    @Test
    void jacobiansAreDerivativesOfLaterStates() {
        Sequences x = Fixtures.randomInputs(5, 2, 7);
        SimpleMatrix h0 = Randoms.normal(2, 3, 0.5, new SplittableRandom(8));
        for (Activation f : new Activation[] {Activation.TANH, Activation.IDENTITY}) {
            Rnn rnn = Fixtures.randomRnn(f, true, 9);
            UnrolledRnn pass = rnn.forward(x, h0);
            for (int b = 0; b < 2; b++) {
                for (int k = 0; k < 5; k++) {
                    SimpleMatrix h = pass.h(k);
                    for (int t = k + 1; t <= 5; t++) {
                        SimpleMatrix jacobian = pass.jacobian(b, t, k);
                        Sequences rest = Fixtures.part(x, k + 1, t);
                        for (int i = 0; i < 3; i++) {
                            int sequence = b;
                            int unit = i;
                            SimpleMatrix numeric = Numeric.gradient(
                                    () -> rnn.forward(rest, h).lastState().get(sequence, unit), h);
                            assertClose("dh_" + t + "/dh_" + k, numeric.getRow(b), jacobian.getRow(i), 1e-9);
                        }
                    }
                }
            }
        }
    }

    @Test
    void jacobianOfAStateInItselfIsTheIdentity() {
        UnrolledRnn pass = seq4().forward(seq4Inputs());
        for (int t = 0; t <= 4; t++) {
            assertTrue(pass.jacobian(0, t, t).isIdentical(SimpleMatrix.identity(3), 0));
            assertEquals(1, pass.jacobianBound(t, t), 0.0);
        }
    }

    @Test
    void noJacobianIsLongerThanItsBound() {
        List<Activation> kinds = List.of(Activation.TANH, Activation.RELU, Activation.IDENTITY);
        double closest = 0;
        for (int seed = 0; seed < 60; seed++) {
            Activation f = kinds.get(seed % 3);
            UnrolledRnn pass = Fixtures.randomRnn(f, true, seed).forward(Fixtures.randomInputs(8, 1, seed));
            for (int k = 0; k < 8; k++) {
                for (int t = k + 1; t <= 8; t++) {
                    double ratio = norm2(pass.jacobian(0, t, k)) / pass.jacobianBound(t, k);
                    assertTrue(ratio <= 1 + 1e-12, f + " " + seed + ": " + ratio);
                    closest = Math.max(closest, ratio);
                }
            }
        }
        assertEquals(1, closest, 1e-12); // one step of a linear network reaches it
    }

    @Test
    void boundProvesNothingAboutExplosion() {
        Rnn rnn = new Rnn(
                Activation.IDENTITY,
                new SimpleMatrix(2, 1),
                new SimpleMatrix(new double[][] {{0, 5}, {0, 0}}),
                new SimpleMatrix(2, 1),
                Readout.linear(row(1, 1), row(0)));
        UnrolledRnn pass = rnn.forward(Sequences.of(Fixtures.column(1, 2, 3)));
        assertEquals(25, pass.jacobianBound(3, 1), 1e-12);
        assertEquals(0, norm2(pass.jacobian(0, 3, 1)), 0.0);
    }

    @Test
    void identityWeightsAndRectifiersPassGradientsOnUnchanged() {
        Rnn rnn = Rnn.forTraining(
                Activation.RELU,
                2,
                Initialization.identity(1),
                Readout.linear(1, 4, new SplittableRandom(1)),
                new SplittableRandom(2));
        rnn.b.fill(5); // all states positive
        UnrolledRnn pass = rnn.forward(Fixtures.randomInputs(50, 1, 3));
        assertTrue(pass.jacobian(0, 50, 0).isIdentical(SimpleMatrix.identity(4), 0));
    }

    @Test
    void networkForTrainingIsMadeAsItSays() {
        Readout readout = Readout.softmax(4, 5, new SplittableRandom(1));
        Rnn rnn = Rnn.forTraining(Activation.TANH, 3, Initialization.orthogonal(0.5), readout, new SplittableRandom(2));
        assertEquals(3, rnn.inputs());
        assertEquals(5, rnn.hidden());
        assertEquals(5, rnn.stateSize());
        assertEquals(4, rnn.outputs());
        assertSame(readout, rnn.readout());
        assertSame(readout.V, rnn.V);
        assertClose("W W'", SimpleMatrix.identity(5).scale(0.25), rnn.W.mult(rnn.W.transpose()), 1e-14);
        assertEquals(0, rnn.b.elementMaxAbs(), 0.0);
        assertEquals(0, rnn.c.elementMaxAbs(), 0.0);
        double edge = Math.sqrt(6.0 / 8);
        assertTrue(rnn.U.elementMaxAbs() <= edge && rnn.U.elementMaxAbs() > edge / 2);
    }

    @Test
    void parametersAreTheMatricesThemselvesInAStableOrder() {
        Rnn rnn = Fixtures.rnn(Activation.TANH);
        List<String> names = List.of("U", "W", "b", "V", "c");
        assertEquals(names, new ArrayList<>(rnn.parameters().keySet()));
        assertEquals(
                names,
                new ArrayList<>(
                        rnn.forward(pair()).gradient(pairTargets()).direction().names()));
        assertSame(rnn.W, rnn.parameters().get("W"));
        assertSame(rnn.U, rnn.parameters().get("U"));
        assertSame(rnn.b, rnn.parameters().get("b"));
        assertSame(rnn.V, rnn.parameters().get("V"));
        assertSame(rnn.c, rnn.parameters().get("c"));
    }

    @Test
    void copiesShareNothing() {
        for (RecurrentNetwork network : List.of(Fixtures.rnn(Activation.RELU), Fixtures.lstm())) {
            RecurrentNetwork copy = network.copy();
            var before = Checks.copyOf(network.parameters());
            assertEquals(
                    network.forward(pair()).loss(pairTargets()),
                    copy.forward(pair()).loss(pairTargets()),
                    0.0);
            copy.parameters().forEach((name, x) -> {
                assertNotSame(network.parameters().get(name), x);
                assertTrue(x.isIdentical(before.get(name), 0), name);
                x.fill(7);
            });
            assertNotSame(network.readout(), copy.readout());
            assertSame(copy.readout().V, copy.parameters().get("V"));
            Fixtures.assertUnchanged(before, network);
        }
        assertEquals(Activation.RELU, Fixtures.rnn(Activation.RELU).copy().activation());
    }

    @Test
    void twoHalvesMakeTheWhole() {
        Sequences x = Fixtures.randomInputs(6, 2, 4);
        for (RecurrentNetwork network :
                List.of(Fixtures.randomRnn(Activation.TANH, true, 5), Fixtures.randomLstm(true, 5))) {
            SimpleMatrix start = Randoms.normal(2, network.stateSize(), 0.5, new SplittableRandom(6));
            UnrolledNetwork whole = network.forward(x, start);
            UnrolledNetwork first = network.forward(Fixtures.part(x, 1, 3), start);
            UnrolledNetwork second = network.forward(Fixtures.part(x, 4, 6), first.lastState());
            for (int t = 1; t <= 3; t++) {
                assertClose("first", whole.state(t), first.state(t), 1e-15);
                assertClose("second", whole.state(t + 3), second.state(t), 1e-15);
                assertClose("answers", whole.yHat(t + 3), second.yHat(t), 1e-15);
            }
            assertClose("joint", whole.state(3), second.state(0), 1e-15);
        }
    }

    @Test
    void aBatchIsItsSequencesOneByOne() {
        for (RecurrentNetwork network : List.of(Fixtures.rnn(Activation.TANH), Fixtures.lstm())) {
            SimpleMatrix start = Randoms.normal(2, network.stateSize(), 0.5, new SplittableRandom(6));
            UnrolledNetwork both = network.forward(pair(), start);
            Targets[] each = {
                Targets.classes(new int[][] {{0, 2, 1, 0}}, 3),
                Targets.classes(new int[][] {{1, 1, Targets.NONE, 2}}, 3)
            };
            double loss = 0;
            SimpleMatrix dV = new SimpleMatrix(3, 3);
            for (int b = 0; b < 2; b++) {
                UnrolledNetwork one = network.forward(Sequences.of(pair().sequence(b)), start.getRow(b));
                assertClose("state", both.lastState().getRow(b), one.lastState(), 1e-15);
                loss += one.loss(each[b]) / 2; // a mean over sequences
                dV = dV.plus(one.gradient(each[b]).of("V").scale(0.5));
            }
            assertEquals(loss, both.loss(pairTargets()), 1e-14);
            assertClose("dV", dV, both.gradient(pairTargets()).of("V"), 1e-14);
        }
    }

    @Test
    void hugeNumbersHaveTheirFiniteCrossEntropy() {
        Sequences x = Sequences.of(matrix(4, 2, (t, d) -> 1000 * Math.cos(t + 2 * d)));
        for (Activation f : Activation.values()) {
            Rnn rnn = new Rnn(
                    f,
                    seq4().U.scale(100),
                    seq4().W.scale(100),
                    seq4().b,
                    Readout.softmax(seq4().V.scale(100), seq4().c));
            UnrolledRnn pass = rnn.forward(x);
            double expected = 0;
            for (int t = 1; t <= 4; t++) {
                expected += Fixtures.crossEntropy(pass.logits(t), new int[] {0, 2, 1, 0}[t - 1]);
            }
            assertTrue(Double.isFinite(expected) && expected > 100, f + ": " + expected);
            RecurrentGradient gradient = pass.gradient(seq4Targets());
            assertEquals(1, gradient.loss() / expected, 1e-12);
            gradient.direction().matrices().forEach((name, g) -> assertTrue(!g.hasUncountable(), f + " " + name));
        }
    }
}
