package nabla.latent;

import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** What is done to the examples before a denoising autoencoder sees them (Vincent, Larochelle, Bengio and Manzagol 2008). */
@FunctionalInterface
public interface Corruption {
    /**
     * Corrupted examples.
     *
     * @param X N x d, not modified
     * @return N x d, may be X itself
     */
    SimpleMatrix of(SimpleMatrix X, RandomGenerator rng);

    /** None. */
    static Corruption none() {
        return (X, rng) -> {
            Require.finite("X", X);
            return X;
        };
    }

    /**
     * Sets each number to 0 with this probability.
     *
     * @param probability in [0, 1]
     */
    static Corruption masking(double probability) {
        Require.between("probability", probability, 0.0, 1.0);
        return (X, rng) -> {
            require(X, rng);
            return Functions.map(X, x -> rng.nextDouble() < probability ? 0 : x);
        };
    }

    /**
     * Adds normal noise.
     *
     * @param deviation its standard deviation, not negative
     */
    static Corruption gaussian(double deviation) {
        Require.between("deviation", deviation, 0.0, Double.MAX_VALUE);
        return (X, rng) -> {
            require(X, rng);
            return Functions.map(X, x -> x + deviation * rng.nextGaussian());
        };
    }

    private static void require(SimpleMatrix X, RandomGenerator rng) {
        Require.finite("X", X);
        Require.present("rng", rng);
    }
}
