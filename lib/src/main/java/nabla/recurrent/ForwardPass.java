package nabla.recurrent;

import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Blas;
import nabla.math.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A recurrent network unrolled over a batch of sequences: all states and answers, and the way back through time.
 *
 * <p>Steps count from 1 to T, and 0 is the initial state. The loss is a sum over steps and a mean over the B sequences: the
 * cross-entropy of classes in nats, or the squared error of values, summed over outputs.
 */
public abstract sealed class ForwardPass permits Rnn.Pass, Lstm.Pass {
    final Sequences x;
    final Readout readout;

    /** h_1, ..., h_T, stacked: (T B) x n. */
    final DMatrixRMaj H;

    /** h_0, ..., h_{T-1}, stacked: (T B) x n. */
    final DMatrixRMaj HPrev;

    private SimpleMatrix logits;
    private SimpleMatrix yHat;

    ForwardPass(Sequences x, Readout readout) {
        this.x = x;
        this.readout = readout;
        H = new DMatrixRMaj(x.steps() * x.batch(), readout.hidden());
        HPrev = new DMatrixRMaj(H.numRows, H.numCols);
    }

    /** Checks the arguments of {@link RecurrentNetwork#forward(Sequences, SimpleMatrix)}. */
    static void requireFitting(RecurrentNetwork network, Sequences x, SimpleMatrix initialState) {
        if (x.width() != network.inputs()) {
            throw new IllegalArgumentException(
                    "x: expected " + network.inputs() + " numbers at each step, got " + x.width());
        }
        Require.finite("x", x.stacked());
        Require.shape("initialState", initialState, x.batch(), network.stateSize());
    }

    /** To be called when all of {@link #H} is known. */
    final void readOut() {
        logits = readout.logits(H);
        yHat = readout.answers(logits);
    }

    /** T, the number of steps. */
    public final int steps() {
        return x.steps();
    }

    /** B, the number of sequences. */
    public final int batch() {
        return x.batch();
    }

    /**
     * h_t.
     *
     * @param t from 0, the initial state, to T
     * @return a new B x n matrix
     */
    public final SimpleMatrix h(int t) {
        Require.between("t", t, 0, steps());
        return t == 0 ? step(SimpleMatrix.wrap(HPrev), 1) : step(SimpleMatrix.wrap(H), t);
    }

    /**
     * Everything that is carried from step t to the next.
     *
     * @param t from 0, the initial state, to T
     * @return a new matrix, B x stateSize
     */
    public abstract SimpleMatrix state(int t);

    /** The state after the last step, from which another pass can carry on. */
    public final SimpleMatrix lastState() {
        return state(steps());
    }

    /**
     * The logits b_t = V h_t + c.
     *
     * @param t from 1 to T
     * @return a new B x k matrix
     */
    public final SimpleMatrix logits(int t) {
        return step(logits, t);
    }

    /**
     * The answers: softmax(b_t), or b_t of a linear read-out.
     *
     * @param t from 1 to T
     * @return a new B x k matrix
     */
    public final SimpleMatrix yHat(int t) {
        return step(yHat, t);
    }

    /** All answers, stacked as {@link Sequences#stacked} is: (T B) x k. The matrix itself, not a copy. */
    public final SimpleMatrix yHat() {
        return yHat;
    }

    /**
     * The loss, summed over all steps.
     *
     * @throws IllegalArgumentException if the targets are for other sizes, or are classes while the read-out is linear
     */
    public final double loss(Targets y) {
        requireFitting(y);
        double sum = 0;
        for (int t = 1; t <= steps(); t++) {
            sum += Loss.at(t, logits, yHat, y);
        }
        return sum;
    }

    /** The loss C_t of one step. */
    public final double loss(Targets y, int t) {
        requireFitting(y);
        Require.between("t", t, 1, steps());
        return Loss.at(t, logits, yHat, y);
    }

    /**
     * The gradient of {@link #loss(Targets)} by back-propagation through time, with respect to all parameters, inputs and states. To
     * be taken before the parameters or the inputs are changed.
     *
     * @throws IllegalArgumentException as {@link #loss(Targets)}
     */
    public final RecurrentGradient gradient(Targets y) {
        return gradient(y, steps());
    }

    /**
     * The same with truncation: the loss of each step is followed back through {@code window} steps only, its own included. The whole
     * sequence as window gives the full gradient.
     *
     * @param window from 1 to T
     */
    public final RecurrentGradient gradient(Targets y, int window) {
        requireFitting(y);
        Require.between("window (at most the sequence's steps)", window, 1, steps());
        SimpleMatrix dLogits = Loss.gradient(yHat, readout.isSoftmax(), y);
        DMatrixRMaj dH = new DMatrixRMaj(H.numRows, H.numCols);
        Blas.mult(dLogits.getDDRM(), readout.V.getDDRM(), dH);
        BackwardPass back = backward(dH);
        if (window == steps()) {
            back.through(steps(), 1, true);
        } else {
            for (int t = steps(); t >= 1; t--) {
                back.through(t, Math.max(1, t - window + 1), false);
            }
        }
        DMatrixRMaj dV = new DMatrixRMaj(readout.outputs(), readout.hidden());
        Blas.multTransA(dLogits.getDDRM(), H, dV);
        var gradients = back.parameterGradients();
        gradients.put("V", SimpleMatrix.wrap(dV));
        gradients.put("c", Rows.sum(dLogits.getDDRM()));
        return new RecurrentGradient(loss(y), gradients, back);
    }

    /**
     * The way back of this pass.
     *
     * @param dH the derivative of the loss with respect to each h_t by way of its own answer alone, stacked like {@link #H}
     */
    abstract BackwardPass backward(DMatrixRMaj dH);

    final SimpleMatrix step(SimpleMatrix stacked, int t) {
        Require.between("t", t, 1, steps());
        return stacked.rows((t - 1) * batch(), t * batch());
    }

    private void requireFitting(Targets y) {
        if (y.steps() != steps() || y.batch() != batch() || y.width() != readout.outputs()) {
            throw new IllegalArgumentException(
                    "y: expected targets for %d steps of %d sequences and %d outputs, got %d steps of %d and %d"
                            .formatted(steps(), batch(), readout.outputs(), y.steps(), y.batch(), y.width()));
        }
        if (y.areClasses() && !readout.isSoftmax()) {
            throw new IllegalArgumentException("y: classes need a softmax read-out, this one is linear");
        }
    }
}
