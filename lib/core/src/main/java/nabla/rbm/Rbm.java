package nabla.rbm;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.energy.BinaryModel;
import nabla.energy.BoltzmannMachine;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.math.fast.BinaryUnits;
import nabla.math.fast.Blas;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import nabla.math.fast.SparseProduct;
import nabla.optim.Direction;
import nabla.optim.Learner;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A restricted Boltzmann machine with m binary visible and n binary hidden units:
 *
 * <pre>E(v, h) = -a'v - b'h - v'Wh,    p(v, h) = exp(-E(v, h)) / Z</pre>
 *
 * <p>The model is its parameters; it keeps no other state. In every method the rows of a matrix are examples: V is N x m,
 * H is N x n, and no argument is modified. Energies and log-probabilities are in nats, one per example, summed over units.
 *
 * <p>Sources: Smolensky 1986; Hinton 2012, <i>A Practical Guide to Training Restricted Boltzmann Machines</i>.
 */
public final class Rbm implements BinaryModel, Learner {
    /** Weights, m x n. */
    public final SimpleMatrix W;

    /** Visible biases, m x 1. */
    public final SimpleMatrix a;

    /** Hidden biases, n x 1. */
    public final SimpleMatrix b;

    /**
     * A model with the given parameters, which it holds (they are not copied).
     *
     * @param W weights, m x n with m and n at least 1
     * @param a visible biases, m x 1
     * @param b hidden biases, n x 1
     * @throws IllegalArgumentException if a shape does not fit or an element is not finite
     */
    public Rbm(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        Require.atLeast("rows of W", W.getNumRows(), 1);
        Require.atLeast("columns of W", W.getNumCols(), 1);
        Require.shape("W", W, W.getNumRows(), W.getNumCols());
        Require.shape("a", a, W.getNumRows(), 1);
        Require.shape("b", b, W.getNumCols(), 1);
        this.W = W;
        this.a = a;
        this.b = b;
    }

    /** A model with all parameters drawn from a normal distribution: for checks, where no symmetry may hide a mistake. */
    public static Rbm random(int m, int n, double deviation, RandomGenerator rng) {
        return new Rbm(
                Randoms.normal(m, n, deviation, rng),
                Randoms.normal(m, 1, deviation, rng),
                Randoms.normal(n, 1, deviation, rng));
    }

    /**
     * A model ready for training as Hinton's guide advises (section 8): weights from a normal distribution with deviation
     * 0.01, hidden biases 0, visible biases log(p / (1 - p)) with p the mean of each unit over the data. That mean is kept
     * within [1/(N+1), N/(N+1)], so that a unit that never changes gets a finite bias.
     *
     * @param V the training data, N x m, elements in [0, 1]
     * @param n the number of hidden units, at least 1
     */
    public static Rbm forTraining(SimpleMatrix V, int n, RandomGenerator rng) {
        Require.examples("V", V, V.getNumCols());
        Require.probabilities("V", V);
        Require.atLeast("n", n, 1);
        int m = V.getNumCols();
        double edge = 1.0 / (V.getNumRows() + 1);
        SimpleMatrix a = Rows.mean(V);
        for (int i = 0; i < m; i++) {
            double p = Math.min(1 - edge, Math.max(edge, a.get(i)));
            a.set(i, Math.log(p / (1 - p)));
        }
        return new Rbm(Randoms.normal(m, n, 0.01, rng), a, new SimpleMatrix(n, 1));
    }

    /** The number of visible units. */
    public int m() {
        return W.getNumRows();
    }

    /** The number of hidden units. */
    public int n() {
        return W.getNumCols();
    }

    /** The number of all units, m + n: as a {@link BinaryModel}, a state is v followed by h. */
    @Override
    public int units() {
        return m() + n();
    }

    @Override
    public double off() {
        return 0;
    }

    @Override
    public double energy(double[] x) {
        double energy = 0;
        for (int i = 0; i < m(); i++) {
            energy -= x[i] * energyGap(i, x);
        }
        for (int j = 0; j < n(); j++) {
            energy -= x[m() + j] * b.get(j);
        }
        return energy;
    }

    @Override
    public double energyGap(int unit, double[] x) {
        if (unit < m()) {
            double gap = a.get(unit);
            for (int j = 0; j < n(); j++) {
                gap += W.get(unit, j) * x[m() + j];
            }
            return gap;
        }
        int j = unit - m();
        double gap = b.get(j);
        for (int i = 0; i < m(); i++) {
            gap += W.get(i, j) * x[i];
        }
        return gap;
    }

    /** The same distribution as a machine of m + n units: the visible ones, coupled with the hidden ones by W. Shares nothing with this one. */
    public BoltzmannMachine asBoltzmannMachine() {
        SimpleMatrix couplings = new SimpleMatrix(units(), units());
        couplings.insertIntoThis(0, m(), W);
        couplings.insertIntoThis(m(), 0, W.transpose());
        return BoltzmannMachine.zeroOne(couplings, a.concatRows(b)).withHidden(n());
    }

    /** A model with the same parameters that shares nothing with this one. */
    public Rbm copy() {
        return new Rbm(W.copy(), a.copy(), b.copy());
    }

