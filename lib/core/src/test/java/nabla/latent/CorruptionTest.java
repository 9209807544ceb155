package nabla.latent;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class CorruptionTest {
    private static final int N = 20_000;

    @Test
    void noneIsTheSame() {
        SimpleMatrix X = new SimpleMatrix(2, 3);
        assertSame(X, Corruption.none().of(X, new SplittableRandom(1)));
    }

    @Test
    void maskingSetsItsShareToZeroAndLeavesTheRest() {
        SimpleMatrix X = Randoms.normal(N / 10, 10, 1, new SplittableRandom(1));
        SimpleMatrix before = X.copy();
        for (double probability : new double[] {0, 0.3, 1}) {
            SimpleMatrix masked = Corruption.masking(probability).of(X, new SplittableRandom(2));
            int zeros = 0;
            for (int e = 0; e < N; e++) {
                zeros += masked.get(e) == 0 ? 1 : 0;
                assertTrue(masked.get(e) == 0 || masked.get(e) == X.get(e));
            }
            // 4 standard errors of a share
            assertEquals(probability, (double) zeros / N, 4 * Math.sqrt(probability * (1 - probability) / N));
        }
        assertTrue(X.isIdentical(before, 0));
    }

    @Test
    void gaussianNoiseHasItsDeviation() {
        SimpleMatrix X = Randoms.normal(N / 10, 10, 1, new SplittableRandom(1));
        SimpleMatrix before = X.copy();
        SimpleMatrix noise =
                Corruption.gaussian(0.5).of(X, new SplittableRandom(2)).minus(X);
        // 4 standard errors; the square of a normal number has the variance 2 sigma^4
        assertEquals(0, noise.elementSum() / N, 4 * 0.5 / Math.sqrt(N));
        assertEquals(0.25, noise.elementMult(noise).elementSum() / N, 4 * 0.25 * Math.sqrt(2.0 / N));
        assertTrue(X.isIdentical(before, 0));
        assertTrue(Corruption.gaussian(0).of(X, new SplittableRandom(2)).isIdentical(X, 0));
    }

    @Test
    void noiseIsFreshAndOfTheSeed() {
        SimpleMatrix X = Randoms.normal(3, 4, 1, new SplittableRandom(1));
        for (Corruption corruption : new Corruption[] {Corruption.masking(0.5), Corruption.gaussian(1)}) {
            SplittableRandom rng = new SplittableRandom(3);
            SimpleMatrix first = corruption.of(X, rng);
            assertTrue(!first.isIdentical(corruption.of(X, rng), 0));
            assertTrue(first.isIdentical(corruption.of(X, new SplittableRandom(3)), 0));
        }
    }

    @Test
    void badNumbersAreNamed() {
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertRefused("probability: expected a number from 0.0 to 1.0, got " + bad, () -> Corruption.masking(bad));
        }
        for (double bad : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(
                    "deviation: expected a number from 0.0 to 1.7976931348623157E308, got " + bad,
                    () -> Corruption.gaussian(bad));
        }
    }
}
