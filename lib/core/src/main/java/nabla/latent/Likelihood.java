package nabla.latent;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * p(x | z), given the outputs y of a decoder. Either way its logarithm is - scale loss(x, y) - constant with a
 * {@link ReconstructionLoss}.
 */
public final class Likelihood {
    private final ReconstructionLoss loss;
    private final SimpleMatrix logVariance; // 1 x 1; null for bits

    private Likelihood(ReconstructionLoss loss, SimpleMatrix logVariance) {
        this.loss = loss;
        this.logVariance = logVariance;
    }

    /** Independent bits, that of number i on with probability sigmoid(y_i). Numbers between 0 and 1 count as so much of a 1. */
    public static Likelihood bernoulli() {
        return new Likelihood(ReconstructionLoss.CROSS_ENTROPY, null);
    }

    /**
     * Independent normal numbers with mean y_i, and one variance for all.
     *
     * @param logVariance 1 x 1, a parameter that is learned; held, not copied
     */
    public static Likelihood gaussian(SimpleMatrix logVariance) {
        Require.parameter("logVariance", logVariance);
        Require.shape("logVariance", logVariance, 1, 1);
        return new Likelihood(ReconstructionLoss.SQUARED_ERROR, logVariance);
    }

    ReconstructionLoss loss() {
        return loss;
    }

    /** Those besides the decoder's, by name. */
    Map<String, SimpleMatrix> parameters() {
        return logVariance == null ? Map.of() : Map.of("logVariance", logVariance);
    }

    /** Of the loss. */
    double scale() {
        return logVariance == null ? 1 : Math.exp(-logVariance.get(0)) / 2;
    }

    /** What is left beside the loss, of d numbers. */
    double constant(int d) {
        return logVariance == null ? 0 : d * (Posterior.LOG_2_PI + logVariance.get(0)) / 2;
    }

    /** The derivative of - log p(x | z) with respect to the log-variance, given the loss. */
    double logVarianceSlope(double lossOfExample, int d) {
        return d / 2.0 - scale() * lossOfExample;
    }

    /**
     * log p(x | z) of every example, in nats.
     *
     * @param X N x d, not modified
     * @param Y N x d, the decoder's outputs, not modified
     * @return N x 1
     * @throws IllegalArgumentException if the shapes differ, or bits are not in [0, 1]
     */
    public SimpleMatrix log(SimpleMatrix X, SimpleMatrix Y) {
        Require.matrix("X", X);
        double scale = scale();
        double constant = constant(X.getNumCols());
        return Functions.map(loss.perExample(X, Y), value -> -scale * value - constant);
    }

    /**
     * The mean of x.
     *
     * @param Y N x d, the decoder's outputs, not modified
     * @return a new matrix, N x d
     */
    public SimpleMatrix mean(SimpleMatrix Y) {
        return loss.reconstruction(Y);
    }

    /**
     * Draws x.
     *
     * @param Y N x d, the decoder's outputs, not modified
     * @return a new matrix, N x d
     */
    public SimpleMatrix draw(SimpleMatrix Y, RandomGenerator rng) {
        Require.present("rng", rng);
        SimpleMatrix mean = mean(Y);
        if (logVariance == null) {
            return Randoms.bernoulli(mean, rng);
        }
        double deviation = Math.exp(logVariance.get(0) / 2);
        return mean.plus(Randoms.normal(Y.getNumRows(), Y.getNumCols(), deviation, rng));
    }

    Likelihood copy() {
        return new Likelihood(loss, logVariance == null ? null : logVariance.copy());
    }
}
