package nabla.energy;

/**
 * A distribution over states of d units that is known up to its normaliser: p(x) = e<sup>-E(x)</sup> / Z.
 *
 * <p>A state is an array of d numbers; no method keeps or modifies it.
 */
public interface EnergyModel {
    /** The number of units, d. */
    int units();

    /**
     * E(x), in nats.
     *
     * @param x d numbers
     */
    double energy(double[] x);
}
