package nabla.sampling;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The expected numbers were computed by ArviZ 0.23.4 ({@code ess} with methods "mean", "bulk" and "identity", {@code rhat}, {@code mcse}, {@code autocorr})
 * on the same chains: AR(1) processes driven by a linear congruential generator, which is the same in any language.
 */
class DiagnosticsTest {
    private static double[] chain(long seed, int n, double phi) {
        double[] x = new double[n];
        long state = seed;
        for (int i = 0; i < n; i++) {
            state = (1103515245L * state + 12345) % 2147483648L;
            x[i] = i == 0 ? 0 : phi * x[i - 1] + state / 2147483648.0 - 0.5;
        }
        return x;
    }

    private static void assertDiagnostics(
            double mean, double bulk, double rHat, double standardError, double lag1, double lag7, double[]... chains) {
        assertEquals(mean, Diagnostics.effectiveSampleSize(chains), 1e-10 * mean);
        assertEquals(bulk, Diagnostics.bulkEffectiveSampleSize(chains), 1e-10 * bulk);
        assertEquals(rHat, Diagnostics.rHat(chains), 1e-10);
        assertEquals(standardError, Diagnostics.standardError(chains), 1e-10);
        double[] r = Diagnostics.autocorrelation(chains[0], 7);
        assertEquals(1, r[0]);
        assertEquals(lag1, r[1], 1e-12);
        assertEquals(lag7, r[7], 1e-12);
    }

    @Test
    void chainsThatMix() {
        assertDiagnostics(
                414.03234744925294,
                412.90578956485797,
                1.0043359783336931,
                0.020246196621748615,
                0.7404538977861448,
                0.0431169287976358,
                chain(1, 500, 0.7),
                chain(2, 500, 0.7),
                chain(3, 500, 0.7),
                chain(4, 500, 0.7));
    }

    @Test
    void oneChainElsewhereAndAnOddLength() {
        double[] elsewhere = Arrays.stream(chain(2, 501, 0.7)).map(x -> x + 0.5).toArray();
        assertDiagnostics(
                17.50027106496638,
                17.994132727066972,
                1.1711422454523917,
                0.11362384790393713,
                0.7409411075648332,
                0.04827990583861324,
                chain(1, 501, 0.7),
                elsewhere,
                chain(3, 501, 0.7),
                chain(4, 501, 0.7));
    }

    @Test
    void equalNumbersShareTheirRank() {
        double[][] rounded = {chain(5, 200, 0.5), chain(6, 200, 0.5)};
        for (double[] x : rounded) {
            Arrays.setAll(x, i -> Math.rint(4 * x[i]));
        }
        assertDiagnostics(
                177.36035681910238,
                174.56841026996736,
                1.0053789333445278,
                0.09888679982240306,
                0.478662780439474,
                -0.09986882286675988,
                rounded);
    }

    @Test
    void chainsOfDifferentSpread() {
        double[][] chains = {chain(1, 400, 0.3), chain(2, 400, 0.3), chain(3, 400, 0.3)};
        for (int c = 0; c < 3; c++) {
            double[] x = chains[c];
            int factor = c + 1;
            Arrays.setAll(x, i -> factor * x[i]);
        }
        assertDiagnostics(
                607.4826672078063,
                605.7058756632684,
                1.1523856835244928,
                0.027229100928135696,
                0.3660386625248875,
                -0.013582162146554586,
                chains);
    }

    /** Draws that avoid each other tell more about the mean than independent ones. */
    @Test
    void aChainThatAlternates() {
        double[] x = chain(7, 300, -0.6);
        assertEquals(743.1363764158988, Diagnostics.effectiveSampleSize(x), 1e-7);
        assertEquals(743.1363764158988, Diagnostics.bulkEffectiveSampleSize(x), 1e-7);
    }

    /** Where the lags come to their end before the sums of pairs are negative, the last even member counts whatever its sign is. */
    @Test
    void negativeCorrelation() {
        assertEquals(28.25798445708474, Diagnostics.effectiveSampleSize(chain(1, 27, -0.5)), 1e-10);
        assertEquals(29.63954369927413, Diagnostics.effectiveSampleSize(chain(1, 28, -0.5)), 1e-10);
        double[][] two = {chain(1, 1000, -0.5), chain(2, 1000, -0.5)};
        assertEquals(5292.814538081, Diagnostics.effectiveSampleSize(two), 1e-7);
        assertEquals(5827.1250107109645, Diagnostics.bulkEffectiveSampleSize(two), 1e-7);
        assertEquals(0.004573892289565551, Diagnostics.standardError(two), 1e-13);
        assertEquals(1.0008180530265576, Diagnostics.rHat(two), 1e-12);
    }

    /** ArviZ's methods "identity". */
    @Test
    void withoutRanksOrSplits() {
        double[][] mixing = {chain(1, 500, 0.7), chain(2, 500, 0.7), chain(3, 500, 0.7), chain(4, 500, 0.7)};
        assertEquals(408.20585441797203, Diagnostics.unsplitEffectiveSampleSize(mixing), 1e-8);
        assertEquals(1.0010183916599615, Diagnostics.gelmanRubin(mixing), 1e-13);
        double[][] alternating = {chain(1, 1000, -0.5), chain(2, 1000, -0.5)};
        assertEquals(5199.844374752108, Diagnostics.unsplitEffectiveSampleSize(alternating), 1e-7);
        assertEquals(0.9995702306258204, Diagnostics.gelmanRubin(alternating), 1e-13);
        assertRefused("number of chains: expected at least 2, got 1", () -> Diagnostics.gelmanRubin(mixing[0]));
    }

