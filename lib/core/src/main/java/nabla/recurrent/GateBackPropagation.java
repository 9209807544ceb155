package nabla.recurrent;

import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/** The way back through one {@link Gate}: z = W [h_{t-1}, x_t] + b. */
final class GateBackPropagation {
    /** dC/dz_1, ..., dC/dz_T. */
    final Stacked dZ;

    final SimpleMatrix dW;
    final SimpleMatrix db;
    private final Part Wh;
    private final Part Wx;
    private final int steps;

    GateBackPropagation(Gate gate, int steps, int batch) {
        this.steps = steps;
        int n = gate.W.getNumRows();
        int columns = gate.W.getNumCols();
        dZ = new Stacked(steps, batch, n);
        dW = new SimpleMatrix(n, columns);
        db = new SimpleMatrix(n, 1);
        Wh = Part.of(gate.W.getDDRM()).columns(0, n);
        Wx = Part.of(gate.W.getDDRM()).columns(n, columns);
    }

    /** Adds to dC/dh_{t-1} what comes by way of this gate, for the sequences from {@code from} up to but without {@code to}. */
    void step(int t, int from, int to, Part dh) {
        Blas.multAdd(dZ.part(t, from, to), Wh, dh);
    }

    /**
     * Computes {@link #dW} and {@link #db}.
     *
     * @param hx [h_{t-1}, x_t] at the steps 1 to T
     */
    void parameterGradients(Part hx) {
        Part dz = dZ.steps(1, steps);
        Blas.mult(dz.transpose(), hx, Part.of(dW.getDDRM()));
        dz.sumRows(db.getDDRM().data);
    }

    /** Adds to dC/dx_t at the steps 1 to T what comes by way of this gate. */
    void inputGradient(Part dx) {
        Blas.multAdd(dZ.steps(1, steps), Wx, dx);
    }
}
