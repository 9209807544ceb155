package nabla.energy;

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

    /**
     * The statistics that the gradient compares, as means over the rows: V'H / N, the mean of V, the mean of H.
     *
     * @param V visible units, N x m, not modified
     * @param H hidden units or their probabilities, N x n, not modified
     */
    public static RbmGradient statistics(SimpleMatrix V, SimpleMatrix H) {
        double N = V.getNumRows();
        return new RbmGradient(V.transpose().mult(H).divide(N), columnMeans(V), columnMeans(H));
    }

    /** The difference, as a new gradient. */
    public RbmGradient minus(RbmGradient other) {
        return new RbmGradient(W.minus(other.W), a.minus(other.a), b.minus(other.b));
    }

    private static SimpleMatrix columnMeans(SimpleMatrix x) {
        SimpleMatrix means = new SimpleMatrix(x.getNumCols(), 1);
        for (int row = 0; row < x.getNumRows(); row++) {
            for (int column = 0; column < x.getNumCols(); column++) {
                means.set(column, means.get(column) + x.get(row, column));
            }
        }
        return means.divide(x.getNumRows());
    }
}
