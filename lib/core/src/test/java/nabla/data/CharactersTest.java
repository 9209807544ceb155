package nabla.data;

import static nabla.data.SequencesTest.assertElements;
import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class CharactersTest {
    @Test
    void theVocabularyIsSortedAndGoesBothWays() {
        Characters text = new Characters("banana\nB");
        assertEquals(List.of("\n", "B", "a", "b", "n"), text.vocabulary());
        assertArrayEquals(new int[] {3, 2, 4, 0, 1}, text.encode("ban\nB"));
        assertEquals("ban\nB", text.decode(3, 2, 4, 0, 1));
        assertArrayEquals(new int[0], text.encode(""));
        assertEquals("", text.decode());
    }

    @Test
    void charactersOutsideTheBasicPlaneAreOne() {
        String violin = Character.toString(0x1D11E);
        Characters text = new Characters("a" + violin + "b");
        assertEquals(List.of("a", "b", violin), text.vocabulary());
        assertArrayEquals(new int[] {2, 0}, text.encode(violin + "a"));
        assertEquals(violin + "b", text.decode(2, 1));
        assertRejected(
                "string: expected characters of the text, got 'c' (U+0063) at 1", () -> text.encode(violin + "c"));
    }

    @Test
    void unknownCharactersAreNamed() {
        Characters text = new Characters("abc");
        assertRejected("string: expected characters of the text, got 'x' (U+0078) at 2", () -> text.encode("abx"));
        assertRejected("string: expected characters of the text, got ' ' (U+0020) at 0", () -> text.oneHot(" a"));
        assertRejected("number: expected a number from 0 to 2, got 3", () -> text.decode(0, 3));
        assertRejected("length of string: expected at least 1, got 0", () -> text.oneHot(""));
        assertRejected("length of text: expected at least 1, got 0", () -> new Characters(""));
    }

    @Test
    void oneSequenceIsOneHot() {
        Sequences x = new Characters("abc").oneHot("ca");
        assertEquals(2, x.steps());
        assertEquals(1, x.batch());
        assertElements(new double[] {0, 0, 1, 1, 0, 0}, x.stacked());
    }

    @Test
    void windowsComeFromEverywhere() {
        SequenceTask windows = new Characters("abcde").windows(2);
        assertEquals(5, windows.inputs());
        assertEquals(5, windows.outputs());
        int B = 900;
        SequenceBatch batch = windows.batch(B, new SplittableRandom(1));
        assertEquals(2, batch.x().steps());
        assertEquals(2 * B, batch.y().count());
        assertTrue(batch.y().areClasses());
        int[] starts = new int[3];
        for (int b = 0; b < B; b++) {
            int start = column(batch.x().step(1).getRow(b));
            starts[start]++;
            assertEquals(start + 1, column(batch.x().step(2).getRow(b)));
            assertEquals(start + 1, column(batch.y().stacked().getRow(b)));
            assertEquals(start + 2, column(batch.y().stacked().getRow(B + b)));
        }
        for (int count : starts) {
            // probability 1/3, 4 standard errors
            assertEquals(B / 3.0, count, 4 * Math.sqrt(B * 2 / 9.0));
        }
        assertElements(
                batch.x().stacked().getDDRM().getData(),
                windows.batch(B, new SplittableRandom(1)).x().stacked());
    }

    private static int column(SimpleMatrix oneHot) {
        assertEquals(1, oneHot.elementSum());
        for (int k = 0; k < oneHot.getNumCols(); k++) {
            if (oneHot.get(k) == 1) {
                return k;
            }
        }
        throw new AssertionError(oneHot);
    }

    @Test
    void streamsGoOnWhereTheyStopped() {
        // 12 characters: two streams of 5 steps, the last character is left over
        Characters text = new Characters("abcdefghijkl");
        List<SequenceBatch> batches = text.streams(2, 2);
        assertEquals(3, batches.size());
        StringBuilder[] x = {new StringBuilder(), new StringBuilder()};
        StringBuilder[] y = {new StringBuilder(), new StringBuilder()};
        for (SequenceBatch batch : batches) {
            assertEquals(2, batch.x().batch());
            for (int t = 1; t <= batch.x().steps(); t++) {
                for (int b = 0; b < 2; b++) {
                    x[b].append(text.decode(column(batch.x().step(t).getRow(b))));
                    y[b].append(text.decode(column(batch.y().stacked().getRow((t - 1) * 2 + b))));
                }
            }
            x[0].append('|');
        }
        assertEquals("ab|cd|e|", x[0].toString());
        assertEquals("fghij", x[1].toString());
        assertEquals("bcdef", y[0].toString());
        assertEquals("ghijk", y[1].toString());
        assertThrows(IndexOutOfBoundsException.class, () -> batches.get(3));
    }

    @Test
    void streamsMayFitExactlyOrBeShort() {
        Characters text = new Characters("abcdefg");
        assertEquals(3, text.streams(1, 2).size());
        assertEquals(2, text.streams(1, 2).get(2).x().steps());
        assertEquals(1, text.streams(2, 100).size());
        assertEquals(3, text.streams(2, 100).get(0).x().steps());
        assertEquals(1, text.streams(6, 1).size());
    }

    @Test
    void badSizesAreNamed() {
        Characters text = new Characters("abc");
        assertRejected("length: expected a number from 1 to 2, got 3", () -> text.windows(3));
        assertRejected("length: expected a number from 1 to 2, got 0", () -> text.windows(0));
        assertRejected("batch: expected a number from 1 to 2, got 3", () -> text.streams(3, 1));
        assertRejected("length: expected at least 1, got 0", () -> text.streams(1, 0));
        assertRejected("size: expected at least 1, got 0", () -> text.windows(1).batch(0, new SplittableRandom(1)));
    }
}
