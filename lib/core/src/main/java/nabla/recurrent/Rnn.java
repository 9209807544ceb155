package nabla.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.data.Sequences;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Require;
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
        Require.present("f", f);
        Require.present("readout", readout);
        int n = readout.hidden();
        Require.parameter("U", U);
        Require.parameter("W", W);
        Require.parameter("b", b);
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
        Require.matrix("W", W);
        Require.matrix("V", V);
        Require.matrix("U", U);
        if (V.getNumCols() != W.getNumRows()) {
            throw new IllegalArgumentException(
                    "V: expected " + W.getNumRows() + " columns, one for each row of W, got " + V.getNumCols());
        }
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
        Require.present("f", f);
        Require.present("readout", readout);
        Require.present("recurrent", recurrent);
        Require.atLeast("inputs", inputs, 1);
        Require.size("hidden units", readout.hidden(), "inputs", inputs);
        Require.present("rng", rng);
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
    public UnrolledRnn forward(Sequences x) {
        Require.present("x", x);
        return forward(x, new SimpleMatrix(x.batch(), stateSize()));
    }

    @Override
    public UnrolledRnn forward(Sequences x, SimpleMatrix initialState) {
        UnrolledNetwork.requireFitting(x, this);
        Require.shape("initialState", initialState, x.batch(), stateSize());
        UnrolledRnn unrolled = new UnrolledRnn(this, x.steps(), x.batch());
        unrolled.run(x, initialState);
        return unrolled;
    }
}
