package nabla.math;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class QuadratureTest {
    @Test
    void polynomialsAreExact() {
        for (int degree = 0; degree <= 31; degree++) {
            int n = degree;
            double expected = (Math.pow(2, n + 1) - Math.pow(-1, n + 1)) / (n + 1);
            assertEquals(expected, Quadrature.integral(x -> Math.pow(x, n), -1, 2), 1e-14 * Math.max(1, expected));
        }
    }

    @Test
    void exponentialsAndNarrowBumps() {
        assertEquals(Math.exp(3) - Math.exp(-2), Quadrature.integral(Math::exp, -2, 3), 1e-13);
        assertEquals(2.0 / 3, Quadrature.integral(Math::sqrt, 0, 1), 1e-6); // not smooth at 0
        for (double center :
                new double[] {0, 0.123456, -3.7}) { // a normal density as wide as a thousandth of the interval
            double deviation = 0.02;
            double integral = Quadrature.integral(
                    x -> Math.exp(-Math.pow((x - center) / deviation, 2) / 2) / (deviation * Math.sqrt(2 * Math.PI)),
                    -10,
                    10);
            assertEquals(1, integral, 1e-9);
        }
    }

    @Test
    void whatCannotBeIntegratedIsRefused() {
        assertRefused("to: expected a number above 1.0, got 1.0", () -> Quadrature.integral(x -> x, 1, 1));
        assertRefused("to: expected a number above 1.0, got 0.0", () -> Quadrature.integral(x -> x, 1, 0));
        assertRefused("to: expected a number above 1.0, got NaN", () -> Quadrature.integral(x -> x, 1, Double.NaN));
        assertRefused(
                "to: expected a number above 0.0, got Infinity",
                () -> Quadrature.integral(x -> x, 0, Double.POSITIVE_INFINITY));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "f: expected a function that is finite between -1.0 and 2.0",
                    assertThrows(ArithmeticException.class, () -> Quadrature.integral(x -> x > 1.5 ? bad : 0, -1, 2))
                            .getMessage());
        }
    }
}
