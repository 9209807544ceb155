package nabla.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    /** Known to 17 digits from a computer-algebra system. */
    @Test
    void valuesOfTheLogisticFamily() {
        assertEquals(0.7310585786300049, Functions.sigmoid(1), 1e-16);
        assertEquals(4.539786870243439e-5, Functions.sigmoid(-10), 1e-20);
        assertEquals(1.3132616875182228, Functions.softplus(1), 2e-16);
        assertEquals(3.720075976020836e-44, Functions.softplus(-100), 1e-58);
        assertEquals(-0.3132616875182228, Functions.logSigmoid(1), 1e-16);
    }

    /** Computed with 60 decimal digits. */
    @Test
    void logCosh() {
        double[][] known = {
            {0, 0},
            {1e-9, 5e-19},
            {1e-4, 4.999999991666667e-09},
            {0.3, 0.04434076992594032},
            {1, 0.4337808304830272},
            {3, 2.309328504577785},
            {20, 19.306852819440056},
            {1e308, 1e308}
        };
        for (double[] row : known) {
            assertEquals(row[1], Functions.logCosh(row[0]), 4e-16 * row[1]);
            assertEquals(row[1], Functions.logCosh(-row[0]), 4e-16 * row[1]);
        }
    }

    /** Computed with 60 decimal digits. */
    @Test
    void logDifference() {
        double[][] known = {
            {0, -1, -0.4586751453870819},
            {1, 0.999999999, -19.723265865728344},
            {0, -40, -4.248354255291589e-18},
            {3, 2.5, 2.067247870432811},
            {-700, -701, -700.4586751453871},
            {-5000, -5001, -5000.458675145387},
            {800, Double.NEGATIVE_INFINITY, 800},
        };
        for (double[] row : known) {
            assertEquals(row[2], Functions.logDifference(row[0], row[1]), 3e-16 * Math.abs(row[2]));
        }
        assertEquals(Double.NEGATIVE_INFINITY, Functions.logDifference(2, 2));
        double nothing = Double.NEGATIVE_INFINITY;
        assertEquals(nothing, Functions.logDifference(nothing, nothing));
        for (double a : new double[] {0.9, Double.NaN, Double.POSITIVE_INFINITY}) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Functions.logDifference(a, 1));
            assertEquals("a: expected a number from b = 1.0 up to infinity, got " + a, e.getMessage());
        }
    }

    @Test
    void nothingOverflows() {
        for (double x : new double[] {-1e308, -800, 800, 1e308}) {
            assertEquals(x > 0 ? 1 : 0, Functions.sigmoid(x));
            assertEquals(Math.max(x, 0), Functions.softplus(x));
            assertEquals(Math.min(x, 0), Functions.logSigmoid(x), 0.0);
        }
        assertEquals(1000 + Math.log(2), Functions.logSumExp(1000, 1000));
        assertEquals(-1000 + Math.log(2), Functions.logSumExp(-1000, -1000));
        assertEquals(Double.NEGATIVE_INFINITY, Functions.logSumExp());
        assertEquals(Double.NEGATIVE_INFINITY, Functions.logSumExp(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(Functions.logSumExp(0, Double.NaN, 1)));
        assertArrayEquals(new double[] {0.5, 0.5, 0}, Functions.softmax(1e300, 1e300, 0));
    }

    @Test
    void logSumOfManyTermsInAnyOrder() {
        LogSum sum = new LogSum();
        BigDecimal exact = BigDecimal.ZERO;
        SplittableRandom rng = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            double x = rng.nextDouble() * 40 - 20;
            sum.add(x);
            exact = exact.add(BigDecimal.valueOf(Math.exp(x)));
        }
        assertEquals(Math.log(exact.doubleValue()), sum.log(), 1e-13);
    }

    @Test
    void permutationsAreUniform() {
        int[] counts = new int[6];
        SplittableRandom rng = new SplittableRandom(3);
        int n = 60_000;
        for (int i = 0; i < n; i++) {
            int[] p = Randoms.permutation(3, rng);
            counts[2 * p[0] + (p[1] > p[2] ? 1 : 0)]++;
        }
        for (int count : counts) { // binomial with p = 1/6: 4 standard errors
            assertEquals(n / 6.0, count, 4 * Math.sqrt(n * (1 / 6.0) * (5 / 6.0)));
        }
    }

    @Test
    void coinFlipsHaveTheirProbability() {
        SimpleMatrix p = new SimpleMatrix(1, 40_000);
        p.fill(0.3);
        double mean = Randoms.bernoulli(p, new SplittableRandom(4)).elementSum() / 40_000;
        assertEquals(0.3, mean, 4 * Math.sqrt(0.3 * 0.7 / 40_000));
        assertEquals(
                0,
                Randoms.bernoulli(new SimpleMatrix(9, 9), new SplittableRandom(4))
                        .elementSum());
    }

    @Test
    void requirementsNameTheArgument() {
        SimpleMatrix x = new SimpleMatrix(2, 3);
        x.set(1, 2, 1.5);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Require.probabilities("p", x));
        assertEquals("p: expected elements in [0, 1], got 1.5 at (1, 2)", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Require.between("momentum", Double.NaN, 0, 1));
    }

    @Test
    void softmaxOfRowsIsThatOfEveryRow() {
        double[] x = {7, 7, 1, -2, 0.5, 1000, 999, -3, 7, 7};
        double[] logSums = {7, 7, 7};
        double[] p = x.clone();
        Functions.softmaxRows(p, 2, 1, 3, logSums);
        assertArrayEquals(new double[] {7, 7}, Arrays.copyOf(p, 2)); // not asked for
        for (int row = 1; row < 3; row++) {
            double[] one = Arrays.copyOfRange(x, 2 * row, 2 * row + 2);
            assertArrayEquals(Functions.softmax(one), Arrays.copyOfRange(p, 2 * row, 2 * row + 2), 1e-15);
            assertEquals(Functions.logSumExp(one), logSums[row], 1e-12);
        }
        assertArrayEquals(new double[] {-3, 7, 7}, Arrays.copyOfRange(p, 7, 10));
        assertEquals(7, logSums[0]);
    }

    @Test
    void sumsAndAngles() {
        assertEquals(10, Functions.sum(1, 4, i -> i));
        assertEquals(0, Functions.sum(1, 0, i -> i));
        SimpleMatrix x = new SimpleMatrix(new double[][] {{3, 0}, {0, 4}});
        SimpleMatrix y = new SimpleMatrix(new double[][] {{4, 1}, {-1, 3}});
        assertEquals(24 / (5 * Math.sqrt(27)), Functions.cosine(x, y), 1e-15);
    }

    @Test
    void logSumsOfNothingAndOfTheEndless() {
        assertEquals(Double.NEGATIVE_INFINITY, Functions.logSumExp());
        assertEquals(Double.NEGATIVE_INFINITY, Functions.logSumExp(Double.NEGATIVE_INFINITY));
        assertEquals(1, Functions.logSumExp(Double.NEGATIVE_INFINITY, 1, Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, Functions.logSumExp(1, Double.POSITIVE_INFINITY));
        assertEquals(Math.log(2) + 1000, Functions.logSumExp(1000, 1000), 1e-12);
        assertEquals(0, Functions.softmax(-1000, 0)[0]);
        assertEquals(Math.E, new LogNumber(1).value(), 1e-15);
        assertEquals("exp(2.5)", new LogNumber(2.5).toString());
    }
}
