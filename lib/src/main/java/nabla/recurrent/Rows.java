package nabla.recurrent;

import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Blocks of rows of stacked matrices. */
final class Rows {
    private Rows() {}

    /** Sets every row of {@code x} to a bias, given as a column. */
    static void fill(DMatrixRMaj x, SimpleMatrix bias) {
        for (int start = 0; start < x.getNumElements(); start += x.numCols) {
            System.arraycopy(bias.getDDRM().data, 0, x.data, start, x.numCols);
        }
    }

    /** Copies the rows from {@code first} on into {@code block}. */
    static void get(DMatrixRMaj stacked, int first, DMatrixRMaj block) {
        System.arraycopy(stacked.data, first * stacked.numCols, block.data, 0, block.getNumElements());
    }

    /** Copies {@code block} over the rows from {@code first} on. */
    static void set(DMatrixRMaj stacked, int first, DMatrixRMaj block) {
        System.arraycopy(block.data, 0, stacked.data, first * stacked.numCols, block.getNumElements());
    }

    /** Adds {@code block} to a part of {@code stacked}, whose upper left corner is given. */
    static void add(DMatrixRMaj block, DMatrixRMaj stacked, int firstRow, int firstColumn) {
        for (int row = 0; row < block.numRows; row++) {
            int to = (firstRow + row) * stacked.numCols + firstColumn;
            int from = row * block.numCols;
            for (int i = 0; i < block.numCols; i++) {
                stacked.data[to + i] += block.data[from + i];
            }
        }
    }

    /** The sum of all rows, as a column. */
    static SimpleMatrix sum(DMatrixRMaj x) {
        SimpleMatrix sum = new SimpleMatrix(x.numCols, 1);
        double[] s = sum.getDDRM().data;
        for (int start = 0; start < x.getNumElements(); start += x.numCols) {
            for (int i = 0; i < s.length; i++) {
                s[i] += x.data[start + i];
            }
        }
        return sum;
    }
}
