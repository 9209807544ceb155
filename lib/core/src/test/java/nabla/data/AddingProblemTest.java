package nabla.data;

import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class AddingProblemTest {
    @Test
    void twoNumbersAreMarkedAndTheirSumIsAskedAtTheEnd() {
        for (int steps : new int[] {2, 3, 10, 11}) {
            AddingProblem problem = new AddingProblem(steps);
            SequenceBatch batch = problem.batch(200, new SplittableRandom(1));
            assertEquals(problem.inputs(), batch.x().width());
            assertEquals(problem.outputs(), batch.y().width());
            assertEquals(steps, batch.x().steps());
            assertEquals(200, batch.y().count());
            assertFalse(batch.y().areClasses());
            int[] marked = new int[steps];
            for (int b = 0; b < 200; b++) {
                SimpleMatrix sequence = batch.x().sequence(b);
                int inFirstHalf = 0;
                int inSecondHalf = 0;
                double sum = 0;
                for (int t = 0; t < steps; t++) {
                    double number = sequence.get(t, 0);
                    assertTrue(number >= 0 && number < 1);
                    if (sequence.get(t, 1) == 1) {
                        inFirstHalf += t < steps / 2 ? 1 : 0;
                        inSecondHalf += t < steps / 2 ? 0 : 1;
                        marked[t]++;
                        sum += number;
                    } else {
                        assertEquals(0, sequence.get(t, 1));
                    }
                }
                assertEquals(1, inFirstHalf);
                assertEquals(1, inSecondHalf);
                assertEquals(sum, batch.y().stacked().get((steps - 1) * 200 + b, 0), 1e-15);
                assertTrue(batch.y().isAsked(steps, b));
            }
            for (int t = 0; t < steps; t++) {
                // uniform in its half: binomial, 4 standard errors
                int half = steps / 2;
                double p = 1.0 / (t < half ? half : steps - half);
                assertEquals(200 * p, marked[t], 4 * Math.sqrt(200 * p * (1 - p)), "steps " + steps + " t " + t);
            }
        }
    }

    @Test
    void alwaysAnsweringOneHasTheDocumentedError() {
        int n = 20000;
        SequenceBatch batch = new AddingProblem(4).batch(n, new SplittableRandom(2));
        SimpleMatrix sums = batch.y().stacked().rows(3 * n, 4 * n);
        double error = 0;
        for (int b = 0; b < n; b++) {
            error += Math.pow(sums.get(b) - 1, 2) / n;
        }
        // the sum of two uniform numbers: E(s - 1)^2 = 1/6, E(s - 1)^4 = 1/15; 4 standard errors
        assertEquals(1.0 / 6, error, 4 * Math.sqrt((1.0 / 15 - 1.0 / 36) / n));
        SimpleMatrix ones = new SimpleMatrix(n, 1);
        ones.fill(1);
        // |s - 1| > 0.04 for a triangular density: 0.96^2; 4 standard errors
        double p = 0.96 * 0.96;
        assertEquals(n * p, AddingProblem.wrong(ones, batch), 4 * Math.sqrt(n * p * (1 - p)));
        assertEquals(0, AddingProblem.wrong(sums, batch));
    }

    @Test
    void answersOutsideTheToleranceAreWrong() {
        Sequences x = Sequences.stacked(new SimpleMatrix(10, 2), 2);
        SequenceBatch batch = new SequenceBatch(
                x, Targets.lastValue(new SimpleMatrix(new double[][] {{0.5}, {0.5}, {0.5}, {0.5}, {1.5}}), 2));
        SimpleMatrix answers = new SimpleMatrix(new double[][] {{0.539}, {0.541}, {0.461}, {0.459}, {0.5}});
        assertEquals(3, AddingProblem.wrong(answers, batch));
        assertRejected("answers: expected 5x1, got 10x1", () -> AddingProblem.wrong(new SimpleMatrix(10, 1), batch));
        SequenceBatch classes = new SequenceBatch(x, Targets.lastClass(new int[5], 2, 1));
        assertRejected(
                "batch: expected targets of one value, got classes", () -> AddingProblem.wrong(answers, classes));
        SequenceBatch wide = new SequenceBatch(x, Targets.lastValue(new SimpleMatrix(5, 3), 2));
        assertRejected("batch: expected targets of one value, got 3 values", () -> AddingProblem.wrong(answers, wide));
        answers.set(2, 0, Double.NaN);
        assertRejected(
                "answers: expected finite elements, got NaN at (2, 0)", () -> AddingProblem.wrong(answers, batch));
    }

    @Test
    void theSameSeedGivesTheSameBatch() {
        AddingProblem problem = new AddingProblem(5);
        double[] batch = problem.batch(3, new SplittableRandom(3))
                .x()
                .stacked()
                .getDDRM()
                .getData();
        assertArrayEquals(
                batch,
                problem.batch(3, new SplittableRandom(3))
                        .x()
                        .stacked()
                        .getDDRM()
                        .getData());
        assertFalse(java.util.Arrays.equals(
                batch,
                problem.batch(3, new SplittableRandom(4))
                        .x()
                        .stacked()
                        .getDDRM()
                        .getData()));
    }

    @Test
    void badSizesAreNamed() {
        assertRejected("steps: expected at least 2, got 1", () -> new AddingProblem(1));
        assertRejected(
                "size: expected at least 1, got 0", () -> new AddingProblem(2).batch(0, new SplittableRandom(1)));
    }
}