    /** The same distribution with the roles of the two layers exchanged; shares nothing with this one. */
    public Rbm transposed() {
        return new Rbm(W.transpose(), b.copy(), a.copy());
    }

    /** The parameters by name, in the order {@code W}, {@code a}, {@code b}. The matrices themselves, not copies. */
    @Override
    public Map<String, SimpleMatrix> parameters() {
        return named(W, a, b);
    }

    private static Map<String, SimpleMatrix> named(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("W", W);
        named.put("a", a);
        named.put("b", b);
        return named;
    }

    /**
     * The model with the parameters of a file, as {@link #parameters} names them.
     *
     * @throws IllegalArgumentException if one is missing or has the wrong shape
     */
    public static Rbm of(Map<String, SimpleMatrix> parameters) {
        for (String name : new String[] {"W", "a", "b"}) {
            if (!parameters.containsKey(name)) {
                throw new IllegalArgumentException("parameters: expected W, a and b, got only " + parameters.keySet());
            }
        }
        return new Rbm(parameters.get("W"), parameters.get("a"), parameters.get("b"));
    }

    /**
     * The energy of each pair of rows.
     *
     * @return N x 1
     */
    public SimpleMatrix energy(SimpleMatrix V, SimpleMatrix H) {
        Require.examples("V", V, m());
        Require.shape("H", H, V.getNumRows(), n());
        SimpleMatrix quadratic = rowSums(V.mult(W).elementMult(H));
        return V.mult(a).plus(H.mult(b)).plus(quadratic).negative();
    }

    /**
     * The free energy F(v) = -a'v - sum over j of softplus(b_j + v'W_j), so that exp(-F(v)) is the sum over h of
     * exp(-E(v, h)).
     *
     * @return N x 1
     */
    public SimpleMatrix freeEnergy(SimpleMatrix V) {
        SimpleMatrix input = hiddenInput(V);
        SimpleMatrix summedOut = new SimpleMatrix(V.getNumRows(), 1);
        BinaryUnits.logSums(input.getDDRM(), summedOut.getDDRM());
        return V.mult(a).plus(summedOut).negative();
    }

    /**
     * p(h_j = 1 | v) = sigmoid(b_j + v'W_j) for each row.
     *
     * @return N x n
     */
    public SimpleMatrix hiddenProbabilities(SimpleMatrix V) {
        Require.examples("V", V, m());
        DMatrixRMaj H = new DMatrixRMaj(V.getNumRows(), n());
        hiddenProbabilities(V.getDDRM(), H);
        return SimpleMatrix.wrap(H);
    }

    /**
     * p(v_i = 1 | h) = sigmoid(a_i + W_i h) for each row.
     *
     * @return N x m
     */
    public SimpleMatrix visibleProbabilities(SimpleMatrix H) {
        Require.examples("H", H, n());
        DMatrixRMaj V = new DMatrixRMaj(H.getNumRows(), m());
        SparseProduct.multTransB(H.getDDRM(), W.getDDRM(), V);
        BinaryUnits.probabilities(V, a.getDDRM());
        return SimpleMatrix.wrap(V);
    }

    /**
     * A draw of the hidden units given each row.
     *
     * @return N x n, elements 0 or 1
     */
    public SimpleMatrix sampleHidden(SimpleMatrix V, RandomGenerator rng) {
        Require.examples("V", V, m());
        DMatrixRMaj H = new DMatrixRMaj(V.getNumRows(), n());
        drawHidden(V.getDDRM(), H, rng);
        return SimpleMatrix.wrap(H);
    }

    /**
     * A draw of the visible units given each row.
     *
     * @return N x m, elements 0 or 1
     */
    public SimpleMatrix sampleVisible(SimpleMatrix H, RandomGenerator rng) {
        Require.examples("H", H, n());
        DMatrixRMaj V = new DMatrixRMaj(H.getNumRows(), m());
        drawVisible(H.getDDRM(), V, rng);
        return SimpleMatrix.wrap(V);
    }

    /** As {@link #hiddenProbabilities(SimpleMatrix)}, into a matrix that exists. */
    public void hiddenProbabilities(DMatrixRMaj V, DMatrixRMaj H) {
        SparseProduct.mult(V, W.getDDRM(), H);
        BinaryUnits.probabilities(H, b.getDDRM());
    }

    /** As {@link #sampleHidden}, into a matrix that exists. */
    public void drawHidden(DMatrixRMaj V, DMatrixRMaj H, RandomGenerator rng) {
        SparseProduct.mult(V, W.getDDRM(), H);
        BinaryUnits.states(H, b.getDDRM(), rng.nextLong());
    }

    /** As {@link #sampleVisible}, into a matrix that exists. */
    public void drawVisible(DMatrixRMaj H, DMatrixRMaj V, RandomGenerator rng) {
        SparseProduct.multTransB(H, W.getDDRM(), V);
        BinaryUnits.states(V, a.getDDRM(), rng.nextLong());
    }

