package nabla.deep;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.math.Require;
import nabla.optim.Batches;
import nabla.optim.Examples;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import nabla.optim.Optimizer;
import nabla.optim.Training;
import org.ejml.simple.SimpleMatrix;

/** Makes an objective small by stochastic gradient descent on minibatches. */
public final class MinibatchTrainer {
    private final Optimizer optimizer;
    private final int batchSize;

    /**
     * A trainer of one model.
     *
     * @param optimizer keeps its memory from one call of {@link #train} to the next, so that training can be resumed
     * @param batchSize examples per step, at least 1; the last batch of an epoch may be smaller
     */
    public MinibatchTrainer(Optimizer optimizer, int batchSize) {
        Require.present("optimizer", optimizer);
        Require.atLeast("batchSize", batchSize, 1);
        this.optimizer = optimizer;
        this.batchSize = batchSize;
    }

    /** As {@link #train(Objective, Batches, int, RandomGenerator, Predicate)}, to the end. */
    public <B> List<EpochLoss> train(Objective<B> objective, Batches<B> data, int epochs, RandomGenerator rng) {
        return train(objective, data, epochs, rng, report -> true);
    }

    /**
     * Trains in place. The examples are shuffled in every epoch.
     *
     * @param <B> what a batch is
     * @param objective whose parameters are changed after every batch
     * @param data the training data, not modified
     * @param epochs how many, at least 1
     * @param rng the same seed gives the same model
     * @param progress told of every epoch; training stops when it answers false or the thread is interrupted (the interrupt flag stays set)
     * @return the reports of all complete epochs
     * @throws IllegalArgumentException if data and model do not fit, before anything is changed
     * @throws ArithmeticException if loss or gradient become infinite or NaN; names the epoch, and leaves the parameters as they were
     *     before that batch; mentions data that look like pixels from 0 to 255
     */
    public <B> List<EpochLoss> train(
            Objective<B> objective, Batches<B> data, int epochs, RandomGenerator rng, Predicate<EpochLoss> progress) {
        Require.present("objective", objective);
        Require.present("data", data);
        Require.present("rng", rng);
        Require.atLeast("epochs", epochs, 1);
        Require.present("progress", progress);
        objective.requireData(data.all());
        return Training.run("epoch", 1, epochs, progress, epoch -> {
            double sum = 0;
            try {
                for (B batch : Training.shuffled(data, batchSize, rng)) {
                    LossGradient gradient = objective.gradient(batch, rng);
                    optimizer.step(objective.model(), gradient);
                    sum += data.examples(batch) * gradient.loss();
                }
            } catch (ArithmeticException e) {
                throw new ArithmeticException(e.getMessage() + suspicion(data.all()));
            }
            return new EpochLoss(epoch, sum / data.examples(data.all()));
        });
    }

    private static String suspicion(Object data) {
        if (data instanceof Examples examples) {
            String ofX = Training.suspicion("X", examples.X());
            return ofX.isEmpty() ? Training.suspicion("Y", examples.Y()) : ofX;
        }
        return data instanceof SimpleMatrix X ? Training.suspicion("X", X) : "";
    }
}
