package nabla.check;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * A Monte-Carlo mean with its uncertainty.
 *
 * @param mean the mean over independent samples, element by element
 * @param standardError the standard error of each element of {@code mean}
 * @param samples how many samples
 */
public record Estimate(SimpleMatrix mean, SimpleMatrix standardError, int samples) {

    /**
     * Draws independent samples and averages them.
     *
     * @param samples at least 2
     * @param sample one sample: a number, {@code double[]} or matrix, the same shape every time
     */
    public static Estimate of(int samples, RandomGenerator rng, Function<RandomGenerator, ?> sample) {
        Require.atLeast("samples", samples, 2);
        SimpleMatrix mean = null;
        SimpleMatrix squares = null; // sums of squared deviations (Welford 1962)
        for (int n = 1; n <= samples; n++) {
            Interrupts.check("estimate interrupted at sample %d", n);
            SimpleMatrix x = Quantity.of(sample.apply(rng)).values();
            if (mean == null) {
                mean = x;
                squares = new SimpleMatrix(x.getNumRows(), x.getNumCols());
            } else {
                for (int i = 0; i < x.getNumElements(); i++) {
                    double deviation = x.get(i) - mean.get(i);
                    mean.set(i, mean.get(i) + deviation / n);
                    squares.set(i, squares.get(i) + deviation * (x.get(i) - mean.get(i)));
                }
            }
        }
        SimpleMatrix standardError = squares.divide((samples - 1.0) * samples).elementPower(0.5);
        return new Estimate(mean, standardError, samples);
    }

    /**
     * How many standard errors the mean lies from an exact value, for the worst element. An element that never varied
     * counts as 0 if it equals the exact value to 1e-9 and as infinite otherwise.
     *
     * @param exact a number, {@code double[]} or matrix in the shape of the mean
     */
    public double zScore(Object exact) {
        return zScore(Quantity.of(exact), worstElement(exact));
    }

    /** The index of the element whose mean is the most standard errors away from an exact value. */
    int worstElement(Object exact) {
        Quantity truth = Quantity.of(exact);
        Require.shape("exact", truth.values(), mean.getNumRows(), mean.getNumCols());
        int worst = 0;
        for (int i = 1; i < mean.getNumElements(); i++) {
            if (Double.compare(zScore(truth, i), zScore(truth, worst)) > 0) { // NaN is above all
                worst = i;
            }
        }
        return worst;
    }

    private double zScore(Quantity truth, int i) {
        double off = Math.abs(mean.get(i) - truth.get(i));
        return standardError.get(i) > 0 ? off / standardError.get(i) : off <= 1e-9 ? 0 : Double.POSITIVE_INFINITY;
    }
}
