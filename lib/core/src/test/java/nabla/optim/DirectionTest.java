package nabla.optim;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class DirectionTest {
    private final SimpleMatrix W = new SimpleMatrix(new double[][] {{1, 2, 3}, {4, 5, 6}});
    private final SimpleMatrix b = new SimpleMatrix(new double[][] {{-1}, {2}});
    private final Direction d = Direction.of(named(W, b));

    private static Map<String, SimpleMatrix> named(SimpleMatrix W, SimpleMatrix b) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("W", W);
        named.put("b", b);
        return named;
    }

    private static void assertParts(double[][] W, double[][] b, Direction actual) {
        assertEquals(List.of("W", "b"), List.copyOf(actual.names()));
        assertEquals(0, actual.of("W").minus(new SimpleMatrix(W)).normF());
        assertEquals(0, actual.of("b").minus(new SimpleMatrix(b)).normF());
    }

    @Test
    void saysItsNamesAndMatrices() {
        String text = d.toString();
        assertEquals("W: " + W + "\nb: " + b + "\n", text);
    }

    @Test
    void partsAreTheMatricesThemselves() {
        assertSame(W, d.of("W"));
        assertSame(b, d.matrices().get("b"));
        assertNotSame(W, d.copy().of("W"));
        assertRefused("name: expected one of [W, b], got a", () -> d.of("a"));
    }

    @Test
    void arithmeticByParts() {
        Direction ones = Direction.of(named(W.minus(W).plus(1), b.minus(b).plus(1)));
        assertParts(new double[][] {{2, 3, 4}, {5, 6, 7}}, new double[][] {{0}, {3}}, d.plus(ones));
        assertParts(new double[][] {{0, 1, 2}, {3, 4, 5}}, new double[][] {{-2}, {1}}, d.minus(ones));
        assertParts(new double[][] {{-2, -4, -6}, {-8, -10, -12}}, new double[][] {{2}, {-4}}, d.scale(-2));
        assertParts(new double[2][3], new double[2][1], Direction.zeros(d.matrices()));
        assertEquals(Math.sqrt(91 + 5), d.norm(), 1e-14);
        assertParts(new double[][] {{1, 2, 3}, {4, 5, 6}}, new double[][] {{-1}, {2}}, d); // not modified
    }

    @Test
    void anotherModelIsRefused() {
        assertRefused("other: expected the parameters [W, b], got [W]", () -> d.plus(Direction.of(Map.of("W", W))));
        assertRefused("other of W: expected 2x3, got 3x2", () -> d.minus(Direction.of(named(W.transpose(), b))));
    }

    @Test
    void oneStep() {
        Learner model = () -> named(W, b);
        model.move(0.5, d.copy());
        assertParts(new double[][] {{1.5, 3, 4.5}, {6, 7.5, 9}}, new double[][] {{-1.5}, {3}}, d);
        String anyNumber = "rate: expected a number from -1.7976931348623157E308 to 1.7976931348623157E308";
        assertRefused(anyNumber + ", got NaN", () -> model.move(Double.NaN, d));
        assertRefused(
                "direction of b: expected finite elements, got NaN at (0, 0)",
                () -> model.move(1, Direction.of(named(W, b.scale(Double.NaN)))));
        assertParts(new double[][] {{1.5, 3, 4.5}, {6, 7.5, 9}}, new double[][] {{-1.5}, {3}}, d);
    }
}
