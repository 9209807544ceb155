package nabla.math;

import nabla.math.fast.Parallel;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.MatrixType;
import org.ejml.simple.SimpleMatrix;

/** Checks of arguments. Each throws an {@link IllegalArgumentException} that says the name, what was expected, what came. */
public final class Require {
    private static final double SUM_MAY_BE_OFF = 1e-9;

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

    /** None is null. */
    public static void present(String name, Object[] values) {
        present(name, (Object) values);
        for (int i = 0; i < values.length; i++) {
            present(name + "[" + i + "]", values[i]);
        }
    }

    /** There is a matrix, and it is dense. */
    public static void matrix(String name, SimpleMatrix x) {
        present(name, x);
        MatrixType type = x.getType();
        if (!type.isDense() || !type.isReal()) {
            throw new IllegalArgumentException(name + ": expected a dense matrix of real numbers, got " + type);
        }
    }

    /**
     * There is a matrix that can be worked on: dense and of double precision. All changes would be made to a copy of any other. (EJML makes a
     * matrix of floats where all of its numbers are written without a point.)
     */
    public static void parameter(String name, SimpleMatrix x) {
        matrix(name, x);
        if (x.getType() != MatrixType.DDRM) {
            throw new IllegalArgumentException(
                    name + ": expected a matrix of double precision (DDRM), got " + x.getType()
                            + "; numbers without a point, as in new SimpleMatrix(2, 1, true, 3, 4), are taken for floats");
        }
    }

    /** There is a column of at least one finite number that can be worked on: a parameter with a number for each unit. */
    public static void column(String name, SimpleMatrix x) {
        parameter(name, x);
        atLeast("rows of " + name, x.getNumRows(), 1);
        shape(name, x, x.getNumRows(), 1);
    }

    /** The matrix has exactly this shape and finite elements. */
    public static void shape(String name, SimpleMatrix x, int rows, int columns) {
        matrix(name, x);
        if (x.getNumRows() != rows || x.getNumCols() != columns) {
            throw new IllegalArgumentException(name + ": expected " + rows + "x" + columns + ", got " + shape(x));
        }
        finite(name, x);
    }

    /** The matrix has as many rows as another one. */
    public static void sameRows(String name, SimpleMatrix x, String other, SimpleMatrix y) {
        matrix(name, x);
        matrix(other, y);
        if (x.getNumRows() != y.getNumRows()) {
            throw new IllegalArgumentException(
                    "%s: expected %d rows as %s has, got %s".formatted(name, y.getNumRows(), other, shape(x)));
        }
    }

    /** The matrix has the shape of another one, and finite elements. */
    public static void sameShape(String name, SimpleMatrix x, String other, SimpleMatrix y) {
        matrix(name, x);
        matrix(other, y);
        if (x.getNumRows() != y.getNumRows() || x.getNumCols() != y.getNumCols()) {
            throw new IllegalArgumentException(
                    "%s: expected %s as %s has, got %s".formatted(name, shape(y), other, shape(x)));
        }
        finite(name, x);
    }

    /** The matrix has at least one row (rows are examples), this number of columns, and finite elements. */
    public static void examples(String name, SimpleMatrix x, int columns) {
        exampleShape(name, x, columns);
        finite(name, x);
    }

    /** The matrix has at least one row and this number of columns; its elements are checked by something else. */
    public static void exampleShape(String name, SimpleMatrix x, int columns) {
        matrix(name, x);
        if (x.getNumCols() != columns || x.getNumRows() == 0) {
            throw new IllegalArgumentException(
                    name + ": expected one example of " + columns + " columns per row, got " + shape(x));
        }
    }

    /** Every element is one of the two values that a unit has: {@code off}, which is 0 or -1, or 1. */
    public static void states(String name, SimpleMatrix x, double off) {
        matrix(name, x);
        double[] elements = x.getDDRM().data;
        for (int i = 0; i < x.getNumElements(); i++) {
            if (elements[i] != 1 && elements[i] != off) {
                throw new IllegalArgumentException(
                        "%s: expected %.0f or 1 everywhere, got %s".formatted(name, off, x.get(i)));
            }
        }
    }

