package nabla.recurrent;

import java.util.random.RandomGenerator;
import nabla.math.Initialization;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * The last layer of a recurrent network, the same at every step: the logits b_t = V h_t + c, and from them the answer, softmax(b_t)
 * or b_t itself.
 */
public final class Readout {
    /** Weights, k x n. */
    public final SimpleMatrix V;

    /** Biases, k x 1. */
    public final SimpleMatrix c;

    private final boolean isSoftmax;

    private Readout(SimpleMatrix V, SimpleMatrix c, boolean isSoftmax) {
        Require.parameter("V", V);
        Require.atLeast("rows of V", V.getNumRows(), 1);
        Require.atLeast("columns of V", V.getNumCols(), 1);
        Require.finite("V", V);
        Require.parameter("c", c);
        Require.shape("c", c, V.getNumRows(), 1);
        this.V = V;
        this.c = c;
        this.isSoftmax = isSoftmax;
    }

    /**
     * Answers with probabilities of k classes.
     *
     * @param V k x n, held, not copied
     * @param c k x 1, held, not copied
     */
    public static Readout softmax(SimpleMatrix V, SimpleMatrix c) {
        return new Readout(V, c, true);
    }

    /** Answers with k numbers. */
    public static Readout linear(SimpleMatrix V, SimpleMatrix c) {
        return new Readout(V, c, false);
    }

    /** Probabilities of k classes given n hidden units, with Glorot weights and zero biases. */
    public static Readout softmax(int k, int n, RandomGenerator rng) {
        requireSize(k, n, rng);
        return softmax(Initialization.glorot().draw(k, n, rng), new SimpleMatrix(k, 1));
    }

    /** k numbers given n hidden units, with Glorot weights and zero biases. */
    public static Readout linear(int k, int n, RandomGenerator rng) {
        requireSize(k, n, rng);
        return linear(Initialization.glorot().draw(k, n, rng), new SimpleMatrix(k, 1));
    }

    private static void requireSize(int k, int n, RandomGenerator rng) {
        Require.atLeast("k", k, 1);
        Require.atLeast("n", n, 1);
        Require.size("k", k, "n", n);
        Require.present("rng", rng);
    }

    /** Whether the answers are probabilities. */
    public boolean isSoftmax() {
        return isSoftmax;
    }

    /** k, the number of answers at each step. */
    public int outputs() {
        return V.getNumRows();
    }

    /** n, the number of hidden units that it reads. */
    public int hidden() {
        return V.getNumCols();
    }

    Readout copy() {
        return new Readout(V.copy(), c.copy(), isSoftmax);
    }
}
