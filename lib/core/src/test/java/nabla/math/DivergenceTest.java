package nabla.math;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final double[] P = {0.5, 0.5, 0};
    private static final double[] Q = {0.25, 0.25, 0.5};

    private static DoubleUnaryOperator normal(double mean, double deviation) {
        return x -> Math.exp(-Math.pow((x - mean) / deviation, 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
    }

    @Test
    void distributionsOverPoints() {
        assertEquals(Math.log(2), Divergence.kl(P, Q), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, Divergence.kl(Q, P));
        assertEquals(0, Divergence.kl(P, P));
        // m = (3/8, 3/8, 1/4): the mean of log 4/3 and of log 2/3 / 2 + log 2 / 2
        double expected = (Math.log(4 / 3.0) + Math.log(2 / 3.0) / 2 + Math.log(2) / 2) / 2;
        assertEquals(expected, Divergence.jensenShannon(P, Q), 1e-15);
        assertEquals(expected, Divergence.jensenShannon(Q, P), 1e-15);
        assertEquals(0, Divergence.jensenShannon(Q, Q), 1e-16);
        assertEquals(Math.log(2), Divergence.jensenShannon(new double[] {1, 0}, new double[] {0, 1}), 1e-16);
        assertArrayEquals(new double[] {0.5, 0.5, 0}, P);
    }

    /** KL[N(m, s) || N(n, t)] = log(t / s) + (s^2 + (m - n)^2) / 2t^2 - 1/2. */
    @Test
    void densities() {
        assertEquals(
                Math.log(2 / 0.7) + (0.49 + 2.25) / 8 - 0.5,
                Divergence.kl(normal(1, 0.7), normal(-0.5, 2), -20, 20),
                1e-12);
        assertEquals(0, Divergence.kl(normal(1, 0.7), normal(1, 0.7), -20, 20), 1e-15);
        assertEquals(0.1114215, Divergence.jensenShannon(normal(0, 1), normal(1, 1), -12, 13), 1e-6);
        assertEquals(0, Divergence.jensenShannon(normal(0, 1), normal(0, 1), -12, 13), 1e-15);
    }

    /** Normal densities fall through the least number there is, half of which is 0. */
    @Test
    void densitiesThatVanishDoNotSpoilTheDivergence() {
        for (double to = 40; to < 41; to += 0.05) {
            double divergence = Divergence.jensenShannon(normal(0, 1), normal(100, 1), -to, 100 + to);
            assertEquals(Math.log(2), divergence, 1e-12);
        }
        double least = Double.MIN_VALUE;
        assertEquals(Math.log(2), Divergence.jensenShannon(new double[] {1, least, 0}, new double[] {0, 0, 1}), 1e-15);
        assertTrue(Double.isInfinite(Divergence.kl(new double[] {1, least}, new double[] {1, 0})));
        assertThrows(ArithmeticException.class, () -> Divergence.kl(normal(0, 1), normal(100, 1), -10, 110));
    }

    @Test
    void whatIsNoDistributionIsRefused() {
        double[] two = {0.5, 0.5};
        assertRefused("q: expected 3 probabilities, got 2", () -> Divergence.kl(P, two));
        assertRefused("q: expected 3 probabilities, got 2", () -> Divergence.jensenShannon(P, two));
        assertRefused(
                "element of p: expected a number from 0.0 to 1.0, got -0.5",
                () -> Divergence.kl(new double[] {1.0, -0.5, 0.5}, Q));
        assertRefused(
                "element of q: expected a number from 0.0 to 1.0, got NaN",
                () -> Divergence.jensenShannon(two, new double[] {0.5, Double.NaN}));
        assertRefused(
                "sum of q: expected a number from 0.999999999 to 1.000000001, got 0.75",
                () -> Divergence.kl(two, new double[] {0.5, 0.25}));
        assertRefused(
                "sum of p: expected a number from 0.999999999 to 1.000000001, got 0.0",
                () -> Divergence.kl(new double[0], new double[0]));
    }
}
