package nabla.energy;

import nabla.optim.Direction;
import nabla.optim.Learner;
import org.ejml.simple.SimpleMatrix;

/**
 * A model of visible units that is known up to its normaliser, p(v) = e<sup>-F(v)</sup> / Z, and can be learned.
 *
 * <p>The gradient of a likelihood is a set of states with signs and weights: plus those of the data, minus those of the model. What an
 * estimator has to find is the states and their weights; the slope at a state is the model's part.
 */
public interface Learnable extends Learner {
    /** The number of visible units, m. */
    int visible();

    /**
     * Checks that there is at least one row, and that all can be states of the visible units, or means of them where the model allows that.
     *
     * @param name of V, for the message
     * @throws IllegalArgumentException if not
     */
    void requireVisible(String name, SimpleMatrix V);

    /**
     * The free energy F(v) of each row: minus the log of the sum over all hidden states of e<sup>-E(v, h)</sup>.
     *
     * @param V N x m, not modified
     * @return N x 1, nats
     */
    SimpleMatrix freeEnergy(SimpleMatrix V);

    /**
     * Adds the slopes of -F at some states: into = into + the sum over rows r of weights_r d(-F(v_r))/dtheta.
     *
     * @param V N x m, not modified
     * @param weights N x 1, of any sign, not modified
     * @param into in the shapes of the parameters, changed
     */
    void addSlope(SimpleMatrix V, SimpleMatrix weights, Direction into);
}
