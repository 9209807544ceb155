package nabla.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class StatesTest {
    @Test
    void everyStateOnceAndOneChangeAtATime() {
        for (States states : new States[] {
            States.binary(0),
            States.binary(1),
            States.binary(7),
            States.plusMinusOne(5),
            States.categorical(4, 3),
            States.categorical(3, 1)
        }) {
            Set<String> seen = new HashSet<>();
            double[][] last = {null};
            states.forEach((state, changed) -> {
                assertTrue(seen.add(Arrays.toString(state)));
                if (last[0] != null) {
                    for (int i = 0; i < state.length; i++) {
                        assertEquals(i != changed, state[i] == last[0][i]);
                    }
                    assertTrue(Math.abs(state[changed] - last[0][changed]) <= 2);
                } else {
                    assertEquals(-1, changed);
                }
                last[0] = state.clone();
            });
            assertEquals(states.count(), seen.size());
        }
    }

    @Test
    void sumsOverStates() {
        // the sum over binary states of a product of factors is the product of the sums
        double expected = (1 + Math.exp(1)) * (1 + Math.exp(2)) * (1 + Math.exp(-3));
        SimpleMatrix b = new SimpleMatrix(new double[] {1, 2, -3});
        assertEquals(expected, States.binary(3).sum(h -> Math.exp(b.dot(h))), 1e-13 * expected);
        assertEquals(Math.log(expected), States.binary(3).logSum(h -> b.dot(h)), 1e-14);
        assertEquals(0, States.plusMinusOne(4).sumOf(x -> x).normF());
        assertEquals(3 * 9.0, States.categorical(3, 3).sumOf(x -> x).get(1));
    }

    @Test
    void theTableCountsUp() {
        SimpleMatrix all = States.binary(3).matrix();
        assertEquals(8, all.getNumRows());
        SimpleMatrix powers = new SimpleMatrix(new double[] {4, 2, 1});
        for (int row = 0; row < 8; row++) {
            assertEquals(row, all.getRow(row).transpose().dot(powers));
        }
        assertEquals(5, States.binary(3).table(x -> powers.dot(x)).get(5));
    }

    @Test
    void tooManyStatesAreRefused() {
        assertEquals(1 << 25, States.binary(25).count());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> States.binary(26));
        assertTrue(e.getMessage().contains("26 units with 2 levels"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> States.categorical(16, 3));
        assertThrows(IllegalArgumentException.class, () -> States.binary(-1));
        assertThrows(IllegalArgumentException.class, () -> States.binary(21).matrix());
    }

    /** x'Wx of 0/1 columns sums to: a quarter of all elements off the diagonal and half of those on it, eight times. */
    @Test
    void columnsForFormulasInColumns() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        States columns = States.binary(3).columns();
        assertEquals(8 * (30 / 4.0 + 15 / 2.0), columns.sum(x -> x.dot(W.mult(x))));
        assertEquals(
                8 * (30 / 4.0 + 15 / 2.0), columns.table(x -> x.dot(W.mult(x))).elementSum());
        assertEquals(4, columns.sumOf(x -> x).get(2, 0));
        assertEquals(3, columns.matrix().getNumCols());
    }

    @Test
    void someRowsOfTheTable() {
        SimpleMatrix some = States.categorical(3, 3).matrix(5, 8);
        double[][] expected = {{0, 1, 2}, {0, 2, 0}, {0, 2, 1}};
        assertTrue(some.isIdentical(new SimpleMatrix(expected), 0));
        assertEquals(0, States.binary(2).matrix(4, 4).getNumRows());
        assertThrows(IllegalArgumentException.class, () -> States.binary(2).matrix(0, 5));
        assertThrows(IllegalArgumentException.class, () -> States.binary(2).matrix(3, 2));
        assertThrows(IllegalArgumentException.class, () -> States.binary(2).matrix(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> States.categorical(2, 0));
        assertEquals(1 << 20, States.binary(20).count());
    }

    /** From one state to the next a unit goes up or down by one level: three levels are passed in order, and back. */
    @Test
    void levelsArePassedInOrder() {
        StringBuilder path = new StringBuilder();
        States.categorical(2, 3)
                .forEach((state, changed) ->
                        path.append((int) state[0]).append((int) state[1]).append(' '));
        assertEquals("00 10 20 21 11 01 02 12 22 ", path.toString());
    }

    @Test
    void anInterruptEndsTheEnumeration() {
        int[] visited = new int[1];
        Thread.currentThread().interrupt();
        CancellationException end = assertThrows(
                CancellationException.class, () -> States.binary(18).forEach((state, changed) -> visited[0]++));
        assertTrue(Thread.interrupted());
        assertEquals("enumeration interrupted after 16 states", end.getMessage());
        assertEquals(17, visited[0]); // the first one, and those after it
    }
}
