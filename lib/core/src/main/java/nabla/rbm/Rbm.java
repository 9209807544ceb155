package nabla.rbm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.data.GaussianMixture;
import nabla.energy.Enumerable;
import nabla.energy.GibbsChains;
import nabla.energy.Sampled;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.math.States;
import nabla.math.fast.BinaryUnits;
import nabla.math.fast.Blas;
import nabla.math.fast.SparseProduct;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A restricted Boltzmann machine with m visible and n binary hidden units:
 *
 * <pre>E(v, h) = -a'v - b'h - v'Wh,    p(v, h) = exp(-E(v, h)) / Z</pre>
 *
 * <p>This is the energy with binary visible units. Other {@link VisibleUnits} have another first term, and nothing else changes.
 *
 * <p>The model is its parameters; it keeps no other state. In every method the rows of a matrix are examples: V is N x m,
 * H is N x n, and no argument is modified. Energies and log-probabilities are in nats, one per example, summed over units.
 *
 * <p>Sources: Smolensky 1986; Hinton 2012, <i>A Practical Guide to Training Restricted Boltzmann Machines</i>.
 */
public final class Rbm implements Sampled, Enumerable {
    private static final int MOST_MIXED = 16; // hidden units

    /** Weights, m x n. */
    public final SimpleMatrix W;

    /** Visible biases, m x 1. */
    public final SimpleMatrix a;

    /** Hidden biases, n x 1. */
    public final SimpleMatrix b;

    private final VisibleUnits visible;

    /**
     * A model of binary units with the given parameters, which it holds (they are not copied).
     *
     * @param W weights, m x n with m and n at least 1
     * @param a visible biases, m x 1
     * @param b hidden biases, n x 1
     * @throws IllegalArgumentException if a shape does not fit or an element is not finite
     */
    public Rbm(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        this(binary(W, a), W, b);
    }

    /** As {@link #Rbm(SimpleMatrix, SimpleMatrix, SimpleMatrix)}, with visible units of any kind, which it holds. */
    public Rbm(VisibleUnits visible, SimpleMatrix W, SimpleMatrix b) {
        Require.present("visible", visible);
        Require.parameter("W", W);
        Require.atLeast("columns of W", W.getNumCols(), 1);
        Require.shape("W", W, visible.size(), W.getNumCols());
        Require.parameter("b", b);
        Require.shape("b", b, W.getNumCols(), 1);
        this.visible = visible;
        this.W = W;
        this.a = visible.parameters().get("a");
        this.b = b;
    }

    private static VisibleUnits binary(SimpleMatrix W, SimpleMatrix a) {
        Require.matrix("W", W);
        Require.atLeast("rows of W", W.getNumRows(), 1);
        Require.parameter("a", a);
        Require.shape("a", a, W.getNumRows(), 1);
        return new Binary(a);
    }

    /** A model with all parameters drawn from a normal distribution: for checks, where no symmetry may hide a mistake. */
    public static Rbm random(int m, int n, double deviation, RandomGenerator rng) {
        Require.atLeast("m", m, 1);
        Require.atLeast("n", n, 1);
        Require.size("m", m, "n", n);
        Require.between("deviation", deviation, 0, Double.MAX_VALUE);
        return new Rbm(
                Randoms.normal(m, n, deviation, rng),
                Randoms.normal(m, 1, deviation, rng),
                Randoms.normal(n, 1, deviation, rng));
    }

    /**
     * A model of binary units ready for training as Hinton's guide advises (section 8): weights from a normal distribution with deviation
     * 0.01, hidden biases 0, visible biases log(p / (1 - p)) with p the mean of each unit over the data. That mean is kept
     * within [1/(N+1), N/(N+1)], so that a unit that never changes gets a finite bias.
     *
     * @param V the training data, N x m, elements in [0, 1]
     * @param n the number of hidden units, at least 1
     */
    public static Rbm forTraining(SimpleMatrix V, int n, RandomGenerator rng) {
        Require.matrix("V", V);
        Require.exampleShape("V", V, Math.max(1, V.getNumCols()));
        Require.probabilities("V", V);
        Require.atLeast("n", n, 1);
        Require.size("columns of V", V.getNumCols(), "n", n);
        Require.present("rng", rng);
        double edge = 1.0 / (V.getNumRows() + 1);
        SimpleMatrix a = Functions.map(Rows.mean(V), mean -> {
            double p = Math.min(1 - edge, Math.max(edge, mean));
            return Math.log(p / (1 - p));
        });
        return new Rbm(Randoms.normal(V.getNumCols(), n, 0.01, rng), a, new SimpleMatrix(n, 1));
    }

