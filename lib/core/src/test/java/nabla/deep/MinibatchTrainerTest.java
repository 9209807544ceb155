package nabla.deep;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import nabla.Checks;
import nabla.math.Activation;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.optim.Adam;
import nabla.optim.Batches;
import nabla.optim.Direction;
import nabla.optim.Examples;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import nabla.optim.Sgd;
import nabla.optim.Training;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Training by minibatches, of a linear network whose best parameters are known. */
class MinibatchTrainerTest {
    private static final int D = 3;
    private static final int TARGETS = 2;

    /** Examples are inputs and, after them, targets; the loss is the sum of the squared differences. Remembers what it was given. */
    private static final class LeastSquares implements Objective<SimpleMatrix> {
        final Network network;
        final List<SimpleMatrix> batches = new ArrayList<>();
        final List<Double> losses = new ArrayList<>();

        LeastSquares(Network network) {
            this.network = network;
        }

        @Override
        public Learner model() {
            return network;
        }

        @Override
        public void requireData(SimpleMatrix X) {
            Require.examples("X", X, D + TARGETS);
        }

        @Override
        public LossGradient gradient(SimpleMatrix X, RandomGenerator rng) {
            BackPropagation pass = network.backPropagation();
            SimpleMatrix difference = pass.forward(X.cols(0, D)).minus(X.cols(D, D + TARGETS));
            pass.backward(difference.scale(2.0 / X.getNumRows()));
            batches.add(X.copy());
            losses.add(Math.pow(difference.normF(), 2) / X.getNumRows());
            return new LossGradient(losses.get(losses.size() - 1), pass.gradient());
        }
    }

    private static LeastSquares objective() {
        return new LeastSquares(Network.of(Layers.dense(D, TARGETS, Activation.IDENTITY, new SplittableRandom(1))));
    }

    /** Inputs, and targets that are all but linear in them. */
    private static SimpleMatrix data(int N) {
        SplittableRandom rng = new SplittableRandom(2);
        SimpleMatrix X = Randoms.normal(N, D, 1, rng);
        SimpleMatrix Y = X.mult(Randoms.normal(D, TARGETS, 1, rng)).plus(Randoms.normal(N, TARGETS, 0.3, rng));
        return X.concatColumns(Y.plus(0.7));
    }

    private static final class Stop {
        final AtomicInteger told = new AtomicInteger();
        final int last;

        Stop(int last) {
            this.last = last;
        }

        boolean after(EpochLoss report) {
            assertEquals(told.incrementAndGet(), report.epoch());
            return report.epoch() < last;
        }
    }

    @Test
    void leastSquaresReachesTheNormalEquations() {
        SimpleMatrix X = data(30);
        LeastSquares objective = objective();
        List<EpochLoss> reports = new MinibatchTrainer(new Sgd(0.2), 30)
                .train(objective, Batches.of(X), 300, new SplittableRandom(3), report -> true);
        SimpleMatrix A = X.cols(0, D).concatColumns(new SimpleMatrix(30, 1).plus(1));
        SimpleMatrix Y = X.cols(D, D + TARGETS);
        SimpleMatrix best = A.transpose().mult(A).solve(A.transpose().mult(Y));
        Checks.assertClose("W", best.rows(0, D), objective.model().parameters().get("W1"), 1e-10);
        Checks.assertClose(
                "b",
                best.rows(D, D + 1).transpose(),
                objective.model().parameters().get("b1"),
                1e-10);
        double least = Math.pow(A.mult(best).minus(Y).normF(), 2) / 30;
        assertEquals(least, reports.get(299).loss(), 1e-10);
        assertTrue(reports.get(0).loss() > 2 * least);
    }

