package nabla;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import nabla.check.Numeric;
import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.function.Executable;

/** What the tests of all models check in the same way. */
public final class Checks {
    private Checks() {}

    /** That a call is refused with exactly this message. */
    public static void assertRefused(String message, Executable call) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, call, message).getMessage());
    }

    /** Element by element, relative to the larger of 1 and the numbers. */
    public static void assertClose(String what, SimpleMatrix expected, SimpleMatrix actual, double tolerance) {
        assertEquals(expected.getNumRows(), actual.getNumRows(), what);
        assertEquals(expected.getNumCols(), actual.getNumCols(), what);
        for (int e = 0; e < expected.getNumElements(); e++) {
            double scale = Math.max(1, Math.max(Math.abs(expected.get(e)), Math.abs(actual.get(e))));
            assertEquals(expected.get(e), actual.get(e), tolerance * scale, what + ", element " + e);
        }
    }

    /** Gradients against finite differences of a function of the parameters; none may be zero throughout. */
    public static void assertGradients(
            String what, DoubleSupplier f, Map<String, SimpleMatrix> parameters, Map<String, SimpleMatrix> gradients) {
        assertEquals(new ArrayList<>(parameters.keySet()), new ArrayList<>(gradients.keySet()), what);
        parameters.forEach((name, x) -> {
            assertClose(what + ": " + name, Numeric.gradient(f, x), gradients.get(name), 1e-7);
            assertTrue(gradients.get(name).elementMaxAbs() > 1e-4, what + ": " + name + " has no influence");
        });
    }

    public static Map<String, SimpleMatrix> copyOf(Map<String, SimpleMatrix> parameters) {
        Map<String, SimpleMatrix> copy = new LinkedHashMap<>();
        parameters.forEach((name, x) -> copy.put(name, x.copy()));
        return copy;
    }

    /** Bit by bit. */
    public static void assertSame(Map<String, SimpleMatrix> expected, Map<String, SimpleMatrix> actual) {
        assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(actual.keySet()));
        expected.forEach((name, x) -> assertTrue(x.isIdentical(actual.get(name), 0), name));
    }

    /** That all of the parameters are others than before. */
    public static void assertAllChanged(Map<String, SimpleMatrix> before, Map<String, SimpleMatrix> now) {
        before.forEach((name, x) -> assertTrue(!x.isIdentical(now.get(name), 0), name));
    }

    /** That some work has the same results, bit by bit, with one thread and with two. */
    public static void assertSameBitsWithTwoThreads(Supplier<Map<String, SimpleMatrix>> work) {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
        int before = Parallel.threads();
        try {
            Parallel.useThreads(1);
            Map<String, SimpleMatrix> alone = copyOf(work.get());
            Parallel.useThreads(2);
            for (int repetition = 0; repetition < 3; repetition++) {
                Map<String, SimpleMatrix> shared = copyOf(work.get());
                assertEquals(new ArrayList<>(alone.keySet()), new ArrayList<>(shared.keySet()));
                alone.forEach((name, x) ->
                        assertArrayEquals(x.getDDRM().data, shared.get(name).getDDRM().data, name));
            }
        } finally {
            Parallel.useThreads(before);
        }
    }
}
