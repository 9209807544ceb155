package nabla.sampling;

import java.util.concurrent.CancellationException;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import nabla.energy.EnergyModel;
import nabla.math.Interrupts;
import nabla.math.Require;

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): a chain whose temperature falls, in search of a state of low energy.
 *
 * <p>Made by {@link #run}.
 */
public final class Annealing {
    private final double[] state;
    private final double energy;
    private final double[] energies;

    private Annealing(double[] state, double energy, double[] energies) {
        this.state = state;
        this.energy = energy;
        this.energies = energies;
    }

    /**
     * Runs the chain. The inverse temperature beta rises by the same factor from step to step.
     *
     * @param model what is to be low
     * @param transition the chain at inverse temperature beta, for example {@code beta -> Gibbs.systematic(machine.at(beta))}
     * @param start not modified
     * @param first beta of the first step, above 0
     * @param last beta of the last step, at least {@code first}, and no more than the largest number times it
     * @param steps at least 2
     * @throws CancellationException if the thread is interrupted
     */
    public static Annealing run(
            EnergyModel model,
            DoubleFunction<Transition> transition,
            double[] start,
            double first,
            double last,
            int steps,
            RandomGenerator rng) {
        Require.present("model", model);
        Require.present("transition", transition);
        Require.finite("start", start);
        Require.length("start", start, model.units());
        Require.between("first", first, Double.MIN_VALUE, Double.MAX_VALUE);
        double most = Math.min(1, first) * Double.MAX_VALUE;
        if (!(last >= first && last <= most)) {
            throw new IllegalArgumentException(
                    "last: expected a number from " + first + " (first) to " + most + ", got " + last);
        }
        Require.atLeast("steps", steps, 2);
        Require.present("rng", rng);
        double[] x = start.clone();
        double[] best = start.clone();
        double lowest = model.energy(start);
        double[] energies = new double[steps];
        for (int step = 0; step < steps; step++) {
            Interrupts.check("annealing interrupted at step %d", step);
            double beta = first * Math.pow(last / first, step / (steps - 1.0));
            transition.apply(beta).step(x, rng);
            energies[step] = model.energy(x);
            if (energies[step] < lowest) {
                lowest = energies[step];
                best = x.clone();
            }
        }
        return new Annealing(best, lowest, energies);
    }

    /** The state of lowest energy that was met, a copy. */
    public double[] state() {
        return state.clone();
    }

    /** The energy of {@link #state}, at temperature 1. */
    public double energy() {
        return energy;
    }

    /** The energy after each step, at temperature 1: a copy. */
    public double[] energies() {
        return energies.clone();
    }
}
