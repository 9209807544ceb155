package nabla.data;

import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class EmbeddedReberTest {
    private final EmbeddedReber task = new EmbeddedReber();

    @Test
    void theNextSymbolIsAskedAndShortStringsArePadded() {
        SequenceBatch batch = task.batch(List.of("BTPS", "XVEBT"));
        assertEquals(4, batch.x().steps());
        assertEquals(7, batch.x().width());
        assertEquals(7, batch.y().width());
        // numbers of the symbols BTPSXVE, a step per row, -1 for a row of zeros
        assertArrayEquals(new int[] {0, 1, 2, -1}, numbers(batch.x().sequence(0)));
        assertArrayEquals(new int[] {4, 5, 6, 0}, numbers(batch.x().sequence(1)));
        Sequences y = Sequences.stacked(batch.y().stacked(), 4);
        assertArrayEquals(new int[] {1, 2, 3, -1}, numbers(y.sequence(0)));
        assertArrayEquals(new int[] {5, 6, 0, 1}, numbers(y.sequence(1)));
        assertTrue(batch.y().areClasses());
        assertTrue(batch.y().isAsked(3, 0));
        assertFalse(batch.y().isAsked(4, 0));
        assertEquals(7, batch.y().count());
    }

    private static int[] numbers(SimpleMatrix sequence) {
        int[] numbers = new int[sequence.getNumRows()];
        for (int t = 0; t < numbers.length; t++) {
            numbers[t] = -1;
            for (int k = 0; k < sequence.getNumCols(); k++) {
                if (sequence.get(t, k) == 1) {
                    assertEquals(-1, numbers[t]);
                    numbers[t] = k;
                } else {
                    assertEquals(0, sequence.get(t, k));
                }
            }
        }
        return numbers;
    }

    @Test
    void batchesAreLegalStrings() {
        int B = 50;
        SequenceBatch batch = task.batch(B, new SplittableRandom(1));
        Sequences y = Sequences.stacked(batch.y().stacked(), batch.y().steps());
        int longest = 0;
        int asked = 0;
        for (int b = 0; b < B; b++) {
            StringBuilder string = new StringBuilder("B");
            int[] x = numbers(batch.x().sequence(b));
            int[] next = numbers(y.sequence(b));
            for (int t = 0; t < next.length && next[t] >= 0; t++) {
                assertEquals(string.charAt(t), "BTPSXVE".charAt(x[t]));
                string.append("BTPSXVE".charAt(next[t]));
            }
            assertTrue(ReberGrammar.embedded().isLegal(string.toString()), string.toString());
            for (int t = string.length() - 1; t < x.length; t++) {
                assertEquals(-1, x[t]);
                assertEquals(-1, next[t]);
            }
            longest = Math.max(longest, string.length());
            asked += string.length() - 1;
        }
        assertEquals(longest - 1, batch.x().steps());
        assertEquals(asked, batch.y().count());
        assertArrayEquals(
                batch.x().stacked().getDDRM().getData(),
                task.batch(B, new SplittableRandom(1)).x().stacked().getDDRM().getData());
    }

    @Test
    void badStringsAreNamed() {
        assertRejected("size: expected at least 1, got 0", () -> task.batch(0, new SplittableRandom(1)));
        assertRejected("strings: expected at least 1, got 0", () -> task.batch(List.of()));
        assertRejected("length of string 1: expected at least 2, got 1", () -> task.batch(List.of("BT", "B")));
        assertRejected(
                "string 1: expected symbols of BTPSXVE, got 'A' as symbol 3 of \"BTA\"",
                () -> task.batch(List.of("BT", "BTA")));
    }
}
