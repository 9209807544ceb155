package nabla.data;

import static nabla.data.SequencesTest.assertElements;
import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class CopyMemoryTest {
    @Test
    void theLayoutIsAsDocumented() {
        CopyMemory task = new CopyMemory(3, 2, 4);
        int B = 600;
        SequenceBatch batch = task.batch(B, new SplittableRandom(1));
        assertEquals(5, task.inputs());
        assertEquals(5, batch.x().width());
        assertEquals(3, task.outputs());
        assertEquals(3, batch.y().width());
        assertEquals(9, batch.x().steps());
        assertEquals(2 * B, batch.y().count());
        assertTrue(batch.y().areClasses());
        SimpleMatrix counts = new SimpleMatrix(9, 5);
        for (int b = 0; b < B; b++) {
            SimpleMatrix x = batch.x().sequence(b);
            counts = counts.plus(x);
            for (int t = 1; t <= 9; t++) {
                assertEquals(1, x.getRow(t - 1).elementSum());
                assertEquals(t >= 8, batch.y().isAsked(t, b));
            }
            for (int i = 0; i < 2; i++) {
                SimpleMatrix answer = batch.y().stacked().getRow((7 + i) * B + b);
                assertElements(x.getRow(i).cols(0, 3).getDDRM().getData(), answer);
            }
        }
        for (int t = 0; t < 9; t++) {
            double[] row = counts.getRow(t).getDDRM().getData();
            if (t < 2) {
                for (int symbol = 0; symbol < 3; symbol++) {
                    // probability 1/3, 4 standard errors
                    assertEquals(B / 3.0, row[symbol], 4 * Math.sqrt(B * 2 / 9.0));
                }
            } else {
                int only = t == 6 ? 4 : 3; // go after two symbols and four blanks
                assertEquals(B, row[only], "step " + (t + 1));
            }
        }
    }

    @Test
    void thereNeedNotBeADelay() {
        SequenceBatch batch = new CopyMemory(2, 1, 0).batch(1, new SplittableRandom(1));
        assertEquals(3, batch.x().steps());
        assertElements(new double[] {0, 0, 0, 1}, batch.x().step(2));
        assertElements(new double[] {0, 0, 1, 0}, batch.x().step(3));
        assertElements(
                batch.x().step(1).cols(0, 2).getDDRM().getData(),
                batch.y().stacked().getRow(2));
    }

    @Test
    void theSameSeedGivesTheSameBatch() {
        CopyMemory task = new CopyMemory(8, 10, 5);
        SimpleMatrix x = task.batch(3, new SplittableRandom(1)).x().stacked();
        assertElements(
                x.getDDRM().getData(),
                task.batch(3, new SplittableRandom(1)).x().stacked());
        assertTrue(x.minus(task.batch(3, new SplittableRandom(2)).x().stacked()).normF() > 0);
    }

    @Test
    void badSizesAreNamed() {
        assertRejected("symbols: expected at least 2, got 1", () -> new CopyMemory(1, 1, 1));
        assertRejected("length: expected at least 1, got 0", () -> new CopyMemory(2, 0, 1));
        assertRejected("delay: expected at least 0, got -1", () -> new CopyMemory(2, 1, -1));
        assertRejected(
                "size: expected at least 1, got 0", () -> new CopyMemory(2, 1, 1).batch(0, new SplittableRandom(1)));
    }
}
