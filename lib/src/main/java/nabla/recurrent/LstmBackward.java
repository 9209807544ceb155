package nabla.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.math.Blas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Back-propagation through time of an {@link Lstm}. */
final class LstmBackward extends BackwardPass {
    private final Lstm lstm;
    private final Lstm.Pass pass;

    /** The weights of all gates that belong to h, below each other: 4n x n. */
    private final DMatrixRMaj Wh;

    LstmBackward(Lstm lstm, Lstm.Pass pass, DMatrixRMaj dH) {
        super(pass, dH, Lstm.GATES * lstm.hidden(), lstm.stateSize());
        this.lstm = lstm;
        this.pass = pass;
        Wh = lstm.gates(0, lstm.hidden());
    }

    @Override
    void through(int last, int first, boolean all, int from, int to) {
        int n = lstm.hidden();
        DMatrixRMaj dh = new DMatrixRMaj(to - from, n);
        DMatrixRMaj dC = new DMatrixRMaj(to - from, n);
        DMatrixRMaj dz = new DMatrixRMaj(to - from, Lstm.GATES * n);
        for (int t = last; t >= first; t--) {
            int row = (t - 1) * batch + from;
            if (all || t == last) {
                for (int e = 0; e < dh.getNumElements(); e++) {
                    dh.data[e] += dH.data[row * n + e];
                }
            }
            for (int r = 0; r < dh.numRows; r++) {
                back(row + r, r, dh, dC, dz);
            }
            Rows.add(dz, dZ, row, 0);
            Blas.mult(dz, Wh, dh);
        }
        if (first == 1) {
            Rows.add(dh, dStates, from, 0);
            Rows.add(dC, dStates, from, n);
        }
    }

    /**
     * One step back for one sequence.
     *
     * @param row of the stacked matrices
     * @param r row of the following three
     * @param dh dC/dh_t, not modified
     * @param dC by way of C_{t+1} when it comes; turned into the share of C_{t-1}
     * @param dz overwritten with the derivatives of the pre-activations of step t
     */
    private void back(int row, int r, DMatrixRMaj dh, DMatrixRMaj dC, DMatrixRMaj dz) {
        int n = lstm.hidden();
        int now = row * n;
        int gate = now * Lstm.GATES;
        int here = r * n;
        int out = here * Lstm.GATES;
        int states = (row + batch) * 2 * n;
        for (int j = 0; j < n; j++) {
            double f = pass.gates.data[gate + j];
            double i = pass.gates.data[gate + n + j];
            double g = pass.gates.data[gate + 2 * n + j];
            double o = pass.gates.data[gate + 3 * n + j];
            double tanhC = pass.tanhCells.data[now + j];
            double dhj = dh.data[here + j];
            double dCj = dC.data[here + j] + dhj * o * (1 - tanhC * tanhC);
            dStates.data[states + j] += dhj;
            dStates.data[states + n + j] += dCj;
            dz.data[out + j] = dCj * pass.cells.data[now + j] * f * (1 - f);
            dz.data[out + n + j] = dCj * g * i * (1 - i);
            dz.data[out + 2 * n + j] = dCj * i * (1 - g * g);
            dz.data[out + 3 * n + j] = dhj * tanhC * o * (1 - o);
            dC.data[here + j] = dCj * f;
        }
    }

    @Override
    Map<String, SimpleMatrix> parameterGradients() {
        int n = lstm.hidden();
        DMatrixRMaj dWx = new DMatrixRMaj(Lstm.GATES * n, lstm.inputs());
        DMatrixRMaj dWh = new DMatrixRMaj(Lstm.GATES * n, n);
        Blas.multTransA(dZ, pass.x.stacked().getDDRM(), dWx);
        Blas.multTransA(dZ, pass.HPrev, dWh);
        SimpleMatrix dW = SimpleMatrix.wrap(dWh).concatColumns(SimpleMatrix.wrap(dWx));
        SimpleMatrix db = Rows.sum(dZ);
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        String[] gateNames = {"f", "i", "C", "o"};
        for (int gate = 0; gate < Lstm.GATES; gate++) {
            named.put("W" + gateNames[gate], dW.rows(gate * n, (gate + 1) * n));
        }
        for (int gate = 0; gate < Lstm.GATES; gate++) {
            named.put("b" + gateNames[gate], db.rows(gate * n, (gate + 1) * n));
        }
        return named;
    }

    @Override
    SimpleMatrix inputGradient() {
        int n = lstm.hidden();
        DMatrixRMaj dX = new DMatrixRMaj(dZ.numRows, lstm.inputs());
        Blas.mult(dZ, lstm.gates(n, n + lstm.inputs()), dX);
        return SimpleMatrix.wrap(dX);
    }
}
