package nabla.math;

import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;

/** Checks of arguments. Each throws an {@link IllegalArgumentException} that says the name, what was expected, what came. */
public final class Require {
    static {
        Parallel.threads(); // every model comes by here: none is to meet EJML's own threads, which Parallel switches
        // off
    }

    private Require() {}

    /** There is one: it is not null. */
    public static void present(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected one, got null");
        }
    }

    /** The matrix has exactly this shape and finite elements. */
    public static void shape(String name, SimpleMatrix x, int rows, int columns) {
        if (x.getNumRows() != rows || x.getNumCols() != columns) {
            throw new IllegalArgumentException(name + ": expected " + rows + "x" + columns + ", got " + shape(x));
        }
        finite(name, x);
    }

    /** The matrix has at least one row (rows are examples), this number of columns, and finite elements. */
    public static void examples(String name, SimpleMatrix x, int columns) {
        if (x.getNumCols() != columns || x.getNumRows() == 0) {
            throw new IllegalArgumentException(
                    name + ": expected one example of " + columns + " columns per row, got " + shape(x));
        }
        finite(name, x);
    }

    /** Every element lies in [0, 1]: a binary state, or the probability of one. */
    public static void probabilities(String name, SimpleMatrix x) {
        for (int i = 0; i < x.getNumElements(); i++) {
            if (!(x.get(i) >= 0 && x.get(i) <= 1)) {
                throw new IllegalArgumentException(
                        name + ": expected elements in [0, 1], got " + x.get(i) + " at " + place(x, i));
            }
        }
    }

    /** No element is NaN or infinite. */
    public static void finite(String name, SimpleMatrix x) {
        for (int i = 0; i < x.getNumElements(); i++) {
            if (!Double.isFinite(x.get(i))) {
                throw new IllegalArgumentException(
                        name + ": expected finite elements, got " + x.get(i) + " at " + place(x, i));
            }
        }
    }

    /** The number is at least {@code least}. */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
        }
    }

    /** The whole number lies in [least, most]. */
    public static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + ": expected a number from " + least + " to " + most + ", got " + value);
        }
    }

    /** The number lies in [least, most]; NaN does not. */
    public static void between(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + ": expected a number from " + least + " to " + most + ", got " + value);
        }
    }

    private static String shape(SimpleMatrix x) {
        return x.getNumRows() + "x" + x.getNumCols();
    }

    private static String place(SimpleMatrix x, int element) {
        return "(" + element / x.getNumCols() + ", " + element % x.getNumCols() + ")";
    }
}
