package nabla.math;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}});

    @Test
    void rowsComeInTheOrderThatIsAskedFor() {
        SimpleMatrix expected = new SimpleMatrix(new double[][] {{5, 6}, {1, 2}, {5, 6}, {3, 4}});
        assertTrue(Rows.of(X, 2, 0, 2, 1).isIdentical(expected, 0));
        assertEquals(0, Rows.of(X).getNumRows());
        SimpleMatrix chosen = new SimpleMatrix(7, 5);
        Rows.copy(X, new int[] {0, 2, 0, 2, 1}, 1, 5, chosen);
        assertTrue(chosen.isIdentical(expected, 0));
        Rows.copy(X, new int[] {0, 2, 0, 2, 1}, 4, 5, chosen);
        assertTrue(chosen.isIdentical(X.getRow(1), 0));
        chosen.fill(9);
        assertEquals(3, X.get(1, 0));
    }

    @Test
    void oneThreadAndTwoGiveTheSameBits() {
        SplittableRandom rng = new SplittableRandom(1);
        SimpleMatrix large = Randoms.normal(901, 77, 1, rng);
        int[] order = Randoms.permutation(901, rng);
        Checks.assertSameBitsWithTwoThreads(() -> Map.of("rows", Rows.of(large, order)));
        SimpleMatrix chosen = Rows.of(large, order);
        for (int row = 0; row < 901; row++) {
            assertEquals(large.get(order[row], 76), chosen.get(row, 76));
        }
    }

    @Test
    void rowsThatAreNotThereAreNamed() {
        assertRefused("row: expected a number from 0 to 2, got 3", () -> Rows.of(X, 0, 3));
        assertRefused("row: expected a number from 0 to 2, got -1", () -> Rows.of(X, -1));
    }

    @Test
    void theMeanOfTheRows() {
        SimpleMatrix mean = Rows.mean(new SimpleMatrix(new double[][] {{1, 2, 8}, {3, 6, -4}}));
        assertTrue(mean.isIdentical(new SimpleMatrix(new double[][] {{2}, {4}, {2}}), 0));
        assertRefused("X: expected one, got null", () -> Rows.mean(null));
    }
}
