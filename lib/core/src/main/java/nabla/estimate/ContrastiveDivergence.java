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
 * CD-k: the model statistics are those after k sweeps of Gibbs sampling that start at the data (Hinton 2002, <i>Training
 * Products of Experts by Minimizing Contrastive Divergence</i>). Biased: it underestimates what the model believes far from
 * the data.
 *
 * <p>The visible units are sampled; the hidden units enter the statistics by their probabilities, which has the same mean
 * and less noise (Hinton 2012, section 3).
 */
public final class ContrastiveDivergence implements GradientEstimator<Sampled> {
    private final int k;
    private Sampled model; // whose chains these are
    private GibbsChains data;
    private GibbsChains chains;

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
    public Direction estimate(Sampled model, SimpleMatrix batch, RandomGenerator rng) {
        Require.present("model", model);
        Direction gradient = Direction.zeros(model.parameters());
        estimate(model, batch, rng, gradient);
        return gradient;
    }

    @Override
    public void estimate(Sampled model, SimpleMatrix batch, RandomGenerator rng, Direction gradient) {
        require(model, batch, rng, gradient);
        use(model);
        int N = batch.getNumRows();
        data.startAt(batch);
        chains.startAt(data);
        for (int sweep = 1; sweep <= k; sweep++) {
            Interrupts.check("sampling interrupted at sweep %d", sweep);
            chains.drawHidden(rng);
            chains.drawVisible(rng);
        }
        data.slope(+1.0 / N, gradient); // positive phase
        chains.addSlope(-1.0 / N, gradient); // negative phase
    }

    /** Checks the arguments, before anything is changed. */
    static void require(Sampled model, SimpleMatrix batch, RandomGenerator rng, Direction gradient) {
        Require.present("model", model);
        model.requireVisible("batch", batch);
        Require.present("rng", rng);
        Direction.requireFitting("gradient", gradient, model.parameters());
    }

    private void use(Sampled model) {
        if (this.model != model) {
            this.model = model;
            data = model.chains();
            chains = model.chains();
        }
    }
}
