package nabla.energy;

import nabla.optim.Direction;

/** A model small enough that the sum over all its states can be computed. */
public interface Enumerable extends Learnable {
    /**
     * The exact log of the partition function, in nats.
     *
     * @throws RuntimeException if the model is too large
     */
    double logZ();

    /**
     * Adds the slope of log Z, which is the mean of the slope of -F over the model's own distribution: into = into + weight d log Z / dtheta.
     *
     * @param into in the shapes of the parameters, changed
     * @throws RuntimeException if the model is too large
     */
    void addSlopeOfLogZ(double weight, Direction into);
}
