package nabla.estimate;

import java.util.random.RandomGenerator;
import nabla.energy.GibbsChains;
import nabla.energy.GradientEstimator;
import nabla.energy.Sampled;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/**
 * PCD: as {@link ContrastiveDivergence}, but the chains go on from where the last estimate left them instead of starting
 * again at the data (Tieleman 2008, <i>Training Restricted Boltzmann Machines using Approximations to the Likelihood
 * Gradient</i>). The chains follow the model only as long as it changes slowly: let the
 * learning rate fall, or the likelihood swings by several nats from epoch to epoch.
 */
public final class PersistentContrastiveDivergence implements GradientEstimator<Sampled> {
    private final int sweeps;
    private final int count;
    private Sampled model; // whose chains these are
    private GibbsChains data;
    private GibbsChains chains;

    /**
     * An estimator whose chains start at fair coin flips, when it is first used on a model; on another model they start again.
     *
     * @param sweeps Gibbs sweeps per estimate, at least 1
     * @param chains how many chains, at least 1, whatever the batch size
     */
    public PersistentContrastiveDivergence(int sweeps, int chains) {
        Require.atLeast("sweeps", sweeps, 1);
        Require.atLeast("chains", chains, 1);
        this.sweeps = sweeps;
        count = chains;
    }

    @Override
    public Direction estimate(Sampled model, SimpleMatrix batch, RandomGenerator rng) {
        Require.present("model", model);
        Direction gradient = Direction.zeros(model.parameters());
        estimate(model, batch, rng, gradient);
        return gradient;
    }

    @Override
    public void estimate(Sampled model, SimpleMatrix batch, RandomGenerator rng, Direction gradient) {
        ContrastiveDivergence.require(model, batch, rng, gradient);
        int N = batch.getNumRows();
        use(model, rng);
        data.startAt(batch);
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            Interrupts.check("sampling interrupted at sweep %d", sweep);
            chains.drawVisible(rng);
            chains.drawHidden(rng);
        }
        data.slope(+1.0 / N, gradient); // positive phase
        chains.addSlope(-1.0 / count, gradient); // negative phase
    }

    private void use(Sampled model, RandomGenerator rng) {
        if (this.model != model) {
            this.model = model;
            data = model.chains();
            chains = model.chains();
            chains.startAnywhere(count, rng);
            chains.drawHidden(rng);
        }
    }

    /** The visible units of the chains, chains x m: samples from what the model believes. A copy; null before the first estimate. */
    public SimpleMatrix chains() {
        return chains == null ? null : chains.states();
    }
}
