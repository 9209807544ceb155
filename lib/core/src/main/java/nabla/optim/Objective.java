package nabla.optim;

import java.util.random.RandomGenerator;

/**
 * What training makes small: a mean over examples of a loss that depends on a model's parameters.
 *
 * @param <B> what a batch is: a matrix with an example in each row, {@link Examples} with targets, sequences
 */
public interface Objective<B> {
    /** Whose parameters are to be changed. */
    Learner model();

    /**
     * Checks data, all of them before the first step of a training.
     *
     * @param data not modified
     * @throws IllegalArgumentException if they do not fit or have elements that do not belong there
     */
    void requireData(B data);

    /**
     * The loss of a batch and its gradient.
     *
     * @param batch not modified
     * @param rng for what is drawn at random, such as noise
     * @return valid until the next call, which overwrites it
     * @throws IllegalArgumentException if the batch does not fit or has elements that do not belong there
     * @throws ArithmeticException if a number on the way is not finite
     */
    LossGradient gradient(B batch, RandomGenerator rng);
}
