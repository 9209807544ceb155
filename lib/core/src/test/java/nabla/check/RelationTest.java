package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The verdicts of single steps, for numbers whose errors are known by hand. */
class RelationTest {
    private static final double TOLERANCE = 1e-9;

    private static List<Quantity> draws(Object... values) {
        return Stream.of(values).map(Quantity::of).toList();
    }

    private static boolean equal(double before, double now) {
        return Relation.EQUAL.compareAll(draws(before), draws(now), TOLERANCE).passed();
    }

    @Test
    void onlyZeroIsHeldTo1e11() {
        assertTrue(equal(1, 1 + 1e-10));
        assertFalse(equal(0, 1e-10));
        assertFalse(equal(1e-10, 0));
        assertTrue(equal(0, 5e-12));
        assertTrue(equal(5e-12, 0));
    }

    @Test
    void zeroIsNoMultipleOfAnything() {
        assertFalse(
                Relation.PROPORTIONAL.compareAll(draws(0), draws(3), TOLERANCE).passed());
    }

    @Test
    void theFactorIsTold() {
        assertEquals(
                "factor 1000, error 0",
                Relation.PROPORTIONAL
                        .compareAll(draws(1000, 1000 * (1 + 1e-10)), draws(1, 1), TOLERANCE)
                        .measured());
        assertEquals(
                "factor 2.00 to 3.00, error 0",
                Relation.PROPORTIONAL
                        .compareAll(
                                draws(new double[] {2, 4}, new double[] {3, 12}),
                                draws(new double[] {1, 2}, new double[] {1, 4}),
                                TOLERANCE)
                        .measured());
    }

    @Test
    void oneFactorOfWholeNumbersIsExact() {
        Verdict verdict = Relation.PROPORTIONAL.compareAll(draws(2, 4), draws(1, 2), 0);
        assertTrue(verdict.passed());
        assertEquals("factor 2, error 0", verdict.measured());
    }

    /** Factors 2 and 3 differ by a third of the larger one. */
    @Test
    void twoFactorsOfScalarsAreAnError() {
        Verdict verdict = Relation.PROPORTIONAL.compareAll(draws(2, 3), draws(1, 1), TOLERANCE);
        assertFalse(verdict.passed());
        assertEquals(1 / 3.0, verdict.error(), 1e-15);
        assertEquals("the factor varies between draws, from 2.0 to 3.0", verdict.where());
    }

    @Test
    void anInequalityTellsHowCloseItComes() {
        assertEquals(
                "closest 0.50",
                Relation.AT_MOST.compareAll(draws(1, 1), draws(2, 4), TOLERANCE).measured());
        assertEquals(
                "closest 0",
                Relation.AT_MOST
                        .compareAll(draws(new double[] {1, 2}), draws(new double[] {1, 4}), TOLERANCE)
                        .measured());
        assertEquals(
                "beyond by 0.50",
                Relation.AT_LEAST.compareAll(draws(1), draws(2), TOLERANCE).measured());
    }

    @Test
    void bothInequalitiesAreTriedTurnedRound() {
        assertEquals(List.of(Mutation.REFLECTED), Relation.AT_LEAST.mutations());
        assertEquals(List.of(Mutation.REFLECTED), Relation.AT_MOST.mutations());
    }

    private static Verdict differs(List<Quantity> before, List<Quantity> now, double tolerance) {
        return Relation.DIFFERS.compareAll(before, now, tolerance);
    }

    @Test
    void aWrongFormulaTellsItsLargestError() {
        assertEquals(
                "off by 0.75", differs(draws(1, 1, 1), draws(2, 4, 2), 1e-6).measured());
    }

    @Test
    void ofTwoOtherShapesTheFirstIsTold() {
        assertEquals(
                "shapes differ: 1x1 and 2x1",
                differs(draws(1, 1), draws(new double[2], new double[3]), 1e-6).measured());
    }

    @Test
    void aFormulaThatIsRightSomewhereNamesTheFirstSuchDraw() {
        Verdict verdict = differs(draws(1, 1, 1), draws(2, 1, 1), 1e-6);
        assertFalse(verdict.passed());
        assertEquals(1, verdict.draw());
        assertEquals("the formula said to be wrong is right in some draws, error 0", verdict.measured());
    }

    /** 1 and 2 differ by 1/2 of the larger one, which is not more than 1/2. */
    @Test
    void whatDiffersByTheToleranceDoesNotDiffer() {
        Verdict verdict = differs(draws(1), draws(2), 0.5);
        assertFalse(verdict.passed());
        assertEquals("the formula said to be wrong is right, error 0.50", verdict.measured());
    }

    @Test
    void aFormulaThatIsNoNumberIsNotSaidToBeRight() {
        assertEquals(
                "the formula said to be wrong is no number, error NaN",
                differs(draws(1), draws(Double.NaN), 1e-6).measured());
    }
}
