package nabla.examples;

import nabla.energy.BoltzmannMachine;
import nabla.math.Require;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;

/**
 * The small models and data of the notebooks, made without random numbers, so that their numbers can be computed again in any language.
 * Indices count from 1. Every call makes a new one.
 */
public final class Fixtures {
    private Fixtures() {}

    /**
     * An RBM with irregular parameters: W_ij = sin(1 + 2i + 5j), a_i = cos(i) / 2, b_j = sin(3j) / 2.
     *
     * @param m visible units, at least 1
     * @param n hidden units, at least 1
     */
    public static Rbm rbm(int m, int n) {
        Require.atLeast("m", m, 1);
        Require.atLeast("n", n, 1);
        Require.size("m", m, "n", n);
        return new Rbm(
                matrix(m, n, (i, j) -> Math.sin(1 + 2 * i + 5 * j)),
                matrix(m, 1, (i, one) -> 0.5 * Math.cos(i)),
                matrix(n, 1, (j, one) -> 0.5 * Math.sin(3 * j)));
    }

    /** F43: {@link #rbm} with 4 visible and 3 hidden units. */
    public static Rbm f43() {
        return rbm(4, 3);
    }

    /** F33: {@link #rbm} with 3 visible and 3 hidden units. */
    public static Rbm f33() {
        return rbm(3, 3);
    }

    /** D4: the states 1011, 1101, 0010 and 1001 of four visible units, 4 x 4. */
    public static SimpleMatrix d4() {
        return new SimpleMatrix(new double[][] {{1, 0, 1, 1}, {1, 1, 0, 1}, {0, 0, 1, 0}, {1, 0, 0, 1}});
    }

    /** P0: the distribution of D4 with a share of 0.9, all 16 states alike with 0.1; 16 x 1, in counting order. */
    public static SimpleMatrix p0() {
        SimpleMatrix p = new SimpleMatrix(16, 1);
        p.fill(0.1 / 16);
        for (int state : new int[] {0b1011, 0b1101, 0b0010, 0b1001}) {
            p.set(state, p.get(state) + 0.9 / 4);
        }
        return p;
    }

    /** PM3: three units that are -1 or 1, w_12 = 0.5, w_13 = -0.3, w_23 = 0.4, b = (0.2, -0.1, 0.3). */
    public static BoltzmannMachine pm3() {
        return BoltzmannMachine.plusMinusOne(
                new SimpleMatrix(new double[][] {{0, 0.5, -0.3}, {0.5, 0, 0.4}, {-0.3, 0.4, 0}}),
                column(0.2, -0.1, 0.3));
    }

    /** GAUSS5: five numbers, 0.2, 1.1, -0.7, 2.4 and 0.5, 5 x 1, for a normal distribution with mean 0.3 and precision 2. */
    public static SimpleMatrix gauss5() {
        return column(0.2, 1.1, -0.7, 2.4, 0.5);
    }

    /** LINE5: the log-probabilities, up to a constant, of five states in a row, 5 x 1. */
    public static SimpleMatrix line5() {
        return column(0, 1, 0.3, 1.5, -0.5);
    }

    /** The proposal that goes with {@link #line5}: left or right, with probability 1/2 each; who would leave the row stays. 5 x 5. */
    public static SimpleMatrix line5Proposal() {
        SimpleMatrix Q = new SimpleMatrix(5, 5);
        for (int s = 0; s < 5; s++) {
            for (int t : new int[] {Math.max(0, s - 1), Math.min(4, s + 1)}) {
                Q.set(s, t, Q.get(s, t) + 0.5);
            }
        }
        return Q;
    }

    /**
     * SEQ4: a recurrent network with 2 inputs, 3 states and 3 classes, and a sequence of 4 steps: U_ij = 0.6 sin(1 + i + 2j),
     * W_ij = 0.8 cos(1 + 2i + 3j), V_ij = sin(2i + 3j), x_td = cos(t + 2d), classes 1, 3, 2, 1.
     *
     * @param U 3 x 2
     * @param W 3 x 3
     * @param V 3 x 3
     * @param x the inputs, one step per row, 4 x 2
     * @param y the classes one-hot, one step per row, 4 x 3
     */
    public record Seq4(SimpleMatrix U, SimpleMatrix W, SimpleMatrix V, SimpleMatrix x, SimpleMatrix y) {}

    /** SEQ4. */
    public static Seq4 seq4() {
        return new Seq4(
                matrix(3, 2, (i, j) -> 0.6 * Math.sin(1 + i + 2 * j)),
                matrix(3, 3, (i, j) -> 0.8 * Math.cos(1 + 2 * i + 3 * j)),
                matrix(3, 3, (i, j) -> Math.sin(2 * i + 3 * j)),
                matrix(4, 2, (t, d) -> Math.cos(t + 2 * d)),
                new SimpleMatrix(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}}));
    }

    @FunctionalInterface
    private interface Element {
        double at(int i, int j);
    }

    private static SimpleMatrix matrix(int rows, int columns, Element element) {
        SimpleMatrix x = new SimpleMatrix(rows, columns);
        for (int i = 1; i <= rows; i++) {
            for (int j = 1; j <= columns; j++) {
                x.set(i - 1, j - 1, element.at(i, j));
            }
        }
        return x;
    }

    private static SimpleMatrix column(double... x) {
        return new SimpleMatrix(x.length, 1, true, x);
    }
}
