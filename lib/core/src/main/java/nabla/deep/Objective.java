package nabla.deep;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** What training makes small: a mean over examples of a loss that depends on parameters. */
public interface Objective {
    /** The parameters by name: the matrices themselves. */
    Map<String, SimpleMatrix> parameters();

    /** How many numbers an example has. */
    int inputs();

    /**
     * Checks data, all of them before the first step of a training.
     *
     * @param X N x inputs, not modified
     * @throws IllegalArgumentException if they do not fit or have elements that do not belong there
     */
    default void requireData(SimpleMatrix X) {
        Require.examples("X", X, inputs());
    }

    /**
     * The loss of a batch and its gradient.
     *
     * @param X the batch, N x inputs, not modified
     * @param rng for what is drawn at random, such as noise
     * @return valid until the next call, which overwrites it
     * @throws IllegalArgumentException if the batch does not fit or has elements that do not belong there
     * @throws ArithmeticException if a number on the way is not finite
     */
    LossGradient gradient(SimpleMatrix X, RandomGenerator rng);
}
