package nabla.math;

import org.ejml.data.DMatrixRMaj;

/** A block of a row-major matrix, or the transpose of one. */
final class Part {
    final double[] data;

    /** Where in {@link #data} it begins. */
    final int start;

    /** From one row of the matrix (as it is stored) to the next. */
    final int width;

    final boolean transposed;

    Part(double[] data, int start, int width, boolean transposed) {
        this.data = data;
        this.start = start;
        this.width = width;
        this.transposed = transposed;
    }

    static Part of(DMatrixRMaj matrix) {
        return new Part(matrix.data, 0, matrix.numCols, false);
    }

    static Part transposeOf(DMatrixRMaj matrix) {
        return new Part(matrix.data, 0, matrix.numCols, true);
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

    /** The same without the rows and columns before these. */
    Part from(int row, int column) {
        return row == 0 && column == 0 ? this : new Part(data, at(row, column), width, transposed);
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
}
