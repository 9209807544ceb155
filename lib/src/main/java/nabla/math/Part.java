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
}
