package nabla.data;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import nabla.math.Quadrature;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Moments within 4 standard errors, densities by quadrature. */
class SamplerTest {
    private static final int N = 20_000;

    private static void assertMoments(String what, SimpleMatrix column, double mean, double variance, double fourth) {
        int count = column.getNumRows();
        SimpleMatrix centred = column.minus(mean);
        SimpleMatrix squares = centred.elementMult(centred);
        assertEquals(0, centred.elementSum() / count, 4 * Math.sqrt(variance / count), what);
        // the variance of a square is the fourth moment less the square of the variance
        double error = Math.sqrt((fourth - variance * variance) / count);
        assertEquals(variance, squares.elementSum() / count, 4 * error, what);
    }

    @Test
    void normalAndUniformNumbersHaveTheirMoments() {
        SimpleMatrix normal = Sampler.normal(3).draw(N, new SplittableRandom(1));
        SimpleMatrix uniform = Sampler.uniform(3).draw(N, new SplittableRandom(2));
        for (int i = 0; i < 3; i++) {
            assertMoments("normal", normal.getColumn(i), 0, 1, 3);
            assertMoments("uniform", uniform.getColumn(i), 0, 1.0 / 3, 1.0 / 5);
            for (int j = 0; j < i; j++) { // independent: products have mean 0 and variance 1, or 1 / 9
                double covariance = normal.getColumn(i).dot(normal.getColumn(j)) / N;
                assertEquals(0, covariance, 4 / Math.sqrt(N));
                covariance = uniform.getColumn(i).dot(uniform.getColumn(j)) / N;
                assertEquals(0, covariance, 4 / 3.0 / Math.sqrt(N));
            }
        }
        assertTrue(uniform.elementMin() >= -1 && uniform.elementMin() < -0.999);
        assertTrue(uniform.elementMax() < 1 && uniform.elementMax() > 0.999);
        assertEquals(3, Sampler.uniform(3).size());
    }

