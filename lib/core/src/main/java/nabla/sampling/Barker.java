package nabla.sampling;

import nabla.energy.EnergyModel;
import nabla.math.Functions;

/**
 * The algorithm of Barker (1965): as {@link Metropolis}, but a candidate x' is accepted with probability
 *
 * <pre>sigmoid(E(x) - E(x') + log q(x | x') - log q(x' | x))</pre>
 *
 * <p>With a flip of one unit as the proposal this is Gibbs sampling of that unit. It never accepts more often than Metropolis does.
 */
public final class Barker extends AcceptReject {
    /** A chain whose steps leave the distribution of the model as it is. */
    public Barker(EnergyModel model, Proposal proposal) {
        super(model, proposal);
    }

    @Override
    boolean accepts(double logRatio, double u) {
        return u < Functions.sigmoid(logRatio);
    }
}
