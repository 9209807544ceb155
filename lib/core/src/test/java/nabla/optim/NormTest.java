package nabla.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NormTest {
    private static Direction of(double... elements) {
        Map<String, SimpleMatrix> gradient = new LinkedHashMap<>();
        for (int i = 0; i < elements.length; i++) {
            gradient.put("p" + i, new SimpleMatrix(1, 1, true, elements[i]));
        }
        return Direction.of(gradient);
    }

    @Test
    void normIsOverAllElementsOfAllMatrices() {
        Map<String, SimpleMatrix> gradient = new LinkedHashMap<>();
        gradient.put("V", new SimpleMatrix(new double[][] {{1, -2}, {4, 0}}));
        gradient.put("b", new SimpleMatrix(2, 1, true, 2.0, 0.0));
        assertEquals(5, Direction.of(gradient).norm(), 1e-15);
        assertEquals(0, of(0, 0).norm());
        assertEquals(0, Direction.of(Map.of()).norm());
    }

    @Test
    void normDoesNotOverflowOrVanish() {
        assertEquals(5, of(3e200, -4e200).norm() / 1e200, 1e-14);
        assertEquals(5, of(3e-200, -4e-200).norm() / 1e-200, 1e-14);
        assertEquals(1e200, of(1e200, 1, 1e-200).norm(), 1e186);
    }

    @Test
    void normIsNotFiniteIfAnElementIsNot() {
        assertEquals(Double.POSITIVE_INFINITY, of(1, Double.NEGATIVE_INFINITY).norm());
        assertTrue(Double.isNaN(of(1, Double.NaN).norm()));
        assertTrue(Double.isNaN(of(Double.NaN).norm()));
        assertTrue(Double.isNaN(of(0, Double.NaN, 0).norm()));
        Map<String, SimpleMatrix> one = Map.of("W", new SimpleMatrix(1, 2, true, 0, Double.NaN));
        assertTrue(Double.isNaN(Direction.of(one).norm()));
    }

    @Test
    void clippingShortensAndKeepsTheDirection() {
        Direction gradient = of(3, -4, 12);
        Direction clipped = gradient.clipped(2);
        assertEquals(2, clipped.norm(), 1e-15);
        assertEquals(List.of("p0", "p1", "p2"), new ArrayList<>(clipped.names()));
        assertEquals(6.0 / 13, clipped.of("p0").get(0), 1e-15);
        assertEquals(-8.0 / 13, clipped.of("p1").get(0), 1e-15);
        assertEquals(24.0 / 13, clipped.of("p2").get(0), 1e-15);
        assertEquals(3, gradient.of("p0").get(0)); // not modified
        assertEquals(0.6, of(3e200, -4e200).clipped(1).of("p0").get(0), 1e-15);
    }

    @Test
    void clippingChangesNothingBelow() {
        Direction gradient = of(3, -4);
        assertSame(gradient, gradient.clipped(5));
        assertSame(gradient, gradient.clipped(1e300));
        Direction zero = of(0);
        assertSame(zero, zero.clipped(1e-300));
    }

    @Test
    void clippingRefusesWhatIsNotFinite() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            ArithmeticException e =
                    assertThrows(ArithmeticException.class, () -> of(1, bad).clipped(1));
            assertTrue(e.getMessage().startsWith("the gradient of p1 is no longer finite"), e.getMessage());
        }
        for (double largest : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> of(1).clipped(largest));
            assertEquals("largest: expected a positive number, got " + largest, e.getMessage());
        }
    }

    /** The elements are finite, the norm (2e308) is not. */
    @Test
    void whatIsTooLongForANumberIsClippedAll() {
        Direction gradient = of(1.2e308, -1.6e308);
        assertEquals(Double.POSITIVE_INFINITY, gradient.norm());
        for (double largest : new double[] {5, 1e-3, 1e300}) {
            Direction clipped = gradient.clipped(largest);
            assertEquals(0.6, clipped.of("p0").get(0) / largest, 1e-9);
            assertEquals(-0.8, clipped.of("p1").get(0) / largest, 1e-9);
        }
    }

    /** Sizes about the limits at which squares are computed in another unit, and matrices of all lengths. */
    @Test
    void normOfAllSizes() {
        for (int exponent = -1070; exponent <= 1020; exponent += 5) {
            double size = Math.scalb(1.0, exponent);
            for (int length = 1; length < 10; length++) {
                SimpleMatrix x = new SimpleMatrix(1, length);
                x.fill(size);
                assertEquals(Math.sqrt(length), Direction.of(Map.of("x", x)).norm() / size, 1e-14 + 0x1p-1074 / size);
            }
        }
    }

    /** Wherever the large element stands among eight at a time and those that are left; another one of the other sign does not hide it. */
    @Test
    void aStepTooLongIsNoticedInEveryPlace() {
        for (int place = 0; place < 19; place++) {
            double[] g = new double[19];
            g[place] = 1e300;
            g[(place + 1) % 19] = -1e299;
            String message = assertThrows(
                            ArithmeticException.class, () -> Norm.requireStep("W", g, 0, 19, 1), "place " + place)
                    .getMessage();
            assertTrue(message.startsWith("the step of W would be 1.1"), message);
            Norm.requireStep("W", g, 0, 19, 1e-21);
            g[place] = Double.NaN;
            assertThrows(ArithmeticException.class, () -> Norm.requireStep("W", g, 0, 19, 1e-300), "place " + place);
        }
    }
}