    @Test
    void everyExampleIsUsedOnceInEveryEpochAlsoInTheLastSmallerBatch() {
        SimpleMatrix X = data(11);
        LeastSquares objective = objective();
        new MinibatchTrainer(new Sgd(0.1), 4)
                .train(objective, Batches.of(X), 3, new SplittableRandom(3), report -> true);
        assertEquals(
                List.of(4, 4, 3, 4, 4, 3, 4, 4, 3),
                objective.batches.stream().map(SimpleMatrix::getNumRows).toList());
        List<Double> all = firstColumn(List.of(X));
        List<List<Double>> orders = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Double> seen = firstColumn(objective.batches.subList(3 * epoch, 3 * epoch + 3));
            orders.add(seen);
            assertEquals(all.stream().sorted().toList(), seen.stream().sorted().toList());
        }
        assertFalse(orders.get(0).equals(orders.get(1)) || orders.get(1).equals(orders.get(2)));
    }

    private static List<Double> firstColumn(List<SimpleMatrix> batches) {
        List<Double> column = new ArrayList<>();
        for (SimpleMatrix batch : batches) {
            for (int row = 0; row < batch.getNumRows(); row++) {
                column.add(batch.get(row, 0));
            }
        }
        return column;
    }

    @Test
    void theReportedLossIsTheMeanOverTheExamplesOfTheEpoch() {
        LeastSquares objective = objective();
        List<EpochLoss> reports = new MinibatchTrainer(new Sgd(0.1), 4)
                .train(objective, Batches.of(data(9)), 2, new SplittableRandom(3), r -> true);
        List<Double> l = objective.losses;
        assertEquals(
                (4 * l.get(0) + 4 * l.get(1) + l.get(2)) / 9, reports.get(0).loss(), 1e-13);
        assertEquals(
                (4 * l.get(3) + 4 * l.get(4) + l.get(5)) / 9, reports.get(1).loss(), 1e-13);
    }

    @Test
    void batchesMayBeLargerThanTheData() {
        LeastSquares objective = objective();
        new MinibatchTrainer(new Sgd(0.1), 100)
                .train(objective, Batches.of(data(5)), 2, new SplittableRandom(3), r -> true);
        assertEquals(
                List.of(5, 5),
                objective.batches.stream().map(SimpleMatrix::getNumRows).toList());
    }

    @Test
    void sameSeedSameModelBitByBit() {
        LeastSquares one = objective();
        LeastSquares two = objective();
        LeastSquares other = objective();
        SimpleMatrix X = data(11);
        SimpleMatrix before = X.copy();
        List<EpochLoss> reports = new MinibatchTrainer(new Adam(0.05), 4)
                .train(one, Batches.of(X), 4, new SplittableRandom(3), r -> true);
        assertEquals(
                reports,
                new MinibatchTrainer(new Adam(0.05), 4)
                        .train(two, Batches.of(X), 4, new SplittableRandom(3), r -> true));
        new MinibatchTrainer(new Adam(0.05), 4).train(other, Batches.of(X), 4, new SplittableRandom(4), r -> true);
        Checks.assertSame(one.model().parameters(), two.model().parameters());
        Checks.assertAllChanged(one.model().parameters(), other.model().parameters());
        assertTrue(X.isIdentical(before, 0));
    }

    @Test
    void trainingCanBeResumed() {
        LeastSquares whole = objective();
        LeastSquares parts = objective();
        SimpleMatrix X = data(11);
        new MinibatchTrainer(new Adam(0.05), 4).train(whole, Batches.of(X), 5, new SplittableRandom(3), r -> true);
        MinibatchTrainer trainer = new MinibatchTrainer(new Adam(0.05), 4);
        SplittableRandom rng = new SplittableRandom(3);
        trainer.train(parts, Batches.of(X), 2, rng, r -> true);
        List<EpochLoss> second = trainer.train(parts, Batches.of(X), 3, rng, r -> true);
        Checks.assertSame(whole.model().parameters(), parts.model().parameters());
        assertEquals(1, second.get(0).epoch());
    }

    @Test
    void progressStopsTheTraining() {
        Stop stop = new Stop(3);
        List<EpochLoss> reports = new MinibatchTrainer(new Sgd(0.1), 4)
                .train(objective(), Batches.of(data(9)), 100, new SplittableRandom(3), stop::after);
        assertEquals(3, reports.size());
        assertEquals(3, stop.told.get());
    }

    @Test
    void anInterruptStopsTheTrainingAndStaysSet() {
        LeastSquares objective = objective();
        Map<String, SimpleMatrix> before = Checks.copyOf(objective.model().parameters());
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 4);
        Thread.currentThread().interrupt();
        List<EpochLoss> reports =
                trainer.train(objective, Batches.of(data(9)), 100, new SplittableRandom(3), r -> true);
        assertTrue(Thread.interrupted()); // and clears it
        assertEquals(List.of(), reports);
        Checks.assertSame(before, objective.model().parameters());
        reports = trainer.train(objective, Batches.of(data(9)), 100, new SplittableRandom(3), report -> {
            if (report.epoch() == 2) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        assertTrue(Thread.interrupted());
        assertEquals(2, reports.size());
    }

    /** Gradients that are wrong from one batch on: the parameters must stay as they were after the batch before. */
    private static void assertDiverges(String message, int batches, LossGradient wrong) {
        LeastSquares inner = objective();
        List<Map<String, SimpleMatrix>> parameters = new ArrayList<>();
        Objective<SimpleMatrix> objective = new Objective<SimpleMatrix>() {
            @Override
            public Learner model() {
                return inner.model();
            }

            @Override
            public void requireData(SimpleMatrix X) {
                inner.requireData(X);
            }

            @Override
            public LossGradient gradient(SimpleMatrix X, RandomGenerator rng) {
                parameters.add(Checks.copyOf(inner.model().parameters()));
                return parameters.size() > batches ? wrong : inner.gradient(X, rng);
            }
        };
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 4);
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> trainer.train(objective, Batches.of(data(9)), 9, new SplittableRandom(3), report -> true));
        assertEquals(message, e.getMessage());
        Checks.assertSame(parameters.get(batches), inner.model().parameters());
        Checks.assertAllChanged(parameters.get(0), inner.model().parameters());
    }

    @Test
    void divergenceIsNamedAndLeavesTheLastGoodParameters() {
        Map<String, SimpleMatrix> zeros =
                Map.of("W1", new SimpleMatrix(D, TARGETS), "b1", new SimpleMatrix(TARGETS, 1));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertDiverges(
                    "training diverged in epoch 2: the loss is " + bad
                            + "; clipping the gradient, or a smaller learning rate, may help",
                    4,
                    new LossGradient(bad, Direction.of(zeros)));
            Map<String, SimpleMatrix> wrong = Checks.copyOf(zeros);
            wrong.get("b1").set(1, bad);
            assertDiverges(
                    "training diverged in epoch 1: the gradient of b1 is no longer finite; clipping it earlier, or a smaller"
                            + " learning rate, may help",
                    2,
                    new LossGradient(1, Direction.of(wrong)));
        }
    }

    @Test
    void whatOverflowsOnTheWayIsDivergenceToo() {
        LeastSquares objective = objective();
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 9);
        objective.model().parameters().get("W1").fill(1e308);
        Map<String, SimpleMatrix> before = Checks.copyOf(objective.model().parameters());
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> trainer.train(
                        objective, Batches.of(data(9).scale(10)), 1, new SplittableRandom(3), report -> true));
        assertEquals("training diverged in epoch 1: the outputs of the network are no longer finite", e.getMessage());
        Checks.assertSame(before, objective.model().parameters());
    }

    @Test
    void badArgumentsChangeNothing() {
        assertRefused("batchSize: expected at least 1, got 0", () -> new MinibatchTrainer(new Sgd(0.1), 0));
        LeastSquares objective = objective();
        Map<String, SimpleMatrix> before = Checks.copyOf(objective.model().parameters());
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 2);
        SplittableRandom rng = new SplittableRandom(3);
        assertRefused(
                "epochs: expected at least 1, got 0",
                () -> trainer.train(objective, Batches.of(data(9)), 0, rng, r -> true));
        assertRefused(
                "X: expected one example of 5 columns per row, got 9x3",
                () -> trainer.train(objective, Batches.of(data(9).cols(0, 3)), 1, rng, r -> true));
        assertRefused(
                "X: expected one example of 5 columns per row, got 0x5",
                () -> trainer.train(objective, Batches.of(new SimpleMatrix(0, 5)), 1, rng, r -> true));
        SimpleMatrix bad = data(9);
        bad.set(8, 4, Double.NaN);
        assertRefused(
                "X: expected finite elements, got NaN at (8, 4)",
                () -> trainer.train(objective, Batches.of(bad), 1, rng, r -> true));
        Checks.assertSame(before, objective.model().parameters());
        assertTrue(objective.batches.isEmpty());
    }

    /** Data of 0 to 255 are what goes wrong most often. */
    @Test
    void whenTrainingDivergesPixelsAreSuspected() {
        LeastSquares objective = objective();
        SimpleMatrix X = Functions.map(data(9), x -> Math.abs(Math.round(255 * Math.sin(x))));
        X.set(0, 255);
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(100), 9);
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> trainer.train(objective, Batches.of(X), 1000, new SplittableRandom(3), report -> true));
        assertTrue(
                e.getMessage()
                        .endsWith("; X goes up to 255.0, as pixels from 0 to 255 do: divided by 255 they may train"),
                e.getMessage());
        assertEquals("", Training.suspicion("X", X.divide(255)));
        assertEquals("", Training.suspicion("X", X.scale(2)));
        assertEquals("", Training.suspicion("X", X.minus(300)));
        assertEquals("", Training.suspicion("X", new SimpleMatrix(0, 3)));
    }

    @Test
    void ofLabelledExamplesInputsAreSuspectedFirst() {
        SimpleMatrix pixels =
                Functions.map(Randoms.normal(9, D, 1, new SplittableRandom(1)), x -> 255 * Math.abs(x) % 255);
        pixels.set(0, 255);
        SimpleMatrix small = Randoms.normal(9, TARGETS, 1, new SplittableRandom(2));
        assertSuspected("; X goes up to 255.0", new Examples(pixels, small));
        assertSuspected(
                "; Y goes up to 255.0", new Examples(small.concatColumns(small).cols(0, D), pixels.cols(0, TARGETS)));
    }

    private static void assertSuspected(String words, Examples data) {
        SquaredError objective =
                new SquaredError(Network.of(Layers.dense(D, TARGETS, Activation.IDENTITY, new SplittableRandom(1))));
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> new MinibatchTrainer(new Sgd(1e5), 9)
                .train(objective, Batches.of(data), 10_000, new SplittableRandom(3)));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void withoutAnyoneToAskItGoesOnToTheEnd() {
        List<EpochLoss> asked = new MinibatchTrainer(new Sgd(0.01), 4)
                .train(objective(), Batches.of(data(9)), 3, new SplittableRandom(3), report -> true);
        List<EpochLoss> alone = new MinibatchTrainer(new Sgd(0.01), 4)
                .train(objective(), Batches.of(data(9)), 3, new SplittableRandom(3));
        assertEquals(3, alone.size());
        assertEquals(asked, alone);
    }
}
