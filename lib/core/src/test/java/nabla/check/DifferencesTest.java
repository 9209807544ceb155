package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Steps go from 0.23 down by factors of 4; at 0 the fifth is 9e-4. */
class DifferencesTest {
    private static final double STEP = Differences.FIRST_STEP;

    private int evaluations;

    private int evaluations(DoubleUnaryOperator f, double x) {
        evaluations = 0;
        Differences.of(
                t -> {
                    evaluations++;
                    return f.applyAsDouble(t);
                },
                x);
        return evaluations;
    }

    private static Differences.Shape shape(DoubleUnaryOperator f) {
        return Differences.of(f, 0).shape();
    }

    /** One value at the point, and two for each of six steps; a unit in the last place more is flat, too. */
    @Test
    void sixFlatStepsAreEnough() {
        assertEquals(1 + 2 * 6, evaluations(t -> 0, 0));
        assertEquals(1 + 2 * 6, evaluations(t -> t == 1 ? 1000 : Math.nextUp(1000.0), 1));
    }

    /** 0.23 / 4^n > 1e-13 for n up to 20; one side alone may be flat. */
    @Test
    void otherwiseStepsGoDownToWhereThereAreFewNumbersLeft() {
        assertEquals(1 + 2 * 21, evaluations(t -> t * t, 1));
        assertEquals(1 + 2 * 21, evaluations(t -> Math.max(1, t), 1));
        assertEquals(1 + 2 * 21, evaluations(t -> Math.min(1, t), 1));
    }

    /** 0.23 is beyond a gap in which the function is not defined; the first step inside is 0.23 / 64. */
    @Test
    void whatIsBeyondTheEdgeOfTheDomainIsNotLookedAt() {
        DoubleUnaryOperator f = t -> Math.abs(t) > 0.1 ? 1000 : Math.abs(t) > 0.01 ? Double.NaN : t;
        assertEquals(STEP / 64, Differences.of(f, 0).largest());
    }

    /** Where all steps agree exactly, the widest two are believed. */
    @Test
    void aConstantIsKnownFromTheWidestSteps() {
        assertEquals(STEP / 4, Differences.of(t -> 0, 0).narrowestStep());
    }

    @Test
    void aConstantIsSmooth() {
        assertEquals(Differences.Shape.SMOOTH, shape(t -> 0));
    }

    @Test
    void aKinkIsOneAtEverySlope() {
        assertEquals(Differences.Shape.KINK, shape(t -> 0.1 * Math.abs(t)));
        assertEquals(Differences.Shape.KINK, shape(t -> 100 * Math.abs(t)));
    }

    /** The bend of |t| is seen over the rounding of the constant by three steps, and by two, from which nobody can tell. */
    @Test
    void aKinkIsSeenByThreeSteps() {
        assertEquals(Differences.Shape.KINK, shape(t -> 3.6e12 + Math.abs(t)));
        assertEquals(Differences.Shape.SMOOTH, shape(t -> 1.5e13 + Math.abs(t)));
    }

    /**
     * Bends of 0.75, 0.75 and 0.66 with steps of h, 4h and 16h, as at a kink; but the kinks are at h / 4 and 2h, and nothing bends nearer.
     */
    @Test
    void kinksNearbyAreNotHere() {
        double h = STEP / 64;
        assertEquals(
                Differences.Shape.SMOOTH, shape(t -> Math.max(0, t - 1.001 * h / 4) - 0.375 * Math.max(0, t - 2 * h)));
    }

    private static DoubleUnaryOperator jumpWithin(double distance) {
        return t -> Math.abs(t - 1) > distance ? Double.NaN : t == 1 ? 7 : 0;
    }

    /** The narrowest steps at 1 are 3.3e-12, 8.4e-13 and 2.1e-13. */
    @Test
    void aJumpIsSeenByThreeSteps() {
        assertEquals(
                Differences.Shape.JUMP, Differences.of(jumpWithin(4e-12), 1).shape());
        assertEquals(
                Differences.Shape.SMOOTH, Differences.of(jumpWithin(1e-12), 1).shape());
    }
}
