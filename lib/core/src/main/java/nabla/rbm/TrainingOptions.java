package nabla.rbm;

import nabla.math.Require;
import nabla.optim.Momentum;
import nabla.optim.Optimizer;
import nabla.optim.Schedule;

/**
 * How an RBM is trained. Defaults follow Hinton 2012, <i>A Practical Guide to Training Restricted Boltzmann Machines</i>.
 *
 * @param epochs passes over the data, from 1 to a million
 * @param batchSize examples per update, at least 1; the last batch of an epoch may be smaller
 * @param learningRate the step along the gradient of the mean log-likelihood of a batch, by epoch
 * @param momentum the share of the last step that is repeated, in [0, 1), by epoch
 * @param weightDecay the coefficient of the penalty W²/2, on the weights only, never on the biases; not negative, and times the learning
 *     rate at most 1
 * @param monitoredExamples how many rows, spread evenly, the figures of an epoch are computed on; with 0 there are none
 *     (all are NaN), and no time is spent on them
 */
public record TrainingOptions(
        int epochs,
        int batchSize,
        Schedule learningRate,
        Schedule momentum,
        double weightDecay,
        int monitoredExamples) {
    private static final int EPOCHS_CHECKED = 100_000;

    /** Checks every option; schedules in the first 100,000 epochs and the last, those between when the optimiser comes there. */
    public TrainingOptions {
        Require.atLeast("epochs", epochs, 1);
        Require.atLeast("batchSize", batchSize, 1);
        Require.present("learningRate", learningRate);
        Require.present("momentum", momentum);
        Require.between("weightDecay", weightDecay, 0, 1e6);
        Require.atLeast("monitoredExamples", monitoredExamples, 0);
        for (int epoch = 1; epoch <= Math.min(epochs, EPOCHS_CHECKED); epoch++) {
            requireRates(epoch, learningRate.at(epoch), momentum.at(epoch), weightDecay);
        }
        requireRates(epochs, learningRate.at(epochs), momentum.at(epochs), weightDecay);
    }

    private static void requireRates(int epoch, double learningRate, double momentum, double weightDecay) {
        Require.between("learningRate in epoch " + epoch, learningRate, 0, 1e6);
        Require.between("momentum in epoch " + epoch, momentum, 0, Math.nextDown(1.0));
        Require.between("learningRate times weightDecay in epoch " + epoch, learningRate * weightDecay, 0, 1);
    }

    /**
     * Batches of 10 (section 5 of the guide: the number of classes, or about 10), learning rate 0.05, momentum 0.5 for five
     * epochs and 0.9 after that (section 9), weight decay 0.0001 (section 10), 500 monitored examples.
     */
    public static TrainingOptions ofEpochs(int epochs) {
        return new TrainingOptions(epochs, 10, Schedule.constant(0.05), Schedule.step(0.5, 5, 0.9), 1e-4, 500);
    }

    /**
     * An optimiser with these options, at its start.
     *
     * @param stepsPerEpoch since the schedules are by epoch, and optimisers count steps
     */
    Optimizer optimizer(int stepsPerEpoch) {
        return new Momentum(learningRate.ofSteps(stepsPerEpoch), momentum.ofSteps(stepsPerEpoch))
                .withWeightDecay(weightDecay, "W");
    }

    /** These options with another number of epochs. */
    public TrainingOptions withEpochs(int epochs) {
        return new TrainingOptions(epochs, batchSize, learningRate, momentum, weightDecay, monitoredExamples);
    }

    /** These options with another batch size. */
    public TrainingOptions withBatchSize(int batchSize) {
        return new TrainingOptions(epochs, batchSize, learningRate, momentum, weightDecay, monitoredExamples);
    }

    /** These options with another learning rate. */
    public TrainingOptions withLearningRate(Schedule learningRate) {
        return new TrainingOptions(epochs, batchSize, learningRate, momentum, weightDecay, monitoredExamples);
    }

    /** These options with a constant learning rate. */
    public TrainingOptions withLearningRate(double learningRate) {
        Require.between("learningRate", learningRate, 0, 1e6);
        return withLearningRate(Schedule.constant(learningRate));
    }

    /** These options with another momentum. */
    public TrainingOptions withMomentum(Schedule momentum) {
        return new TrainingOptions(epochs, batchSize, learningRate, momentum, weightDecay, monitoredExamples);
    }

    /** These options with a constant momentum. */
    public TrainingOptions withMomentum(double momentum) {
        Require.between("momentum", momentum, 0, Math.nextDown(1.0));
        return withMomentum(Schedule.constant(momentum));
    }

    /** These options with another weight decay. */
    public TrainingOptions withWeightDecay(double weightDecay) {
        return new TrainingOptions(epochs, batchSize, learningRate, momentum, weightDecay, monitoredExamples);
    }

    /** These options with another number of monitored examples. */
    public TrainingOptions withMonitoredExamples(int monitoredExamples) {
        return new TrainingOptions(epochs, batchSize, learningRate, momentum, weightDecay, monitoredExamples);
    }
}