    /** Every element is one of the two values that a unit has. */
    public static void state(String name, double[] x, int units, double off) {
        length(name, x, units);
        for (double xi : x) {
            if (xi != 1 && xi != off) {
                throw new IllegalArgumentException(
                        "%s: expected %.0f or 1 everywhere, got %s".formatted(name, off, xi));
            }
        }
    }

    /** A column of probabilities, one for each of some states: none is negative, and their sum is 1. */
    public static void distribution(String name, SimpleMatrix p, int states) {
        shape(name, p, states, 1);
        probabilities(name, p);
        double sum = p.elementSum();
        if (Math.abs(sum - 1) > SUM_MAY_BE_OFF) {
            throw new IllegalArgumentException(name + ": expected probabilities that add up to 1, got a sum of " + sum);
        }
    }

    /** There is a matrix, and it has this number of columns. */
    public static void columns(String name, DMatrixRMaj x, int columns) {
        present(name, x);
        if (x.numCols != columns) {
            throw new IllegalArgumentException(
                    name + ": expected " + columns + " columns, got " + x.numRows + "x" + x.numCols);
        }
    }

    /** Probabilities of as many states as there are numbers: none is negative, and their sum is 1. */
    public static void distribution(String name, double[] p) {
        present(name, p);
        double sum = 0;
        for (double pi : p) {
            between("element of " + name, pi, 0, 1);
            sum += pi;
        }
        between("sum of " + name, sum, 1 - SUM_MAY_BE_OFF, 1 + SUM_MAY_BE_OFF);
    }

    /** The array has this length. */
    public static void length(String name, double[] x, int length) {
        present(name, x);
        if (x.length != length) {
            throw new IllegalArgumentException(name + ": expected " + length + " numbers, got " + x.length);
        }
    }

    /** There is at least one number, and all are finite. */
    public static void finite(String name, double[] x) {
        present(name, x);
        atLeast("length of " + name, x.length, 1);
        for (double xi : x) {
            if (!Double.isFinite(xi)) {
                throw new IllegalArgumentException(name + ": expected finite numbers, got " + xi);
            }
        }
    }

    /** The numbers from {@code from} up to but without {@code to} are places in an array. */
    public static void range(int from, int to, String name, double[] x) {
        present(name, x);
        if (from < 0 || from > x.length) {
            throw new IllegalArgumentException(
                    "from: expected a number from 0 to %d, the length of %s, got %d".formatted(x.length, name, from));
        }
        if (to < from || to > x.length) {
            throw new IllegalArgumentException("to: expected a number from %d (from) to %d, the length of %s, got %d"
                    .formatted(from, x.length, name, to));
        }
    }

    /** A matrix can have so many rows and columns: neither is negative, and the number of elements is no more than an array can have. */
    public static void size(String rowsName, int rows, String columnsName, int columns) {
        atLeast(rowsName, rows, 0);
        atLeast(columnsName, columns, 0);
        if ((long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("%s and %s: expected at most 2^31 elements together, got %d x %d"
                    .formatted(rowsName, columnsName, rows, columns));
        }
    }

    /** Every element lies in [0, 1]: a binary state, or the probability of one. */
    public static void probabilities(String name, SimpleMatrix x) {
        matrix(name, x);
        double[] elements = x.getDDRM().data;
        for (int i = 0; i < x.getNumElements(); i++) {
            if (!(elements[i] >= 0 && elements[i] <= 1)) {
                finite(name, x);
                throw new IllegalArgumentException(
                        name + ": expected elements in [0, 1], got " + x.get(i) + " at " + place(x, i));
            }
        }
    }

    /** No element is NaN or infinite. */
    public static void finite(String name, SimpleMatrix x) {
        matrix(name, x);
        double[] elements = x.getDDRM().data;
        for (int i = 0; i < x.getNumElements(); i++) {
            if (!Double.isFinite(elements[i])) {
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

    /** The number is finite. */
    public static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number, got " + value);
        }
    }

    private static String shape(SimpleMatrix x) {
        return x.getNumRows() + "x" + x.getNumCols();
    }

    private static String place(SimpleMatrix x, int element) {
        return "(" + element / x.getNumCols() + ", " + element % x.getNumCols() + ")";
    }
}
