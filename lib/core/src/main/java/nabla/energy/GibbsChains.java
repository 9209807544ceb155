package nabla.energy;

import java.util.random.RandomGenerator;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/**
 * Many chains of Gibbs sampling side by side, a row for each, in work space of their own that is used again and again. A sweep is
 * {@link #drawHidden} and {@link #drawVisible}, in either order.
 *
 * <p>Who holds chains of a model tells them where to begin before anything else is asked.
 */
public interface GibbsChains {
    /**
     * Begins at some states of the visible units, one chain for each row.
     *
     * @param V N x m; held, not copied, until the visible units are drawn, and not modified
     */
    void startAt(SimpleMatrix V);

    /**
     * Begins where other chains of the same model stand, and takes over what is known of their hidden units.
     *
     * @param other not modified
     * @throws IllegalArgumentException if they are chains of another kind of model
     */
    void startAt(GibbsChains other);

    /**
     * Begins at states of the visible units that know nothing of the model: fair coin flips, where the units are binary.
     *
     * @param count the number of chains, at least 1
     */
    void startAnywhere(int count, RandomGenerator rng);

    /** Draws the hidden units given the visible ones. */
    void drawHidden(RandomGenerator rng);

    /**
     * Draws the visible units given the hidden ones.
     *
     * @throws IllegalStateException if the hidden ones were not drawn since the start
     */
    void drawVisible(RandomGenerator rng);

    /** The visible units, one row for each chain: a copy. */
    SimpleMatrix states();

    /**
     * The slopes of -F at the visible units, which the hidden units enter by their probabilities: into = weight times the sum over the chains
     * of d(-F(v))/dtheta.
     *
     * @param into in the shapes of the parameters, overwritten
     */
    void slope(double weight, Direction into);

    /** The same, added to what is there. */
    void addSlope(double weight, Direction into);
}
