package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Functions;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private final SimpleMatrix x = Randoms.normal(3, 2, 1, new SplittableRandom(1));

    private double f() {
        return Functions.softplus(x).elementSum();
    }

    private final SimpleMatrix gradient = Functions.sigmoid(x);

    private String failure(SimpleMatrix wrong) {
        GradientCheck check = GradientCheck.of("softplus", this::f).block("x", x, wrong);
        return assertThrows(CheckFailedException.class, check::check).getMessage();
    }

    @Test
    void aRightGradientHasSlopeTwo() {
        Report report = GradientCheck.of("softplus", this::f)
                .within(1e-9)
                .block("x", x, gradient, "X-01")
                .check();
        String measured = report.lines().get(0).measured();
        double slope = Double.parseDouble(measured.replaceAll(".*slope ", ""));
        assertEquals(2, slope, 0.05);
        assertTrue(report.lines().get(0).reason().contains("ratio 1.00000"));
    }

    @Test
    void usualMistakesAreNamed() {
        assertTrue(
                failure(gradient.negative()).contains("ratio -1.00000, the sign is wrong"),
                failure(gradient.negative()));
        assertTrue(failure(gradient.scale(2)).contains("counted 2 times"), failure(gradient.scale(2)));
        assertTrue(failure(gradient.scale(3)).contains("counted 3 times, or a sum for a mean"));
        String slope = failure(gradient.scale(1.5)).replaceAll("(?s).*Taylor slope ([0-9.]+).*", "$1");
        assertEquals(1, Double.parseDouble(slope), 0.1);
    }

    @Test
    void theWorstElementIsNamed() {
        SimpleMatrix wrong = gradient.copy();
        wrong.set(2, 1, wrong.get(2, 1) + 0.5);
        assertTrue(failure(wrong).contains("worst at (3, 2)"), failure(wrong));
    }

    @Test
    void atAKinkTheDifferenceIsBlamed() {
        SimpleMatrix y = new SimpleMatrix(new double[] {0});
        GradientCheck check =
                GradientCheck.of("relu", () -> Math.max(0, y.get(0))).block("y", y, new SimpleMatrix(new double[] {1}));
        String message = assertThrows(CheckFailedException.class, check::check).getMessage();
        assertTrue(message.contains("cannot tell here: the function has a kink at this point"), message);
    }

    @Test
    void aTransposedGradientIsRefused() {
        GradientCheck check = GradientCheck.of("softplus", this::f);
        assertThrows(IllegalArgumentException.class, () -> check.block("x", x, gradient.transpose()));
    }

    private static SimpleMatrix column(double... x) {
        return new SimpleMatrix(x.length, 1, true, x);
    }

    private static Report.Line line(DoubleSupplier f, SimpleMatrix x, double... gradient) {
        return GradientCheck.of("f", f)
                .block("x", x, column(gradient))
                .check()
                .lines()
                .get(0);
    }

    private static Report.Line broken(DoubleSupplier f, SimpleMatrix x, double... gradient) {
        GradientCheck check = GradientCheck.of("f", f).block("x", x, column(gradient));
        return assertThrows(CheckFailedException.class, check::check)
                .report()
                .lines()
                .get(0);
    }

    @Test
    void aToleranceLiesBetweenZeroAndOne() {
        assertEquals(
                "tolerance: expected a number from 0.0 to 1.0, got 2.0",
                assertThrows(IllegalArgumentException.class, () -> GradientCheck.of("f", () -> 1)
                                .within(2))
                        .getMessage());
    }

    @Test
    void ofARightGradientTheLargestElementIsShown() {
        SimpleMatrix y = column(1, 1, 1);
        assertEquals(
                "3 elements, largest at 2: derived 5.00000, numerical 5.00000, ratio 1.00000",
                line(() -> y.get(0) + 5 * y.get(1) + 2 * y.get(2), y, 1, 5, 2).reason());
    }

    @Test
    void ofElementsThatAreEquallyWrongTheFirstIsShown() {
        SimpleMatrix y = column(1, 1, 1);
        assertEquals(
                "3 elements, worst at 2: derived 10.0000, numerical 5.00000, ratio 2.00000",
                broken(() -> y.get(0) + 5 * y.get(1) + 2 * y.get(2), y, 1, 10, 4)
                        .reason());
    }

    /** 3 is half of 6, the largest of all derived and numerical elements. */
    @Test
    void theErrorIsRelativeToTheLargestElement() {
        SimpleMatrix y = column(1, 1);
        Report.Line wrong = broken(() -> y.get(0) + 3 * y.get(1), y, 1, 6);
        assertEquals(0.5, wrong.error(), 1e-9);
        assertTrue(wrong.measured().startsWith("error 0.50, Taylor slope 1.00"), wrong.measured());
    }

    @Test
    void aBlockWithoutElementsSaysSo() {
        Report.Line line = line(() -> 1, new SimpleMatrix(0, 1));
        assertEquals("no elements", line.reason());
        assertEquals(0, line.error());
    }

    @Test
    void theGradientOfZeroIsZero() {
        assertEquals(0, line(() -> 0, column(1), 0).error());
    }

    /** 2 is what rounding may do to 1e6, divided by the step; beside 1e6 it is zero. */
    @Test
    void zeroBesideALargeConstantIsRight() {
        SimpleMatrix y = column(0);
        assertTrue(line(() -> 1e6 * Math.cos(y.get(0)), y, 0).passed());
    }

    /** f = x^2 leaves t^2, e^x at 0 leaves t^2 / 2 and less, 1 + x^3 at 0 leaves t^3. */
    @Test
    void theTaylorSlopeIsTheOrderOfTheRemainder() {
        SimpleMatrix y = column(1);
        assertTrue(line(() -> y.get(0) * y.get(0), y, 2).measured().endsWith("Taylor slope 2.00"));
        SimpleMatrix zero = column(0);
        String exponential = line(() -> Math.exp(zero.get(0)), zero, 1).measured();
        assertEquals(2, Double.parseDouble(exponential.replaceAll(".*slope ", "")), 0.02);
        assertTrue(line(() -> 1 + Math.pow(zero.get(0), 3), zero, 0).measured().endsWith("Taylor slope 3.00"));
    }

    /** Seven digits more than the remainder t^2 are left at steps of 1e-7, because f is 0 here. */
    @Test
    void theTaylorSlopeIsSeenBesideAKinkNearby() {
        SimpleMatrix y = column(0);
        String measured = line(() -> y.get(0) + y.get(0) * y.get(0) + 1000 * Math.max(0, y.get(0) - 1e-6), y, 1)
                .measured();
        assertEquals(2, Double.parseDouble(measured.replaceAll(".*slope ", "")), 0.01, measured);
    }

    @Test
    void whatIsRoundingInALinearFunctionHasNoSlope() {
        SimpleMatrix y = column(0, 0, 0);
        Report.Line line = line(() -> 1234.5 * y.get(0) + 777.7 * y.get(1) + 0.1 * y.get(2), y, 1234.5, 777.7, 0.1);
        assertTrue(line.measured().endsWith("Taylor slope none (the function is linear here)"), line.measured());
    }

    /** The widest step along the direction is 0.23 |x|, more than any single element is moved by: 0.23 * 4. */
    @Test
    void theDirectionIsAsLongAsTheParameters() {
        SimpleMatrix y = column(3, 4);
        SimpleMatrix start = y.copy();
        double[] farthest = {0};
        line(
                () -> {
                    farthest[0] = Math.max(farthest[0], y.minus(start).normF());
                    return y.get(0) + y.get(1);
                },
                y,
                1,
                1);
        assertEquals(0.23 * 5, farthest[0], 1e-12);
    }

    /** As many evaluations as for both series of steps, and nine for the remainder: with t, t / 2, ..., t / 256. */
    @Test
    void theRemainderIsTakenAtNineSteps() {
        SimpleMatrix y = column(1);
        int[] evaluations = {0};
        DoubleUnaryOperator square = t -> {
            evaluations[0]++;
            return t * t;
        };
        Differences.of(square, 1);
        Differences.of(t -> square.applyAsDouble(1 + t), 0);
        int series = evaluations[0];
        line(() -> square.applyAsDouble(y.get(0)), y, 2);
        assertEquals(9, evaluations[0] - 2 * series);
    }

    /** A function of slope 1 that has another slope from the second look on, whose first step is 0.31. */
    private static String secondLook(double slope, double derived) {
        SimpleMatrix y = column(1);
        double[] now = {1};
        return broken(
                        () -> {
                            double moved = y.get(0) - 1;
                            now[0] = Math.abs(Math.abs(moved) - 0.31) < 1e-9 ? slope : now[0];
                            return 2 + now[0] * moved;
                        },
                        y,
                        derived)
                .measured();
    }

    /** The looks may differ by a tenth of the mistake. */
    @Test
    void aGradientIsWrongIfTwoLooksAgreeBesideTheMistake() {
        assertTrue(
                secondLook(1.5, 11).contains("the gradient is wrong, ratio 11.0000, counted 11 times"),
                "0.5 beside 10");
        assertTrue(secondLook(3, 11).contains("cannot tell here"), "2 beside 10");
    }

    /** The function is known within 3e-13 of the point only, where there is room for one step. */
    @Test
    void fromOneStepNobodyCanTell() {
        SimpleMatrix y = column(1);
        String measured = broken(() -> Math.abs(y.get(0) - 1) < 3e-13 ? y.get(0) : Double.NaN, y, 1)
                .measured();
        assertTrue(
                measured.endsWith("cannot tell here: differences with different steps do not agree (a kink nearby?)"),
                measured);
    }

    @Test
    void theSecondsAreThoseThatPassed() {
        long started = System.nanoTime();
        double seconds = GradientCheck.of("softplus", this::f)
                .block("x", x, gradient)
                .check()
                .seconds();
        double passed = (System.nanoTime() - started) / 1e9;
        assertTrue(0 < seconds && seconds <= passed, seconds + " of " + passed);
    }
}