    /**
     * A model ready for training with visible units of any kind, which it holds: weights from a normal distribution with deviation 0.01,
     * hidden biases 0. For standardised real data: {@code Rbm.forTraining(new Gaussian(new SimpleMatrix(m, 1)), n, rng)}.
     *
     * @param n the number of hidden units, at least 1
     */
    public static Rbm forTraining(VisibleUnits visible, int n, RandomGenerator rng) {
        Require.present("visible", visible);
        Require.atLeast("n", n, 1);
        Require.size("units of visible", visible.size(), "n", n);
        Require.present("rng", rng);
        return new Rbm(visible, Randoms.normal(visible.size(), n, 0.01, rng), new SimpleMatrix(n, 1));
    }

    /** The number of visible units. */
    public int m() {
        return W.getNumRows();
    }

    /** The number of hidden units. */
    public int n() {
        return W.getNumCols();
    }

    @Override
    public int visible() {
        return m();
    }

    /** For binary units, elements in [0, 1]: gray values stand for the probabilities of bits. */
    @Override
    public void requireVisible(String name, SimpleMatrix V) {
        Require.exampleShape(name, V, m());
        visible.requireValues(name, V);
    }

    /** The parameters by name, {@code W}, those of the visible units ({@code a}), {@code b}. The matrices themselves, not copies. */
    @Override
    public Map<String, SimpleMatrix> parameters() {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("W", W);
        named.putAll(visible.parameters());
        named.put("b", b);
        return named;
    }

    /** A model with the same parameters that shares nothing with this one. */
    public Rbm copy() {
        return new Rbm(visible.copy(), W.copy(), b.copy());
    }

    /**
     * The same distribution with the roles of the two layers exchanged; shares nothing with this one.
     *
     * @throws IllegalStateException if the visible units are not binary
     */
    public Rbm transposed() {
        requireBinary();
        return new Rbm(W.transpose(), b.copy(), a.copy());
    }

    /**
     * Both layers as one model of m + n units, for samplers of single units and sums over all states.
     *
     * @throws IllegalStateException if the visible units are not binary
     */
    public JointModel joint() {
        requireBinary();
        return new JointModel(W, a, b);
    }

    /**
     * The energy of each pair of rows.
     *
     * @return N x 1
     */
    public SimpleMatrix energy(SimpleMatrix V, SimpleMatrix H) {
        requireVisible(V);
        Require.shape("H", H, V.getNumRows(), n());
        Require.probabilities("H", H);
        SimpleMatrix ones = new SimpleMatrix(n(), 1);
        ones.fill(1);
        SimpleMatrix pairs = SimpleMatrix.wrap(products(V)).elementMult(H).mult(ones);
        return visible.energy(V).minus(H.mult(b)).minus(pairs);
    }

    /**
     * The free energy F(v) = -a'v - sum over j of softplus(b_j + v'W_j), so that exp(-F(v)) is the sum over h of
     * exp(-E(v, h)).
     *
     * @return N x 1
     */
    @Override
    public SimpleMatrix freeEnergy(SimpleMatrix V) {
        requireVisible(V);
        SimpleMatrix summedOut = new SimpleMatrix(V.getNumRows(), 1);
        BinaryUnits.logSums(products(V), b.getDDRM(), summedOut.getDDRM());
        return visible.energy(V).minus(summedOut);
    }

    /** The slope of -F: v p(h | v)' in W, that of the visible units ({@code a}: v), p(h | v) in b. */
    @Override
    public void addSlope(SimpleMatrix V, SimpleMatrix weights, Direction into) {
        requireVisible(V);
        Require.sameRows("weights", weights, "V", V);
        Require.shape("weights", weights, V.getNumRows(), 1);
        Direction.requireFitting("into", into, parameters());
        SimpleMatrix H = hiddenProbabilities(V);
        ExactSums.timesRows(weights, H);
        SparseProduct.multAddTransA(V.getDDRM(), H.getDDRM(), into.of("W").getDDRM());
        visible.addSlope(weights, V, into);
        into.of("b").setTo(into.of("b").plus(V.getNumRows(), Rows.mean(H)));
    }

