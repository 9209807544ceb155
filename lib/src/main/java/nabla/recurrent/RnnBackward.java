package nabla.recurrent;

import java.util.Map;
import nabla.math.Blas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Back-propagation through time of an {@link Rnn}. */
final class RnnBackward extends BackwardPass {
    private final Rnn rnn;
    private final Rnn.Pass pass;

    RnnBackward(Rnn rnn, Rnn.Pass pass, DMatrixRMaj dH) {
        super(pass, dH, rnn.hidden(), rnn.stateSize());
        this.rnn = rnn;
        this.pass = pass;
    }

    @Override
    void through(int last, int first, boolean all, int from, int to) {
        DMatrixRMaj dh = new DMatrixRMaj(to - from, rnn.hidden());
        DMatrixRMaj dz = new DMatrixRMaj(to - from, rnn.hidden());
        for (int t = last; t >= first; t--) {
            int row = (t - 1) * batch + from;
            int start = row * rnn.hidden();
            if (all || t == last) {
                for (int i = 0; i < dh.getNumElements(); i++) {
                    dh.data[i] += dH.data[start + i];
                }
            }
            Rows.add(dh, dStates, row + batch, 0);
            for (int i = 0; i < dz.getNumElements(); i++) {
                dz.data[i] = dh.data[i] * rnn.activation().slope(pass.H.data[start + i]);
            }
            Rows.add(dz, dZ, row, 0);
            Blas.mult(dz, rnn.W.getDDRM(), dh);
        }
        if (first == 1) {
            Rows.add(dh, dStates, from, 0);
        }
    }

    @Override
    Map<String, SimpleMatrix> parameterGradients() {
        DMatrixRMaj dU = new DMatrixRMaj(rnn.hidden(), rnn.inputs());
        DMatrixRMaj dW = new DMatrixRMaj(rnn.hidden(), rnn.hidden());
        Blas.multTransA(dZ, pass.x.stacked().getDDRM(), dU);
        Blas.multTransA(dZ, pass.HPrev, dW);
        return Rnn.named(SimpleMatrix.wrap(dU), SimpleMatrix.wrap(dW), Rows.sum(dZ));
    }

    @Override
    SimpleMatrix inputGradient() {
        DMatrixRMaj dX = new DMatrixRMaj(dZ.numRows, rnn.inputs());
        Blas.mult(dZ, rnn.U.getDDRM(), dX);
        return SimpleMatrix.wrap(dX);
    }
}
