package nabla.rbm;

import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;

/**
 * A direction in the space of an RBM's parameters: the ascent direction of the mean log-likelihood, exact or estimated,
 * or one of the two expectations that it is the difference of.
 *
 * @param W m x n
 * @param a m x 1
 * @param b n x 1
 */
public record RbmGradient(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {

    /** Zero, in the shapes of a model's parameters. */
    public static RbmGradient zeros(Rbm rbm) {
        return new RbmGradient(
                new SimpleMatrix(rbm.m(), rbm.n()), new SimpleMatrix(rbm.m(), 1), new SimpleMatrix(rbm.n(), 1));
    }

    /**
     * The statistics that the gradient compares, as means over the rows: V'H / N, the mean of V, the mean of H.
     *
     * @param V visible units, N x m, not modified
     * @param H hidden units or their probabilities, N x n, not modified
     */
    public static RbmGradient statistics(SimpleMatrix V, SimpleMatrix H) {
        double N = V.getNumRows();
        return new RbmGradient(V.transpose().mult(H).divide(N), Rows.mean(V), Rows.mean(H));
    }

    /** The difference, as a new gradient. */
    public RbmGradient minus(RbmGradient other) {
        return new RbmGradient(W.minus(other.W), a.minus(other.a), b.minus(other.b));
    }
}