    /**
     * The statistics that the gradient of the likelihood compares, means over the rows of the slopes of -E: in W v h', in a (for binary
     * units) v, in b h.
     *
     * @param V visible units, N x m, not modified
     * @param H hidden units or their probabilities, N x n, not modified
     */
    public Direction statistics(SimpleMatrix V, SimpleMatrix H) {
        requireVisible(V);
        Require.shape("H", H, V.getNumRows(), n());
        Require.probabilities("H", H);
        Direction mean = Direction.zeros(parameters());
        Blas.multTransA(V.getDDRM(), H.getDDRM(), mean.of("W").getDDRM());
        mean.of("W").setTo(mean.of("W").divide(V.getNumRows()));
        visible.addSlope(1.0 / V.getNumRows(), V.getDDRM(), mean);
        mean.of("b").setTo(Rows.mean(H));
        return mean;
    }

    /**
     * p(h_j = 1 | v) = sigmoid(b_j + v'W_j) for each row.
     *
     * @return N x n
     */
    public SimpleMatrix hiddenProbabilities(SimpleMatrix V) {
        requireVisible(V);
        DMatrixRMaj H = new DMatrixRMaj(V.getNumRows(), n());
        layers().hiddenProbabilities(V.getDDRM(), H);
        return SimpleMatrix.wrap(H);
    }

    /**
     * The mean of v given h for each row; for binary units p(v_i = 1 | h) = sigmoid(a_i + W_i h).
     *
     * @return N x m
     */
    public SimpleMatrix visibleProbabilities(SimpleMatrix H) {
        requireHidden(H);
        DMatrixRMaj V = new DMatrixRMaj(H.getNumRows(), m());
        layers().visibleMeans(H.getDDRM(), V);
        return SimpleMatrix.wrap(V);
    }

    /**
     * A draw of the hidden units given each row.
     *
     * @return N x n, elements 0 or 1
     */
    public SimpleMatrix sampleHidden(SimpleMatrix V, RandomGenerator rng) {
        requireVisible(V);
        DMatrixRMaj H = new DMatrixRMaj(V.getNumRows(), n());
        Require.present("rng", rng);
        layers().drawHidden(V.getDDRM(), H, rng);
        return SimpleMatrix.wrap(H);
    }

    /**
     * A draw of the visible units given each row.
     *
     * @return N x m
     */
    public SimpleMatrix sampleVisible(SimpleMatrix H, RandomGenerator rng) {
        requireHidden(H);
        DMatrixRMaj V = new DMatrixRMaj(H.getNumRows(), m());
        Require.present("rng", rng);
        layers().drawVisible(H.getDDRM(), V, rng);
        return SimpleMatrix.wrap(V);
    }

    @Override
    public GibbsChains chains() {
        return new LayerChains(layers());
    }

    /**
     * Block Gibbs sampling: from each row, {@code sweeps} times all hidden units given the visible ones and then all
     * visible units given the hidden ones.
     *
     * @param sweeps at least 0
     * @return the visible units at the end, N x m
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public SimpleMatrix gibbs(SimpleMatrix V, int sweeps, RandomGenerator rng) {
        Require.atLeast("sweeps", sweeps, 0);
        Require.present("rng", rng);
        GibbsChains chains = chains();
        chains.startAt(V);
        for (int sweep = 0; sweep < sweeps; sweep++) {
            Interrupts.check("sampling interrupted after %d sweeps", sweep);
            chains.drawHidden(rng);
            chains.drawVisible(rng);
        }
        return chains.states();
    }

    /**
     * The mean-field reconstruction: E[v | h] at h = p(h | v).
     *
     * @return N x m
     */
    public SimpleMatrix reconstruct(SimpleMatrix V) {
        return visibleProbabilities(hiddenProbabilities(V));
    }

    /** The squared difference between the rows and their reconstructions, a mean over examples and units. */
    public double reconstructionError(SimpleMatrix V) {
        SimpleMatrix reconstructed = reconstruct(V);
        return Functions.map(V.minus(reconstructed), x -> x * x).elementSum() / V.getNumElements();
    }

    /** Whether the layer that is enumerated, the smaller one, has 25 units or fewer: see {@link #logZ}. */
    public boolean canEnumerate() {
        return exactSums().canEnumerate();
    }

    /**
     * The exact log of the partition function, by enumeration of the smaller layer (of the hidden one, if the visible units are not binary).
     * Costs O(2^min(m, n) max(m, n)).
     *
     * @throws IllegalStateException if that layer has more than 25 units
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    @Override
    public double logZ() {
        return exactSums().logZ();
    }

    @Override
    public void addSlopeOfLogZ(double weight, Direction into) {
        Require.finite("weight", weight);
        Direction.requireFitting("into", into, parameters());
        exactSums().addSlopeOfLogZ(weight, into);
    }

    /**
     * The expectations of the slopes of -E under the model, v h', v and h: the gradient of log Z.
     *
     * @throws IllegalStateException as {@link #logZ}
     */
    public Direction modelStatistics() {
        Direction mean = Direction.zeros(parameters());
        addSlopeOfLogZ(1, mean);
        return mean;
    }

