package nabla.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SequencesTest {
    // three steps of two numbers
    private static final SimpleMatrix FIRST = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    private static final SimpleMatrix SECOND = new SimpleMatrix(new double[][] {{10, 20}, {30, 40}, {50, 60}});

    static void assertRejected(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    static void assertElements(double[] expected, SimpleMatrix actual) {
        assertArrayEquals(expected, actual.getDDRM().getData());
    }

    @Test
    void stepsAreBelowEachOther() {
        Sequences x = Sequences.of(List.of(FIRST, SECOND));
        assertEquals(3, x.steps());
        assertEquals(2, x.batch());
        assertEquals(2, x.width());
        assertEquals(6, x.stacked().getNumRows());
        assertElements(new double[] {1, 2, 10, 20, 3, 4, 30, 40, 5, 6, 50, 60}, x.stacked());
        assertElements(new double[] {3, 4, 30, 40}, x.step(2));
        assertElements(new double[] {5, 6, 50, 60}, x.step(3));
        assertElements(SECOND.getDDRM().getData(), x.sequence(1));
        assertEquals(3, x.sequence(1).getNumRows());
    }

    @Test
    void stackedStepsAreTakenAsTheyAre() {
        SimpleMatrix stacked = Sequences.of(List.of(FIRST, SECOND)).stacked();
        Sequences x = Sequences.stacked(stacked, 3);
        assertSame(stacked, x.stacked());
        assertElements(FIRST.getDDRM().getData(), x.sequence(0));
        assertEquals(3, Sequences.stacked(stacked, 2).batch());
        assertRejected(
                "stacked: expected a multiple of 4 rows, as many for each step, got 6",
                () -> Sequences.stacked(stacked, 4));
        assertRejected("steps: expected at least 1, got 0", () -> Sequences.stacked(stacked, 0));
        assertRejected(
                "stacked: expected one example of 1 columns per row, got 6x0",
                () -> Sequences.stacked(new SimpleMatrix(6, 0), 3));
        assertRejected(
                "stacked: expected one example of 2 columns per row, got 0x2",
                () -> Sequences.stacked(new SimpleMatrix(0, 2), 3));
    }

    @Test
    void sequencesAndStepsAreCopies() {
        SimpleMatrix mine = FIRST.copy();
        Sequences x = Sequences.of(mine);
        mine.set(0, 0, -1);
        x.step(1).set(0, 0, -2);
        x.sequence(0).set(0, 0, -3);
        assertElements(FIRST.getDDRM().getData(), x.stacked());
    }

    @Test
    void badBatchesAreNamed() {
        assertRejected("sequences: expected at least 1, got 0", () -> Sequences.of(List.of()));
        assertRejected(
                "sequence 1 (all must be alike): expected 3x2, got 2x2",
                () -> Sequences.of(List.of(FIRST, SECOND.rows(0, 2))));
        assertRejected(
                "sequence 1 (all must be alike): expected 3x2, got 3x1",
                () -> Sequences.of(List.of(FIRST, SECOND.cols(0, 1))));
        SimpleMatrix bad = SECOND.copy();
        bad.set(2, 1, Double.NaN);
        assertRejected(
                "sequence 1 (all must be alike): expected finite elements, got NaN at (2, 1)",
                () -> Sequences.of(List.of(FIRST, bad)));
        bad.set(2, 1, Double.NEGATIVE_INFINITY);
        assertRejected("stacked: expected finite elements, got -Infinity at (2, 1)", () -> Sequences.stacked(bad, 3));
        assertRejected("steps of sequence 0: expected at least 1, got 0", () -> Sequences.of(new SimpleMatrix(0, 2)));
        assertRejected("columns of sequence 0: expected at least 1, got 0", () -> Sequences.of(new SimpleMatrix(2, 0)));
    }

    @Test
    void placesOutOfRangeAreNamed() {
        Sequences x = Sequences.of(List.of(FIRST, SECOND));
        assertRejected("t: expected a number from 1 to 3, got 0", () -> x.step(0));
        assertRejected("t: expected a number from 1 to 3, got 4", () -> x.step(4));
        assertRejected("b: expected a number from 0 to 1, got -1", () -> x.sequence(-1));
        assertRejected("b: expected a number from 0 to 1, got 2", () -> x.sequence(2));
    }

    @Test
    void targetsFitTheirSequences() {
        Sequences x = Sequences.of(List.of(FIRST, SECOND));
        assertEquals(
                2,
                new SequenceBatch(x, Targets.lastClass(new int[] {0, 1}, 3, 2))
                        .y()
                        .batch());
        assertRejected(
                "y: expected targets for 3 steps of 2 sequences, got 2 steps of 2",
                () -> new SequenceBatch(x, Targets.lastClass(new int[] {0, 1}, 2, 2)));
        assertRejected(
                "y: expected targets for 3 steps of 2 sequences, got 3 steps of 1",
                () -> new SequenceBatch(x, Targets.lastClass(new int[] {0}, 3, 2)));
    }
}
