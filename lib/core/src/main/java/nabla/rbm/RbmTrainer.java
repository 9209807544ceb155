package nabla.rbm;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.optim.Batches;
import nabla.optim.Direction;
import nabla.optim.Optimizer;
import nabla.optim.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Trains an RBM by stochastic gradient ascent on the mean log-likelihood, with whatever {@link GradientEstimator} it is
 * given.
 */
public final class RbmTrainer {
    private final GradientEstimator<? super Rbm> estimator;
    private final IntFunction<Optimizer> optimizer; // given the steps of an epoch
    private final int epochs;
    private final int batchSize;
    private final int monitoredExamples;

    /**
     * A trainer with momentum and weight decay, which can be used for any number of models:
     *
     * <pre>
     * step = momentum * step + learning rate * (gradient - weight decay * W)
     * W    = W + step
     * </pre>
     */
    public RbmTrainer(GradientEstimator<? super Rbm> estimator, TrainingOptions options) {
        this(
                estimator,
                required(options)::optimizer,
                options.epochs(),
                options.batchSize(),
                options.monitoredExamples());
    }

    /**
     * A trainer of one model, with any optimiser.
     *
     * @param optimizer such as {@code new Adam(0.001).withWeightDecay(1e-4, "W")}; keeps its memory from one call of {@link #train} to the
     *     next
     * @param epochs as of {@link TrainingOptions}, and so are the other two
     */
    public RbmTrainer(
            GradientEstimator<? super Rbm> estimator,
            Optimizer optimizer,
            int epochs,
            int batchSize,
            int monitoredExamples) {
        this(estimator, steps -> optimizer, epochs, batchSize, monitoredExamples);
        Require.present("optimizer", optimizer);
    }

    private static TrainingOptions required(TrainingOptions options) {
        Require.present("options", options);
        return options;
    }

    private RbmTrainer(
            GradientEstimator<? super Rbm> estimator,
            IntFunction<Optimizer> optimizer,
            int epochs,
            int batchSize,
            int monitoredExamples) {
        Require.present("estimator", estimator);
        Require.atLeast("epochs", epochs, 1);
        Require.atLeast("batchSize", batchSize, 1);
        Require.atLeast("monitoredExamples", monitoredExamples, 0);
        this.estimator = estimator;
        this.optimizer = optimizer;
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.monitoredExamples = monitoredExamples;
    }

    /** As {@link #train(Rbm, SimpleMatrix, SimpleMatrix, RandomGenerator, Predicate)}, without held-out data and to the end. */
    public List<EpochReport> train(Rbm rbm, SimpleMatrix V, RandomGenerator rng) {
        Require.present("rbm", rbm);
        return train(rbm, V, new SimpleMatrix(0, rbm.m()), rng, report -> true);
    }

    /**
     * Trains the model in place. The examples are shuffled in every epoch.
     *
     * @param rbm changed after every batch
     * @param V the training data, N x m, for binary units elements in [0, 1], not modified
     * @param heldOut data that training never sees, any number of rows by m, for the free-energy gap
     * @param rng the same seed gives the same model
     * @param progress told of every epoch, and of epoch 0, the state before training; training stops when it answers false
     *     or the thread is interrupted (the interrupt flag stays set)
     * @return the reports of all complete epochs
     * @throws IllegalArgumentException if data and model do not fit, before anything is changed
     * @throws ArithmeticException if a gradient is not finite or a parameter would become infinite; names epoch and parameter, and
     *     leaves the model as it was before that batch
     */
    public List<EpochReport> train(
            Rbm rbm, SimpleMatrix V, SimpleMatrix heldOut, RandomGenerator rng, Predicate<EpochReport> progress) {
        Require.present("rbm", rbm);
        Require.present("rng", rng);
        Require.present("progress", progress);
        rbm.requireVisible("V", V);
        Require.matrix("heldOut", heldOut);
        Require.shape("heldOut", heldOut, heldOut.getNumRows(), rbm.m());
        SimpleMatrix monitored = spread(V, monitoredExamples);
        SimpleMatrix monitoredHeldOut = spread(heldOut, monitoredExamples);
        Batches<SimpleMatrix> data = Batches.of(V);
        Optimizer up = optimizer.apply((V.getNumRows() + batchSize - 1) / batchSize);
        Direction direction = Direction.zeros(rbm.parameters());
        return Training.run("epoch", 0, epochs, progress, epoch -> {
            if (epoch > 0) {
                for (SimpleMatrix batch : Training.shuffled(data, batchSize, rng)) {
                    estimator.estimate(rbm, batch, rng, direction);
                    up.ascend(rbm, direction); // the likelihood is to rise
                }
            }
            return EpochReport.of(epoch, rbm, monitored, monitoredHeldOut);
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
