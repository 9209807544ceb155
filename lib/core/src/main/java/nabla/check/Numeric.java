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
 * <p>Central differences are taken with steps from a quarter of x (or of 1) down to where rounding is all that is left,
 * so that wide and narrow functions are both seen, and extrapolated to step zero (Richardson 1911; the table of Ridders
 * 1982, <i>Accurate computation of F'(x) and F'(x)F''(x)</i>). The entry with the least error is taken. An error is
 * believed only if all smaller steps agree with the entry, as far as the noise of the function lets them.
 */
public final class Numeric {
    private Numeric() {}

    /**
     * A derivative and how far it may be off.
     *
     * @param value the extrapolated derivative
     * @param error an estimate of the absolute error of {@code value}; infinite if no two steps agree
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
        return Differences.of(f, x).derivative();
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
            Derivative d = differences(f, x, i).derivative();
            value.set(i, d.value());
            error.set(i, d.error());
        }
        return new Gradient(value, error);
    }

    static Differences differences(DoubleSupplier f, SimpleMatrix x, int element) {
        return differences(f, x, element, Differences.FIRST_STEP);
    }

    /** The differences along one element of {@code x}, which is put back. */
    static Differences differences(DoubleSupplier f, SimpleMatrix x, int element, double firstStep) {
        Interrupts.check("gradient interrupted at element %d", element);
        double original = x.get(element);
        try {
            return Differences.of(
                    moved -> {
                        x.set(element, moved);
                        return f.getAsDouble();
                    },
                    original,
                    firstStep);
        } finally {
            x.set(element, original);
        }
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
}
