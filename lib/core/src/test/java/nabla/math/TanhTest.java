package nabla.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the tanh of fdlibm, which is within one unit in the last place. */
class TanhTest {
    private static void assertTanh(double x) {
        double expected = StrictMath.tanh(x);
        double actual = Functions.tanh(x);
        double units = Math.abs(actual - expected) / Math.ulp(expected);
        assertTrue(units <= 2, () -> "tanh(" + x + ") = " + actual + ", expected " + expected);
        assertEquals(-actual, Functions.tanh(-x), 0.0);
    }

    @Test
    void withinTwoUnitsInTheLastPlaceOnAGrid() {
        for (int i = 1; i <= 200_000; i++) {
            assertTanh(i * 1e-4); // up to 20, where it is 1
        }
    }

    @Test
    void withinTwoUnitsInTheLastPlaceAtRandomPoints() {
        SplittableRandom rng = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            assertTanh(rng.nextDouble() * 2); // where it bends
            assertTanh(Math.pow(10, rng.nextDouble() * 320 - 318)); // all sizes, down to the smallest
        }
    }

    @Test
    void withinTwoUnitsWhereTheFormulasMeet() {
        double x = 0.6;
        for (int i = 0; i < 1000; i++) {
            assertTanh(x);
            x = Math.nextUp(x);
        }
        x = 0.6;
        for (int i = 0; i < 1000; i++) {
            assertTanh(x);
            x = Math.nextDown(x);
        }
    }

    @Test
    void limits() {
        assertEquals(0.0, Functions.tanh(0.0)); // assertEquals tells 0.0 from -0.0
        assertEquals(-0.0, Functions.tanh(-0.0));
        assertEquals(Double.MIN_VALUE, Functions.tanh(Double.MIN_VALUE));
        for (double large : new double[] {20, 400, 800, 1e308, Double.POSITIVE_INFINITY}) {
            assertEquals(1, Functions.tanh(large));
            assertEquals(-1, Functions.tanh(-large));
        }
        assertTrue(Double.isNaN(Functions.tanh(Double.NaN)));
    }

    @Test
    void logisticFunctionAtItsExtremes() {
        assertEquals(0.5, Functions.sigmoid(0));
        assertEquals(1, Functions.sigmoid(Double.POSITIVE_INFINITY));
        assertEquals(0, Functions.sigmoid(Double.NEGATIVE_INFINITY));
        assertEquals(1, Functions.sigmoid(40));
        assertTrue(Double.isNaN(Functions.sigmoid(Double.NaN)));
        for (double x = -740; x < -30; x += 0.7) { // e^x to the last digits, also across the change of formula at -700
            double expected = StrictMath.exp(x);
            assertEquals(expected, Functions.sigmoid(x), 4 * Math.ulp(expected) + expected * expected, "" + x);
        }
        assertEquals(Double.MIN_VALUE, Functions.sigmoid(-744.9));
        for (double x = 0; x < 36; x += 0.37) {
            assertEquals(1, Functions.sigmoid(x) + Functions.sigmoid(-x), 4e-16);
        }
    }
}
