package nabla.energy;

import java.util.random.RandomGenerator;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * PCD: as {@link ContrastiveDivergence}, but the chains go on from where the last estimate left them instead of starting
 * again at the data (Tieleman 2008, <i>Training Restricted Boltzmann Machines using Approximations to the Likelihood
 * Gradient</i>). The chains follow the model only as long as it changes slowly: let the
 * learning rate fall, or the likelihood swings by several nats from epoch to epoch.
 */
public final class PersistentContrastiveDivergence implements GradientEstimator {
    private final int sweeps;
    private final int chains;
    private SimpleMatrix v;

    /**
     * An estimator whose chains start at fair coin flips.
     *
     * @param sweeps Gibbs sweeps per estimate, at least 1
     * @param chains how many chains, at least 1, whatever the batch size
     */
    public PersistentContrastiveDivergence(int sweeps, int chains) {
        Require.atLeast("sweeps", sweeps, 1);
        Require.atLeast("chains", chains, 1);
        this.sweeps = sweeps;
        this.chains = chains;
    }

    @Override
    public RbmGradient estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng) {
        if (v == null) {
            SimpleMatrix half = new SimpleMatrix(chains, rbm.m());
            half.fill(0.5);
            v = Randoms.bernoulli(half, rng);
        }
        v = rbm.gibbs(v, sweeps, rng);
        RbmGradient data = RbmGradient.statistics(batch, rbm.hiddenProbabilities(batch));
        return data.minus(RbmGradient.statistics(v, rbm.hiddenProbabilities(v)));
    }

    /** The visible units of the chains, chains x m: samples from what the model believes. A copy; null before the first estimate. */
    public SimpleMatrix chains() {
        return v == null ? null : v.copy();
    }
}
