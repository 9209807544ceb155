package nabla.latent;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Quadrature;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Normal posteriors against integrals of their densities. */
class PosteriorTest {
    private static final SimpleMatrix MEAN = new SimpleMatrix(new double[][] {{0.4, -1, 2}, {0, 3, -0.2}});
    private static final SimpleMatrix LOG_VARIANCE = new SimpleMatrix(new double[][] {{-0.2, 1, -3}, {0, 0.5, -1.5}});
    private static final Posterior Q = new Posterior(MEAN, LOG_VARIANCE);

    private static DoubleUnaryOperator density(double mean, double variance) {
        return z -> Math.exp(-(z - mean) * (z - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }

    private static DoubleUnaryOperator ofElement(int row, int i) {
        return density(MEAN.get(row, i), Math.exp(LOG_VARIANCE.get(row, i)));
    }

    @Test
    void klFromThePriorIsTheIntegral() {
        for (int row = 0; row < 2; row++) {
            double expected = 0;
            for (int i = 0; i < 3; i++) {
                DoubleUnaryOperator q = ofElement(row, i);
                DoubleUnaryOperator p = density(0.0, 1.0);
                expected += Quadrature.integral(
                        z -> q.applyAsDouble(z) == 0
                                ? 0
                                : q.applyAsDouble(z) * Math.log(q.applyAsDouble(z) / p.applyAsDouble(z)),
                        -15,
                        15);
            }
            assertEquals(expected, Q.klFromPrior().get(row), 1e-10);
        }
        assertEquals(
                0,
                new Posterior(new SimpleMatrix(1, 3), new SimpleMatrix(1, 3))
                        .klFromPrior()
                        .get(0));
    }

    @Test
    void logIsThatOfTheProductOfTheDensities() {
        SimpleMatrix Z = Randoms.normal(2, 3, 1, new SplittableRandom(1));
        for (int row = 0; row < 2; row++) {
            double product = 1;
            for (int i = 0; i < 3; i++) {
                product *= ofElement(row, i).applyAsDouble(Z.get(row, i));
            }
            assertEquals(Math.log(product), Q.log(Z).get(row), 1e-12);
        }
    }

    @Test
    void codesHaveTheMomentsOfThePosterior() {
        int N = 20_000;
        SplittableRandom rng = new SplittableRandom(2);
        SimpleMatrix sum = new SimpleMatrix(2, 3);
        SimpleMatrix squares = new SimpleMatrix(2, 3);
        for (int draw = 0; draw < N; draw++) {
            SimpleMatrix centred = Q.at(Randoms.normal(2, 3, 1, rng)).minus(MEAN);
            sum = sum.plus(centred);
            squares = squares.plus(centred.elementMult(centred));
        }
        for (int e = 0; e < 6; e++) {
            double variance = Math.exp(LOG_VARIANCE.get(e));
            // 4 standard errors; the square of a normal number has the variance 2 sigma^4
            assertEquals(0, sum.get(e) / N, 4 * Math.sqrt(variance / N));
            assertEquals(variance, squares.get(e) / N, 4 * variance * Math.sqrt(2.0 / N));
        }
        SimpleMatrix one = new SimpleMatrix(2, 3).plus(1);
        assertEquals(2 + Math.exp(-1.5), Q.at(one).get(0, 2), 1e-15);
        assertTrue(Q.at(new SimpleMatrix(2, 3)).isIdentical(MEAN, 0));
        assertEquals(0.4, MEAN.get(0)); // not modified
    }

    @Test
    void badMatricesAreNamed() {
        assertRefused("logVariance: expected 2x3, got 3x2", () -> new Posterior(MEAN, new SimpleMatrix(3, 2)));
        SimpleMatrix bad = MEAN.copy();
        bad.set(1, 1, Double.NEGATIVE_INFINITY);
        assertRefused(
                "mean: expected finite elements, got -Infinity at (1, 1)", () -> new Posterior(bad, LOG_VARIANCE));
        assertRefused("logVariance: expected finite elements, got -Infinity at (1, 1)", () -> new Posterior(MEAN, bad));
        assertRefused("epsilon: expected 2x3, got 1x3", () -> Q.at(new SimpleMatrix(1, 3)));
        assertRefused("Z: expected 2x3, got 2x2", () -> Q.log(new SimpleMatrix(2, 2)));
    }
}
