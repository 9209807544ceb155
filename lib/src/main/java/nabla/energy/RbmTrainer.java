package nabla.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.math.Randoms;
import nabla.math.Require;
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
    private final GradientEstimator estimator;
    private final TrainingOptions options;

    /** A trainer that can be used for any number of models. */
    public RbmTrainer(GradientEstimator estimator, TrainingOptions options) {
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
        RbmGradient step = new RbmGradient(
                new SimpleMatrix(rbm.m(), rbm.n()), new SimpleMatrix(rbm.m(), 1), new SimpleMatrix(rbm.n(), 1));
        for (int epoch = 1; epoch <= options.epochs() && goOn; epoch++) {
            int[] order = Randoms.permutation(V.getNumRows(), rng);
            for (int from = 0; from < order.length; from += options.batchSize()) {
                if (Thread.currentThread().isInterrupted()) {
                    return reports;
                }
                SimpleMatrix batch = rows(V, order, from, Math.min(from + options.batchSize(), order.length));
                step = nextStep(epoch, rbm, estimator.estimate(rbm, batch, rng), step);
                apply(epoch, rbm, step);
            }
            reports.add(EpochReport.of(epoch, rbm, monitored, monitoredHeldOut));
            goOn = progress.test(reports.get(epoch));
        }
        return reports;
    }

    private RbmGradient nextStep(int epoch, Rbm rbm, RbmGradient gradient, RbmGradient last) {
        double eta = options.learningRate().at(epoch);
        double mu = options.momentum().at(epoch);
        SimpleMatrix decayed = gradient.W().minus(rbm.W.scale(options.weightDecay()));
        return new RbmGradient(
                last.W().scale(mu).plus(decayed.scale(eta)),
                last.a().scale(mu).plus(gradient.a().scale(eta)),
                last.b().scale(mu).plus(gradient.b().scale(eta)));
    }

    /** Changes the parameters, all or none. */
    private static void apply(int epoch, Rbm rbm, RbmGradient step) {
        SimpleMatrix W = rbm.W.plus(step.W());
        SimpleMatrix a = rbm.a.plus(step.a());
        SimpleMatrix b = rbm.b.plus(step.b());
        requireFinite(epoch, "W", W);
        requireFinite(epoch, "a", a);
        requireFinite(epoch, "b", b);
        rbm.W.setTo(W);
        rbm.a.setTo(a);
        rbm.b.setTo(b);
    }

    private static void requireFinite(int epoch, String parameter, SimpleMatrix x) {
        if (x.hasUncountable()) {
            throw new ArithmeticException("training diverged in epoch " + epoch + ": " + parameter
                    + " is no longer finite; a smaller learning rate may help");
        }
    }

    private static SimpleMatrix rows(SimpleMatrix V, int[] order, int from, int to) {
        SimpleMatrix batch = new SimpleMatrix(to - from, V.getNumCols());
        for (int row = from; row < to; row++) {
            batch.setRow(row - from, V.getRow(order[row]));
        }
        return batch;
    }

    /** At most {@code most} rows, evenly spread. */
    private static SimpleMatrix spread(SimpleMatrix V, int most) {
        int count = Math.min(most, V.getNumRows());
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = (int) ((long) i * V.getNumRows() / count);
        }
        return rows(V, chosen, 0, count);
    }
}
