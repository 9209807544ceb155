package nabla.energy;

import java.util.Arrays;
import nabla.math.Blas;
import nabla.math.SparseProduct;
import org.ejml.data.DMatrixRMaj;

/**
 * Data statistics minus model statistics, the shape of every estimate of the gradient: with the examples v of the data above
 * those of the model in one matrix, and beside each its hidden probabilities divided by the number of examples on its side, minus for
 * the model, it is one product. The matrices are used again for each estimate.
 */
final class PhaseDifference {
    private final DMatrixRMaj states = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj weighted = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj share = new DMatrixRMaj(0, 1);
    private final DMatrixRMaj ones = new DMatrixRMaj(0, 1);

    /**
     * Computes it.
     *
     * @param v of the data, N x m, not modified
     * @param h of the data, N x n, not modified
     * @param vModel of the model, any number of rows by m, not modified
     * @param hModel of the model, as many rows by n, not modified
     * @param gradient overwritten
     */
    void compute(DMatrixRMaj v, DMatrixRMaj h, DMatrixRMaj vModel, DMatrixRMaj hModel, RbmGradient gradient) {
        int rows = v.numRows + vModel.numRows;
        states.reshape(rows, v.numCols);
        weighted.reshape(rows, h.numCols);
        share.reshape(rows, 1);
        ones.reshape(rows, 1);
        Arrays.fill(ones.data, 0, rows, 1);
        fill(0, v, h, 1.0 / v.numRows);
        fill(v.numRows, vModel, hModel, -1.0 / vModel.numRows);
        SparseProduct.multTransA(states, weighted, gradient.W().getDDRM());
        Blas.multTransA(states, share, gradient.a().getDDRM());
        Blas.multTransA(weighted, ones, gradient.b().getDDRM());
    }

    private void fill(int firstRow, DMatrixRMaj v, DMatrixRMaj h, double weight) {
        System.arraycopy(v.data, 0, states.data, firstRow * v.numCols, v.getNumElements());
        int first = firstRow * h.numCols;
        double[] products = weighted.data;
        System.arraycopy(h.data, 0, products, first, h.getNumElements());
        for (int i = first; i < first + h.getNumElements(); i++) {
            products[i] *= weight;
        }
        Arrays.fill(share.data, firstRow, firstRow + v.numRows, weight);
    }
}
