package nabla.energy;

import nabla.math.Require;
import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;

/**
 * The statistics that a Boltzmann machine learns from, or a direction in the space of its parameters, which is a difference of two of them.
 *
 * @param W means of the products x_i x_j, d x d, symmetric, zero on the diagonal
 * @param b means of the units x_i, d x 1
 */
public record PairStatistics(SimpleMatrix W, SimpleMatrix b) {

    static PairStatistics zeros(int d) {
        return new PairStatistics(new SimpleMatrix(d, d), new SimpleMatrix(d, 1));
    }

    /**
     * Means over some states.
     *
     * @param X N x d, not modified
     */
    public static PairStatistics of(SimpleMatrix X) {
        Require.examples("X", X, X.getNumCols());
        SimpleMatrix W = X.transpose().mult(X).divide(X.getNumRows());
        for (int i = 0; i < X.getNumCols(); i++) {
            W.set(i, i, 0);
        }
        return new PairStatistics(W, Rows.mean(X));
    }

    /** The difference, as a new object. */
    public PairStatistics minus(PairStatistics other) {
        return new PairStatistics(W.minus(other.W), b.minus(other.b));
    }

    /** Adds those of one state. */
    void add(double weight, double[] x) {
        for (int i = 0; i < x.length; i++) {
            b.set(i, b.get(i) + weight * x[i]);
            for (int j = 0; j < x.length; j++) {
                if (i != j) {
                    W.set(i, j, W.get(i, j) + weight * x[i] * x[j]);
                }
            }
        }
    }
}
