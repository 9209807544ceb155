package nabla.math;

import java.util.function.DoubleUnaryOperator;

/** How far one distribution is from another, in nats: over finitely many points, or with densities on an interval. */
public final class Divergence {
    private static final double SUM_MAY_BE_OFF = 1e-9;

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
        requireDistribution("p", p);
        requireDistribution("q", q);
        if (q.length != p.length) {
            throw new IllegalArgumentException("q: expected " + p.length + " probabilities as p has, got " + q.length);
        }
    }

    /** None is negative, and their sum is 1. */
    private static void requireDistribution(String name, double[] p) {
        Require.present(name, p);
        double sum = 0;
        for (double pi : p) {
            Require.between("element of " + name, pi, 0, 1);
            sum += pi;
        }
        Require.between("sum of " + name, sum, 1 - SUM_MAY_BE_OFF, 1 + SUM_MAY_BE_OFF);
    }
}
