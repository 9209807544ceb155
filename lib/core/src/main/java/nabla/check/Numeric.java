package nabla.check;

import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import nabla.math.Interrupts;
import org.ejml.simple.SimpleMatrix;

/**
 * Derivatives by finite differences, good to about 1e-11 on smooth functions: the independent number that every derived
 * gradient is held against.
 *
 * <p>Central differences with steps h, h/2, h/4, ... are extrapolated to step zero (Richardson 1911); of the whole
 * table the entry with the smallest error estimate is taken (after Ridders 1982, <i>Accurate computation of F'(x) and F'(x)F''(x)</i>).
 */
public final class Numeric {
    private static final double FIRST_STEP = 0.25;
    private static final int MOST_HALVINGS = 12;

    private Numeric() {}

    /**
     * A derivative and how far it may be off.
     *
     * @param value the extrapolated derivative
     * @param error the method's own estimate of the absolute error of {@code value}
     */
    public record Derivative(double value, double error) {}

    /**
     * The derivative of {@code f} at {@code x}.
     *
     * @throws ArithmeticException if f is not finite however close to x
     */
    public static double derivative(DoubleUnaryOperator f, double x) {
        return derivativeWithError(f, x).value();
    }

    /** As {@link #derivative}, with the error estimate. */
    public static Derivative derivativeWithError(DoubleUnaryOperator f, double x) {
        double h = FIRST_STEP * Math.max(1, Math.abs(x));
        int shrinks = 0;
        while (!Double.isFinite(centralDifference(f, x, h))) {
            h /= 4; // x is close to the edge of where f is defined
            if (++shrinks > 12) {
                throw new ArithmeticException(
                        "the function is not finite around " + x + ", even at a distance of " + h);
            }
        }
        double[][] table = new double[MOST_HALVINGS][];
        double best = centralDifference(f, x, h);
        double bestError = Double.POSITIVE_INFINITY;
        table[0] = new double[] {best};
        for (int i = 1; i < MOST_HALVINGS; i++) {
            h /= 2;
            table[i] = new double[i + 1];
            table[i][0] = centralDifference(f, x, h);
            double power = 1;
            for (int j = 1; j <= i; j++) {
                power *= 4; // the error of a central difference has only even powers of h
                table[i][j] = (power * table[i][j - 1] - table[i - 1][j - 1]) / (power - 1);
                double error =
                        Math.max(Math.abs(table[i][j] - table[i][j - 1]), Math.abs(table[i][j] - table[i - 1][j - 1]));
                if (j < i) { // three neighbours agree by chance less easily than two
                    error = Math.max(error, Math.abs(table[i][j] - table[i - 1][j]));
                }
                if (error <= bestError) {
                    bestError = error;
                    best = table[i][j];
                }
            }
        }
        return new Derivative(best, bestError);
    }

    /**
     * The gradient of a scalar with respect to a matrix (or a vector, one column).
     *
     * @param f reads {@code x}, directly or through an object that holds it, and returns the scalar
     * @param x any shape; each element is moved in turn and put back, so that {@code x} is unchanged at the end
     * @return the derivatives, in the shape of {@code x}
     */
    public static SimpleMatrix gradient(DoubleSupplier f, SimpleMatrix x) {
        return gradientWithError(f, x).value();
    }

    /**
     * A gradient and how far each of its elements may be off.
     *
     * @param value the extrapolated derivatives
     * @param error the method's own estimates of their absolute errors, in the same shape
     */
    public record Gradient(SimpleMatrix value, SimpleMatrix error) {}

    /** As {@link #gradient}, with the error estimates. */
    public static Gradient gradientWithError(DoubleSupplier f, SimpleMatrix x) {
        SimpleMatrix value = new SimpleMatrix(x.getNumRows(), x.getNumCols());
        SimpleMatrix error = new SimpleMatrix(x.getNumRows(), x.getNumCols());
        for (int i = 0; i < x.getNumElements(); i++) {
            Interrupts.check("gradient interrupted at element %d", i);
            int element = i;
            double original = x.get(i);
            try {
                Derivative d = derivativeWithError(
                        moved -> {
                            x.set(element, moved);
                            return f.getAsDouble();
                        },
                        original);
                value.set(i, d.value());
                error.set(i, d.error());
            } finally {
                x.set(i, original);
            }
        }
        return new Gradient(value, error);
    }

    /**
     * The Jacobian of a vector (or matrix) with respect to another one: row i is the gradient of element i of f.
     *
     * @param f does not modify what it is given
     * @param x any shape, not modified
     * @return (elements of f) x (elements of x), both row by row
     */
    public static SimpleMatrix jacobian(UnaryOperator<SimpleMatrix> f, SimpleMatrix x) {
        SimpleMatrix moving = x.copy();
        SimpleMatrix J = new SimpleMatrix(f.apply(moving).getNumElements(), x.getNumElements());
        for (int i = 0; i < J.getNumRows(); i++) {
            int row = i;
            J.setRow(i, 0, gradient(() -> f.apply(moving).get(row), moving).getDDRM().data);
        }
        return J;
    }

    private static double centralDifference(DoubleUnaryOperator f, double x, double h) {
        double above = x + h;
        double below = x - h;
        return (f.applyAsDouble(above) - f.applyAsDouble(below)) / (above - below);
    }
}
