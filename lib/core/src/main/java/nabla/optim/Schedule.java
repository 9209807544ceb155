package nabla.optim;

import nabla.math.Require;

/** A number that may change from epoch to epoch, or from step to step: a learning rate, a momentum. */
@FunctionalInterface
public interface Schedule {
    /**
     * The value in an epoch (or step, where the user of the schedule counts steps).
     *
     * @param epoch counted from 1
     */
    double at(int epoch);

    /**
     * This schedule of epochs for a user that counts steps, as optimisers do: the steps of one epoch have the value of that epoch.
     *
     * @param stepsPerEpoch at least 1
     */
    default Schedule ofSteps(int stepsPerEpoch) {
        Require.atLeast("stepsPerEpoch", stepsPerEpoch, 1);
        return step -> at((step - 1) / stepsPerEpoch + 1);
    }

    /** The same value in every epoch. */
    static Schedule constant(double value) {
        return epoch -> value;
    }

    /** {@code before} up to and including epoch {@code lastEpochBefore}, then {@code after}. */
    static Schedule step(double before, int lastEpochBefore, double after) {
        return epoch -> epoch <= lastEpochBefore ? before : after;
    }

    /** A straight line from {@code first} in epoch 1 to {@code last} in epoch {@code epochs}, and {@code last} from there on. */
    static Schedule linear(double first, double last, int epochs) {
        Require.atLeast("epochs", epochs, 2);
        return epoch -> epoch >= epochs ? last : first + (last - first) * (epoch - 1) / (epochs - 1);
    }
}
