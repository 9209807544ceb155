package nabla.sampling;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;

/**
 * What several chains drew. Each chain has random numbers of its own, so that nothing depends on the number of threads.
 *
 * <p>Made by {@link #run}.
 */
public final class Chains {
    private final double[][][] draws; // chain, draw, unit
    private final double acceptance;

    private Chains(double[][][] draws, double acceptance) {
        this.draws = draws;
        this.acceptance = acceptance;
    }

    /**
     * Runs chains side by side.
     *
     * @param transition shared by all
     * @param starts one row for each chain, K x d, not modified
     * @param burnIn steps whose states are thrown away, at least 0
     * @param draws steps whose states are kept, at least 1
     * @throws CancellationException if the thread is interrupted
     */
    public static Chains run(Transition transition, SimpleMatrix starts, int burnIn, int draws, RandomGenerator rng) {
        Require.present("transition", transition);
        Require.matrix("starts", starts);
        Require.examples("starts", starts, Math.max(1, starts.getNumCols()));
        transition.requireState("a row of starts", starts.getRow(0).getDDRM().data);
        Require.atLeast("burnIn", burnIn, 0);
        Require.atLeast("draws", draws, 1);
        Require.size("rows of starts", starts.getNumRows(), "draws", draws);
        Require.present("rng", rng);
        int chains = starts.getNumRows();
        long[] seeds = rng.longs(chains).toArray();
        double[][][] all = new double[chains][draws][];
        int[] accepted = new int[chains];
        Parallel.forEach(chains, 1, (from, to) -> {
            for (int chain = from; chain < to; chain++) {
                RandomGenerator own = new SplittableRandom(seeds[chain]);
                double[] x = starts.getRow(chain).getDDRM().data.clone();
                for (int step = -burnIn; step < draws; step++) {
                    Interrupts.check("sampling interrupted at step %d", step + burnIn);
                    boolean moved = transition.step(x, own);
                    if (step >= 0) {
                        accepted[chain] += moved ? 1 : 0;
                        all[chain][step] = x.clone();
                    }
                }
            }
        });
        double total = 0;
        for (int count : accepted) {
            total += count;
        }
        return new Chains(all, total / chains / draws);
    }

    /** The share of the kept steps that were accepted. */
    public double acceptance() {
        return acceptance;
    }

    /** All states, chain after chain: (K draws) x d. */
    public SimpleMatrix states() {
        int n = draws[0].length;
        SimpleMatrix states = new SimpleMatrix(draws.length * n, draws[0][0].length);
        for (int chain = 0; chain < draws.length; chain++) {
            for (int draw = 0; draw < n; draw++) {
                states.setRow(chain * n + draw, 0, draws[chain][draw]);
            }
        }
        return states;
    }

    /** A function of the state, at each draw of each chain: K arrays, as {@link Diagnostics} takes them. */
    public double[][] of(ToDoubleFunction<double[]> f) {
        Require.present("f", f);
        double[][] values = new double[draws.length][draws[0].length];
        for (int chain = 0; chain < draws.length; chain++) {
            for (int draw = 0; draw < values[chain].length; draw++) {
                values[chain][draw] = f.applyAsDouble(draws[chain][draw]);
            }
        }
        return values;
    }

    /** One unit at each draw of each chain. */
    public double[][] unit(int unit) {
        Require.between("unit", unit, 0, draws[0][0].length - 1);
        return of(x -> x[unit]);
    }
}
