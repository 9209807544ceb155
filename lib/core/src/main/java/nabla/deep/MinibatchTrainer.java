package nabla.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.optim.Optimizer;
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
        Require.atLeast("batchSize", batchSize, 1);
        this.optimizer = optimizer;
        this.batchSize = batchSize;
    }

    /**
     * Trains in place. The examples are shuffled in every epoch.
     *
     * @param objective whose parameters are changed after every batch
     * @param X the training data, N x inputs, not modified
     * @param epochs how many, at least 1
     * @param rng the same seed gives the same model
     * @param progress told of every epoch; training stops when it answers false or the thread is interrupted (the interrupt flag stays set)
     * @return the reports of all complete epochs
     * @throws IllegalArgumentException if data and model do not fit, before anything is changed
     * @throws ArithmeticException if loss or gradient become infinite or NaN; names the epoch, and leaves the parameters as they were
     *     before that batch
     */
    public List<EpochLoss> train(
            Objective objective, SimpleMatrix X, int epochs, RandomGenerator rng, Predicate<EpochLoss> progress) {
        Require.atLeast("epochs", epochs, 1);
        objective.requireData(X);
        List<EpochLoss> reports = new ArrayList<>();
        SimpleMatrix batch = new SimpleMatrix(Math.min(batchSize, X.getNumRows()), X.getNumCols());
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int[] order = Randoms.permutation(X.getNumRows(), rng);
            double sum = 0;
            for (int from = 0; from < order.length; from += batchSize) {
                if (Thread.currentThread().isInterrupted()) {
                    return reports;
                }
                int to = Math.min(from + batchSize, order.length);
                Rows.copy(X, order, from, to, batch);
                sum += (to - from) * step(epoch, objective, batch, rng);
            }
            EpochLoss report = new EpochLoss(epoch, sum / order.length);
            reports.add(report);
            if (!progress.test(report)) {
                break;
            }
        }
        return reports;
    }

    private double step(int epoch, Objective objective, SimpleMatrix batch, RandomGenerator rng) {
        try {
            LossGradient gradient = objective.gradient(batch, rng);
            if (!Double.isFinite(gradient.loss())) {
                throw new ArithmeticException("the loss is " + gradient.loss() + "; a smaller learning rate may help");
            }
            optimizer.step(objective.parameters(), gradient.parameters());
            return gradient.loss();
        } catch (ArithmeticException e) {
            throw new ArithmeticException("training diverged in epoch " + epoch + ": " + e.getMessage());
        }
    }
}