    /**
     * Block Gibbs sampling: from each row, {@code sweeps} times all hidden units given the visible ones and then all
     * visible units given the hidden ones.
     *
     * @param sweeps at least 0
     * @return the visible units at the end, N x m
     */
    public SimpleMatrix gibbs(SimpleMatrix V, int sweeps, RandomGenerator rng) {
        Require.atLeast("sweeps", sweeps, 0);
        Require.examples("V", V, m());
        SimpleMatrix v = V.copy();
        DMatrixRMaj h = new DMatrixRMaj(V.getNumRows(), n());
        for (int sweep = 0; sweep < sweeps; sweep++) {
            drawHidden(v.getDDRM(), h, rng);
            drawVisible(h, v.getDDRM(), rng);
        }
        return v;
    }

    /**
     * The mean-field reconstruction: p(v | h) at h = p(h | v).
     *
     * @return N x m
     */
    public SimpleMatrix reconstruct(SimpleMatrix V) {
        return visibleProbabilities(hiddenProbabilities(V));
    }

    /** The squared difference between the rows and their reconstructions, a mean over examples and units. */
    public double reconstructionError(SimpleMatrix V) {
        return Functions.map(V.minus(reconstruct(V)), x -> x * x).elementSum() / V.getNumElements();
    }

    /**
     * The log-pseudolikelihood: the sum over units of log p(v_i | all other visible units), a mean over examples. All
     * units are visited, none at random. Costs O(N m n).
     *
     * @param V N x m, elements 0 or 1
     * @return nats per example
     */
    public double pseudoLikelihood(SimpleMatrix V) {
        Require.examples("V", V, m());
        double[] input = hiddenInput(V).getDDRM().data;
        double[] sums = new double[V.getNumRows()];
        Parallel.forEach(V.getNumRows(), 1, (from, to) -> {
            RowBuffer row = new RowBuffer();
            for (int example = from; example < to; example++) {
                row.load(input, example * n(), n());
                double hidden = row.softplusSum();
                for (int i = 0; i < m(); i++) {
                    double flip = 1 - 2 * V.get(example, i);
                    row.load(W.getDDRM().data, i * n(), n());
                    row.scale(flip);
                    row.add(input, example * n());
                    // log p(v_i | rest) = log sigmoid(F(flipped) - F(v))
                    sums[example] += Functions.logSigmoid(hidden - row.softplusSum() - flip * a.get(i));
                }
            }
        });
        return Arrays.stream(sums).sum() / V.getNumRows();
    }

    /** Whether the smaller layer is small enough, 25 units or fewer, for {@link #logZ} and what rests on it. */
    public boolean canEnumerate() {
        return ExactRbm.canEnumerate(this);
    }

    /**
     * The exact log of the partition function, by enumeration of the smaller layer. Costs O(2^min(m, n) max(m, n)).
     *
     * @throws IllegalStateException if the smaller layer has more than 25 units
     */
    public double logZ() {
        return ExactRbm.logZ(this);
    }

    /**
     * The expectations of v h', v and h under the model: the gradient of log Z.
     *
     * @throws IllegalStateException if the smaller layer has more than 25 units
     */
    public Direction modelStatistics() {
        ExactRbm.Moments moments = ExactRbm.moments(this);
        return direction(moments.vh(), moments.v(), moments.h());
    }

    /**
     * The statistics that the gradient of the likelihood compares, means over the rows of -dE/dW = v h', -dE/da = v and -dE/db = h.
     *
     * @param V visible units, N x m, not modified
     * @param H hidden units or their probabilities, N x n, not modified
     */
    public Direction statistics(SimpleMatrix V, SimpleMatrix H) {
        Require.examples("V", V, m());
        Require.shape("H", H, V.getNumRows(), n());
        return direction(V.transpose().mult(H).divide(V.getNumRows()), Rows.mean(V), Rows.mean(H));
    }

    private static Direction direction(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        return Direction.of(named(W, a, b));
    }

    /**
     * The exact log p(v) = -F(v) - log Z of each row.
     *
     * @return N x 1, nats
     * @throws IllegalStateException if the smaller layer has more than 25 units
     */
    public SimpleMatrix logLikelihood(SimpleMatrix V) {
        return freeEnergy(V).negative().minus(logZ());
    }

    /** The mean of {@link #logLikelihood} over the rows: nats per example. */
    public double meanLogLikelihood(SimpleMatrix V) {
        return logLikelihood(V).elementSum() / V.getNumRows();
    }

    /**
     * b_j + v'W_j for each row.
     *
     * @return N x n
     */
    private SimpleMatrix hiddenInput(SimpleMatrix V) {
        Require.examples("V", V, m());
        SimpleMatrix input = new SimpleMatrix(V.getNumRows(), n());
        for (int row = 0; row < V.getNumRows(); row++) {
            System.arraycopy(b.getDDRM().data, 0, input.getDDRM().data, row * n(), n());
        }
        Blas.multAdd(V.getDDRM(), W.getDDRM(), input.getDDRM());
        return input;
    }

    private static SimpleMatrix rowSums(SimpleMatrix x) {
        SimpleMatrix ones = new SimpleMatrix(x.getNumCols(), 1);
        ones.fill(1);
        return x.mult(ones);
    }
}
