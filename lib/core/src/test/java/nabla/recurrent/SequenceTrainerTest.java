package nabla.recurrent;

import static nabla.Checks.assertRefused;
import static nabla.recurrent.Fixtures.assertUnchanged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import nabla.Checks;
import nabla.data.SequenceBatch;
import nabla.data.SequenceTask;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Randoms;
import nabla.optim.Adam;
import nabla.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SequenceTrainerTest {
    /** Random bits, one-hot; the answer at each step is the bit of the step before, and nothing is asked at the first. */
    private static final class LastBit implements SequenceTask {
        private final int steps;

        LastBit(int steps) {
            this.steps = steps;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public SequenceBatch batch(int size, RandomGenerator rng) {
            List<SimpleMatrix> x = new ArrayList<>();
            int[][] y = new int[size][steps];
            for (int b = 0; b < size; b++) {
                SimpleMatrix bits = new SimpleMatrix(steps, 2);
                y[b][0] = Targets.NONE;
                for (int t = 0; t < steps; t++) {
                    int bit = rng.nextInt(2);
                    bits.set(t, bit, 1);
                    if (t + 1 < steps) {
                        y[b][t + 1] = bit;
                    }
                }
                x.add(bits);
            }
            return new SequenceBatch(Sequences.of(x), Targets.classes(y, 2));
        }
    }

    /** Numbers whose answer is zero. */
    private static SequenceTask zeros(double size, int steps) {
        return new SequenceTask() {
            @Override
            public int inputs() {
                return 2;
            }

            @Override
            public int outputs() {
                return 2;
            }

            @Override
            public SequenceBatch batch(int batch, RandomGenerator rng) {
                Sequences x = Sequences.stacked(Randoms.normal(steps * batch, 2, size, rng), steps);
                return new SequenceBatch(x, Targets.lastValue(new SimpleMatrix(batch, 2), steps));
            }
        };
    }

    private static Rnn rnn(long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        Readout readout = Readout.softmax(2, 5, rng);
        return Rnn.forTraining(Activation.TANH, 2, Initialization.orthogonal(0.9), readout, rng);
    }

    private static Lstm lstm(long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        return Lstm.forTraining(2, Readout.softmax(2, 5, rng), rng);
    }

    @Test
    void sameSeedSameNetworkBitByBit() {
        for (RecurrentNetwork network : List.of(rnn(1), lstm(1))) {
            RecurrentNetwork twin = network.copy();
            var start = Checks.copyOf(network.parameters());
            List<StepReport> one = new SequenceTrainer(new Adam(0.01), 4)
                    .train(network, new LastBit(5), 20, new SplittableRandom(3), r -> true);
            List<StepReport> two = new SequenceTrainer(new Adam(0.01), 4)
                    .train(twin, new LastBit(5), 20, new SplittableRandom(3), r -> true);
            assertUnchanged(Checks.copyOf(network.parameters()), twin);
            assertEquals(one, two);
            network.parameters().forEach((name, x) -> assertFalse(x.isIdentical(start.get(name), 0), name));
            RecurrentNetwork other = network.copy();
            new SequenceTrainer(new Adam(0.01), 4).train(other, new LastBit(5), 1, new SplittableRandom(4), r -> true);
            assertFalse(other.readout().V.isIdentical(network.readout().V, 0));
        }
    }

    @Test
    void oneStepIsAForwardPassAGradientAndAStepOfTheOptimizer() {
        Rnn rnn = rnn(1);
        Rnn start = rnn.copy();
        List<StepReport> reports =
                new SequenceTrainer(new Sgd(0.3), 6).train(rnn, new LastBit(4), 1, new SplittableRandom(2), r -> true);
        SequenceBatch batch = new LastBit(4).batch(6, new SplittableRandom(2));
        RecurrentGradient gradient = start.forward(batch.x()).gradient(batch.y());
        start.parameters().forEach((name, x) -> {
            SimpleMatrix expected = x.minus(gradient.of(name).scale(0.3));
            assertTrue(expected.isIdentical(rnn.parameters().get(name), 1e-15), name);
        });
        assertEquals(
                List.of(new StepReport(1, gradient.loss(), gradient.direction().norm())), reports);
    }

    @Test
    void reportsGiveTheNormBeforeClipping() {
        Rnn rnn = rnn(1);
        Rnn start = rnn.copy();
        List<StepReport> reports = new SequenceTrainer(new Sgd(1).clippingNorm(1e-3), 6)
                .train(rnn, new LastBit(4), 1, new SplittableRandom(2), r -> true);
        assertTrue(reports.get(0).gradientNorm() > 0.1);
        double moved = 0;
        for (Map.Entry<String, SimpleMatrix> p : start.parameters().entrySet()) {
            moved += Math.pow(
                    p.getValue().minus(rnn.parameters().get(p.getKey())).normF(), 2);
        }
        assertEquals(1e-3, Math.sqrt(moved), 1e-12);
    }

    @Test
    void trainingCanBeResumed() {
        Rnn whole = rnn(1);
        Rnn parts = rnn(1);
        new SequenceTrainer(new Adam(0.01), 4).train(whole, new LastBit(5), 7, new SplittableRandom(3), r -> true);
        SequenceTrainer trainer = new SequenceTrainer(new Adam(0.01), 4);
        SplittableRandom rng = new SplittableRandom(3);
        trainer.train(parts, new LastBit(5), 3, rng, r -> true);
        List<StepReport> second = trainer.train(parts, new LastBit(5), 4, rng, r -> true);
        assertUnchanged(Checks.copyOf(whole.parameters()), parts);
        assertEquals(1, second.get(0).step());
    }

    @Test
    void aTinyTaskIsLearned() {
        for (RecurrentNetwork network : List.of(rnn(1), lstm(1))) {
            List<StepReport> reports = new SequenceTrainer(new Adam(0.02).clippingNorm(5), 16)
                    .train(network, new LastBit(6), 200, new SplittableRandom(2), r -> true);
            assertEquals(200, reports.size());
            double chance = 5 * Math.log(2);
            assertEquals(chance, reports.get(0).loss(), 1);
            assertTrue(reports.get(199).loss() < 0.1 * chance, "" + reports.get(199));
            SequenceBatch fresh = new LastBit(12).batch(50, new SplittableRandom(9)); // longer than in training
            UnrolledNetwork pass = network.forward(fresh.x());
            int right = 0;
            for (int t = 2; t <= 12; t++) {
                for (int b = 0; b < 50; b++) {
                    SimpleMatrix p = pass.yHat(t).getRow(b);
                    int answer = p.get(0) > p.get(1) ? 0 : 1;
                    right += fresh.y().stacked().get((t - 1) * 50 + b, answer) == 1 ? 1 : 0;
                }
            }
            assertTrue(right > 0.97 * 550, network.getClass() + ": " + right);
        }
    }

    @Test
    void progressStopsTheTraining() {
        AtomicInteger told = new AtomicInteger();
        List<StepReport> reports = new SequenceTrainer(new Sgd(0.1), 2)
                .train(rnn(1), new LastBit(4), 100, new SplittableRandom(2), r -> {
                    assertEquals(told.incrementAndGet(), r.step());
                    return r.step() < 3;
                });
        assertEquals(3, reports.size());
        assertEquals(3, told.get());
    }

    @Test
    void anInterruptStopsTheTrainingAndStaysSet() {
        Rnn rnn = rnn(1);
        var before = Checks.copyOf(rnn.parameters());
        SequenceTrainer trainer = new SequenceTrainer(new Sgd(0.1), 2);
        Thread.currentThread().interrupt();
        List<StepReport> reports = trainer.train(rnn, new LastBit(4), 100, new SplittableRandom(2), r -> true);
        assertTrue(Thread.interrupted()); // and clears it
        assertEquals(List.of(), reports);
        assertUnchanged(before, rnn);
        reports = trainer.train(rnn, new LastBit(4), 100, new SplittableRandom(2), r -> {
            if (r.step() == 4) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        assertTrue(Thread.interrupted());
        assertEquals(4, reports.size());
    }

    /** Trains until it diverges; checks that the step is named and the network is as after the step before, and finite. */
    private static String assertDiverges(RecurrentNetwork network, SequenceTask task, double rate) {
        AtomicInteger last = new AtomicInteger();
        List<Map<String, SimpleMatrix>> before = new ArrayList<>(List.of(Checks.copyOf(network.parameters())));
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> new SequenceTrainer(new Sgd(rate), 3)
                .train(network, task, 2000, new SplittableRandom(2), r -> {
                    assertTrue(Double.isFinite(r.loss()) && Double.isFinite(r.gradientNorm()), r.toString());
                    last.set(r.step());
                    before.set(0, Checks.copyOf(network.parameters()));
                    return true;
                }));
        String named = "training diverged in step " + (last.get() + 1) + ": ";
        assertTrue(e.getMessage().startsWith(named), named + "expected, got " + e.getMessage());
        assertUnchanged(before.get(0), network);
        network.parameters().forEach((name, x) -> assertFalse(x.hasUncountable(), name));
        return e.getMessage();
    }

    private static Rnn relu(double scale) {
        SplittableRandom rng = new SplittableRandom(1);
        return Rnn.forTraining(Activation.RELU, 2, Initialization.identity(scale), Readout.linear(2, 5, rng), rng);
    }

    @Test
    void divergenceIsNamedAndLeavesTheNetworkAsItWas() {
        String atOnce = assertDiverges(relu(1e60), zeros(1, 8), 0.1);
        assertTrue(atOnce.startsWith("training diverged in step 1: "), atOnce);
        String later = assertDiverges(relu(1.5), zeros(1, 8), 0.1);
        assertFalse(later.startsWith("training diverged in step 1: "), later);
    }

    /** The square of an error overflows before the error does. */
    @Test
    void anInfiniteLossIsDivergenceAlsoWhereTheGradientIsFinite() {
        SplittableRandom rng = new SplittableRandom(1);
        Rnn rnn = Rnn.forTraining(Activation.TANH, 2, Initialization.glorot(), Readout.linear(2, 5, rng), rng);
        rnn.c.fill(1e160);
        SequenceBatch batch = zeros(1, 5).batch(3, new SplittableRandom(2));
        RecurrentGradient gradient = rnn.forward(batch.x()).gradient(batch.y());
        assertEquals(Double.POSITIVE_INFINITY, gradient.loss());
        gradient.direction().matrices().forEach((name, g) -> assertFalse(g.hasUncountable(), name));
        String message = assertDiverges(rnn, zeros(1, 5), 0.1);
        assertTrue(message.startsWith("training diverged in step 1: the loss is Infinity;"), message);
    }

    /** States of zero, whose Jacobians overflow all the same. */
    @Test
    void anInfiniteGradientIsDivergenceAlsoWhereTheLossIsFinite() {
        SplittableRandom rng = new SplittableRandom(1);
        Rnn rnn =
                Rnn.forTraining(Activation.IDENTITY, 2, Initialization.identity(1e60), Readout.linear(2, 5, rng), rng);
        rnn.U.zero();
        rnn.c.fill(1);
        SequenceBatch batch = zeros(1, 8).batch(3, new SplittableRandom(2));
        assertEquals(2, rnn.forward(batch.x()).loss(batch.y()), 1e-15);
        String message = assertDiverges(rnn, zeros(1, 8), 0.1);
        assertTrue(message.startsWith("training diverged in step 1: the gradient of U is no longer finite"), message);
    }

    @Test
    void networkAndTaskMustFit() {
        SequenceTrainer trainer = new SequenceTrainer(new Sgd(0.1), 2);
        SplittableRandom rng = new SplittableRandom(1);
        Rnn wide = Rnn.forTraining(Activation.TANH, 3, Initialization.glorot(), Readout.softmax(2, 5, rng), rng);
        assertRefused(
                "network: expected 2 inputs and 2 outputs as the task has, got 3 and 2",
                () -> trainer.train(wide, new LastBit(4), 5, rng, r -> true));
        Rnn answers = Rnn.forTraining(Activation.TANH, 2, Initialization.glorot(), Readout.softmax(4, 5, rng), rng);
        assertRefused(
                "network: expected 2 inputs and 2 outputs as the task has, got 2 and 4",
                () -> trainer.train(answers, new LastBit(4), 5, rng, r -> true));
        Rnn linear = Rnn.forTraining(Activation.TANH, 2, Initialization.glorot(), Readout.linear(2, 5, rng), rng);
        var before = Checks.copyOf(linear.parameters());
        assertRefused(
                "y: classes need a softmax read-out, this one is linear",
                () -> trainer.train(linear, new LastBit(4), 5, rng, r -> true));
        assertUnchanged(before, linear);
        assertRefused(
                "steps: expected at least 1, got 0", () -> trainer.train(rnn(1), new LastBit(4), 0, rng, r -> true));
        assertRefused("batchSize: expected at least 1, got 0", () -> new SequenceTrainer(new Sgd(0.1), 0));
        assertRefused("optimizer: expected one, got null", () -> new SequenceTrainer(null, 1));
        Rnn network = rnn(1);
        var start = Checks.copyOf(network.parameters());
        assertRefused("progress: expected one, got null", () -> trainer.train(network, new LastBit(4), 5, rng, null));
        assertRefused("task: expected one, got null", () -> trainer.train(network, null, 5, rng));
        assertUnchanged(start, network);
    }

    @Test
    void theTrainersOptimizerBelongsToOneModel() {
        SequenceTrainer trainer = new SequenceTrainer(new Adam(0.1), 2);
        SplittableRandom rng = new SplittableRandom(1);
        trainer.train(rnn(1), new LastBit(4), 1, rng, r -> true);
        Lstm other = lstm(1);
        var before = Checks.copyOf(other.parameters());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> trainer.train(other, new LastBit(4), 1, rng, r -> true));
        assertTrue(e.getMessage().startsWith("parameters: expected those of the earlier steps"), e.getMessage());
        assertUnchanged(before, other);
    }

    @Test
    void theTaskOfTheTestsAsksForTheBitBefore() {
        SequenceBatch batch = new LastBit(5).batch(2, new SplittableRandom(1));
        assertFalse(batch.y().isAsked(1, 0));
        for (int t = 2; t <= 5; t++) {
            assertTrue(Arrays.equals(
                    batch.x().step(t - 1).getDDRM().data,
                    batch.y().stacked().rows(2 * t - 2, 2 * t).getDDRM().data));
        }
    }
}
