package nabla.sampling;

import java.util.concurrent.CancellationException;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import nabla.energy.EnergyModel;
import nabla.math.Interrupts;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Parallel tempering (Swendsen and Wang 1986; Geyer 1991): chains of one model at several temperatures. The hot ones cross energy barriers;
 * after each step neighbours offer each other their states, and accept with probability
 *
 * <pre>min(1, e^((beta_i - beta_j) (E(x_i) - E(x_j))))</pre>
 *
 * <p>which leaves the joint distribution of all chains as it is.
 *
 * <p>Made by {@link #run}.
 */
public final class Tempering {
    private final SimpleMatrix states;
    private final double[] swaps;

    private Tempering(SimpleMatrix states, double[] swaps) {
        this.states = states;
        this.swaps = swaps;
    }

    /**
     * Runs the chains.
     *
     * @param transition the chain at inverse temperature beta, for example {@code beta -> Gibbs.systematic(machine.at(beta))}
     * @param betas inverse temperatures, at least two, none negative; the first is that of the draws that are kept
     * @param start of all chains, not modified
     * @param burnIn steps that are thrown away, at least 0
     * @param count steps that are kept, at least 1
     * @throws CancellationException if the thread is interrupted
     */
    public static Tempering run(
            EnergyModel model,
            DoubleFunction<Transition> transition,
            double[] betas,
            double[] start,
            int burnIn,
            int count,
            RandomGenerator rng) {
        Require.present("model", model);
        Require.present("transition", transition);
        Require.present("betas", betas);
        Require.atLeast("number of betas", betas.length, 2);
        for (double beta : betas) {
            Require.between("each of betas", beta, 0, Double.MAX_VALUE);
        }
        Require.finite("start", start);
        Require.length("start", start, model.units());
        Require.atLeast("burnIn", burnIn, 0);
        Require.atLeast("count", count, 1);
        Require.size("count", count, "length of start", start.length);
        Require.present("rng", rng);
        Transition[] transitions = new Transition[betas.length];
        double[][] x = new double[betas.length][];
        for (int i = 0; i < betas.length; i++) {
            transitions[i] = transition.apply(betas[i]);
            x[i] = start.clone();
        }
        SimpleMatrix states = new SimpleMatrix(count, start.length);
        double[] swaps = new double[betas.length - 1];
        for (int step = -burnIn; step < count; step++) {
            Interrupts.check("tempering interrupted at step %d", step + burnIn);
            for (int i = 0; i < betas.length; i++) {
                transitions[i].step(x[i], rng);
            }
            for (int i = 0; i + 1 < betas.length; i++) {
                double logAcceptance = (betas[i] - betas[i + 1]) * (model.energy(x[i]) - model.energy(x[i + 1]));
                if (Math.log(rng.nextDouble()) < logAcceptance) {
                    double[] mine = x[i];
                    x[i] = x[i + 1];
                    x[i + 1] = mine;
                    swaps[i] += step >= 0 ? 1.0 / count : 0;
                }
            }
            if (step >= 0) {
                states.setRow(step, 0, x[0]);
            }
        }
        return new Tempering(states, swaps);
    }

    /** The states of the first chain, one row for each kept step: count x d. A copy. */
    public SimpleMatrix states() {
        return states.copy();
    }

    /** For each pair of neighbours the share of offers that were accepted, a copy. */
    public double[] swaps() {
        return swaps.clone();
    }
}
