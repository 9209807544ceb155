package nabla.recurrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/**
 * The plain recurrent network (Elman 1990) of d inputs and n hidden units:
 *
 * <pre>z_t = U x_t + W h_{t-1} + b,    h_t = f(z_t),    answer = softmax(V h_t + c) or V h_t + c</pre>
 *
 * <p>The model is its parameters; it keeps no other state. Gradients by back-propagation through time (Werbos 1990).
 */
public final class Rnn implements RecurrentNetwork {
    /** Weights of the inputs, n x d. */
    public final SimpleMatrix U;

    /** Weights from state to state, n x n. */
    public final SimpleMatrix W;

    /** Biases of the hidden units, n x 1. */
    public final SimpleMatrix b;

    /** Weights of the read-out, k x n. */
    public final SimpleMatrix V;

    /** Biases of the read-out, k x 1. */
    public final SimpleMatrix c;

    private final Activation f;
    private final Readout readout;

    /**
     * A network with the given parameters, which it holds (they are not copied).
     *
     * @param f the nonlinearity
     * @param U n x d
     * @param W n x n
     * @param b n x 1
     * @param readout for n hidden units
     * @throws IllegalArgumentException if a shape does not fit or an element is not finite
     */
    public Rnn(Activation f, SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, Readout readout) {
        int n = readout.hidden();
        Require.atLeast("columns of U", U.getNumCols(), 1);
        Require.shape("U", U, n, U.getNumCols());
        Require.shape("W", W, n, n);
        Require.shape("b", b, n, 1);
        this.f = f;
        this.U = U;
        this.W = W;
        this.b = b;
        this.V = readout.V;
        this.c = readout.c;
        this.readout = readout;
    }

    /** The network of the notes: h_t = tanh(U x_t + W h_{t-1}), answers softmax(V h_t), the biases zero. */
    public static Rnn withoutBiases(SimpleMatrix U, SimpleMatrix W, SimpleMatrix V) {
        return new Rnn(
                Activation.TANH,
                U,
                W,
                new SimpleMatrix(W.getNumRows(), 1),
                Readout.softmax(V, new SimpleMatrix(V.getNumRows(), 1)));
    }

    /**
     * A network ready for training: U as Glorot and Bengio draw it, W as given, biases zero.
     *
     * @param inputs d
     * @param recurrent how W is drawn
     * @param readout for n hidden units
     */
    public static Rnn forTraining(
            Activation f, int inputs, Initialization recurrent, Readout readout, RandomGenerator rng) {
        Require.atLeast("inputs", inputs, 1);
        int n = readout.hidden();
        SimpleMatrix U = Initialization.glorot().draw(n, inputs, rng);
        return new Rnn(f, U, recurrent.draw(n, n, rng), new SimpleMatrix(n, 1), readout);
    }

    /** The nonlinearity. */
    public Activation activation() {
        return f;
    }

    @Override
    public Map<String, SimpleMatrix> parameters() {
        return named(U, W, b, V, c);
    }

