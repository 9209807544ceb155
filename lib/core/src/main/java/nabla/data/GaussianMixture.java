package nabla.data;

import java.util.random.RandomGenerator;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Equal shares of round normal distributions, whose true density and modes are known.
 *
 * @param means M x d, a mode in each row
 * @param deviation standard deviation of each mode in every direction, positive
 */
public record GaussianMixture(SimpleMatrix means, double deviation) implements Sampler {
    /**
     * A mixture.
     *
     * @throws IllegalArgumentException if there are no modes, or a number is not finite or positive
     */
    public GaussianMixture {
        Require.matrix("means", means);
        Require.atLeast("rows of means", means.getNumRows(), 1);
        Require.atLeast("columns of means", means.getNumCols(), 1);
        Require.finite("means", means);
        Require.between("deviation", deviation, Double.MIN_NORMAL, Double.MAX_VALUE);
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
        for (int row = 0; row < count; row++) {
            int mode = rng.nextInt(modes());
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
        double sum = 0;
        for (int mode = 0; mode < modes(); mode++) {
            double squares = 0;
            for (int i = 0; i < size(); i++) {
                squares += Math.pow((x[i] - means.get(mode, i)) / deviation, 2);
            }
            sum += Math.exp(-squares / 2);
        }
        return sum / modes() / Math.pow(Math.sqrt(2 * Math.PI) * deviation, size());
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
