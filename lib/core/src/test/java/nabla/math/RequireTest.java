package nabla.math;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What is just allowed, what is just refused, and in which words. */
class RequireTest {
    private final SimpleMatrix x = new SimpleMatrix(1, 3);

    @Test
    void shapes() {
        assertRefused("x: expected 2x2, got 1x3", () -> Require.shape("x", x, 2, 2));
        assertRefused(
                "x: expected 2x3 as y has, got 1x3", () -> Require.sameShape("x", x, "y", new SimpleMatrix(2, 3)));
        assertRefused(
                "x: expected 2 rows as y has, got 1x3", () -> Require.sameRows("x", x, "y", new SimpleMatrix(2, 1)));
        assertRefused("rows of x: expected at least 1, got 0", () -> Require.column("x", new SimpleMatrix(0, 1)));
        assertRefused("x: expected 1x1, got 1x3", () -> Require.column("x", x));
        assertDoesNotThrow(() -> Require.column("x", x.transpose()));
    }

    @Test
    void sizes() {
        assertDoesNotThrow(() -> Require.size("rows", 1, "columns", Integer.MAX_VALUE - 8));
        assertRefused(
                "rows and columns: expected at most 2^31 elements together, got 1 x 2147483640",
                () -> Require.size("rows", 1, "columns", Integer.MAX_VALUE - 7));
    }

    @Test
    void ranges() {
        double[] three = new double[3];
        assertDoesNotThrow(() -> Require.range(0, 3, "x", three));
        assertDoesNotThrow(() -> Require.range(3, 3, "x", three));
        assertRefused(
                "from: expected a number from 0 to 3, the length of x, got 4", () -> Require.range(4, 4, "x", three));
        assertRefused(
                "to: expected a number from 2 (from) to 3, the length of x, got 1",
                () -> Require.range(2, 1, "x", three));
    }

    @Test
    void anIntervalMustHaveAFiniteLength() {
        assertRefused(
                "to: expected a number above -1.7E308, got 1.7E308",
                () -> Quadrature.requireInterval(-1.7e308, 1.7e308));
        assertDoesNotThrow(() -> Quadrature.requireInterval(1.6e308, 1.7e308));
    }
}
