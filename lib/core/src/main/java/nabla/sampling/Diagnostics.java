package nabla.sampling;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import nabla.math.Interrupts;
import nabla.math.Require;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What chains tell about themselves. The definitions are those of Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021, <i>Rank-Normalization,
 * Folding, and Localization: An Improved R-hat for Assessing Convergence of MCMC</i>, as ArviZ computes them.
 *
 * <p>Chains are arrays of the same length, at least four numbers each. Where all numbers are the same, nothing can be told: the answers are
 * NaN, which is neither above nor below 1.01. Chains that each stand still, but not at the same place, have an infinite R-hat.
 */
public final class Diagnostics {
    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);

    private Diagnostics() {}

    /**
     * The autocorrelation of one chain: its autocovariances, each a sum divided by the length of the chain, over the variance.
     *
     * @param lags the largest lag, less than the length
     * @return {@code lags + 1} numbers, the first of which is 1
     */
    public static double[] autocorrelation(double[] x, int lags) {
        Require.finite("x", x);
        if (lags < 0 || lags >= x.length) {
            throw new IllegalArgumentException("lags: expected a number from 0 to %d, the length of x less 1, got %d"
                    .formatted(x.length - 1, lags));
        }
        double[] centred = centred(x);
        double variance = autocovariance(centred, 0);
        return IntStream.rangeClosed(0, lags)
                .mapToDouble(lag -> autocovariance(centred, lag) / variance)
                .toArray();
    }

    /**
     * The effective sample size for the mean: how many independent draws would determine it as well. Each chain is cut in two halves first, so
     * that a drift counts as disagreement.
     */
    public static double effectiveSampleSize(double[]... chains) {
        requireChains(chains);
        return sampleSize(split(chains));
    }

    /** As {@link #effectiveSampleSize}, but of the chains as they are, not cut in halves: a drift that they share goes unseen. */
    public static double unsplitEffectiveSampleSize(double[]... chains) {
        requireChains(chains);
        return sampleSize(chains);
    }

    /** The bulk effective sample size: the same for the normal scores of the ranks, which exists whatever the tails are. */
    public static double bulkEffectiveSampleSize(double[]... chains) {
        requireChains(chains);
        return sampleSize(normalScores(split(chains)));
    }

    /** The Monte-Carlo standard error of the mean over all chains: deviation / sqrt(effective sample size). */
    public static double standardError(double[]... chains) {
        double ess = effectiveSampleSize(chains);
        return Math.sqrt(variance(pooled(chains)) / ess);
    }

    /**
     * R-hat, rank-normalised and split: near 1 when the halves of all chains look alike in place and in spread; below 1.01 is what
     * its authors ask for. Where only the spread is constant, as that of spins, -1 or 1 in half of the draws each, the place decides.
     */
    public static double rHat(double[]... chains) {
        requireChains(chains);
        double[][] halves = split(chains);
        double median = median(pooled(halves));
        double[][] folded = Arrays.stream(halves)
                .map(half -> Arrays.stream(half).map(x -> Math.abs(x - median)).toArray())
                .toArray(double[][]::new);
        double place = potentialScaleReduction(normalScores(halves));
        double spread = potentialScaleReduction(normalScores(folded));
        return Double.isNaN(spread) ? place : Math.max(place, spread);
    }

    /**
     * R-hat of Gelman and Rubin 1992, <i>Inference from Iterative Simulation Using Multiple Sequences</i>, from the numbers as they are,
     * neither ranked nor split: the square root of ((n - 1)/n W + B/n) / W, where W is the mean of the variances within the chains and B is
     * n times the variance of their means.
     *
     * @param chains at least two
     */
    public static double gelmanRubin(double[]... chains) {
        requireChains(chains);
        Require.atLeast("number of chains", chains.length, 2);
        return potentialScaleReduction(chains);
    }

    private static double potentialScaleReduction(double[][] chains) {
        double n = chains[0].length;
        double within = Arrays.stream(chains)
                .mapToDouble(Diagnostics::variance)
                .average()
                .getAsDouble();
        double between = n * variance(means(chains));
        return Math.sqrt((between / within + n - 1) / n);
    }

    /**
     * The number of draws over the autocorrelation time 1 + 2 (rho_1 + rho_2 + ...), estimated from all chains together. Sums of
     * two neighbours, rho_0 + rho_1, rho_2 + rho_3, ..., are positive and fall for any reversible chain; where the estimates stop to be positive,
     * only noise is left, and where they rise, they are held down (Geyer 1992).
     */
    private static double sampleSize(double[][] chains) {
        int n = chains[0].length;
        double[][] centred = Arrays.stream(chains).map(Diagnostics::centred).toArray(double[][]::new);
        double within = n / (n - 1.0) * meanAutocovariance(centred, 0);
        double total = within * (n - 1) / n + variance(means(chains));
        if (total == 0) {
            return Double.NaN;
        }
        double draws = (double) n * chains.length;
        DoubleUnaryOperator rho = lag -> 1 - (within - meanAutocovariance(centred, (int) lag)) / total;
        double pairs = 0;
        double last = Double.POSITIVE_INFINITY;
        double even = 1;
        double odd = rho.applyAsDouble(1);
        for (int lag = 2; lag < n - 2 && even + odd > 0; lag += 2) {
            last = Math.min(last, even + odd);
            pairs += last;
            even = rho.applyAsDouble(lag);
            odd = rho.applyAsDouble(lag + 1);
        }
        // Of the pair that no longer counts, the even member improves the estimate: if it is positive, or if the pair
        // is, and only the lags
        // have come to their end.
        double half = even + odd >= 0 ? even : Math.max(0, even);
        double time = Math.max(-1 + 2 * pairs + half, 1 / Math.log10(draws));
        return draws / time;
    }

    private static double meanAutocovariance(double[][] centred, int lag) {
        return Arrays.stream(centred)
                .mapToDouble(chain -> autocovariance(chain, lag))
                .average()
                .getAsDouble();
    }

    private static double autocovariance(double[] centred, int lag) {
        Interrupts.check("autocovariance interrupted at lag %d", lag);
        double sum = 0;
        for (int i = 0; i + lag < centred.length; i++) {
            sum += centred[i] * centred[i + lag];
        }
        return sum / centred.length;
    }

    /** Without their mean. Of equal numbers nothing is left, where the rounded mean would leave something. */
    private static double[] centred(double[] x) {
        if (Arrays.stream(x).allMatch(xi -> xi == x[0])) {
            return new double[x.length];
        }
        double mean = mean(x);
        return Arrays.stream(x).map(xi -> xi - mean).toArray();
    }

    /** The halves of all chains, without the number in the middle if there is one. */
    private static double[][] split(double[][] chains) {
        int n = chains[0].length;
        return Arrays.stream(chains)
                .flatMap(chain -> Arrays.stream(
                        new double[][] {Arrays.copyOf(chain, n / 2), Arrays.copyOfRange(chain, n - n / 2, n)}))
                .toArray(double[][]::new);
    }

    /** Each number is replaced by the normal quantile of its rank among all (Blom 1958); equal numbers share their mean rank. */
    private static double[][] normalScores(double[][] chains) {
        double[] all = pooled(chains);
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        int n = chains[0].length;
        double[][] scores = new double[chains.length][n];
        for (int i = 0; i < all.length; i++) {
            int below = countBelow(all[i], sorted);
            int notAbove = countBelow(Math.nextUp(all[i]), sorted);
            double rank = (below + 1 + notAbove) / 2.0;
            scores[i / n][i % n] =
                    STANDARD_NORMAL.inverseCumulativeProbability((rank - 3.0 / 8) / (all.length + 1.0 / 4));
        }
        return scores;
    }

    /** How many of the sorted numbers are below x. */
    private static int countBelow(double x, double[] sorted) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < x) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static double[] pooled(double[][] chains) {
        return Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] means(double[][] chains) {
        return Arrays.stream(chains).mapToDouble(Diagnostics::mean).toArray();
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().getAsDouble();
    }

    /** With n - 1 in the denominator. */
    private static double variance(double[] x) {
        return Arrays.stream(centred(x)).map(xi -> xi * xi).sum() / (x.length - 1);
    }

    private static double median(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        return (sorted[(x.length - 1) / 2] + sorted[x.length / 2]) / 2;
    }

    private static void requireChains(double[][] chains) {
        Require.present("chains", chains);
        Require.atLeast("number of chains", chains.length, 1);
        Require.atLeast("length of chains", chains[0].length, 4);
        for (double[] chain : chains) {
            if (chain.length != chains[0].length) {
                throw new IllegalArgumentException(
                        "chains: expected the same length, got " + chains[0].length + " and " + chain.length);
            }
            for (double x : chain) {
                if (!Double.isFinite(x)) {
                    throw new IllegalArgumentException("chains: expected finite numbers, got " + x);
                }
            }
        }
    }
}