    @Test
    void rowsAreDrawnWithReplacementEachAsOften() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}});
        SimpleMatrix drawn = Sampler.rows(X).draw(N, new SplittableRandom(3));
        int[] counts = new int[6];
        for (int row = 0; row < N; row++) {
            counts[(int) drawn.get(row, 0)]++;
            assertEquals(10 * drawn.get(row, 0), drawn.get(row, 1));
        }
        for (int i = 1; i <= 5; i++) {
            assertEquals(N / 5.0, counts[i], 4 * Math.sqrt(N * 0.2 * 0.8)); // binomial
        }
        assertEquals(2, Sampler.rows(X).size());
        assertEquals(10, X.get(0, 1));
    }

    @Test
    void drawsAreFreshAndOfTheSeed() {
        SimpleMatrix X = new SimpleMatrix(7, 1, true, 1, 2, 3, 4, 5, 6, 7);
        for (Sampler sampler :
                List.of(Sampler.normal(2), Sampler.uniform(2), Sampler.rows(X), GaussianMixture.ring(5, 1, 0.1))) {
            SplittableRandom rng = new SplittableRandom(4);
            SimpleMatrix first = sampler.draw(20, rng);
            assertEquals(20, first.getNumRows());
            assertEquals(sampler.size(), first.getNumCols());
            assertTrue(!first.isIdentical(sampler.draw(20, rng), 0));
            assertTrue(first.isIdentical(sampler.draw(20, new SplittableRandom(4)), 0));
            assertRefused("count: expected at least 1, got 0", () -> sampler.draw(0, rng));
        }
    }

    @Test
    void badSizesAreNamed() {
        assertRefused("size: expected at least 1, got 0", () -> Sampler.normal(0));
        assertRefused("size: expected at least 1, got 0", () -> Sampler.uniform(0));
        assertRefused("size: expected at least 1, got 0", () -> Sampler.rows(new SimpleMatrix(3, 0)));
        assertRefused("rows of X: expected at least 1, got 0", () -> Sampler.rows(new SimpleMatrix(0, 3)));
        SimpleMatrix bad = new SimpleMatrix(2, 2);
        bad.set(1, 0, Double.NaN);
        assertRefused("X: expected finite elements, got NaN at (1, 0)", () -> Sampler.rows(bad));
    }

    @Test
    void mixturesHaveTheirMomentsAndShares() {
        GaussianMixture line = GaussianMixture.line(0.5, -2, 0, 5);
        assertEquals(1, line.size());
        assertEquals(3, line.modes());
        // mean 1; second moment 29/3 + 0.25; fourth about the mean: mean of c^4 + 6 c^2 s^2 + 3 s^4 with c = -3, -1, 4
        double variance = 26.0 / 3 + 0.25;
        double fourth = (81 + 1 + 256) / 3.0 + 6 * 26.0 / 3 * 0.25 + 3 * 0.0625;
        SimpleMatrix drawn = line.draw(N, new SplittableRandom(5));
        assertMoments("line", drawn, 1, variance, fourth);
        // 0.9973 of a normal distribution is within 3 deviations of its mean; modes 4 and more deviations apart
        for (double share : line.shares(drawn, 2)) {
            double expected = 0.9544997361 / 3 + 0.0000316712 / 3;
            assertEquals(expected, share, 4 * Math.sqrt(expected * (1 - expected) / N) + 2e-5);
        }
    }

    @Test
    void ringsHaveTheirModes() {
        GaussianMixture ring = GaussianMixture.ring(8, 2, 0.02);
        assertEquals(2, ring.size());
        assertEquals(8, ring.modes());
        for (int mode = 0; mode < 8; mode++) {
            assertEquals(2 * Math.cos(mode * Math.PI / 4), ring.means().get(mode, 0), 1e-15);
            assertEquals(2 * Math.sin(mode * Math.PI / 4), ring.means().get(mode, 1), 1e-15);
        }
        int n = 4000;
        double[] shares = ring.shares(ring.draw(n, new SplittableRandom(6)), 3);
        double within = 1 - Math.exp(-4.5); // of a round normal distribution in the plane, 3 deviations
        for (double share : shares) {
            assertEquals(within / 8, share, 4 * Math.sqrt(0.125 * 0.875 / n)); // binomial
        }
    }

    @Test
    void sharesCountPointsNearModes() {
        GaussianMixture line = GaussianMixture.line(0.5, 0, 10);
        SimpleMatrix X = new SimpleMatrix(5, 1, true, 0.5, -1, 1.01, 10, 5);
        assertEquals(List.of(0.4, 0.2), Arrays.stream(line.shares(X, 2)).boxed().toList());
        assertEquals(List.of(0.0, 0.2), Arrays.stream(line.shares(X, 0)).boxed().toList());
        double[] all = line.shares(new SimpleMatrix(11, 1), 1);
        assertEquals(1, all[0]); // exactly, though 1/11 is not
    }

    @Test
    void densitiesIntegrateToOneAndAreThoseOfNormalDistributions() {
        GaussianMixture line = GaussianMixture.line(0.5, -2, 0, 5);
        assertEquals(1, Quadrature.integral(line::density, -8, 11), 1e-13);
        double expected = 0;
        for (double mean : new double[] {-2, 0, 5}) {
            expected += Math.exp(-(0.3 - mean) * (0.3 - mean) / 0.5) / Math.sqrt(2 * Math.PI * 0.25) / 3;
        }
        assertEquals(expected, line.density(0.3), 1e-15);
        GaussianMixture ring = GaussianMixture.ring(3, 1, 0.4);
        double sum = 0; // over a grid, which is as good as an integral for what is smooth and vanishes at the edges
        for (double x = -5; x <= 5; x += 0.125) {
            for (double y = -5; y <= 5; y += 0.125) {
                sum += 0.125 * 0.125 * ring.density(x, y);
            }
        }
        assertEquals(1, sum, 1e-12);
    }

    @Test
    void badMixturesAreNamed() {
        assertRefused("modes: expected at least 1, got 0", () -> GaussianMixture.ring(0, 1, 1));
        assertRefused("rows of means: expected at least 1, got 0", () -> GaussianMixture.line(1));
        assertRefused(
                "columns of means: expected at least 1, got 0", () -> new GaussianMixture(new SimpleMatrix(2, 0), 1));
        assertRefused(
                "means: expected finite elements, got NaN at (1, 0)", () -> GaussianMixture.line(1, 0, Double.NaN));
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(
                    "deviation: expected a number from 2.2250738585072014E-308 to 1.7976931348623157E308, got " + bad,
                    () -> GaussianMixture.line(bad, 0));
        }
        GaussianMixture ring = GaussianMixture.ring(3, 1, 0.4);
        assertRefused("x: expected 2 numbers, got 1", () -> ring.density(0));
        assertRefused(
                "X: expected one example of 2 columns per row, got 4x3", () -> ring.shares(new SimpleMatrix(4, 3), 1));
        assertRefused(
                "deviations: expected a number from 0.0 to 1.7976931348623157E308, got -1.0",
                () -> ring.shares(new SimpleMatrix(4, 2), -1));
    }

    /** Weights of 0.2 and 0.8 at -1 and 2: density by hand, far out in logarithms, and shares of 10,000 draws within 4 standard errors. */
    @Test
    void weightedMixtures() {
        GaussianMixture mixture = new GaussianMixture(
                new SimpleMatrix(new double[][] {{0.2}, {0.8}}), new SimpleMatrix(new double[][] {{-1}, {2}}), 0.5);
        double expected = (0.2 * Math.exp(-8) + 0.8 * Math.exp(-2)) / (0.5 * Math.sqrt(2 * Math.PI));
        assertEquals(expected, mixture.density(1), 1e-15);
        assertEquals(0, mixture.density(100));
        double far =
                mixture.logDensity(new SimpleMatrix(new double[][] {{100}})).get(0);
        assertEquals(Math.log(0.8) - 98 * 98 * 2 - Math.log(0.5 * Math.sqrt(2 * Math.PI)), far, 1e-9);
        SimpleMatrix X = mixture.draw(10_000, new SplittableRandom(3));
        double low = 0;
        for (int row = 0; row < 10_000; row++) {
            low += X.get(row) < 0.5 ? 1 : 0; // 3 deviations from both
        }
        double p = 0.2 * 0.99865 + 0.8 * 0.00135;
        assertEquals(p, low / 10_000, 4 * Math.sqrt(p * (1 - p) / 10_000));
        assertRefused(
                "weights: expected probabilities that add up to 1, got a sum of 0.5",
                () -> new GaussianMixture(new SimpleMatrix(new double[][] {{0.2}, {0.3}}), new SimpleMatrix(2, 1), 1));
        assertRefused(
                "weights: expected 2x1, got 1x1",
                () -> new GaussianMixture(new SimpleMatrix(new double[][] {{1}}), new SimpleMatrix(2, 1), 1));
    }
}
