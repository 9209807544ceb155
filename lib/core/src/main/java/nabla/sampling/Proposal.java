package nabla.sampling;

import java.util.random.RandomGenerator;
import nabla.energy.BinaryModel;
import nabla.math.Require;

/** Where a Metropolis chain might go next. */
@FunctionalInterface
public interface Proposal {
    /**
     * Draws a candidate from q(. | x).
     *
     * @param x the state, not modified
     * @param candidate overwritten
     */
    void propose(double[] x, double[] candidate, RandomGenerator rng);

    /**
     * log q(x | candidate) - log q(candidate | x): Hastings' correction. Zero where the proposal is symmetric.
     *
     * @return nats
     */
    default double logRatio(double[] x, double[] candidate) {
        return 0;
    }

    /** A random walk: independent normal noise is added to all units. Symmetric. */
    static Proposal normal(double deviation) {
        Require.between("deviation", deviation, 0, Double.MAX_VALUE);
        return (x, candidate, rng) -> {
            require(x, candidate, rng);
            for (int i = 0; i < x.length; i++) {
                candidate[i] = x[i] + deviation * rng.nextGaussian();
            }
        };
    }

    /** One unit, any of them with the same probability, takes its other value. Symmetric. */
    static Proposal flipOne(BinaryModel model) {
        Require.present("model", model);
        return (x, candidate, rng) -> {
            require(x, candidate, rng);
            Require.length("x", x, model.units());
            System.arraycopy(x, 0, candidate, 0, x.length);
            int unit = rng.nextInt(model.units());
            candidate[unit] = x[unit] == 1 ? model.off() : 1;
        };
    }

    private static void require(double[] x, double[] candidate, RandomGenerator rng) {
        Require.present("x", x);
        Require.present("candidate", candidate);
        if (candidate.length != x.length) {
            throw new IllegalArgumentException(
                    "candidate: expected " + x.length + " numbers as x has, got " + candidate.length);
        }
        Require.present("rng", rng);
    }
}
