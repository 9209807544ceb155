package nabla.data;

import static nabla.data.SequencesTest.assertElements;
import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final int NONE = Targets.NONE;

    @Test
    void classesAreOneHotStepBelowStep() {
        Targets y = Targets.classes(new int[][] {{2, NONE, 0}, {1, 1, NONE}}, 3);
        assertTrue(y.areClasses());
        assertEquals(3, y.steps());
        assertEquals(2, y.batch());
        assertEquals(3, y.width());
        assertEquals(4, y.count());
        assertElements(new double[] {0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0}, y.stacked());
        assertTrue(y.isAsked(1, 0));
        assertFalse(y.isAsked(2, 0));
        assertTrue(y.isAsked(3, 0));
        assertTrue(y.isAsked(2, 1));
        assertFalse(y.isAsked(3, 1));
    }

    @Test
    void badClassesAreNamed() {
        assertRejected("sequences: expected at least 1, got 0", () -> Targets.classes(new int[0][], 3));
        assertRejected("steps of sequence 0: expected at least 1, got 0", () -> Targets.classes(new int[1][0], 3));
        assertRejected("k: expected at least 1, got 0", () -> Targets.classes(new int[][] {{0}}, 0));
        assertRejected(
                "sequence 1: expected 2 steps like the first, got 1",
                () -> Targets.classes(new int[][] {{0, 1}, {0}}, 3));
        assertRejected(
                "target of sequence 1 at step 2: expected a class from 0 to 2, got 3",
                () -> Targets.classes(new int[][] {{0, 1}, {0, 3}}, 3));
        assertRejected(
                "target of sequence 0 at step 1: expected a class from 0 to 2, got -2",
                () -> Targets.classes(new int[][] {{-2, 1}, {0, 2}}, 3));
        assertRejected(
                "targets: expected at least one, got none at any step of any sequence",
                () -> Targets.classes(new int[][] {{NONE, NONE}, {NONE, NONE}}, 3));
    }

    @Test
    void oneClassIsAskedAtTheEnd() {
        Targets y = Targets.lastClass(new int[] {1, 0}, 2, 2);
        assertElements(new double[] {0, 0, 0, 0, 0, 1, 1, 0}, y.stacked());
        assertEquals(2, y.count());
        assertFalse(y.isAsked(1, 1));
        assertTrue(y.isAsked(2, 1));
        assertRejected("steps: expected at least 1, got 0", () -> Targets.lastClass(new int[] {1, 0}, 0, 2));
        assertRejected(
                "target of sequence 0 at step 2: expected a class from 0 to 1, got 2",
                () -> Targets.lastClass(new int[] {2, 0}, 2, 2));
    }

    @Test
    void valuesAreAskedAtEachStep() {
        SimpleMatrix stacked = new SimpleMatrix(new double[][] {{1}, {2}, {3}, {4}});
        Targets y = Targets.values(Sequences.stacked(stacked, 2));
        assertFalse(y.areClasses());
        assertSame(stacked, y.stacked());
        assertEquals(4, y.count());
        assertEquals(2, y.batch());
        assertEquals(1, y.width());
    }

    @Test
    void valuesAreAskedFromAStepOn() {
        SimpleMatrix first = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Sequences all = Sequences.of(List.of(first, first.scale(10)));
        Targets y = Targets.values(all, 2);
        assertFalse(y.areClasses());
        assertElements(new double[] {0, 0, 0, 0, 3, 4, 30, 40, 5, 6, 50, 60}, y.stacked());
        assertEquals(3, y.steps());
        assertEquals(4, y.count());
        assertFalse(y.isAsked(1, 0));
        assertFalse(y.isAsked(1, 1));
        assertTrue(y.isAsked(2, 0));
        assertTrue(y.isAsked(3, 1));
        assertEquals(1, all.stacked().get(0, 0));
        assertElements(all.stacked().getDDRM().getData(), Targets.values(all, 1).stacked());
        assertEquals(2, Targets.values(all, 3).count());
        assertRejected("first: expected a number from 1 to 3, got 0", () -> Targets.values(all, 0));
        assertRejected("first: expected a number from 1 to 3, got 4", () -> Targets.values(all, 4));
    }

    @Test
    void oneValueIsAskedAtTheEnd() {
        SimpleMatrix last = new SimpleMatrix(new double[][] {{7}, {8}});
        Targets y = Targets.lastValue(last, 2);
        assertElements(new double[] {0, 0, 7, 8}, y.stacked());
        assertEquals(2, y.count());
        assertFalse(y.isAsked(1, 0));
        assertTrue(y.isAsked(2, 0));
        last.set(0, 0, Double.NaN);
        assertEquals(7, y.stacked().get(2, 0));
        assertRejected("y: expected finite elements, got NaN at (0, 0)", () -> Targets.lastValue(last, 2));
        assertRejected(
                "y: expected one example of 1 columns per row, got 0x1",
                () -> Targets.lastValue(new SimpleMatrix(0, 1), 2));
        assertRejected("steps: expected at least 1, got 0", () -> Targets.lastValue(last, 0));
    }

    @Test
    void placesOutOfRangeAreNamed() {
        Targets y = Targets.lastClass(new int[] {1, 0}, 3, 2);
        assertRejected("t: expected a number from 1 to 3, got 0", () -> y.isAsked(0, 0));
        assertRejected("t: expected a number from 1 to 3, got 4", () -> y.isAsked(4, 0));
        assertRejected("b: expected a number from 0 to 1, got -1", () -> y.isAsked(1, -1));
        assertRejected("b: expected a number from 0 to 1, got 2", () -> y.isAsked(1, 2));
    }
}
