package nabla.check;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
    /** How many standard errors a right mean may be off: beyond lies one of 16,000. */
    static final double STANDARD_ERRORS = 4;
    /** Of fewer samples the standard error itself is hardly known. */
    static final int FEWEST = 10;

    private static final double MOST_ROUNDING = 1e-12; // a mean adds up many roundings

    /** @throws IllegalArgumentException if a mean or an error is not finite, an error is negative, or the shapes differ */
    public Estimate {
        Require.finite("mean", mean);
        Require.finite("standardError", standardError);
        Require.sameShape("standardError", standardError, "mean", mean);
        for (int i = 0; i < standardError.getNumElements(); i++) {
            if (standardError.get(i) < 0) {
                throw new IllegalArgumentException(
                        "standardError: expected no negative number, got " + standardError.get(i));
            }
        }
        Require.atLeast("samples", samples, 2);
    }

    /**
     * Draws independent samples and averages them.
     *
     * @param samples at least 2
     * @param sample one sample: a number, {@code double[]}, matrix or {@link nabla.math.LogNumber}, the same shape every time
     */
    public static Estimate of(int samples, RandomGenerator rng, Function<RandomGenerator, ?> sample) {
        Require.atLeast("samples", samples, 2);
        SimpleMatrix mean = null;
        SimpleMatrix squares = null; // sums of squared deviations (Welford 1962)
        for (int n = 1; n <= samples; n++) {
            Interrupts.check("estimate interrupted at sample %d", n);
            SimpleMatrix x = Quantity.of(sample.apply(rng)).plain().values();
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
     * How many standard errors the mean lies from an exact value, for the worst element. What is only rounding counts as 0; an element that
     * never varied and differs, as infinite.
     *
     * @param exact a number, {@code double[]}, matrix or {@link nabla.math.LogNumber}, in the shape of the mean
     */
    public double zScore(Object exact) {
        return zScore(Quantity.of(exact).plain(), worstElement(exact));
    }

    /** The index of the element whose mean is the most standard errors away from an exact value. */
    int worstElement(Object exact) {
        Quantity truth = Quantity.of(exact).plain();
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
        double off = Math.abs(new Quantity(mean, false).excess(i, truth));
        return off <= MOST_ROUNDING ? 0 : Math.abs(mean.get(i) - truth.get(i)) / standardError.get(i);
    }

    /**
     * Whether a mean with this uncertainty would have been noticed to be wrong, had it been twice the exact value or none of it: some element
     * is more than 8 standard errors, 4 for the mean and 4 for the verdict. A value that is zero has no size but that of its samples, whose
     * standard deviation is 8 standard errors of 64 samples.
     */
    boolean couldFindAMistakeIn(Object exact) {
        Quantity truth = Quantity.of(exact).plain();
        return truth.isZero()
                ? samples > 4 * STANDARD_ERRORS * STANDARD_ERRORS
                : IntStream.range(0, truth.size())
                        .anyMatch(i -> Math.abs(truth.get(i)) > 2 * STANDARD_ERRORS * standardError.get(i));
    }
}
