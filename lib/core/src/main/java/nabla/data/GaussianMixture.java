package nabla.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import nabla.math.LogSum;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Round normal distributions, mixed: the true density and modes are known.
 *
 * @param weights M x 1, the probability of each mode
 * @param means M x d, a mode in each row
 * @param deviation standard deviation of each mode in every direction, positive
 */
public record GaussianMixture(SimpleMatrix weights, SimpleMatrix means, double deviation) implements Sampler {
    /**
     * A mixture.
     *
     * @throws IllegalArgumentException if there are no modes, a number is not finite or positive, or weights do not add up to 1
     */
    public GaussianMixture {
        requireMeans(means);
        Require.present("weights", weights);
        Require.distribution("weights", weights, means.getNumRows());
        Require.between("deviation", deviation, Double.MIN_NORMAL, Double.MAX_VALUE);
    }

    /** A mixture of equal shares. */
    public GaussianMixture(SimpleMatrix means, double deviation) {
        this(equal(means), means, deviation);
    }

    private static SimpleMatrix equal(SimpleMatrix means) {
        requireMeans(means);
        return SimpleMatrix.filled(means.getNumRows(), 1, 1.0 / means.getNumRows());
    }

    private static void requireMeans(SimpleMatrix means) {
        Require.matrix("means", means);
        Require.atLeast("rows of means", means.getNumRows(), 1);
        Require.atLeast("columns of means", means.getNumCols(), 1);
        Require.finite("means", means);
    }

    /** Modes at equal distances on a circle around 0 in the plane, the first one on the first axis (Metz and others 2017). */
    public static GaussianMixture ring(int modes, double radius, double deviation) {
        Require.size("modes", modes, "dimensions", 2);
        Require.atLeast("modes", modes, 1);
        Require.finite("radius", radius);
        SimpleMatrix means = new SimpleMatrix(modes, 2);
        for (int i = 0; i < modes; i++) {
            means.setRow(i, 0, radius * Math.cos(2 * Math.PI * i / modes), radius * Math.sin(2 * Math.PI * i / modes));
        }
        return new GaussianMixture(means, deviation);
    }

    /** Modes on a line. */
    public static GaussianMixture line(double deviation, double... means) {
        Require.present("means", means);
        return new GaussianMixture(new SimpleMatrix(means.length, 1, true, means), deviation);
    }

    /** M, the number of modes. */
    public int modes() {
        return means.getNumRows();
    }

    @Override
    public int size() {
        return means.getNumCols();
    }

    @Override
    public SimpleMatrix draw(int count, RandomGenerator rng) {
        Require.size("count", count, "size", size());
        Require.atLeast("count", count, 1);
        Require.present("rng", rng);
        SimpleMatrix X = new SimpleMatrix(count, size());
        double[] p = weights.getDDRM().data;
        boolean equal = Arrays.stream(p).allMatch(weight -> weight == p[0]);
        for (int row = 0; row < count; row++) {
            int mode = equal ? rng.nextInt(modes()) : Randoms.choose(p, 0, modes(), rng.nextDouble());
            for (int i = 0; i < size(); i++) {
                X.set(row, i, means.get(mode, i) + deviation * rng.nextGaussian());
            }
        }
        return X;
    }

    /**
     * The probability density at a point.
     *
     * @param x d numbers
     */
    public double density(double... x) {
        Require.length("x", x, size());
        Require.finite("x", x);
        return Math.exp(logDensity(new SimpleMatrix(1, x.length, true, x)).get(0));
    }

    /**
     * The log of the density at each point; finite also where the density is smaller than any number.
     *
     * @param X N x d, not modified
     * @return N x 1
     */
    public SimpleMatrix logDensity(SimpleMatrix X) {
        Require.examples("X", X, size());
        double logScale = size() * Math.log(Math.sqrt(2 * Math.PI) * deviation);
        SimpleMatrix logDensity = new SimpleMatrix(X.getNumRows(), 1);
        for (int row = 0; row < X.getNumRows(); row++) {
            LogSum sum = new LogSum();
            for (int mode = 0; mode < modes(); mode++) {
                double squares = 0;
                for (int i = 0; i < size(); i++) {
                    squares += Math.pow((X.get(row, i) - means.get(mode, i)) / deviation, 2);
                }
                sum.add(Math.log(weights.get(mode)) - squares / 2);
            }
            logDensity.set(row, sum.log() - logScale);
        }
        return logDensity;
    }

    /**
     * For each mode, the share of some points that lie near it.
     *
     * @param X N x d, not modified
     * @param deviations how far from the mode, in standard deviations, not negative
     * @return M numbers; their sum is less than 1 when some points are near no mode, and may be more when points are near several
     */
    public double[] shares(SimpleMatrix X, double deviations) {
        Require.examples("X", X, size());
        Require.between("deviations", deviations, 0, Double.MAX_VALUE);
        double[] shares = new double[modes()];
        for (int row = 0; row < X.getNumRows(); row++) {
            for (int mode = 0; mode < modes(); mode++) {
                double distance = X.getRow(row).minus(means.getRow(mode)).normF();
                if (distance <= deviations * deviation) {
                    shares[mode]++;
                }
            }
        }
        for (int mode = 0; mode < modes(); mode++) {
            shares[mode] /= X.getNumRows();
        }
        return shares;
    }
}
