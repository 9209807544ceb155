package nabla.rbm;

import org.ejml.simple.SimpleMatrix;

/** The small model of the tests: irregular parameters, made without random numbers. */
public final class Fixtures {
    private Fixtures() {}

    /** W_ij = sin(1 + 2i + 5j), a_i = cos(i) / 2, b_j = sin(3j) / 2, indices from 1. */
    public static Rbm rbm(int m, int n) {
        SimpleMatrix W = new SimpleMatrix(m, n);
        SimpleMatrix a = new SimpleMatrix(m, 1);
        SimpleMatrix b = new SimpleMatrix(n, 1);
        for (int i = 1; i <= m; i++) {
            a.set(i - 1, 0.5 * Math.cos(i));
            for (int j = 1; j <= n; j++) {
                W.set(i - 1, j - 1, Math.sin(1 + 2 * i + 5 * j));
                b.set(j - 1, 0.5 * Math.sin(3 * j));
            }
        }
        return new Rbm(W, a, b);
    }

    public static Rbm f43() {
        return rbm(4, 3);
    }

    /** Four data vectors. */
    public static SimpleMatrix d4() {
        return new SimpleMatrix(new double[][] {{1, 0, 1, 1}, {1, 1, 0, 1}, {0, 0, 1, 0}, {1, 0, 0, 1}});
    }

    public static SimpleMatrix row(double... x) {
        return new SimpleMatrix(1, x.length, true, x);
    }
}
