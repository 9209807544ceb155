package nabla.sampling;

import java.util.random.RandomGenerator;
import nabla.energy.EnergyModel;
import nabla.math.Require;

/**
 * The algorithm of Metropolis et al. (1953), and for proposals that are not symmetric that of Hastings (1970): a candidate x' is accepted
 * with probability
 *
 * <pre>min(1, e^(E(x) - E(x')) q(x | x') / q(x' | x))</pre>
 *
 * <p>Only a difference of energies is asked for: the partition function drops out.
 */
public final class Metropolis implements Transition {
    private final EnergyModel model;
    private final Proposal proposal;

    /** A chain whose steps leave the distribution of the model as it is. */
    public Metropolis(EnergyModel model, Proposal proposal) {
        Require.present("model", model);
        Require.present("proposal", proposal);
        this.model = model;
        this.proposal = proposal;
    }

    @Override
    public boolean step(double[] x, RandomGenerator rng) {
        requireState("x", x);
        Require.present("rng", rng);
        double[] candidate = new double[x.length];
        proposal.propose(x, candidate, rng);
        double logAcceptance = model.energy(x) - model.energy(candidate) + proposal.logRatio(x, candidate);
        // one number for each step, whether it is needed or not: the stream does not depend on rounding
        boolean accepted = Math.log(rng.nextDouble()) < logAcceptance;
        if (accepted) {
            System.arraycopy(candidate, 0, x, 0, x.length);
        }
        return accepted;
    }

    @Override
    public void requireState(String name, double[] x) {
        Require.length(name, x, model.units());
    }
}
