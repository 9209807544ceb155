package nabla.recurrent;

import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/** A gate of an {@link Lstm} at all steps of an unrolled network, or the candidate, which is computed alike: f(W [h_{t-1}, x_t] + b). */
final class Gate {
    /** The gate at the steps 1 to T. */
    final Stacked values;

    final SimpleMatrix W;
    private final SimpleMatrix b;
    private final Nonlinearity f;

    /** W', since a product with a transpose is faster if the transpose is written out first. */
    private final DMatrixRMaj WT;

    /** z = f(z) for the elements from {@code from} up to but without {@code to}. */
    @FunctionalInterface
    interface Nonlinearity {
        void apply(double[] z, int from, int to);
    }

    Gate(SimpleMatrix W, SimpleMatrix b, Nonlinearity f, int steps, int batch) {
        this.W = W;
        this.b = b;
        this.f = f;
        values = new Stacked(steps, batch, W.getNumRows());
        WT = new DMatrixRMaj(W.getNumCols(), W.getNumRows());
    }

    /** Takes the parameters as they are now. */
    void begin() {
        CommonOps_DDRM.transpose(W.getDDRM(), WT);
    }

    /**
     * Computes the gate at step t for the sequences from {@code from} up to but without {@code to}.
     *
     * @param hx their [h_{t-1}, x_t]
     */
    void step(int t, int from, int to, Part hx) {
        Part z = values.part(t, from, to);
        z.setRows(b.getDDRM().data);
        Blas.multAdd(hx, Part.of(WT), z);
        f.apply(values.data, values.start(t, from), values.start(t, to));
    }
}
