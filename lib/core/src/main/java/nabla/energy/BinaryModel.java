package nabla.energy;

import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Require;
import nabla.math.States;

/** An energy model whose units have two values: on, which is 1, and off, which is 0 or -1. */
public interface BinaryModel extends EnergyModel, Conditionals {
    /** The value of a unit that is off: 0 or -1. */
    double off();

    /**
     * The energy gap of a unit, E(x with the unit off) - E(x with the unit on), whose logistic function is the probability that it is on.
     *
     * @param unit from 0 to d - 1
     * @param x d numbers, of which that of the unit itself does not matter
     */
    double energyGap(int unit, double[] x);

    /** p(x_i is on | all other units) = sigmoid(energy gap). */
    default double probability(int unit, double[] x) {
        return Functions.sigmoid(energyGap(unit, x));
    }

    @Override
    default double draw(int unit, double[] x, RandomGenerator rng) {
        Require.present("rng", rng);
        return rng.nextDouble() < probability(unit, x) ? 1 : off();
    }

    /** All states, for exact sums. */
    default States states() {
        return off() == 0 ? States.binary(units()) : States.plusMinusOne(units());
    }

    /**
     * The same model at another temperature: all energies times {@code beta}, the inverse of the temperature. At 0 all states have the same
     * probability.
     *
     * @param beta at least 0
     */
    default BinaryModel at(double beta) {
        Require.between("beta", beta, 0, Double.MAX_VALUE);
        BinaryModel model = this;
        return new BinaryModel() {
            @Override
            public int units() {
                return model.units();
            }

            @Override
            public double off() {
                return model.off();
            }

            @Override
            public double energy(double[] x) {
                return beta * model.energy(x);
            }

            @Override
            public double energyGap(int unit, double[] x) {
                return beta * model.energyGap(unit, x);
            }
        };
    }
}