    /** The parameters, or as many of their gradients as are given, by name. */
    static Map<String, SimpleMatrix> named(SimpleMatrix... parameters) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        String[] names = {"U", "W", "b", "V", "c"};
        for (int i = 0; i < parameters.length; i++) {
            named.put(names[i], parameters[i]);
        }
        return named;
    }

    @Override
    public int inputs() {
        return U.getNumCols();
    }

    @Override
    public int hidden() {
        return W.getNumRows();
    }

    @Override
    public int stateSize() {
        return hidden();
    }

    @Override
    public Readout readout() {
        return readout;
    }

    @Override
    public Rnn copy() {
        return new Rnn(f, U.copy(), W.copy(), b.copy(), readout.copy());
    }

    @Override
    public Pass forward(Sequences x) {
        return forward(x, new SimpleMatrix(x.batch(), stateSize()));
    }

    @Override
    public Pass forward(Sequences x, SimpleMatrix initialState) {
        ForwardPass.requireFitting(x, this);
        Require.shape("initialState", initialState, x.batch(), stateSize());
        Pass pass = new Pass(this, x.steps(), x.batch());
        pass.run(x, initialState);
        return pass;
    }

    /** The unrolled network. */
    public static final class Pass extends ForwardPass {
        private final Rnn rnn;
        private final Stacked Z;

        // A product with a transpose is faster if the transpose is written out first.
        private final DMatrixRMaj UT;
        private final DMatrixRMaj WT;

        Pass(Rnn rnn, int steps, int batch) {
            super(rnn, steps, batch);
            this.rnn = rnn;
            Z = new Stacked(steps, batch, rnn.hidden());
            UT = new DMatrixRMaj(rnn.inputs(), rnn.hidden());
            WT = new DMatrixRMaj(rnn.hidden(), rnn.hidden());
        }

        @Override
        void begin(SimpleMatrix h0) {
            H.steps(0, 0).set(Part.of(h0.getDDRM()));
            CommonOps_DDRM.transpose(rnn.U.getDDRM(), UT);
            CommonOps_DDRM.transpose(rnn.W.getDDRM(), WT);
        }

        @Override
        void step(int t, int from, int to) {
            Part z = Z.part(t, from, to);
            z.setRows(rnn.b.getDDRM().data);
            Blas.multAdd(inputs(t, from, to), Part.of(UT), z);
            Blas.multAdd(H.part(t - 1, from, to), Part.of(WT), z);
            H.part(t, from, to).set(z);
            rnn.f.apply(H.data, H.start(t, from), H.start(t, to));
        }

        /**
         * The pre-activations z_t.
         *
         * @param t from 1 to T
         * @return a new B x n matrix
         */
        public SimpleMatrix z(int t) {
            Require.between("t", t, 1, steps());
            return Z.at(t);
        }

        @Override
        public SimpleMatrix state(int t) {
            return h(t);
        }

        /**
         * The Jacobian dh_t/dh_k = J_t ... J_{k+1} with J_j = diag(f'(z_j)) W: the latest factor stands on the left.
         *
         * @param sequence which of the batch, from 0
         * @param t from k to T
         * @param k from 0 to t; for k = t the Jacobian is the identity
         * @return n x n
         */
        public SimpleMatrix jacobian(int sequence, int t, int k) {
            Require.between("sequence", sequence, 0, batch() - 1);
            Require.between("t", t, 0, steps());
            Require.between("k", k, 0, t);
            SimpleMatrix product = SimpleMatrix.identity(rnn.hidden());
            for (int j = k + 1; j <= t; j++) {
                SimpleMatrix h = h(j).getRow(sequence);
                double[] slopes = new double[rnn.hidden()];
                for (int i = 0; i < slopes.length; i++) {
                    slopes[i] = rnn.f.slope(h.get(i));
                }
                product = SimpleMatrix.diag(slopes).mult(rnn.W).mult(product);
            }
            return product;
        }

        /**
         * The bound (beta_W beta_s)^(t - k) on the spectral norm of {@link #jacobian}, with beta_W the spectral norm of W and beta_s = 1
         * the steepest slope of f. Below 1 it proves that gradients vanish; above 1 it proves nothing.
         */
        public double jacobianBound(int t, int k) {
            Require.between("t", t, 0, steps());
            Require.between("k", k, 0, t);
            return Math.pow(rnn.W.svd().getW().elementMaxAbs(), t - k);
        }

        /**
         * What the state of each step contributes to dC/dW: the terms dC/dh_k times the immediate derivative of h_k, which holds
         * h_{k-1} fixed. Their sum is dC/dW. With {@code y.only(t)} they are the terms of dC_t/dW.
         *
         * @return one n x n matrix for each k = 1, ..., T, at index k - 1, summed over the batch as the loss is averaged
         */
        public List<SimpleMatrix> contributions(Targets y) {
            RecurrentGradient gradient = gradient(y);
            List<SimpleMatrix> terms = new ArrayList<>();
            for (int k = 1; k <= steps(); k++) {
                SimpleMatrix dh = gradient.state(k);
                SimpleMatrix h = h(k);
                SimpleMatrix dz = new SimpleMatrix(batch(), rnn.hidden());
                for (int i = 0; i < dz.getNumElements(); i++) {
                    dz.set(i, dh.get(i) * rnn.f.slope(h.get(i)));
                }
                terms.add(dz.transpose().mult(h(k - 1)));
            }
            return terms;
        }

        @Override
        BackwardPass backward() {
            return new RnnBackward(rnn, this);
        }
    }
}
