package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final SimpleMatrix ONE = SimpleMatrix.ones(1, 1);

    private static SimpleMatrix column(double... x) {
        return new SimpleMatrix(x.length, 1, true, x);
    }

    /** Of 2, 4, 4, 5 and 10: mean 25/5, squared deviations 9 + 1 + 1 + 0 + 25 = 36, standard error the root of 36 / (4 * 5). */
    @Test
    void meanAndStandardErrorOfFiveNumbers() {
        Iterator<Double> numbers = List.of(2.0, 4.0, 4.0, 5.0, 10.0).iterator();
        Estimate estimate = Estimate.of(5, new SplittableRandom(1), rng -> numbers.next());
        assertEquals(5, estimate.mean().get(0), 1e-15);
        assertEquals(Math.sqrt(36 / 20.0), estimate.standardError().get(0), 1e-15);
        assertEquals(5, estimate.samples());
        assertFalse(numbers.hasNext());
    }

    @Test
    void aSpreadNeedsTwoSamples() {
        String message = "samples: expected at least 2, got 1";
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Estimate(ONE, ONE, 1))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Estimate.of(1, new SplittableRandom(1), rng -> 3))
                        .getMessage());
        assertEquals(2, new Estimate(ONE, ONE, 2).samples());
    }

    /** Off by 1, 3 and 2 standard errors. */
    @Test
    void theWorstElementNeedNotBeTheFirst() {
        Estimate estimate = new Estimate(column(1, 3, 20), column(1, 1, 10), 100);
        assertEquals(1, estimate.worstElement(column(0, 0, 0)));
        assertEquals(3, estimate.zScore(column(0, 0, 0)));
    }

    @Test
    void theFirstOfTwoThatAreEquallyBadIsNamed() {
        Estimate estimate = new Estimate(column(1, 3, 3), column(1, 1, 1), 100);
        assertEquals(1, estimate.worstElement(column(0, 0, 0)));
    }

    @Test
    void theExactValueHasTheShapeOfTheMean() {
        Estimate estimate = new Estimate(column(1, 2), column(1, 1), 100);
        assertEquals(
                "exact: expected 2x1, got 3x1",
                assertThrows(IllegalArgumentException.class, () -> estimate.zScore(column(1, 2, 3)))
                        .getMessage());
    }

    @Test
    void aMistakeCouldBeFoundFromEightStandardErrorsOn() {
        Estimate estimate = new Estimate(ONE, ONE, 100);
        assertFalse(estimate.couldFindAMistakeIn(8));
        assertTrue(estimate.couldFindAMistakeIn(8.001));
        assertTrue(estimate.couldFindAMistakeIn(-8.001));
    }

    @Test
    void aMistakeInZeroCouldBeFoundWithMoreThan64Samples() {
        assertFalse(new Estimate(ONE, ONE, 64).couldFindAMistakeIn(0));
        assertTrue(new Estimate(ONE, ONE, 65).couldFindAMistakeIn(0));
    }

    @Test
    void anInterruptEndsTheSampling() {
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "estimate interrupted at sample 1",
                    assertThrows(CancellationException.class, () -> Estimate.of(5, new SplittableRandom(1), rng -> 3))
                            .getMessage());
        } finally {
            Thread.interrupted();
        }
    }
}
