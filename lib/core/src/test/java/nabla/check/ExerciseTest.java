package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class ExerciseTest {
    private static Judgement answer(Object expected, Supplier<?> answer) {
        return Exercise.of("2. A value").equal("the value", expected, answer).check();
    }

    private static void assertHint(String hint, Object expected, Object answer) {
        Judgement judgement = answer(expected, () -> answer);
        assertEquals(Judgement.Outcome.WRONG, judgement.outcome());
        assertTrue(
                judgement.lines().get(0).hints().stream().anyMatch(words -> words.contains(hint)),
                judgement.toString());
    }

    @Test
    void whatIsNotDoneSaysWhatToDo() {
        assertEquals(
                "2. A value: Not done yet: the value: return a number.",
                answer(1, () -> {
                            throw new UnsupportedOperationException("return a number");
                        })
                        .toString());
        assertEquals(Judgement.Outcome.NOT_DONE, answer(1, () -> Double.NaN).outcome());
        assertEquals(Judgement.Outcome.NOT_DONE, answer(1, () -> null).outcome());
        assertEquals(
                "7.: Not done yet: your answer: there is no answer yet.",
                Exercise.of("7.")
                        .filledIn(() -> null)
                        .holds("never asked", () -> false)
                        .check()
                        .toString());
    }

    @Test
    void rightAnswersOfAllTypes() {
        for (Object two : List.of(2, 2L, 2.0f, 2.0, (short) 2, new SimpleMatrix(1, 1, true, 2), List.of(2))) {
            assertTrue(answer(2, () -> two).right(), two.getClass().toString());
        }
        for (Object vector : List.of(
                new double[] {1, 2}, new int[] {1, 2}, List.of(1, 2.0), new DMatrixRMaj(new double[][] {{1}, {2}}))) {
            assertTrue(
                    answer(new double[] {1, 2}, () -> vector).right(),
                    vector.getClass().toString());
        }
        assertEquals(
                "1. All: Right.\n  1. ✓ rounded\n  2. ✓ positive",
                Exercise.of("1. All")
                        .equal("rounded", 1 / 3.0, () -> 0.333)
                        .within(2e-3)
                        .holds("positive", () -> true)
                        .check()
                        .toString());
    }

    @Test
    void wrongAnswersGetAHint() {
        assertEquals(
                "2. A value: Not right yet.\n  1. ✗ the value\n      yours is -3\n      the sign is turned round",
                answer(3, () -> -3).toString());
        assertHint("twice as large", 3, 6);
        assertHint("half as large", new double[] {2, 4}, new double[] {1, 2});
        assertHint("off by one factor, 3", new double[] {2, 4}, new double[] {6, 12});
        assertHint("transposed", new SimpleMatrix(new double[][] {{1, 2}, {3, 4}}), new SimpleMatrix(new double[][] {
            {1, 3}, {2, 4}
        }));
        assertHint("it is 1x3, asked for is 3x1", new double[] {1, 2, 3}, new SimpleMatrix(1, 3));
        assertHint("only one element is wrong, that at 2", new double[] {1, 2, 3}, new double[] {1, 7, 3});
        assertHint("off by 0.14 of the largest", 7, 6);
        assertEquals("yours is 6", answer(7, () -> 6).lines().get(0).hints().get(0));
    }

    @Test
    void zeroIsMetUpToRounding() {
        assertTrue(answer(new double[2], () -> new double[] {1e-16, -1e-17}).right());
        Judgement wrong = answer(new double[2], () -> new double[] {1e-3, 2});
        assertEquals(Judgement.Outcome.WRONG, wrong.outcome());
        assertTrue(!wrong.toString().contains("NaN"), wrong.toString());
        assertEquals(
                Judgement.Outcome.WRONG, answer(0, () -> new double[] {0, 0}).outcome());
    }

    @Test
    void aTypicalMistakeIsNamed() {
        Judgement judgement = Exercise.of("3.")
                .equal("the mean", 2.5, () -> 10)
                .mistake("the sum is taken for the mean", 10)
                .check();
        assertTrue(
                judgement.toString().contains("it looks like this: the sum is taken for the mean"),
                judgement.toString());
        assertThrows(IllegalStateException.class, () -> Exercise.of("x").mistake("m", 1));
    }

    @Test
    void codeThatThrowsIsNotRightYet() {
        assertEquals(
                "2. A value: Not right yet: the value: your code threw java.lang.ArithmeticException: / by zero.",
                answer(1, () -> {
                            throw new ArithmeticException("/ by zero");
                        })
                        .toString());
    }

    /** 10,000 fair coins: a mean of 0.6 is 20 standard errors of 0.005 off. */
    @Test
    void randomAnswersAreRightOnAverage() {
        assertTrue(Exercise.of("4.")
                .inExpectation("heads", 0.5, 10_000, rng -> rng.nextInt(2))
                .check()
                .right());
        Judgement loaded = Exercise.of("4.")
                .inExpectation("heads", 0.6, 10_000, rng -> rng.nextInt(2))
                .check();
        assertTrue(loaded.toString().contains("on average, too far off for chance: "), loaded.toString());
        assertTrue(Exercise.of("4.")
                .inExpectation("two coins", new double[] {0.5, 0.5}, 100, rng -> rng.nextInt(2))
                .check()
                .toString()
                .contains("yours is 1x1, asked for is 2x1"));
    }

    private static int endless(int n) {
        return n < 0 ? 0 : 1 + endless(Math.abs(n));
    }

    @Test
    void nothingStopsTheNotebook() {
        assertEquals(Judgement.Outcome.WRONG, answer(1, () -> endless(0)).outcome());
        assertEquals(Judgement.Outcome.WRONG, answer(1, () -> List.of(1).add(2)).outcome());
        assertEquals(
                Judgement.Outcome.NOT_DONE,
                answer(new double[2], () -> new double[] {Double.NaN, Double.NaN})
                        .outcome());
    }

    @Test
    void claimsOfAnAnswer() {
        assertTrue(Exercise.of("6.")
                .claims(() -> Claims.of("6").equal("the root", 2, 2, 0).check())
                .check()
                .right());
        assertEquals(
                "6.: Not right yet.\n  1. ✗ all that is asked for\n      the root: yours is 3",
                Exercise.of("6.")
                        .claims(() -> Claims.of("6")
                                .equal("the root", 2, 3, 0)
                                .equal("one", 1, 1, 0)
                                .check())
                        .check()
                        .toString());
    }

    @Test
    void theFirstWrongAnswerDecides() {
        Judgement judgement = Exercise.of("5.")
                .equal("first", 1, () -> 1)
                .holds("second", () -> false)
                .equal("third", 1, () -> 1)
                .check();
        assertEquals(2, judgement.lines().size());
        assertEquals(2, judgement.firstBroken());
    }

    @Test
    void anAnswerMayBeHeldToAllItsDigits() {
        assertTrue(Exercise.of("3.").equal("two", 2, () -> 2).within(0).check().right());
        assertFalse(Exercise.of("3.")
                .equal("two", 2, () -> 2.0000001)
                .within(0)
                .check()
                .right());
    }

    @Test
    void aToleranceOrNumberOfSamplesThatMeansNothingIsRefused() {
        Exercise exercise = Exercise.of("3.").equal("two", 2, () -> 2);
        assertEquals(
                "tolerance: expected a number from 0.0 to 1.0, got 2.0",
                assertThrows(IllegalArgumentException.class, () -> exercise.within(2))
                        .getMessage());
        assertEquals(
                "samples: expected at least 2, got 1",
                assertThrows(IllegalArgumentException.class, () -> exercise.inExpectation("x", 1, 1, rng -> 1))
                        .getMessage());
    }

    @Test
    void aMeanThatNeverVariesAndDiffersIsToldSo() {
        Judgement constant =
                Exercise.of("4.").inExpectation("mean", 1, 100, rng -> 2).check();
        assertEquals(
                List.of("yours is 2 on average, too far off for chance: it never varies"),
                constant.lines().get(0).hints());
    }

    /** Uniform on [0, 1): 1/2 lies 1/2 away from 1, and the standard error of 30,000 samples is 1 / sqrt(12 * 30,000) = 1/600. */
    @Test
    void aMeanThatIsOffIsToldInStandardErrors() {
        String hint = Exercise.of("4.")
                .inExpectation("mean", 1, 30_000, rng -> rng.nextDouble())
                .check()
                .lines()
                .get(0)
                .hints()
                .get(0);
        double errors = Double.parseDouble(hint.replaceAll(".* chance: (\\d+) standard errors", "$1"));
        assertEquals(300, errors, 5);
    }

    /** A report that was made elsewhere, and whose failure was caught there. */
    @Test
    void aReportThatFailedIsNotRight() {
        Claims never = Claims.of("c").holds("never", false);
        Report failed = assertThrows(CheckFailedException.class, never::check).report();
        assertEquals(
                List.of("this does not hold"),
                Exercise.of("5.").claims(() -> failed).check().lines().get(0).hints());
    }
}
