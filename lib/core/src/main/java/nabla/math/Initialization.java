package nabla.math;

import java.util.random.RandomGenerator;
import org.ejml.simple.SimpleMatrix;

/** How weights are drawn before training. */
@FunctionalInterface
public interface Initialization {
    /**
     * A new weight matrix.
     *
     * @param rows how many numbers come out of it
     * @param columns how many go in
     */
    SimpleMatrix draw(int rows, int columns, RandomGenerator rng);

    /** Independent normal numbers with mean 0. */
    static Initialization normal(double deviation) {
        Require.between("deviation", deviation, 0, Double.MAX_VALUE);
        return (rows, columns, rng) -> Randoms.normal(rows, columns, deviation, rng);
    }

    /** Uniform in plus or minus sqrt(6 / (rows + columns)) (Glorot and Bengio 2010, equation 16). */
    static Initialization glorot() {
        return (rows, columns, rng) -> {
            requireSize(rows, columns, rng);
            double edge = Math.sqrt(6.0 / (rows + columns));
            return Functions.map(new SimpleMatrix(rows, columns), zero -> edge * (2 * rng.nextDouble() - 1));
        };
    }

    /** Independent normal numbers with variance 2 / columns, for rectifiers (He, Zhang, Ren and Sun 2015, equation 10). */
    static Initialization he() {
        return (rows, columns, rng) -> {
            requireSize(rows, columns, rng);
            return Randoms.normal(rows, columns, Math.sqrt(2.0 / columns), rng);
        };
    }

    /**
     * {@code scale} times a random orthogonal matrix, uniform among all of them (Saxe, McClelland and Ganguli 2014; drawn as in
     * Mezzadri 2007): all singular values are {@code scale}. Square only.
     */
    static Initialization orthogonal(double scale) {
        Require.finite("scale", scale);
        return (rows, columns, rng) -> {
            requireSquare("orthogonal", rows, columns, rng);
            var qr = Randoms.normal(rows, columns, 1, rng).getDDRM();
            var decomposition = org.ejml.dense.row.factory.DecompositionFactory_DDRM.qr(rows, columns);
            decomposition.decompose(qr);
            SimpleMatrix Q = SimpleMatrix.wrap(decomposition.getQ(null, false));
            SimpleMatrix R = SimpleMatrix.wrap(decomposition.getR(null, false));
            for (int column = 0; column < columns; column++) { // without the signs Q would not be uniform
                double sign = Math.signum(R.get(column, column)) * scale;
                for (int row = 0; row < rows; row++) {
                    Q.set(row, column, Q.get(row, column) * sign);
                }
            }
            return Q;
        };
    }

    /** {@code scale} times the identity (Le, Jaitly and Hinton 2015, with ReLU and scale 1). Square only. */
    static Initialization identity(double scale) {
        Require.finite("scale", scale);
        return (rows, columns, rng) -> {
            requireSquare("identity", rows, columns, rng);
            return SimpleMatrix.identity(rows).scale(scale);
        };
    }

    private static void requireSize(int rows, int columns, RandomGenerator rng) {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("columns", columns, 1);
        Require.size("rows", rows, "columns", columns);
        Require.present("rng", rng);
    }

    private static void requireSquare(String name, int rows, int columns, RandomGenerator rng) {
        requireSize(rows, columns, rng);
        if (rows != columns) {
            throw new IllegalArgumentException(name + ": expected a square matrix, got " + rows + "x" + columns);
        }
    }
}