    /**
     * The exact log p(v) = -F(v) - log Z of each row.
     *
     * @param V states: for binary units, elements 0 or 1
     * @return N x 1, nats
     * @throws IllegalArgumentException if a row is no state: gray values have no likelihood
     * @throws IllegalStateException as {@link #logZ}
     */
    public SimpleMatrix logLikelihood(SimpleMatrix V) {
        requireStates(V);
        return freeEnergy(V).negative().minus(logZ());
    }

    /** The mean of {@link #logLikelihood} over the rows: nats per example. */
    public double meanLogLikelihood(SimpleMatrix V) {
        return logLikelihood(V).elementSum() / V.getNumRows();
    }

    /**
     * The visible units of a model of {@link Gaussian} ones as what they are: a mixture of 2<sup>n</sup> normal distributions, one for each
     * hidden state h in counting order, with the weight p(h), the mean a + sigma² Wh, and the deviation sigma.
     *
     * @throws IllegalStateException if the visible units are others, or there are more than 16 hidden units
     */
    public GaussianMixture mixture() {
        Gaussian units = requireGaussian();
        if (n() > MOST_MIXED) {
            throw new IllegalStateException(
                    "a mixture needs at most " + MOST_MIXED + " hidden units, this model has " + n());
        }
        SimpleMatrix H = States.binary(n()).matrix();
        SimpleMatrix input = H.mult(W.transpose());
        double logZ = logZ();
        SimpleMatrix weights = Functions.map(H.mult(b).plus(units.logSum(input)), x -> Math.exp(x - logZ));
        return new GaussianMixture(weights, visibleProbabilities(H), units.sigma());
    }

    /**
     * The score d log p(v) / dv of each row, for {@link Gaussian} visible units: W p(h | v) - (v - a) / sigma². It needs no log Z.
     *
     * @return N x m
     * @throws IllegalStateException if the visible units are others
     */
    public SimpleMatrix score(SimpleMatrix V) {
        double sigma = requireGaussian().sigma();
        SimpleMatrix pulls = hiddenProbabilities(V).mult(W.transpose());
        return pulls.elementOp((row, i, pull) -> pull - (V.get(row, i) - a.get(i)) / (sigma * sigma));
    }

    private Gaussian requireGaussian() {
        if (visible instanceof Gaussian gaussian) {
            return gaussian;
        }
        throw new IllegalStateException("expected a model of Gaussian visible units, this one has "
                + visible.getClass().getSimpleName() + " ones");
    }

    /** V W. */
    private DMatrixRMaj products(SimpleMatrix V) {
        DMatrixRMaj products = new DMatrixRMaj(V.getNumRows(), n());
        Blas.mult(V.getDDRM(), W.getDDRM(), products);
        return products;
    }

    /** The visible units, whose parameters are among those of the model. */
    VisibleUnits visibleUnits() {
        return visible;
    }

    private void requireVisible(SimpleMatrix V) {
        requireVisible("V", V);
    }

    private void requireStates(SimpleMatrix V) {
        requireVisible(V);
        if (!visible.areStates(V)) {
            throw new IllegalArgumentException("V: expected states, got gray values or gaps, which have no likelihood");
        }
    }

    private void requireHidden(SimpleMatrix H) {
        Require.exampleShape("H", H, n());
        Require.probabilities("H", H);
    }

    private RbmLayers layers() {
        return new RbmLayers(visible, W.getDDRM(), b.getDDRM());
    }

    private ExactSums exactSums() {
        return ExactSums.of(visible, W, b);
    }

    boolean isBinary() {
        return visible instanceof Binary;
    }

    /**
     * Checks that the visible units are binary, for what holds of those only.
     *
     * @param name of the model, for the message
     */
    public void requireBinary(String name) {
        if (!isBinary()) {
            throw new IllegalArgumentException(name + ": expected binary visible units, got "
                    + visible.getClass().getSimpleName() + " ones");
        }
    }

    private void requireBinary() {
        if (!isBinary()) {
            throw new IllegalStateException("expected a model of binary visible units, this one has "
                    + visible.getClass().getSimpleName() + " ones");
        }
    }
}
