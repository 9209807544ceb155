package nabla.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.check.Numeric;
import org.junit.jupiter.api.Test;

/** Values against their formulas, slopes against finite differences, arrays against single numbers. */
class ActivationTest {
    private static final double[] POINTS = {-30, -3.1, -1, -0.4, 0.3, 0.9, 1, 2.2, 30};

    @Test
    void valuesAreThoseOfTheFormulas() {
        for (double z : POINTS) {
            assertEquals(Math.tanh(z), Activation.TANH.of(z), 1e-15);
            assertEquals(1 / (1 + Math.exp(-z)), Activation.SIGMOID.of(z), 1e-15);
            assertEquals(z > 0 ? z : 0, Activation.RELU.of(z));
            assertEquals(z > 0 ? z : z / 5, Activation.LEAKY_RELU.of(z), 1e-15);
            assertEquals(z, Activation.IDENTITY.of(z));
        }
        for (Activation f : Activation.values()) {
            assertTrue(Double.isNaN(f.of(Double.NaN)), f.name());
        }
    }

    /** By the halves of either side, within which rectifiers are straight. */
    @Test
    void slopesAreThoseOfFiniteDifferencesAndAtMostOne() {
        for (Activation f : Activation.values()) {
            for (double z : POINTS) {
                double slope = f.slope(f.of(z));
                double scale = Math.abs(z) > 0.5 ? 1 : 0.5; // the first step is a quarter
                assertEquals(Numeric.derivative(x -> f.of(scale * x), z / scale) / scale, slope, 1e-8, f + " at " + z);
                assertTrue(slope <= 1 && slope >= 0);
            }
        }
        assertEquals(0, Activation.RELU.slope(0));
        assertEquals(0.2, Activation.LEAKY_RELU.slope(0));
        assertEquals(1, Activation.SIGMOID.slope(Activation.SIGMOID.of(0)) * 4);
    }

    @Test
    void arraysGetWhatSingleNumbersGet() {
        SplittableRandom rng = new SplittableRandom(1);
        for (Activation f : Activation.values()) {
            for (int[] range : new int[][] {{0, 1}, {3, 3}, {3, 14}, {1, 700}, {513, 1100}}) {
                double[] z = Randoms.normal(1, 1101, 2, rng).getDDRM().data;
                z[range[0]] = 0;
                double[] h = z.clone();
                double[] d = Randoms.normal(1, 1101, 1, rng).getDDRM().data;
                double[] expectedH = z.clone();
                double[] expectedD = d.clone();
                for (int i = range[0]; i < range[1]; i++) {
                    expectedH[i] = f.of(z[i]);
                }
                f.apply(h, range[0], range[1]);
                assertArrayEquals(expectedH, h, 1e-15, f.name());
                for (int i = range[0]; i < range[1]; i++) {
                    expectedD[i] *= f.slope(h[i]);
                }
                double[] values = h.clone();
                f.timesSlope(h, d, range[0], range[1]);
                assertArrayEquals(expectedD, d, 1e-15, f.name());
                assertArrayEquals(values, h, f.name());
            }
        }
    }

    /** Where a rectifier is barely on, or barely off. */
    @Test
    void slopesNearZero() {
        double[] z = {Double.MIN_VALUE, 1e-300, 0, -0.0, -1e-300, 1, 1e300};
        for (Activation f : new Activation[] {Activation.RELU, Activation.LEAKY_RELU}) {
            double[] h = z.clone();
            double[] d = {1, 1, 1, 1, 1, 1, 1};
            f.apply(h, 0, 7);
            f.timesSlope(h, d, 0, 7);
            double off = f == Activation.RELU ? 0 : 0.2;
            assertArrayEquals(new double[] {1, 1, off, off, off, 1, 1}, d, 1e-300, f.name());
        }
    }
}
