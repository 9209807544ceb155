package nabla.math;

import java.util.function.DoubleUnaryOperator;

/** How far one distribution is from another, in nats: over finitely many points, or with densities on an interval. */
public final class Divergence {
    private Divergence() {}

    /**
     * The Kullback-Leibler divergence, the sum of p log(p / q); infinity where q is 0 and p is not.
     *
     * @param p probabilities, not modified
     * @param q as many, not modified
     * @throws IllegalArgumentException if either is not a distribution, or they differ in length
     */
    public static double kl(double[] p, double[] q) {
        requireDistributions(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += term(p[i], q[i]);
        }
        return sum;
    }

    /** The Jensen-Shannon divergence, the mean of KL[p || m] and KL[q || m] with m = (p + q) / 2: from 0 to log 2. */
    public static double jensenShannon(double[] p, double[] q) {
        requireDistributions(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += halves(p[i], q[i]);
        }
        return sum;
    }

    /**
     * The Kullback-Leibler divergence of densities.
     *
     * @param from beginning and
     * @param to end of an interval that has all but nothing of the probability
     * @throws ArithmeticException if it is not finite
     */
    public static double kl(DoubleUnaryOperator p, DoubleUnaryOperator q, double from, double to) {
        requireDensities(p, q, from, to);
        return Quadrature.integral(x -> term(p.applyAsDouble(x), q.applyAsDouble(x)), from, to);
    }

    /** The Jensen-Shannon divergence of densities. */
    public static double jensenShannon(DoubleUnaryOperator p, DoubleUnaryOperator q, double from, double to) {
        requireDensities(p, q, from, to);
        return Quadrature.integral(x -> halves(p.applyAsDouble(x), q.applyAsDouble(x)), from, to);
    }

    /** Half of p log(p / m), and of q log(q / m), with m = (p + q) / 2; twice m is taken for m, since half of the least number is 0. */
    private static double halves(double p, double q) {
        return (term(2 * p, p + q) + term(2 * q, p + q)) / 4;
    }

    private static double term(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    private static void requireDensities(DoubleUnaryOperator p, DoubleUnaryOperator q, double from, double to) {
        Require.present("p", p);
        Require.present("q", q);
        Quadrature.requireInterval(from, to);
    }

    private static void requireDistributions(double[] p, double[] q) {
        Require.distribution("p", p);
        Require.distribution("q", q);
        if (q.length != p.length) {
            throw new IllegalArgumentException("q: expected " + p.length + " probabilities, got " + q.length);
        }
    }
}
