package nabla.energy;

import nabla.math.Row;
import nabla.math.SparseProduct;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/** Data statistics minus model statistics, the shape of every estimate of the gradient. */
final class PhaseDifference {
    private final Row row = new Row();

    /**
     * Computes v'h / N of the data minus the same of the model, and the differences of the means.
     *
     * @param v of the data, N x m, not modified
     * @param h of the data, N x n, lost
     * @param vModel of the model, any number of rows by m, not modified
     * @param hModel of the model, as many rows by n, lost
     * @param gradient overwritten
     */
    void compute(DMatrixRMaj v, DMatrixRMaj h, DMatrixRMaj vModel, DMatrixRMaj hModel, RbmGradient gradient) {
        gradient.W().zero();
        gradient.a().zero();
        gradient.b().zero();
        add(1.0 / v.numRows, v, h, gradient);
        add(-1.0 / vModel.numRows, vModel, hModel, gradient);
    }

    private void add(double weight, DMatrixRMaj v, DMatrixRMaj h, RbmGradient gradient) {
        CommonOps_DDRM.scale(weight, h);
        SparseProduct.multAddTransA(v, h, gradient.W().getDDRM());
        addRows(weight, v, gradient.a());
        addRows(1, h, gradient.b());
    }

    /** sum = sum + weight times each row of x. */
    private void addRows(double weight, DMatrixRMaj x, SimpleMatrix sum) {
        row.fill(0, x.numCols);
        for (int i = 0; i < x.numRows; i++) {
            row.add(x.data, i * x.numCols);
        }
        row.scale(weight);
        row.add(sum.getDDRM().data);
        row.store(sum.getDDRM().data, 0);
    }
}
