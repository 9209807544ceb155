package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import nabla.math.Functions;
import nabla.math.Randoms;
import org.junit.jupiter.api.Test;

/** Against 40 digits, and against the scalar functions. */
class RowBufferTest {
    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal ONE = BigDecimal.ONE;

    private static double[] of(Consumer<RowBuffer> function, double... x) {
        RowBuffer row = new RowBuffer();
        row.load(x, 0, x.length);
        function.accept(row);
        return Arrays.copyOf(row.elements(), x.length);
    }

    /** e^x by Taylor's series of x / 1024, squared ten times. */
    private static BigDecimal exp(BigDecimal x) {
        MathContext more = new MathContext(60);
        BigDecimal small = x.divide(BigDecimal.valueOf(1024), more);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int k = 1; k < 60; k++) {
            term = term.multiply(small, more).divide(BigDecimal.valueOf(k), more);
            sum = sum.add(term);
        }
        for (int square = 0; square < 10; square++) {
            sum = sum.multiply(sum, more);
        }
        return sum;
    }

    /** Random numbers of all sizes up to {@code largest}, and the points where the integer k changes. */
    private static double[] points(double largest) {
        SplittableRandom rng = new SplittableRandom(1);
        double[] x = new double[3000];
        for (int i = 0; i < x.length; i++) {
            double size = i % 3 == 0
                    ? largest * rng.nextDouble()
                    : i % 3 == 1 ? Math.pow(10, -20 * rng.nextDouble()) : (i % 500 + 0.5) * Math.log(2);
            x[i] = Math.min(size, largest) * (rng.nextBoolean() ? 1 : -1);
        }
        return x;
    }

    private static void assertUnits(double most, double[] x, double[] actual, UnaryOperator<BigDecimal> expected) {
        for (int i = 0; i < x.length; i++) {
            BigDecimal exact = expected.apply(new BigDecimal(x[i]));
            double unit = Math.ulp(exact.doubleValue());
            double error = exact.subtract(new BigDecimal(actual[i])).abs().doubleValue() / unit;
            assertTrue(error <= most, x[i] + ": " + actual[i] + " is " + error + " units from " + exact.doubleValue());
        }
    }

    @Test
    void expIsWithinTwoUnits() {
        double[] x = points(707);
        assertUnits(1.5, x, of(RowBuffer::exp, x), RowBufferTest::exp);
    }

    @Test
    void sigmoidIsWithinThreeUnits() {
        double[] x = points(700);
        assertUnits(3, x, of(RowBuffer::sigmoid, x), v -> ONE.divide(ONE.add(exp(v.negate())), DIGITS));
    }

    @Test
    void tanhIsWithinThreeUnits() {
        double[] x = points(25);
        assertUnits(3, x, of(RowBuffer::tanh, x), v -> {
            BigDecimal square = exp(v.add(v));
            return square.subtract(ONE).divide(square.add(ONE), DIGITS);
        });
    }

    @Test
    void beyondTheRangeOfExp() {
        double[] x = {-1e9, Double.NEGATIVE_INFINITY, 1e9, Double.POSITIVE_INFINITY, Double.NaN};
        double least = Math.exp(-708);
        double largest = Math.exp(709);
        assertClose(x, of(RowBuffer::exp, x), least, least, largest, largest, Double.NaN);
        assertClose(x, of(RowBuffer::sigmoid, x), 1 / largest, 1 / largest, 1, 1, Double.NaN);
        assertClose(x, of(RowBuffer::tanh, x), -1, -1, 1, 1, Double.NaN);
    }

    private static void assertClose(double[] x, double[] actual, double... expected) {
        for (int i = 0; i < x.length; i++) {
            double tolerance = Double.isNaN(expected[i]) ? 0 : 1e-15 * Math.abs(expected[i]);
            assertEquals(expected[i], actual[i], tolerance, "of " + x[i]);
        }
    }

    @Test
    void softplusSumIsTheSumOfSoftplus() {
        for (int n : new int[] {1, 2, 3, 4, 5, 999, 1000, 1001, 2500}) {
            for (double scale : new double[] {1e-3, 1, 100}) {
                double[] x =
                        Randoms.normal(n, 1, scale, new SplittableRandom(n)).getDDRM().data;
                double expected = sum(x, Functions::softplus);
                RowBuffer row = new RowBuffer();
                row.load(x, 0, n);
                assertEquals(
                        expected, row.softplusSum(), 3e-16 * n + 1e-14 * expected, n + " numbers of size " + scale);
            }
        }
    }

    @Test
    void crossEntropySumIsThatOfProbabilities() {
        for (int n : new int[] {1, 2, 5, 1001}) {
            double[] x = Randoms.normal(n, 1, 3, new SplittableRandom(n)).getDDRM().data;
            double[] t = new double[n + 2];
            double expected = 0;
            for (int i = 0; i < n; i++) {
                double p = 1 / (1 + Math.exp(-x[i]));
                t[i + 2] = i % 3 / 2.0;
                expected -= t[i + 2] * Math.log(p) + (1 - t[i + 2]) * Math.log(1 - p);
            }
            RowBuffer row = new RowBuffer();
            row.load(x, 0, n);
            assertEquals(expected, row.crossEntropySum(t, 2), 1e-13 * n);
        }
        RowBuffer row = new RowBuffer();
        row.load(new double[] {1e308, -1e308, 1e308, 1e308}, 0, 4);
        assertEquals(0.25e308, row.crossEntropySum(new double[] {1, 0, 0.75, 1}, 0), 1e293);
    }

    @Test
    void logOfProductIsTheSumOfLogs() {
        for (int n : new int[] {0, 1, 3, 1000, 1001, 3000}) {
            double[] x = new double[n];
            SplittableRandom rng = new SplittableRandom(n);
            for (int i = 0; i < n; i++) {
                x[i] = Math.pow(10, 600 * rng.nextDouble() - 300); // products overflow at once
            }
            RowBuffer row = new RowBuffer();
            row.load(x, 0, n);
            assertEquals(sum(x, Math::log), row.logOfProduct(), 1e-9);
        }
    }

    private static double sum(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).sum();
    }

    @Test
    void aLongerRowBeforeLeavesNothingBehind() {
        RowBuffer row = new RowBuffer();
        row.load(new double[] {1, 2, 3, 4, 5}, 0, 5);
        row.load(new double[] {9, 1, 2}, 1, 2);
        row.add(new double[] {10, 20, 30}, 1);
        row.scale(2);
        double[] x = new double[4];
        row.store(x, 1);
        assertEquals("[0.0, 42.0, 64.0, 0.0]", Arrays.toString(x));
        assertEquals(Functions.softplus(42) + Functions.softplus(64), row.softplusSum(), 1e-12);
    }

    @Test
    void flipsAreThoseOfSplitMixWherever() {
        SplittableRandom generator = new SplittableRandom(42);
        double[] p = new double[1000];
        double[] expected = new double[1000];
        for (int i = 0; i < p.length; i++) {
            p[i] = i / 999.0;
            expected[i] = (generator.nextLong() >>> 12) * 0x1p-52 < p[i] ? 1 : 0;
        }
        assertEquals(Arrays.toString(expected), Arrays.toString(of(row -> row.flip(42, 0), p)));
        RowBuffer second = new RowBuffer(); // half of them, from the middle of the stream
        second.load(p, 500, 500);
        second.flip(42, 500);
        assertEquals(
                Arrays.toString(Arrays.copyOfRange(expected, 500, 1000)),
                Arrays.toString(Arrays.copyOf(second.elements(), 500)));
        assertEquals(0, Double.doubleToRawLongBits(of(row -> row.flip(1, 0), 0.0)[0])); // not -0.0
    }
}
