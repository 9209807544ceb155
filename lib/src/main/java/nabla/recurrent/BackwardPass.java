package nabla.recurrent;

import java.util.Map;
import nabla.math.Parallel;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Back-propagation through time. Every parameter of a recurrent layer acts by way of the pre-activations z_t, so all that has to be
 * carried back is dC/dz_t; the gradients of the parameters are then one matrix product each for all steps together.
 */
abstract class BackwardPass {
    /** How many sequences of a batch are one piece of work for a processor. */
    static final int SEQUENCES = 16;

    final int batch;

    /** dC/dh_t by way of the answer at step t alone, stacked: (T B) x n. */
    final DMatrixRMaj dH;

    /** dC/dz_t, stacked, a block for each step; grows with each call of {@link #through}. */
    final DMatrixRMaj dZ;

    /** dC/ds_t of the states s_0, ..., s_T, stacked: ((T + 1) B) x stateSize; grows with each call of {@link #through}. */
    final DMatrixRMaj dStates;

    BackwardPass(ForwardPass pass, DMatrixRMaj dH, int preActivations, int stateSize) {
        batch = pass.batch();
        this.dH = dH;
        dZ = new DMatrixRMaj(dH.numRows, preActivations);
        dStates = new DMatrixRMaj(dH.numRows + batch, stateSize);
    }

    /**
     * Goes back from one step to an earlier one and adds what it finds to {@link #dZ} and {@link #dStates}. If the way ends at step 1,
     * the initial state gets its share.
     *
     * @param last the step to begin with
     * @param first the step to end with
     * @param all whether the answers of all steps on the way count, or only that of the last
     */
    final void through(int last, int first, boolean all) {
        Parallel.forEach(batch, SEQUENCES, (from, to) -> through(last, first, all, from, to));
    }

    /** The same for the sequences from {@code from} up to but without {@code to}. */
    abstract void through(int last, int first, boolean all, int from, int to);

    /** The gradients of the layer's parameters, from {@link #dZ}, in the order of the network's parameters. */
    abstract Map<String, SimpleMatrix> parameterGradients();

    /** dC/dx_t, stacked: (T B) x d. */
    abstract SimpleMatrix inputGradient();
}
