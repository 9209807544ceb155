package nabla.sampling;

import nabla.energy.EnergyModel;

/**
 * The algorithm of Metropolis et al. (1953), and for proposals that are not symmetric that of Hastings (1970): a candidate x' is accepted
 * with probability
 *
 * <pre>min(1, e^(E(x) - E(x')) q(x | x') / q(x' | x))</pre>
 *
 * <p>Only a difference of energies is asked for: the partition function drops out.
 */
public final class Metropolis extends AcceptReject {
    /** A chain whose steps leave the distribution of the model as it is. */
    public Metropolis(EnergyModel model, Proposal proposal) {
        super(model, proposal);
    }

    @Override
    boolean accepts(double logRatio, double u) {
        return Math.log(u) < logRatio;
    }
}
