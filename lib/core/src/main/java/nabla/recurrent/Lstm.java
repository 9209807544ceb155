package nabla.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.data.Sequences;
import nabla.math.Initialization;
import nabla.math.Require;
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
        Require.present("weights", weights);
        Require.present("readout", readout);
        for (String name : new String[] {"Wf", "Wi", "WC", "Wo", "bf", "bi", "bC", "bo"}) {
            if (!weights.containsKey(name)) {
                throw new IllegalArgumentException(
                        "weights: expected Wf, Wi, WC, Wo, bf, bi, bC and bo, got only " + weights.keySet());
            }
            Require.parameter(name + " of weights", weights.get(name));
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
        Require.present("readout", readout);
        Require.atLeast("inputs", inputs, 1);
        Require.between("inputs", inputs, 1, Integer.MAX_VALUE - readout.hidden());
        Require.size("hidden units", readout.hidden(), "inputs", readout.hidden() + inputs);
        Require.present("rng", rng);
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
    public UnrolledLstm forward(Sequences x) {
        Require.present("x", x);
        return forward(x, new SimpleMatrix(x.batch(), stateSize()));
    }

    @Override
    public UnrolledLstm forward(Sequences x, SimpleMatrix initialState) {
        UnrolledNetwork.requireFitting(x, this);
        Require.shape("initialState", initialState, x.batch(), stateSize());
        UnrolledLstm unrolled = new UnrolledLstm(this, x.steps(), x.batch());
        unrolled.run(x, initialState);
        return unrolled;
    }
}
