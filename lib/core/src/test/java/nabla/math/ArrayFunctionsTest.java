package nabla.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions of many elements at once against those of fdlibm, which are within one unit in the last place. */
class ArrayFunctionsTest {
    private interface InPlace {
        void apply(double[] x, int from, int to);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static void assertClose(InPlace function, DoubleUnaryOperator expected, double units, double[] x) {
        double[] y = x.clone();
        function.apply(y, 0, y.length);
        for (int i = 0; i < x.length; i++) {
            double exact = expected.applyAsDouble(x[i]);
            double error = Math.abs(y[i] - exact) / Math.ulp(exact);
            String what = "of " + x[i] + ": " + y[i] + ", expected " + exact;
            assertTrue(error <= units, what);
        }
    }

    @Test
    void withinAFewUnitsInTheLastPlace() {
        SplittableRandom rng = new SplittableRandom(1);
        double[] near = new double[100_000];
        double[] far = new double[100_000];
        double[] small = new double[100_000];
        for (int i = 0; i < near.length; i++) {
            near[i] = 6 * rng.nextDouble() - 3;
            far[i] = 1400 * rng.nextDouble() - 700;
            small[i] = (rng.nextDouble() - 0.5) * Math.pow(10, -300 * rng.nextDouble());
        }
        for (double[] x : new double[][] {near, far, small}) {
            assertClose(Functions::exp, StrictMath::exp, 3, x);
            assertClose(Functions::sigmoid, ArrayFunctionsTest::sigmoid, 4, x);
            assertClose(Functions::tanh, StrictMath::tanh, 4, x);
        }
    }

    @Test
    void nothingOverflowsAndNaNIsNotLost() {
        double[] extremes = {Double.NEGATIVE_INFINITY, -1e308, -800, 800, 1e308, Double.POSITIVE_INFINITY, Double.NaN, 0
        };
        double[] x = extremes.clone();
        Functions.sigmoid(x, 0, 8);
        double[] y = extremes.clone();
        Functions.tanh(y, 0, 8);
        for (int i = 0; i < 6; i++) {
            assertEquals(i < 3 ? 0 : 1, x[i], 1e-307);
            assertEquals(i < 3 ? -1 : 1, y[i]);
        }
        assertTrue(Double.isNaN(x[6]) && Double.isNaN(y[6]));
        assertEquals(0.5, x[7]);
        assertEquals(0, y[7]);
        double[] z = {-1e308, Double.NEGATIVE_INFINITY, Double.NaN, 1000};
        Functions.exp(z, 0, 4);
        assertEquals(0, z[0], 1e-307);
        assertEquals(0, z[1], 1e-307);
        assertTrue(Double.isNaN(z[2]));
        assertTrue(z[3] > 1e307);
    }

    /** Ranges of all lengths about those that are computed together, anywhere: the same bits, and nothing outside is touched. */
    @Test
    void onlyTheRangeIsChanged() {
        double[] x = new double[1600];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sin(i);
        }
        double[] all = x.clone();
        Functions.tanh(all, 0, all.length);
        for (int from : new int[] {0, 1, 7, 300}) {
            for (int to : new int[] {from, from + 1, from + 511, from + 512, from + 513, from + 1025, 1600}) {
                double[] y = x.clone();
                Functions.tanh(y, from, to);
                for (int i = 0; i < x.length; i++) {
                    assertEquals(i >= from && i < to ? all[i] : x[i], y[i]);
                }
            }
        }
    }
}
