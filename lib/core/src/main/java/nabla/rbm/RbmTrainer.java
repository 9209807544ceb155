package nabla.rbm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.math.fast.Parallel;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/**
 * Trains an RBM by stochastic gradient ascent on the mean log-likelihood, with whatever {@link GradientEstimator} it is
 * given:
 *
 * <pre>
 * step = momentum * step + learning rate * (gradient - weight decay * W)
 * W    = W + step
 * </pre>
 */
public final class RbmTrainer {
    private static final int ELEMENTS = 1 << 14; // that are worth the while of another thread

    private final GradientEstimator<? super Rbm> estimator;
    private final TrainingOptions options;

    /** A trainer that can be used for any number of models. */
    public RbmTrainer(GradientEstimator<? super Rbm> estimator, TrainingOptions options) {
        this.estimator = estimator;
        this.options = options;
    }

    /** As {@link #train(Rbm, SimpleMatrix, SimpleMatrix, RandomGenerator, Predicate)}, without held-out data and to the end. */
    public List<EpochReport> train(Rbm rbm, SimpleMatrix V, RandomGenerator rng) {
        return train(rbm, V, new SimpleMatrix(0, rbm.m()), rng, report -> true);
    }

    /**
     * Trains the model in place. The examples are shuffled in every epoch.
     *
     * @param rbm changed after every batch
     * @param V the training data, N x m, elements in [0, 1], not modified
     * @param heldOut data that training never sees, any number of rows by m, for the free-energy gap
     * @param rng the same seed gives the same model
     * @param progress told of every epoch, and of epoch 0, the state before training; training stops when it answers false
     *     or the thread is interrupted (the interrupt flag stays set)
     * @return all reports
     * @throws IllegalArgumentException if data and model do not fit, before anything is changed
     * @throws ArithmeticException if a parameter would become infinite or NaN; names epoch and parameter, and leaves the
     *     model as it was before that batch
     */
    public List<EpochReport> train(
            Rbm rbm, SimpleMatrix V, SimpleMatrix heldOut, RandomGenerator rng, Predicate<EpochReport> progress) {
        Require.examples("V", V, rbm.m());
        Require.probabilities("V", V);
        Require.shape("heldOut", heldOut, heldOut.getNumRows(), rbm.m());
        SimpleMatrix monitored = spread(V, options.monitoredExamples());
        SimpleMatrix monitoredHeldOut = spread(heldOut, options.monitoredExamples());

        List<EpochReport> reports = new ArrayList<>();
        reports.add(EpochReport.of(0, rbm, monitored, monitoredHeldOut));
        boolean goOn = progress.test(reports.get(0));
        Direction gradient = Direction.zeros(rbm.parameters());
        Direction step = Direction.zeros(rbm.parameters());
        SimpleMatrix batch = new SimpleMatrix(Math.min(options.batchSize(), V.getNumRows()), rbm.m());
        for (int epoch = 1; epoch <= options.epochs() && goOn; epoch++) {
            int[] order = Randoms.permutation(V.getNumRows(), rng);
            for (int from = 0; from < order.length; from += options.batchSize()) {
                if (Thread.currentThread().isInterrupted()) {
                    return reports;
                }
                Rows.copy(V, order, from, Math.min(from + options.batchSize(), order.length), batch);
                estimator.estimate(rbm, batch, rng, gradient);
                move(epoch, rbm, gradient, step);
            }
            reports.add(EpochReport.of(epoch, rbm, monitored, monitoredHeldOut));
            goOn = progress.test(reports.get(epoch));
        }
        return reports;
    }

    /** Changes the parameters, all or none. The gradient is lost. */
    private void move(int epoch, Rbm rbm, Direction gradient, Direction step) {
        double decay = options.weightDecay();
        rbm.parameters().forEach((name, x) -> {
            computeNext(epoch, name, x, gradient.of(name), name.equals("W") ? decay : 0, step.of(name));
        });
        rbm.parameters().forEach((name, x) -> copy(gradient.of(name), x));
    }

    /** step = momentum * step + learning rate * (gradient - decay * x), gradient = x + step, which is checked to be finite. */
    private void computeNext(
            int epoch, String parameter, SimpleMatrix x, SimpleMatrix gradient, double decay, SimpleMatrix step) {
        double eta = options.learningRate().at(epoch);
        double mu = options.momentum().at(epoch);
        double[] values = x.getDDRM().data;
        double[] slopes = gradient.getDDRM().data;
        double[] steps = step.getDDRM().data;
        AtomicBoolean finite = new AtomicBoolean(true);
        Parallel.forEach(x.getNumElements(), ELEMENTS, (from, to) -> {
            for (int i = from; i < to; i++) {
                steps[i] = mu * steps[i] + eta * (slopes[i] - decay * values[i]);
                slopes[i] = values[i] + steps[i];
            }
            if (!allFinite(slopes, from, to)) {
                finite.set(false);
            }
        });
        if (!finite.get()) {
            throw new ArithmeticException("training diverged in epoch " + epoch + ": " + parameter
                    + " is no longer finite; a smaller learning rate may help");
        }
    }

    /** Whether all are: 0 times anything else is NaN. Eight sums, since each addition waits for the one before it. */
    private static boolean allFinite(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            s0 += 0 * x[i];
            s1 += 0 * x[i + 1];
            s2 += 0 * x[i + 2];
            s3 += 0 * x[i + 3];
            s4 += 0 * x[i + 4];
            s5 += 0 * x[i + 5];
            s6 += 0 * x[i + 6];
            s7 += 0 * x[i + 7];
        }
        for (; i < to; i++) {
            s0 += 0 * x[i];
        }
        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 == 0;
    }

    private static void copy(SimpleMatrix from, SimpleMatrix to) {
        double[] source = from.getDDRM().data;
        double[] target = to.getDDRM().data;
        Parallel.forEach(from.getNumElements(), ELEMENTS, (first, end) -> {
            System.arraycopy(source, first, target, first, end - first);
        });
    }

    /** At most {@code most} rows, evenly spread. */
    private static SimpleMatrix spread(SimpleMatrix V, int most) {
        int count = Math.min(most, V.getNumRows());
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = (int) ((long) i * V.getNumRows() / count);
        }
        return Rows.of(V, chosen);
    }
}
