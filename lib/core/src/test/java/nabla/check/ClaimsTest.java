package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final SimpleMatrix ONE = SimpleMatrix.ones(1, 1);

    private static String failure(UnaryOperator<Claims> claim) {
        Claims claims = claim.apply(Claims.of("c"));
        return assertThrows(CheckFailedException.class, claims::check).getMessage();
    }

    private static Report.Line line(UnaryOperator<Claims> claim) {
        return claim.apply(Claims.of("c")).check().lines().get(0);
    }

    @Test
    void aBoundIsNotReached() {
        assertEquals("""
                c does not hold:
                  large
                    2, expected > 2, not > 2""", failure(c -> c.above("large", 2, 2)));
        assertEquals("""
                c does not hold:
                  small
                    2, expected < 2, not < 2""", failure(c -> c.below("small", 2, 2)));
    }

    /** What is held against the tolerance 0: by how much the bound is missed. */
    @Test
    void theErrorOfABoundIsTheDistanceFromIt() {
        assertEquals(-3, line(c -> c.above("large", 5, 2)).error());
        assertEquals(-3, line(c -> c.below("small", 2, 5)).error());
    }

    @Test
    void aPropertyHasTheErrorNothingOrOne() {
        assertEquals(0, line(c -> c.holds("so it is", true)).error());
        Claims wrong = Claims.of("c").holds("never", false);
        Report report = assertThrows(CheckFailedException.class, wrong::check).report();
        assertEquals(1, report.lines().get(0).error());
    }

    @Test
    void aMeanMayBeFourStandardErrorsOff() {
        Estimate estimate = new Estimate(ONE.scale(14), ONE, 100);
        assertTrue(line(c -> c.inExpectation("mean", estimate, 10)).passed());
        assertTrue(failure(c -> c.inExpectation("mean", estimate, 9.99)).contains("z = 4.0, 100 samples"));
    }

    /** The seven means are right but for rounding; where the last but one is wrong, it is shown. */
    @Test
    void ofManyMeansTheLargestIsShownOrTheWorst() {
        double[] exact = {10, 20, 30, 90, 40, 50, 60};
        SimpleMatrix mean = new SimpleMatrix(7, 1, true, exact);
        Estimate right = new Estimate(mean.plus(0.5), SimpleMatrix.ones(7, 1), 100);
        Report.Line held = line(c -> c.inExpectation("means", right, exact));
        assertEquals(List.of("7×1 at 4: 90", "7×1 at 4: 90.5"), List.of(held.expected(), held.found()));
        SimpleMatrix off = mean.copy();
        off.set(5, 57);
        Estimate wrong = new Estimate(off, SimpleMatrix.ones(7, 1), 100);
        assertEquals("""
                c does not hold:
                  means
                    7×1 at 6: 57, expected 7×1 at 6: 50, z = 7.0, 100 samples""", failure(c -> c.inExpectation("means", wrong, exact)));
    }

    /** At exactly 4 standard errors the means hold, so that the largest is shown. */
    @Test
    void meansThatJustHoldShowTheLargest() {
        double[] exact = {10, 20, 30, 90, 40, 50, 60};
        SimpleMatrix mean = new SimpleMatrix(7, 1, true, exact);
        mean.set(1, 24);
        Estimate estimate = new Estimate(mean, SimpleMatrix.ones(7, 1), 100);
        assertEquals(
                "7×1 at 4: 90",
                line(c -> c.inExpectation("means", estimate, exact)).expected());
    }

    @Test
    void theSecondsAreThoseThatPassed() {
        long started = System.nanoTime();
        double seconds = Claims.of("c").holds("so it is", true).check().seconds();
        double passed = (System.nanoTime() - started) / 1e9;
        assertTrue(0 < seconds && seconds <= passed, seconds + " of " + passed);
    }
}
