package nabla.adversarial;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Divergence;
import org.junit.jupiter.api.Test;

class OptimalDiscriminatorTest {
    private static final double[] P = {0.1, 0.4, 0.3, 0.2};
    private static final double[] UNIFORM = {0.25, 0.25, 0.25, 0.25};

    private static DoubleUnaryOperator normal(double mean) {
        return x -> Math.exp(-(x - mean) * (x - mean) / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double value(double[] D) {
        double value = 0;
        for (int i = 0; i < P.length; i++) {
            value += P[i] * Math.log(D[i]) + UNIFORM[i] * Math.log(1 - D[i]);
        }
        return value;
    }

    @Test
    void theValueOfFourPoints() {
        assertEquals(-1.3305631342, OptimalDiscriminator.value(P, UNIFORM), 1e-10);
        double[] best = new double[4];
        for (int i = 0; i < 4; i++) {
            best[i] = OptimalDiscriminator.at(P[i], UNIFORM[i]);
        }
        assertEquals(value(best), OptimalDiscriminator.value(P, UNIFORM), 1e-14);
        SplittableRandom rng = new SplittableRandom(1);
        for (int draw = 0; draw < 1000; draw++) {
            double[] other = new double[4];
            for (int i = 0; i < 4; i++) {
                double near = draw % 2 == 0 ? rng.nextDouble() : best[i] + 0.01 * (rng.nextDouble() - 0.5);
                other[i] = Math.max(1e-12, Math.min(1 - 1e-12, near));
            }
            assertTrue(value(other) <= value(best));
        }
    }

    @Test
    void theValueOfTwoNormalDistributions() {
        assertEquals(-1.1634514, OptimalDiscriminator.value(normal(0), normal(1), -12, 13), 1e-6);
        assertEquals(0.1114215, Divergence.jensenShannon(normal(0), normal(1), -12, 13), 1e-6);
        assertEquals(-Math.log(4), OptimalDiscriminator.value(normal(0.3), normal(0.3), -12, 13), 1e-14);
        assertEquals(-Math.log(4), OptimalDiscriminator.value(P, P), 1e-15);
        assertEquals(0, OptimalDiscriminator.value(normal(-30), normal(30), -45, 45), 1e-12);
        assertEquals(0, OptimalDiscriminator.value(new double[] {1, 0}, new double[] {0, 1}), 1e-15);
    }

    @Test
    void theBestAnswer() {
        assertEquals(0.25, OptimalDiscriminator.at(0.1, 0.3), 1e-16);
        assertEquals(1, OptimalDiscriminator.at(0.1, 0));
        assertEquals(0, OptimalDiscriminator.at(0, 7));
        assertRefused(
                "pData and pG: expected finite numbers, none negative, and not both 0, got 1.0E308 and 1.0E308",
                () -> OptimalDiscriminator.at(1e308, 1e308));
        for (double[] bad : new double[][] {
            {0, 0}, {-0.1, 0.3}, {0.3, -0.1}, {Double.NaN, 1}, {1, Double.NaN}, {1, Double.POSITIVE_INFINITY}
        }) {
            assertRefused(
                    "pData and pG: expected finite numbers, none negative, and not both 0, got " + bad[0] + " and "
                            + bad[1],
                    () -> OptimalDiscriminator.at(bad[0], bad[1]));
        }
    }
}
