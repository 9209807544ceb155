package nabla.rbm;

import static nabla.math.Functions.map;

import nabla.energy.GradientEstimator;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.States;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import nabla.optim.Direction;
import nabla.sampling.TransitionMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * The Gibbs chain v → h → v' of a small RBM with nothing sampled: distributions over all 2^m visible states, moved by the
 * whole transition matrix. What contrastive divergence does on average, exactly.
 */
public final class VisibleChain {
    private static final int MOST_VISIBLE = 10;
    private static final int MOST_HIDDEN = 14;
    private static final int ROWS = 64; // of the transition matrix at a time, between looks for an interrupt

    private final Rbm rbm;
    private final SimpleMatrix states;

    /**
     * The chain of a model, as it is whenever a method is called.
     *
     * @throws IllegalArgumentException if the model has more than 10 visible or 14 hidden units
     */
    public VisibleChain(Rbm rbm) {
        Require.present("rbm", rbm);
        rbm.requireBinary("rbm");
        if (rbm.m() > MOST_VISIBLE || rbm.n() > MOST_HIDDEN) {
            throw new IllegalArgumentException("rbm: expected at most " + MOST_VISIBLE + " visible and " + MOST_HIDDEN
                    + " hidden units, got " + rbm.m() + " and " + rbm.n());
        }
        this.rbm = rbm;
        states = States.binary(rbm.m()).matrix();
    }

    /** All visible states, 2^m x m, in counting order: row r of a distribution belongs to row r here. */
    public SimpleMatrix states() {
        return states.copy();
    }

    /**
     * The model's own distribution p(v).
     *
     * @return 2^m x 1
     */
    public SimpleMatrix equilibrium() {
        return map(rbm.logLikelihood(states), Math::exp);
    }

    /**
     * T(v, v') = sum over h of p(h | v) p(v' | h).
     *
     * @return over 2^m states
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public TransitionMatrix transitionMatrix() {
        SimpleMatrix hidden = States.binary(rbm.n()).matrix();
        SimpleMatrix back = conditional(rbm.visibleProbabilities(hidden), states);
        SimpleMatrix on = rbm.hiddenProbabilities(states);
        SimpleMatrix T = new SimpleMatrix(states.getNumRows(), states.getNumRows());
        for (int from = 0; from < states.getNumRows(); from += ROWS) {
            int to = Math.min(states.getNumRows(), from + ROWS);
            SimpleMatrix forth = conditional(on.rows(from, to), hidden);
            Blas.mult(
                    Part.of(forth.getDDRM()),
                    Part.of(back.getDDRM()),
                    Part.of(T.getDDRM()).rows(from, to));
        }
        return new TransitionMatrix(T);
    }

    /**
     * The distribution after {@code sweeps} transitions from {@code p0}.
     *
     * @param sweeps at least 0
     * @param p0 2^m x 1, a distribution
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public SimpleMatrix after(int sweeps, SimpleMatrix p0) {
        Require.atLeast("sweeps", sweeps, 0);
        Require.distribution("p0", p0, states.getNumRows());
        return transitionMatrix().after(sweeps, p0);
    }

    /**
     * The statistics E[v h'], E[v], E[h] with v from a distribution and h from p(h | v).
     *
     * @param p 2^m x 1
     */
    public Direction statistics(SimpleMatrix p) {
        Require.distribution("p", p, states.getNumRows());
        Direction statistics = Direction.zeros(rbm.parameters());
        rbm.addSlope(states, p, statistics);
        return statistics;
    }

    /**
     * The expectation of the CD-k gradient when the data have distribution {@code p0}.
     *
     * @param p0 2^m x 1
     */
    public Direction expectedContrastiveDivergence(int k, SimpleMatrix p0) {
        Require.atLeast("k", k, 0);
        Require.distribution("p0", p0, states.getNumRows());
        return statistics(p0).minus(statistics(after(k, p0)));
    }

    /**
     * The empirical distribution of some rows.
     *
     * @param V N x m, elements 0 or 1
     * @return 2^m x 1
     */
    public SimpleMatrix distributionOf(SimpleMatrix V) {
        Require.exampleShape("V", V, rbm.m());
        Require.states("V", V, 0);
        SimpleMatrix p = new SimpleMatrix(states.getNumRows(), 1);
        for (int row = 0; row < V.getNumRows(); row++) {
            int index = 0;
            for (int i = 0; i < V.getNumCols(); i++) {
                index = 2 * index + (V.get(row, i) == 1 ? 1 : 0);
            }
            p.set(index, p.get(index) + 1.0 / V.getNumRows());
        }
        return p;
    }

    /**
     * As an estimator: the expectation of CD-k over its randomness, for a batch of binary rows.
     *
     * @param k at least 1
     */
    public static GradientEstimator<Rbm> asEstimator(int k) {
        Require.atLeast("k", k, 1);
        return (rbm, batch, rng) -> {
            VisibleChain chain = new VisibleChain(rbm);
            Require.exampleShape("batch", batch, rbm.m());
            Require.states("batch", batch, 0);
            return chain.expectedContrastiveDivergence(k, chain.distributionOf(batch));
        };
    }

    /** Entry (r, s): the probability of row s of {@code states} when unit i is on with probability {@code on(r, i)}. */
    private static SimpleMatrix conditional(SimpleMatrix on, SimpleMatrix states) {
        SimpleMatrix p = new SimpleMatrix(on.getNumRows(), states.getNumRows());
        for (int r = 0; r < on.getNumRows(); r++) {
            Interrupts.check("transition matrix interrupted");
            for (int s = 0; s < states.getNumRows(); s++) {
                double product = 1;
                for (int i = 0; i < on.getNumCols(); i++) {
                    product *= states.get(s, i) == 1 ? on.get(r, i) : 1 - on.get(r, i);
                }
                p.set(r, s, product);
            }
        }
        return p;
    }
}
