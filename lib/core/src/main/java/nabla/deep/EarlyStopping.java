package nabla.deep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.math.Require;
import nabla.optim.Batches;
import nabla.optim.Learner;
import nabla.optim.Objective;
import nabla.optim.Optimizer;
import org.ejml.simple.SimpleMatrix;

/**
 * Training by minibatches that ends when held-out data no longer gain from it, with the parameters that were best for them (Prechelt 1998,
 * <i>Early Stopping - But When?</i>).
 */
public final class EarlyStopping {
    private final MinibatchTrainer trainer;
    private final int patience;

    /**
     * A trainer of one model.
     *
     * @param optimizer as of a {@link MinibatchTrainer}
     * @param batchSize examples per step, at least 1
     * @param patience how many epochs in a row may pass without a smaller loss on held-out data, at least 1
     */
    public EarlyStopping(Optimizer optimizer, int batchSize, int patience) {
        Require.atLeast("patience", patience, 1);
        trainer = new MinibatchTrainer(optimizer, batchSize);
        this.patience = patience;
    }

    /** As {@link #train(Objective, Batches, DoubleSupplier, int, RandomGenerator, Predicate)}, without a word on the way. */
    public <B> List<HeldOutLoss> train(
            Objective<B> objective, Batches<B> data, DoubleSupplier heldOutLoss, int epochs, RandomGenerator rng) {
        return train(objective, data, heldOutLoss, epochs, rng, report -> true);
    }

    /**
     * Trains in place, and leaves the parameters as they were after the best epoch: also when all epochs are over, {@code progress} answers
     * false, the thread is interrupted, or training diverges.
     *
     * @param objective whose parameters are changed
     * @param data the training data, not modified
     * @param heldOutLoss asked after every epoch, such as {@code () -> objective.loss(heldOut)}; NaN is no gain
     * @param epochs how many at most, at least 1
     * @param rng the same seed gives the same model
     * @param progress told of every epoch
     * @return the reports of all complete epochs; the last one knows the best
     * @throws IllegalArgumentException if data and model do not fit, before anything is changed
     * @throws ArithmeticException if loss or gradient become infinite or NaN; names the epoch
     */
    public <B> List<HeldOutLoss> train(
            Objective<B> objective,
            Batches<B> data,
            DoubleSupplier heldOutLoss,
            int epochs,
            RandomGenerator rng,
            Predicate<HeldOutLoss> progress) {
        Require.present("objective", objective);
        Require.present("data", data);
        Require.atLeast("epochs", epochs, 1);
        Require.present("rng", rng);
        Require.present("heldOutLoss", heldOutLoss);
        Require.present("progress", progress);
        Best best = new Best(objective.model());
        List<HeldOutLoss> reports = new ArrayList<>();
        try {
            trainer.train(objective, data, epochs, rng, epoch -> {
                double loss = heldOutLoss.getAsDouble();
                best.see(epoch.epoch(), loss);
                reports.add(new HeldOutLoss(epoch.epoch(), epoch.loss(), loss, best.epoch));
                return progress.test(reports.get(reports.size() - 1)) && epoch.epoch() < best.epoch + patience;
            });
        } finally {
            best.restore();
        }
        return reports;
    }

    /** The parameters after the best epoch so far; before the first one is over, those at the start. */
    private static final class Best {
        private final Learner model;
        private final Map<String, SimpleMatrix> parameters = new LinkedHashMap<>();
        private double loss = Double.POSITIVE_INFINITY;
        private int epoch;

        Best(Learner model) {
            this.model = model;
            keep();
        }

        void see(int epoch, double loss) {
            if (loss < this.loss) {
                this.loss = loss;
                this.epoch = epoch;
                keep();
            }
        }

        private void keep() {
            model.parameters().forEach((name, x) -> parameters.put(name, x.copy()));
        }

        void restore() {
            model.parameters().forEach((name, x) -> x.setTo(parameters.get(name)));
        }
    }
}
