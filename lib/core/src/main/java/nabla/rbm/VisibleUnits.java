package nabla.rbm;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * The visible layer of an RBM: its own part of the energy, e(v) in E(v, h) = e(v) - b'h - v'Wh, and what follows from it. All kinds have a
 * bias {@code a}. Given the hidden units, with the input x = Wh, the units are independent, and p(v | x) is proportional to
 * e<sup>-e(v) + v'x</sup>.
 *
 * <p>Rows are examples. What is needed again and again works in place.
 */
public sealed interface VisibleUnits permits Binary, Gaussian, Softmax {
    /** The number of units, m. */
    int size();

    /** The parameters by name, among them the bias {@code a}, m x 1: the matrices themselves, not copies. */
    Map<String, SimpleMatrix> parameters();

    /**
     * Checks that each element is a value that a unit can have, or the mean of such values (for binary units, gray values in [0, 1]).
     *
     * @param name of V, for the message
     * @throws IllegalArgumentException if not, or if an element is not finite
     */
    void requireValues(String name, SimpleMatrix V);

    /** Whether each element is a value that a unit can have: whether the rows are states, which have a likelihood. */
    boolean areStates(SimpleMatrix V);

    /**
     * e(v) of each row.
     *
     * @param V N x m, not modified
     * @return N x 1
     */
    SimpleMatrix energy(SimpleMatrix V);

    /**
     * The log of the sum (or integral) over all v of e<sup>-e(v) + v'x</sup>, for each row x.
     *
     * @param input N x m, not modified
     * @return N x 1
     */
    SimpleMatrix logSum(SimpleMatrix input);

    /**
     * The mean of v given the input.
     *
     * @param input N x m, overwritten by the means
     */
    void mean(DMatrixRMaj input);

    /**
     * Draws v given the input.
     *
     * @param input N x m, overwritten by the draws
     */
    void draw(DMatrixRMaj input, RandomGenerator rng);

    /** States that know nothing of the parameters, for chains to start from; V is overwritten. */
    void drawAnywhere(DMatrixRMaj V, RandomGenerator rng);

    /**
     * Adds the slopes of -e: into = into + weight times the sum over rows of d(-e(v))/dtheta.
     *
     * @param V N x m, not modified
     */
    void addSlope(double weight, DMatrixRMaj V, Direction into);

    /**
     * The same, with a weight for each row.
     *
     * @param weights N x 1, not modified
     */
    void addSlope(SimpleMatrix weights, SimpleMatrix V, Direction into);

    /** The same units with parameters of their own. */
    VisibleUnits copy();
}
