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
 * PCD: as {@link ContrastiveDivergence}, but the chains go on from where the last estimate left them instead of starting
 * again at the data (Tieleman 2008, <i>Training Restricted Boltzmann Machines using Approximations to the Likelihood
 * Gradient</i>). The chains follow the model only as long as it changes slowly: let the
 * learning rate fall, or the likelihood swings by several nats from epoch to epoch.
 */
public final class PersistentContrastiveDivergence implements GradientEstimator<Rbm> {
    private final int sweeps;
    private final int chains;
    private final PhaseDifference difference = new PhaseDifference();
    private final DMatrixRMaj data = new DMatrixRMaj(0, 0); // p(h | v) at the data
    private final DMatrixRMaj model = new DMatrixRMaj(0, 0); // p(h | v) at the chains
    private final DMatrixRMaj v = new DMatrixRMaj(0, 0); // the chains, no rows before the first estimate
    private final DMatrixRMaj h = new DMatrixRMaj(0, 0);

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
    public Direction estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng) {
        Direction gradient = Direction.zeros(rbm.parameters());
        estimate(rbm, batch, rng, gradient);
        return gradient;
    }

    @Override
    public void estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng, Direction gradient) {
        Require.examples("batch", batch, rbm.m());
        if (v.numRows == 0) {
            start(rbm, rng);
        }
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            rbm.drawVisible(h, v, rng);
            rbm.hiddenProbabilities(v, model);
            h.setTo(model);
            BinaryUnits.flip(h, rng.nextLong());
        }
        data.reshape(batch.getNumRows(), rbm.n());
        rbm.hiddenProbabilities(batch.getDDRM(), data);
        difference.compute(batch.getDDRM(), data, v, model, gradient);
    }

    private void start(Rbm rbm, RandomGenerator rng) {
        v.reshape(chains, rbm.m());
        h.reshape(chains, rbm.n());
        model.reshape(chains, rbm.n());
        v.fill(0.5);
        BinaryUnits.flip(v, rng.nextLong());
        rbm.drawHidden(v, h, rng);
    }

    /** The visible units of the chains, chains x m: samples from what the model believes. A copy; null before the first estimate. */
    public SimpleMatrix chains() {
        return v.numRows == 0 ? null : SimpleMatrix.wrap(v.copy());
    }
}
