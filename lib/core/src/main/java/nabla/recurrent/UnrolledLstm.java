package nabla.recurrent;

import nabla.math.Functions;
import nabla.math.Require;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/** An {@link Lstm} unrolled over a batch of sequences. */
public final class UnrolledLstm extends UnrolledNetwork {
    final Lstm lstm;

    /** [h_{t-1}, x_t] for the steps t = 1 to T. */
    final Stacked HX;

    final Gate f;
    final Gate i;
    final Gate g;
    final Gate o;

    /** C_0, ..., C_T. */
    final Stacked C;

    /** tanh(C_t) for the steps t = 1 to T. */
    final Stacked tanhC;

    UnrolledLstm(Lstm lstm, int steps, int batch) {
        super(lstm, steps, batch);
        this.lstm = lstm;
        int n = lstm.hidden();
        HX = new Stacked(steps, batch, n + lstm.inputs());
        f = new Gate(lstm.Wf, lstm.bf, Functions::sigmoid, steps, batch);
        i = new Gate(lstm.Wi, lstm.bi, Functions::sigmoid, steps, batch);
        g = new Gate(lstm.WC, lstm.bC, Functions::tanh, steps, batch);
        o = new Gate(lstm.Wo, lstm.bo, Functions::sigmoid, steps, batch);
        C = new Stacked(steps, batch, n);
        tanhC = new Stacked(steps, batch, n);
    }

    @Override
    void begin(SimpleMatrix initialState) {
        int n = lstm.hidden();
        Part state = Part.of(initialState.getDDRM());
        H.steps(0, 0).set(state.columns(0, n));
        C.steps(0, 0).set(state.columns(n, 2 * n));
        f.begin();
        i.begin();
        g.begin();
        o.begin();
    }

    @Override
    void step(int t, int from, int to) {
        int n = lstm.hidden();
        Part hx = HX.part(t, from, to);
        hx.columns(0, n).set(H.part(t - 1, from, to));
        hx.columns(n, n + lstm.inputs()).set(inputs(t, from, to));
        f.step(t, from, to, hx);
        i.step(t, from, to, hx);
        g.step(t, from, to, hx);
        o.step(t, from, to, hx);
        cells(C.start(t, from), C.start(t, to));
    }

    /** C_t and h_t from the gates of step t, for the elements from {@code start} up to but without {@code end}. */
    private void cells(int start, int end) {
        double[] f = this.f.values.data;
        double[] i = this.i.values.data;
        double[] g = this.g.values.data;
        double[] o = this.o.values.data;
        double[] C = this.C.data;
        double[] tanhC = this.tanhC.data;
        double[] h = H.data;
        int step = this.C.step;
        for (int e = start; e < end; e++) {
            C[e] = f[e] * C[e - step] + i[e] * g[e];
            tanhC[e] = C[e];
        }
        Functions.tanh(tanhC, start, end);
        for (int e = start; e < end; e++) {
            h[e] = o[e] * tanhC[e];
        }
    }

    /**
     * The forget gates f_t.
     *
     * @param t from 1 to T
     * @return a new B x n matrix, elements in (0, 1)
     */
    public SimpleMatrix f(int t) {
        return gate(f, t);
    }

    /** The input gates i_t, as {@link #f}. */
    public SimpleMatrix i(int t) {
        return gate(i, t);
    }

    /** The candidates g_t, elements in (-1, 1); the notes write C with a tilde. */
    public SimpleMatrix g(int t) {
        return gate(g, t);
    }

    /** The output gates o_t, as {@link #f}. */
    public SimpleMatrix o(int t) {
        return gate(o, t);
    }

    private SimpleMatrix gate(Gate gate, int t) {
        Require.between("t", t, 1, steps());
        return gate.values.at(t);
    }

    /**
     * The cell states C_t.
     *
     * @param t from 0, the initial state, to T
     * @return a new B x n matrix
     */
    public SimpleMatrix C(int t) {
        Require.between("t", t, 0, steps());
        return C.at(t);
    }

    @Override
    public SimpleMatrix state(int t) {
        return h(t).concatColumns(C(t));
    }

    @Override
    BackPropagationThroughTime backward() {
        return new LstmBackPropagation(this);
    }
}
