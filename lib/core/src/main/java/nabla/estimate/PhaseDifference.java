package nabla.estimate;

import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import nabla.math.fast.SparseProduct;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Data statistics minus model statistics, the shape of every estimate of the gradient. */
final class PhaseDifference {
    private static final int WORTH_SHARING = 1 << 13; // elements

    private final Phase data = new Phase();
    private final Phase model = new Phase();

    /**
     * Computes v'h / N of the data minus the same of the model, and the differences of the means.
     *
     * @param v of the data, N x m, not modified
     * @param h of the data, N x n, lost
     * @param vModel of the model, any number of rows by m, not modified
     * @param hModel of the model, as many rows by n, lost
     * @param gradient overwritten
     */
    void compute(DMatrixRMaj v, DMatrixRMaj h, DMatrixRMaj vModel, DMatrixRMaj hModel, Direction gradient) {
        int block = v.numRows * v.numCols < WORTH_SHARING ? 2 : 1;
        Parallel.forEach(2, block, (from, to) -> {
            if (from == 0) {
                data.weight(1.0 / v.numRows, v, h);
            }
            if (to == 2) {
                model.weight(-1.0 / vModel.numRows, vModel, hModel);
            }
        });
        data.v.add(model.v.elements());
        data.h.add(model.h.elements());
        data.v.store(gradient.of("a").getDDRM().data, 0);
        data.h.store(gradient.of("b").getDDRM().data, 0);
        SparseProduct.multTransA(v, h, gradient.of("W").getDDRM());
        SparseProduct.multAddTransA(vModel, hModel, gradient.of("W").getDDRM());
    }

    /** The weighted sums of the units of one phase. */
    private static final class Phase {
        private final RowBuffer v = new RowBuffer();
        private final RowBuffer h = new RowBuffer();

        void weight(double weight, DMatrixRMaj visible, DMatrixRMaj hidden) {
            CommonOps_DDRM.scale(weight, hidden);
            addRows(visible, v);
            addRows(hidden, h);
            v.scale(weight);
        }

        private static void addRows(DMatrixRMaj x, RowBuffer sum) {
            sum.fill(0, x.numCols);
            for (int i = 0; i < x.numRows; i++) {
                sum.add(x.data, i * x.numCols);
            }
        }
    }
}
