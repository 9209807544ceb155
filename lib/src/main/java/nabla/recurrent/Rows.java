package nabla.recurrent;

import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Blocks of rows of stacked matrices, in which B rows belong to each step. */
final class Rows {
    private Rows() {}

    /** Sets every row of {@code x} to a bias, given as a column. */
    static void fill(DMatrixRMaj x, SimpleMatrix bias) {
        for (int start = 0; start < x.getNumElements(); start += x.numCols) {
            System.arraycopy(bias.getDDRM().data, 0, x.data, start, x.numCols);
        }
    }

    /** Copies the block of step t (from 1) into {@code block}. */
    static void get(DMatrixRMaj stacked, int t, DMatrixRMaj block) {
        int size = block.getNumElements();
        System.arraycopy(stacked.data, (t - 1) * size, block.data, 0, size);
    }

    /** Copies {@code block} over the block of step t (from 1). */
    static void set(DMatrixRMaj stacked, int t, DMatrixRMaj block) {
        int size = block.getNumElements();
        System.arraycopy(block.data, 0, stacked.data, (t - 1) * size, size);
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
