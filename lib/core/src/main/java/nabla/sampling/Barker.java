package nabla.sampling;

import java.util.random.RandomGenerator;
import nabla.energy.EnergyModel;
import nabla.math.Functions;
import nabla.math.Require;

/**
 * The algorithm of Barker (1965): as {@link Metropolis}, but a candidate x' is accepted with probability
 *
 * <pre>sigmoid(E(x) - E(x') + log q(x | x') - log q(x' | x))</pre>
 *
 * <p>With a flip of one unit as the proposal this is Gibbs sampling of that unit. It never accepts more often than Metropolis does.
 */
public final class Barker implements Transition {
    private final EnergyModel model;
    private final Proposal proposal;

    /** A chain whose steps leave the distribution of the model as it is. */
    public Barker(EnergyModel model, Proposal proposal) {
        Require.present("model", model);
        Require.present("proposal", proposal);
        this.model = model;
        this.proposal = proposal;
    }

    @Override
    public boolean step(double[] x, RandomGenerator rng) {
        double[] candidate = new double[x.length];
        proposal.propose(x, candidate, rng);
        double logOdds = model.energy(x) - model.energy(candidate) + proposal.logRatio(x, candidate);
        boolean accepted = rng.nextDouble() < Functions.sigmoid(logOdds);
        if (accepted) {
            System.arraycopy(candidate, 0, x, 0, x.length);
        }
        return accepted;
    }
}
