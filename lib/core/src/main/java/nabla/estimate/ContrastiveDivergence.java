package nabla.estimate;

import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.math.Require;
import nabla.math.fast.BinaryUnits;
import nabla.optim.Direction;
import nabla.rbm.Rbm;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * CD-k: the model statistics are those after k sweeps of Gibbs sampling that start at the data (Hinton 2002, <i>Training
 * Products of Experts by Minimizing Contrastive Divergence</i>). Biased: it underestimates what the model believes far from
 * the data.
 *
 * <p>The visible units are sampled; the hidden units enter the statistics by their probabilities, which has the same mean
 * and less noise (Hinton 2012, section 3).
 */
public final class ContrastiveDivergence implements GradientEstimator<Rbm> {
    private final int k;
    private final PhaseDifference difference = new PhaseDifference();
    private final DMatrixRMaj data = new DMatrixRMaj(0, 0); // p(h | v) at the data
    private final DMatrixRMaj h = new DMatrixRMaj(0, 0); // of the chains, states and at the end probabilities
    private final DMatrixRMaj v = new DMatrixRMaj(0, 0);

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
    public Direction estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng) {
        Direction gradient = Direction.zeros(rbm.parameters());
        estimate(rbm, batch, rng, gradient);
        return gradient;
    }

    @Override
    public void estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng, Direction gradient) {
        Require.examples("batch", batch, rbm.m());
        int N = batch.getNumRows();
        data.reshape(N, rbm.n());
        h.reshape(N, rbm.n());
        v.reshape(N, rbm.m());
        rbm.hiddenProbabilities(batch.getDDRM(), data);
        h.setTo(data);
        BinaryUnits.flip(h, rng.nextLong());
        for (int sweep = 1; sweep <= k; sweep++) {
            rbm.drawVisible(h, v, rng);
            if (sweep < k) {
                rbm.drawHidden(v, h, rng);
            }
        }
        rbm.hiddenProbabilities(v, h);
        difference.compute(batch.getDDRM(), data, v, h, gradient);
    }
}
