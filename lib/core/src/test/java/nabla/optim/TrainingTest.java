package nabla.optim;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class TrainingTest {
    @Test
    void stepsAreTakenAndReportedInOrder() {
        List<Integer> told = new ArrayList<>();
        List<Integer> reports = Training.run("step", 3, 6, told::add, number -> 10 * number);
        assertEquals(List.of(30, 40, 50, 60), reports);
        assertEquals(reports, told);
        assertEquals(List.of(1, 2), Training.run("step", 1, 9, report -> report < 2, number -> number));
    }

    @Test
    void anInterruptLeavesTheReportsSoFarAndTheFlag() {
        Thread.currentThread().interrupt();
        assertEquals(List.of(), Training.run("step", 1, 3, report -> true, number -> number));
        assertTrue(Thread.interrupted());
        IntFunction<Integer> interruptedInTheSecond = number -> {
            if (number == 2) {
                Thread.currentThread().interrupt();
            }
            Interrupts.check("training interrupted");
            return number;
        };
        assertEquals(List.of(1), Training.run("step", 1, 3, report -> true, interruptedInTheSecond));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aCancellationWithoutAnInterruptIsPassedOn() {
        CancellationException e = new CancellationException("somebody else");
        assertSame(
                e,
                assertThrows(
                        CancellationException.class,
                        () -> Training.run("step", 1, 3, report -> true, number -> {
                            throw e;
                        })));
    }

    @Test
    void divergenceIsNamed() {
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> Training.run("epoch", 1, 9, report -> true, number -> {
                    if (number == 3) {
                        throw new ArithmeticException("the loss is NaN");
                    }
                    return number;
                }));
        assertEquals("training diverged in epoch 3: the loss is NaN", e.getMessage());
    }

    @Test
    void withoutProgressNothingIsDone() {
        assertRefused(
                "progress: expected one, got null",
                () -> Training.run("step", 1, 3, null, number -> {
                    throw new AssertionError("a step was taken");
                }));
    }

    @Test
    void batchesAreThePermutationInPieces() {
        SimpleMatrix X = Randoms.normal(7, 2, 1, new SplittableRandom(1));
        Examples data = new Examples(X, X.scale(3));
        int[] order = Randoms.permutation(7, new SplittableRandom(5));
        int row = 0;
        List<Integer> sizes = new ArrayList<>();
        for (Examples batch : Training.shuffled(Batches.of(data), 3, new SplittableRandom(5))) {
            sizes.add(batch.count());
            for (int i = 0; i < batch.count(); i++, row++) {
                assertTrue(batch.X().getRow(i).isIdentical(X.getRow(order[row]), 0));
                assertTrue(batch.Y().getRow(i).isIdentical(X.getRow(order[row]).scale(3), 0));
            }
        }
        assertEquals(List.of(3, 3, 1), sizes);
        assertFalse(Arrays.equals(order, new int[] {0, 1, 2, 3, 4, 5, 6}));
    }

    @Test
    void anInterruptIsHeardBetweenBatches() {
        Batches<SimpleMatrix> data = Batches.of(new SimpleMatrix(4, 1));
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> Training.shuffled(data, 2, new SplittableRandom(1))
                .iterator()
                .next());
        assertTrue(Thread.interrupted());
    }

    @Test
    void labelsAreTargets() {
        SimpleMatrix X = new SimpleMatrix(3, 2);
        SimpleMatrix expected = new SimpleMatrix(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
        assertTrue(Examples.labelled(X, new int[] {2, 0, 1}, 3).Y().isIdentical(expected, 0));
        assertRefused(
                "labels[1]: expected a number from 0 to 2, got 3", () -> Examples.labelled(X, new int[] {2, 3, 1}, 3));
        assertRefused("Y: expected 3 rows as X has, got 2", () -> Examples.labelled(X, new int[] {0, 1}, 3));
        assertRefused("Y: expected one, got null", () -> new Examples(X, null));
    }

    @Test
    void batchesKnowTheirSizes() {
        SimpleMatrix X = new SimpleMatrix(3, 2);
        assertSame(X, Batches.of(X).all());
        assertEquals(3, Batches.of(X).examples(X));
        assertEquals(3, new Examples(X, X).count());
        Iterator<SimpleMatrix> batches =
                Training.shuffled(Batches.of(X), 3, new SplittableRandom(1)).iterator();
        assertEquals(3, batches.next().getNumRows());
        assertFalse(batches.hasNext());
        assertThrows(NoSuchElementException.class, batches::next);
        SimpleMatrix none = null;
        assertThrows(IllegalArgumentException.class, () -> Batches.of(none));
        assertThrows(IllegalArgumentException.class, () -> Batches.of((Examples) null));
        assertThrows(IllegalArgumentException.class, () -> new Examples(null, X));
        assertThrows(
                IllegalArgumentException.class, () -> new Examples(new SimpleMatrix(0, 2), new SimpleMatrix(0, 2)));
        assertThrows(IllegalArgumentException.class, () -> Examples.labelled(X, new int[3], 1));
        assertThrows(IllegalArgumentException.class, () -> Examples.labelled(X, new int[] {0, -1, 0}, 2));
        assertThrows(
                IllegalArgumentException.class, () -> Training.shuffled(Batches.of(X), 0, new SplittableRandom(1)));
    }
}
