package nabla.math.fast;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** A block of a row-major matrix, or the transpose of one: the numbers of the matrix itself, not a copy. */
public final class Part {
    final int rows;
    final int columns;
    final double[] data;

    /** Where in {@link #data} it begins. */
    final int start;

    /** From one row of the matrix (as it is stored) to the next. */
    final int width;

    final boolean transposed;

    private Part(int rows, int columns, double[] data, int start, int width, boolean transposed) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
        this.start = start;
        this.width = width;
        this.transposed = transposed;
    }

    /** All of a matrix. */
    public static Part of(DMatrixRMaj matrix) {
        return of("matrix", matrix);
    }

    /** All of a matrix that has this name where it comes from. */
    static Part of(String name, DMatrixRMaj matrix) {
        requirePresent(name, matrix);
        return new Part(matrix.numRows, matrix.numCols, matrix.data, 0, matrix.numCols, false);
    }

    /** The transpose of all of a matrix. */
    public static Part transposeOf(DMatrixRMaj matrix) {
        return transposeOf("matrix", matrix);
    }

    /** The transpose of all of a matrix that has this name where it comes from. */
    static Part transposeOf(String name, DMatrixRMaj matrix) {
        requirePresent(name, matrix);
        return new Part(matrix.numCols, matrix.numRows, matrix.data, 0, matrix.numCols, true);
    }

    /** The transpose of this part. */
    public Part transpose() {
        return new Part(columns, rows, data, start, width, !transposed);
    }

    /**
     * Some of its rows.
     *
     * @param from the first, counted from 0
     * @param to the one after the last
     */
    public Part rows(int from, int to) {
        requireRange("rows", from, to, rows);
        return new Part(to - from, columns, data, start + from * nextRow(), width, transposed);
    }

    /**
     * Some of its columns.
     *
     * @param from the first, counted from 0
     * @param to the one after the last
     */
    public Part columns(int from, int to) {
        requireRange("columns", from, to, columns);
        return new Part(rows, to - from, data, start + from * nextColumn(), width, transposed);
    }

    /**
     * Copies the numbers of another part, of the same shape.
     *
     * @throws IllegalArgumentException if the shapes differ, or one of the two is a transpose
     */
    public void set(Part other) {
        requirePresent("other", other);
        requireNoTranspose();
        other.requireNoTranspose();
        if (other.rows != rows || other.columns != columns) {
            throw new IllegalArgumentException(
                    "other: expected %dx%d, got %dx%d".formatted(rows, columns, other.rows, other.columns));
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(other.data, other.start + row * other.width, data, start + row * width, columns);
        }
    }

    /**
     * Sets every row to the same numbers.
     *
     * @param x as many as there are columns
     */
    public void setRows(double[] x) {
        requireNoTranspose();
        requireColumns("x", x);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, 0, data, start + row * width, columns);
        }
    }

    /**
     * Adds up the rows.
     *
     * @param sum one number for each column, overwritten
     */
    public void sumRows(double[] sum) {
        requireNoTranspose();
        requireColumns("sum", sum);
        Arrays.fill(sum, 0);
        for (int row = 0; row < rows; row++) {
            int first = start + row * width;
            for (int i = 0; i < columns; i++) {
                sum[i] += data[first + i];
            }
        }
    }

    /** From one row to the next, in {@link #data}. */
    int nextRow() {
        return transposed ? 1 : width;
    }

    /** From one column to the next, in {@link #data}. */
    int nextColumn() {
        return transposed ? width : 1;
    }

    /** Where an element is, in {@link #data}. */
    int at(int row, int column) {
        return start + row * nextRow() + column * nextColumn();
    }

    /**
     * Copies some rows into arrays of their own. Rows of a transposed matrix are read together, since they lie beside each other.
     *
     * @param firstRow which row comes first
     * @param firstColumn where in these rows to begin
     * @param count how many; nothing is done if it is not positive
     * @param length elements of each row
     */
    void copyRows(int firstRow, int firstColumn, int count, int length, double[][] rows) {
        int first = at(firstRow, firstColumn);
        if (transposed) {
            int row = 0;
            for (; row + 4 < count; row += 5) {
                copyFiveColumns(first + row, length, rows, row);
            }
            for (; row < count; row++) {
                for (int j = 0; j < length; j++) {
                    rows[row][j] = data[first + row + j * width];
                }
            }
        } else {
            for (int row = 0; row < count; row++) {
                System.arraycopy(data, first + row * width, rows[row], 0, length);
            }
        }
    }

    private void copyFiveColumns(int from, int length, double[][] rows, int row) {
        double[] r0 = rows[row];
        double[] r1 = rows[row + 1];
        double[] r2 = rows[row + 2];
        double[] r3 = rows[row + 3];
        double[] r4 = rows[row + 4];
        for (int j = 0, at = from; j < length; j++, at += width) {
            r0[j] = data[at];
            r1[j] = data[at + 1];
            r2[j] = data[at + 2];
            r3[j] = data[at + 3];
            r4[j] = data[at + 4];
        }
    }

    static void requirePresent(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected one, got null");
        }
    }

    private void requireNoTranspose() {
        if (transposed) {
            throw new IllegalArgumentException("expected a block of a matrix, got a transpose");
        }
    }

    private void requireColumns(String name, double[] x) {
        requirePresent(name, x);
        if (x.length != columns) {
            throw new IllegalArgumentException(name + ": expected " + columns + " numbers, got " + x.length);
        }
    }

    private static void requireRange(String name, int from, int to, int size) {
        if (from < 0 || to < from || to > size) {
            throw new IllegalArgumentException(
                    name + ": expected a range of those from 0 up to " + size + ", got " + from + " up to " + to);
        }
    }
}
