package nabla.energy;

import java.util.random.RandomGenerator;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * CD-k: the model statistics are those after k sweeps of Gibbs sampling that start at the data (Hinton 2002, <i>Training
 * Products of Experts by Minimizing Contrastive Divergence</i>). Biased: it underestimates what the model believes far from
 * the data.
 *
 * <p>The visible units are sampled; the hidden units enter the statistics by their probabilities, which has the same mean
 * and less noise (Hinton 2012, section 3).
 */
public final class ContrastiveDivergence implements GradientEstimator {
    private final int k;

    /**
     * An estimator with this number of sweeps.
     *
     * @param k at least 1
     */
    public ContrastiveDivergence(int k) {
        Require.atLeast("k", k, 1);
        this.k = k;
    }

    @Override
    public RbmGradient estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng) {
        SimpleMatrix v = rbm.gibbs(batch, k, rng);
        RbmGradient data = RbmGradient.statistics(batch, rbm.hiddenProbabilities(batch));
        return data.minus(RbmGradient.statistics(v, rbm.hiddenProbabilities(v)));
    }
}
