package nabla.latent;

import java.util.function.IntToDoubleFunction;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * q(z | x) of N examples: k independent normal numbers each.
 *
 * @param mean N x k
 * @param logVariance N x k
 */
public record Posterior(SimpleMatrix mean, SimpleMatrix logVariance) {
    static final double LOG_2_PI = Math.log(2 * Math.PI);

    /**
     * A posterior.
     *
     * @throws IllegalArgumentException if the shapes differ or an element is not finite
     */
    public Posterior {
        Require.finite("mean", mean);
        Require.shape("logVariance", logVariance, mean.getNumRows(), mean.getNumCols());
    }

    /**
     * Codes z = mean + exp(logVariance / 2) epsilon: with standard normal noise, a draw from q that can be differentiated (Kingma and Welling
     * 2014, section 2.4).
     *
     * @param epsilon N x k, not modified
     * @return N x k
     * @throws ArithmeticException if a log-variance has become so large that a code is not finite
     */
    public SimpleMatrix at(SimpleMatrix epsilon) {
        Require.shape("epsilon", epsilon, mean.getNumRows(), mean.getNumCols());
        SimpleMatrix Z = mean.copy();
        for (int i = 0; i < Z.getNumElements(); i++) {
            Z.set(i, code(mean.get(i), deviation(logVariance.get(i)), epsilon.get(i)));
            if (!Double.isFinite(Z.get(i))) {
                throw new ArithmeticException(
                        "the codes are no longer finite: a log-variance of q(z | x) has become " + logVariance.get(i));
            }
        }
        return Z;
    }

    /**
     * log q(z | x) of one code for each example, in nats, N x 1.
     *
     * @throws ArithmeticException if a number of the answer is not finite
     */
    public SimpleMatrix log(SimpleMatrix Z) {
        Require.shape("Z", Z, mean.getNumRows(), mean.getNumCols());
        return sums(i -> {
            double distance = Z.get(i) - mean.get(i);
            return -(LOG_2_PI + logVariance.get(i) + distance * distance * Math.exp(-logVariance.get(i))) / 2;
        });
    }

    /**
     * KL[q(z | x) || N(0, I)] of every example, in nats, N x 1 (Kingma and Welling 2014, appendix B).
     *
     * @throws ArithmeticException if a number of the answer is not finite
     */
    public SimpleMatrix klFromPrior() {
        return sums(i -> kl(mean.get(i), logVariance.get(i), deviation(logVariance.get(i))));
    }

    // One number of a code, for training too.

    static double deviation(double logVariance) {
        return Math.exp(logVariance / 2);
    }

    /** z, whose derivatives are 1 with respect to the mean, and epsilon deviation / 2 with respect to the log-variance. */
    static double code(double mean, double deviation, double epsilon) {
        return mean + deviation * epsilon;
    }

    /** KL[N(mean, deviation^2) || N(0, 1)], whose derivatives are the mean and (deviation^2 - 1) / 2. */
    static double kl(double mean, double logVariance, double deviation) {
        return (mean * mean + deviation * deviation - 1 - logVariance) / 2;
    }

    private SimpleMatrix sums(IntToDoubleFunction ofElement) {
        SimpleMatrix sums = new SimpleMatrix(mean.getNumRows(), 1);
        int k = mean.getNumCols();
        for (int i = 0; i < mean.getNumElements(); i++) {
            sums.set(i / k, sums.get(i / k) + ofElement.applyAsDouble(i));
        }
        if (sums.hasUncountable()) {
            throw new ArithmeticException("mean and logVariance: so large that the answer is not finite");
        }
        return sums;
    }
}