    /** -1 or 1, each in half of the draws: the distance from the median is 1 everywhere, and tells nothing. */
    private static double[] spins(long seed) {
        double[] x = new double[400];
        long state = seed;
        for (int i = 0; i < 200; i++) {
            state = (1103515245L * state + 12345) % 2147483648L;
            x[i] = state >= 1073741824L ? 1 : -1;
            x[399 - i] = -x[i];
        }
        return x;
    }

    @Test
    void spinsThatMix() {
        double[][] chains = {spins(1), spins(2)};
        assertEquals(0.9983288079808119, Diagnostics.rHat(chains), 1e-12);
        assertEquals(0.998749217771909, Diagnostics.gelmanRubin(chains), 1e-12);
        assertEquals(754.8168052777879, Diagnostics.effectiveSampleSize(chains), 1e-9);
        assertEquals(754.8168052777879, Diagnostics.bulkEffectiveSampleSize(chains), 1e-9);
        assertEquals(0.03642091257783994, Diagnostics.standardError(chains), 1e-13);
    }

    private static double[] stuck(double at) {
        double[] x = new double[100];
        Arrays.fill(x, at);
        return x;
    }

    /** 0.1 has no exact mean, so that rounding alone makes a variance; ArviZ's R-hat is 1e16 here. */
    @Test
    void chainsThatAreStuckAtDifferentPlacesDoNotAgree() {
        double[][] apart = {stuck(0.1), stuck(0.2)};
        assertEquals(Double.POSITIVE_INFINITY, Diagnostics.rHat(apart));
        assertEquals(Double.POSITIVE_INFINITY, Diagnostics.gelmanRubin(apart));
        assertEquals(2.1739130434782608, Diagnostics.effectiveSampleSize(apart), 1e-12);
        assertEquals(1.0416666666666667, Diagnostics.unsplitEffectiveSampleSize(apart), 1e-12);
        double[][] oneStuck = {chain(1, 100, 0.5), chain(2, 100, 0.5), stuck(0.3)};
        assertEquals(1.4847173659199244, Diagnostics.rHat(oneStuck), 1e-12);
        assertEquals(21.396089141937573, Diagnostics.effectiveSampleSize(oneStuck), 1e-11);
    }

    /** ArviZ says that all of the draws are effective, and that the mean has no error. */
    @Test
    void constantChainsHaveNoAnswer() {
        for (double at :
                new double[] {0, 0.1, 0.3, 0.7, 1 / 3.0, -1e300}) { // most of them are not their own rounded mean
            double[][] chains = {stuck(at), stuck(at)};
            assertTrue(Double.isNaN(Diagnostics.rHat(chains)));
            assertTrue(Double.isNaN(Diagnostics.gelmanRubin(chains)));
            assertTrue(Double.isNaN(Diagnostics.effectiveSampleSize(chains)));
            assertTrue(Double.isNaN(Diagnostics.unsplitEffectiveSampleSize(chains)));
            assertTrue(Double.isNaN(Diagnostics.bulkEffectiveSampleSize(chains)));
            assertTrue(Double.isNaN(Diagnostics.standardError(chains)));
            assertTrue(Double.isNaN(Diagnostics.autocorrelation(chains[0], 3)[1]));
        }
    }

    @Test
    void badChainsAreRefused() {
        assertEquals(
                "chains: expected the same length, got 5 and 4",
                assertThrows(IllegalArgumentException.class, () -> Diagnostics.rHat(new double[5], new double[4]))
                        .getMessage());
        assertEquals(
                "length of chains: expected at least 4, got 3",
                assertThrows(IllegalArgumentException.class, () -> Diagnostics.effectiveSampleSize(new double[3]))
                        .getMessage());
        assertEquals(
                "chains: expected finite numbers, got NaN",
                assertThrows(IllegalArgumentException.class, () -> Diagnostics.rHat(new double[] {1, 2, 3, Double.NaN}))
                        .getMessage());
    }

    @Test
    void everyFigureChecksItsChains() {
        double[] x = {1, 2, 0, 3, 1};
        assertEquals(
                "lags: expected a number from 0 to 4, the length of x less 1, got 5",
                assertThrows(IllegalArgumentException.class, () -> Diagnostics.autocorrelation(x, 5))
                        .getMessage());
        assertEquals(1, Diagnostics.autocorrelation(x, 0).length);
        assertThrows(IllegalArgumentException.class, () -> Diagnostics.autocorrelation(x, -1));
        assertEquals(5, Diagnostics.autocorrelation(x, 4).length);
        double[][] none = {};
        double[] three = {1, 2, 3};
        for (ToDoubleFunction<double[][]> figure : List.<ToDoubleFunction<double[][]>>of(
                Diagnostics::effectiveSampleSize,
                Diagnostics::bulkEffectiveSampleSize,
                Diagnostics::standardError,
                Diagnostics::rHat)) {
            assertThrows(IllegalArgumentException.class, () -> figure.applyAsDouble(none));
            assertThrows(IllegalArgumentException.class, () -> figure.applyAsDouble(new double[][] {three}));
        }
    }

    /** The rounded mean of ten times 0.1 is not 0.1: what is left of that is no variance. */
    @Test
    void chainsThatStandStillHaveNoFiguresWhateverTheirNumber() {
        double[] still = new double[10];
        Arrays.fill(still, 0.1);
        assertTrue(Double.isNaN(Diagnostics.effectiveSampleSize(still, still)));
        assertTrue(Double.isNaN(Diagnostics.rHat(still, still)));
        assertTrue(Double.isNaN(Diagnostics.autocorrelation(still, 1)[1]));
    }
}
