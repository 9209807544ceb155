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

    /** The same without the rows and columns before these. */
    Part from(int row, int column) {
        return row == 0 && column == 0
                ? this
                : new Part(data, start + row * nextRow() + column * nextColumn(), width, transposed);
    }

    /**
     * Copies some rows into arrays of their own. Rows of a transposed matrix are read together, since they lie beside each other.
     *
     * @param first which row comes first
     * @param count how many; nothing is done if it is not positive
     * @param length elements of each row
     */
    void copyRows(int first, int count, int length, double[][] rows) {
        if (transposed) {
            for (int j = 0; j < length; j++) {
                for (int row = 0; row < count; row++) {
                    rows[row][j] = data[start + first + row + j * width];
                }
            }
        } else {
            for (int row = 0; row < count; row++) {
                System.arraycopy(data, start + (first + row) * width, rows[row], 0, length);
            }
        }
    }
}
