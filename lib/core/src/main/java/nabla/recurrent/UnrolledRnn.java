package nabla.recurrent;

import java.util.ArrayList;
import java.util.List;
import nabla.data.Targets;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/** An {@link Rnn} unrolled over a batch of sequences. */
public final class UnrolledRnn extends UnrolledNetwork {
    private final Rnn rnn;
    private final Stacked Z;

    // A product with a transpose is faster if the transpose is written out first.
    private final DMatrixRMaj UT;
    private final DMatrixRMaj WT;

    UnrolledRnn(Rnn rnn, int steps, int batch) {
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
        rnn.activation().apply(H.data, H.start(t, from), H.start(t, to));
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
        requireSteps(t, k);
        SimpleMatrix product = SimpleMatrix.identity(rnn.hidden());
        for (int j = k + 1; j <= t; j++) {
            Interrupts.check("Jacobian interrupted at step %d", j);
            SimpleMatrix h = h(j).getRow(sequence);
            double[] slopes = new double[rnn.hidden()];
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = rnn.activation().slope(h.get(i));
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
        requireSteps(t, k);
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
            Interrupts.check("contributions interrupted at step %d", k);
            SimpleMatrix dh = gradient.state(k);
            SimpleMatrix h = h(k);
            SimpleMatrix dz = new SimpleMatrix(batch(), rnn.hidden());
            for (int i = 0; i < dz.getNumElements(); i++) {
                dz.set(i, dh.get(i) * rnn.activation().slope(h.get(i)));
            }
            terms.add(dz.transpose().mult(h(k - 1)));
        }
        return terms;
    }

    private void requireSteps(int t, int k) {
        Require.between("t", t, 0, steps());
        Require.between("k", k, 0, t);
    }

    @Override
    BackPropagationThroughTime backward() {
        return new RnnBackPropagation(rnn, this);
    }
}
