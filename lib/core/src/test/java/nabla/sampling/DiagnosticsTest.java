package nabla.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The expected numbers were computed by ArviZ 0.23.4 ({@code ess} with methods "mean" and "bulk", {@code rhat}, {@code mcse}, {@code autocorr})
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

    @Test
    void constantChainsHaveNoAnswer() {
        assertTrue(Double.isNaN(Diagnostics.rHat(new double[10], new double[10])));
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
        assertThrows(IllegalArgumentException.class, () -> Diagnostics.autocorrelation(x, 5));
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
}
