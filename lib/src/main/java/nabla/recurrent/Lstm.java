package nabla.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.data.Sequences;
import nabla.math.Blas;
import nabla.math.Functions;
import nabla.math.Parallel;
import nabla.math.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000), of d inputs
 * and n cells; * is element by element, [h, x] is h above x:
 *
 * <pre>
 * f_t = sigmoid(Wf [h_{t-1}, x_t] + bf)      forget gate
 * i_t = sigmoid(Wi [h_{t-1}, x_t] + bi)      input gate
 * g_t = tanh   (WC [h_{t-1}, x_t] + bC)      candidate
 * o_t = sigmoid(Wo [h_{t-1}, x_t] + bo)      output gate
 * C_t = f_t * C_{t-1} + i_t * g_t            cell state
 * h_t = o_t * tanh(C_t),                     answer = softmax(V h_t + c) or V h_t + c
 * </pre>
 *
 * <p>The state that is carried from step to step is [h, C], 2n numbers. The model is its parameters; it keeps no other state.
 */
public final class Lstm implements RecurrentNetwork {
    /** Weights of the forget gate, n x (n + d): the columns of h first, then those of x. */
    public final SimpleMatrix Wf;

    /** Weights of the input gate, n x (n + d). */
    public final SimpleMatrix Wi;

    /** Weights of the candidate, n x (n + d). */
    public final SimpleMatrix WC;

    /** Weights of the output gate, n x (n + d). */
    public final SimpleMatrix Wo;

    /** Biases of the forget gate, n x 1. */
    public final SimpleMatrix bf;

    /** Biases of the input gate, n x 1. */
    public final SimpleMatrix bi;

    /** Biases of the candidate, n x 1. */
    public final SimpleMatrix bC;

    /** Biases of the output gate, n x 1. */
    public final SimpleMatrix bo;

    /** Weights of the read-out, k x n. */
    public final SimpleMatrix V;

    /** Biases of the read-out, k x 1. */
    public final SimpleMatrix c;

    /** Forget, input, candidate, output. */
    static final int GATES = 4;

    private final int inputs;
    private final Readout readout;

    /**
     * A network with the given parameters, which it holds (they are not copied).
     *
     * @param weights {@code Wf}, {@code Wi}, {@code WC}, {@code Wo}, each n x (n + d), and {@code bf}, {@code bi}, {@code bC},
     *     {@code bo}, each n x 1
     * @param readout for n hidden units
     * @throws IllegalArgumentException if one is missing, a shape does not fit or an element is not finite
     */
    public Lstm(Map<String, SimpleMatrix> weights, Readout readout) {
        for (String name : new String[] {"Wf", "Wi", "WC", "Wo", "bf", "bi", "bC", "bo"}) {
            if (!weights.containsKey(name)) {
                throw new IllegalArgumentException(
                        "weights: expected Wf, Wi, WC, Wo, bf, bi, bC and bo, got only " + weights.keySet());
            }
        }
        int n = readout.hidden();
        Wf = weights.get("Wf");
        Wi = weights.get("Wi");
        WC = weights.get("WC");
        Wo = weights.get("Wo");
        bf = weights.get("bf");
        bi = weights.get("bi");
        bC = weights.get("bC");
        bo = weights.get("bo");
        V = readout.V;
        c = readout.c;
        this.readout = readout;
        inputs = Wf.getNumCols() - n;
        Require.atLeast("columns of Wf beyond those of h", inputs, 1);
        Require.shape("Wf", Wf, n, n + inputs);
        Require.shape("Wi", Wi, n, n + inputs);
        Require.shape("WC", WC, n, n + inputs);
        Require.shape("Wo", Wo, n, n + inputs);
        Require.shape("bf", bf, n, 1);
        Require.shape("bi", bi, n, 1);
        Require.shape("bC", bC, n, 1);
        Require.shape("bo", bo, n, 1);
    }

    /**
     * A network ready for training: weights as Glorot and Bengio draw them, biases zero but for those of the forget gate, which are 1
     * so that the cells remember from the start (Gers, Schmidhuber and Cummins 2000; Jozefowicz, Zaremba and Sutskever 2015).
     *
     * @param inputs d
     * @param readout for n hidden units
     */
    public static Lstm forTraining(int inputs, Readout readout, RandomGenerator rng) {
        Require.atLeast("inputs", inputs, 1);
        int n = readout.hidden();
        Map<String, SimpleMatrix> weights = new LinkedHashMap<>();
        for (String name : new String[] {"Wf", "Wi", "WC", "Wo"}) {
            weights.put(name, Initialization.glorot().draw(n, n + inputs, rng));
        }
        for (String name : new String[] {"bf", "bi", "bC", "bo"}) {
            weights.put(name, new SimpleMatrix(n, 1));
        }
        weights.get("bf").fill(1);
        return new Lstm(weights, readout);
    }

