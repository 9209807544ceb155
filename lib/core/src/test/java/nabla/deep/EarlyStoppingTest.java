package nabla.deep;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import nabla.Checks;
import nabla.math.Activation;
import nabla.math.Randoms;
import nabla.optim.Batches;
import nabla.optim.Examples;
import nabla.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private final Network network =
            Network.of(new Dense(new SimpleMatrix(12, 1), new SimpleMatrix(1, 1), Activation.IDENTITY));
    private final SquaredError loss = new SquaredError(network);

    /** Twelve numbers of which only the first counts, and noise. */
    private static Examples data(int N, int seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        SimpleMatrix X = Randoms.normal(N, 12, 1, rng);
        return new Examples(X, X.getColumn(0).plus(Randoms.normal(N, 1, 1, rng)));
    }

    /** Held-out losses that are made up; remembers the parameters at each. */
    private final class Planted implements DoubleSupplier {
        final List<Map<String, SimpleMatrix>> parameters = new ArrayList<>();
        final double[] losses;

        Planted(double... losses) {
            this.losses = losses;
        }

        @Override
        public double getAsDouble() {
            parameters.add(Checks.copyOf(network.parameters()));
            return losses[parameters.size() - 1];
        }
    }

    private List<HeldOutLoss> train(Planted planted, int patience, int epochs, Predicate<HeldOutLoss> progress) {
        return new EarlyStopping(new Sgd(0.01), 5, patience)
                .train(loss, Batches.of(data(15, 1)), planted, epochs, new SplittableRandom(2), progress);
    }

    @Test
    void patienceCountsEpochsSinceTheBest() {
        Planted planted = new Planted(5, 3, 4, 2, Double.NaN, 2, 2.5, 1);
        List<HeldOutLoss> reports = train(planted, 3, 100, report -> true);
        assertEquals(
                List.of(1, 2, 2, 4, 4, 4, 4),
                reports.stream().map(HeldOutLoss::bestEpoch).toList());
        assertEquals(2.5, reports.get(6).heldOutLoss());
        assertEquals(7, reports.get(6).epoch());
        Checks.assertSame(planted.parameters.get(3), network.parameters());
        Checks.assertAllChanged(planted.parameters.get(6), network.parameters());
    }

    @Test
    void theBestIsRestoredHoweverTrainingEnds() {
        Planted over = new Planted(5, 3, 4);
        assertEquals(3, train(over, 9, 3, report -> true).size());
        Checks.assertSame(over.parameters.get(1), network.parameters());

        Planted stopped = new Planted(5, 3, 4);
        assertEquals(3, train(stopped, 9, 100, report -> report.epoch() < 3).size());
        Checks.assertSame(stopped.parameters.get(1), network.parameters());

        Planted interrupted = new Planted(5, 3, 4);
        List<HeldOutLoss> reports = train(interrupted, 9, 100, report -> {
            if (report.epoch() == 3) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        assertTrue(Thread.interrupted());
        assertEquals(3, reports.size());
        Checks.assertSame(interrupted.parameters.get(1), network.parameters());

        Planted diverged = new Planted(5, 3, 4);
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> train(diverged, 9, 100, report -> {
                    if (report.epoch() == 3) {
                        network.parameters().get("W1").fill(1e308);
                    }
                    return true;
                }));
        assertTrue(e.getMessage().startsWith("training diverged in epoch 4: "), e.getMessage());
        Checks.assertSame(diverged.parameters.get(1), network.parameters());
    }

    /** Fifteen examples for thirteen parameters: the fit to them only improves, and held-out data suffer from it. */
    @Test
    void stopsBeforeItOverfits() {
        Examples train = data(15, 1);
        Examples heldOut = data(2000, 3);
        List<HeldOutLoss> reports = new EarlyStopping(new Sgd(0.01), 15, 20)
                .train(loss, Batches.of(train), () -> loss.loss(heldOut), 5000, new SplittableRandom(2));
        HeldOutLoss last = reports.get(reports.size() - 1);
        assertTrue(last.bestEpoch() > 1 && last.epoch() == last.bestEpoch() + 20, last.toString());
        double best = loss.loss(heldOut);
        assertEquals(reports.get(last.bestEpoch() - 1).heldOutLoss(), best);
        assertEquals(
                reports.stream().mapToDouble(HeldOutLoss::heldOutLoss).min().getAsDouble(), best);
        assertTrue(last.heldOutLoss() > best);
        new MinibatchTrainer(new Sgd(0.01), 15).train(loss, Batches.of(train), 5000, new SplittableRandom(2));
        assertTrue(loss.loss(heldOut) > 1.5 * best, loss.loss(heldOut) + " after " + best);
    }

    @Test
    void badArgumentsAreRefused() {
        assertRefused("patience: expected at least 1, got 0", () -> new EarlyStopping(new Sgd(0.1), 1, 0));
        assertRefused("heldOutLoss: expected one, got null", () -> train(null, 1, 1, report -> true));
        assertRefused("progress: expected one, got null", () -> train(new Planted(1), 1, 1, null));
        assertEquals(0, network.parameters().get("W1").elementMaxAbs());
    }
}
