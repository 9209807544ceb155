package nabla.energy;

import java.util.random.RandomGenerator;

/** The distributions of single units given all others: what Gibbs sampling asks of a model. */
public interface Conditionals {
    /** The number of units, d. */
    int units();

    /**
     * A draw of one unit given all others.
     *
     * @param unit from 0 to d - 1
     * @param x d numbers, of which that of the unit itself does not matter; not modified
     * @return the unit's new value
     */
    double draw(int unit, double[] x, RandomGenerator rng);
}