    @Override
    public Map<String, SimpleMatrix> parameters() {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("Wf", Wf);
        named.put("Wi", Wi);
        named.put("WC", WC);
        named.put("Wo", Wo);
        named.put("bf", bf);
        named.put("bi", bi);
        named.put("bC", bC);
        named.put("bo", bo);
        named.put("V", V);
        named.put("c", c);
        return named;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int hidden() {
        return readout.hidden();
    }

    @Override
    public int stateSize() {
        return 2 * hidden();
    }

    @Override
    public Readout readout() {
        return readout;
    }

    @Override
    public Lstm copy() {
        Map<String, SimpleMatrix> weights = new LinkedHashMap<>();
        parameters().forEach((name, x) -> weights.put(name, x.copy()));
        return new Lstm(weights, readout.copy());
    }

    @Override
    public Pass forward(Sequences x) {
        return forward(x, new SimpleMatrix(x.batch(), stateSize()));
    }

    @Override
    public Pass forward(Sequences x, SimpleMatrix initialState) {
        ForwardPass.requireFitting(this, x, initialState);
        return new Pass(this, x, initialState);
    }

    /** The columns of the four weight matrices that belong to h (or to x), below each other in the order f, i, C, o. */
    DMatrixRMaj gates(int firstColumn, int lastColumn) {
        return Wf.cols(firstColumn, lastColumn)
                .concatRows(
                        Wi.cols(firstColumn, lastColumn),
                        WC.cols(firstColumn, lastColumn),
                        Wo.cols(firstColumn, lastColumn))
                .getDDRM();
    }

    /** The unrolled network. */
    public static final class Pass extends ForwardPass {
        private final Lstm lstm;

        /** f_t, i_t, g_t, o_t beside each other, stacked: (T B) x 4n. */
        final DMatrixRMaj gates;

        /** C_0, ..., C_T, stacked: ((T + 1) B) x n. */
        final DMatrixRMaj cells;

        /** tanh(C_t), stacked: (T B) x n. */
        final DMatrixRMaj tanhCells;

        private Pass(Lstm lstm, Sequences x, SimpleMatrix initialState) {
            super(x, lstm.readout);
            this.lstm = lstm;
            int n = lstm.hidden();
            gates = new DMatrixRMaj(H.numRows, GATES * n);
            cells = new DMatrixRMaj(H.numRows + x.batch(), n);
            tanhCells = new DMatrixRMaj(H.numRows, n);
            Rows.fill(gates, lstm.bf.concatRows(lstm.bi, lstm.bC, lstm.bo));
            Blas.multAddTransB(x.stacked().getDDRM(), lstm.gates(n, n + lstm.inputs), gates); // all steps at once
            DMatrixRMaj WhT = SimpleMatrix.wrap(lstm.gates(0, n)).transpose().getDDRM();
            Rows.set(cells, 0, initialState.cols(n, 2 * n).getDDRM());
            Parallel.forEach(
                    x.batch(),
                    BackwardPass.SEQUENCES,
                    (from, to) ->
                            run(from, initialState.rows(from, to).cols(0, n).getDDRM(), WhT));
            readOut();
        }

        /** All steps of some of the sequences, {@code first} and as many as {@code h} has rows. */
        private void run(int first, DMatrixRMaj h, DMatrixRMaj WhT) {
            DMatrixRMaj z = new DMatrixRMaj(h.numRows, WhT.numCols);
            for (int t = 1; t <= steps(); t++) {
                int row = (t - 1) * batch() + first;
                Rows.set(HPrev, row, h);
                Rows.get(gates, row, z);
                Blas.multAdd(h, WhT, z);
                for (int r = 0; r < h.numRows; r++) {
                    update(row + r, z.data, r * z.numCols);
                }
                Rows.set(gates, row, z);
                Rows.get(H, row, h);
            }
        }

        /**
         * From the pre-activations of one sequence at one step to its gates, cells and h.
         *
         * @param row of the stacked matrices
         * @param z pre-activations that become gates, from {@code f} on
         */
        private void update(int row, double[] z, int f) {
            int n = lstm.hidden();
            int i = f + n;
            int g = i + n;
            int o = g + n;
            int now = row * n;
            int next = now + batch() * n;
            for (int j = 0; j < n; j++) {
                z[f + j] = Functions.sigmoid(z[f + j]);
                z[i + j] = Functions.sigmoid(z[i + j]);
                z[g + j] = Functions.tanh(z[g + j]);
                z[o + j] = Functions.sigmoid(z[o + j]);
                cells.data[next + j] = z[f + j] * cells.data[now + j] + z[i + j] * z[g + j];
                tanhCells.data[now + j] = Functions.tanh(cells.data[next + j]);
                H.data[now + j] = z[o + j] * tanhCells.data[now + j];
            }
        }

        /**
         * The forget gates f_t.
         *
         * @param t from 1 to T
         * @return a new B x n matrix, elements in (0, 1)
         */
        public SimpleMatrix f(int t) {
            return gate(t, 0);
        }

        /** The input gates i_t, as {@link #f}. */
        public SimpleMatrix i(int t) {
            return gate(t, 1);
        }

        /** The candidates g_t, elements in (-1, 1); the notes write C with a tilde. */
        public SimpleMatrix g(int t) {
            return gate(t, 2);
        }

        /** The output gates o_t, as {@link #f}. */
        public SimpleMatrix o(int t) {
            return gate(t, 3);
        }

        private SimpleMatrix gate(int t, int which) {
            int n = lstm.hidden();
            return step(SimpleMatrix.wrap(gates), t).cols(which * n, (which + 1) * n);
        }

        /**
         * The cell states C_t.
         *
         * @param t from 0, the initial state, to T
         * @return a new B x n matrix
         */
        public SimpleMatrix C(int t) {
            Require.between("t", t, 0, steps());
            return SimpleMatrix.wrap(cells).rows(t * batch(), (t + 1) * batch());
        }

        @Override
        public SimpleMatrix state(int t) {
            return h(t).concatColumns(C(t));
        }

        @Override
        BackwardPass backward(DMatrixRMaj dH) {
            return new LstmBackward(lstm, this, dH);
        }
    }
}
