package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import nabla.math.LogNumber;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two values are held against each other: right ones that rounding parts pass, wrong ones do not, at scales from 1e-12 to 1e12. */
class ComparisonVerdictsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final SimpleMatrix ONE = new SimpleMatrix(1, 1, true, 1.0);

    private static boolean holds(Object right, Object found) {
        boolean claimed =
                passes(() -> Claims.of("c").equal("found", right, found, 1e-9).check());
        boolean derived = passes(() -> Derivation.of("d")
                .on(0)
                .start("right", s -> right, "")
                .equal("found", s -> found, "")
                .check());
        boolean turned = passes(() -> Derivation.of("d")
                .on(0)
                .start("found", s -> found, "")
                .equal("right", s -> right, "")
                .check());
        assertEquals(derived, turned, "the order of the two decides");
        assertEquals(claimed, derived, "Claims and Derivation disagree");
        return derived;
    }

    private static boolean passes(Runnable check) {
        try {
            check.run();
            return true;
        } catch (CheckFailedException e) {
            return false;
        }
    }

    /** A product of three matrices, a row of very different elements, a sum, a single number: each by two ways that round differently. */
    private static Map<String, SimpleMatrix[]> twoWays(double scale, SplittableRandom rng) {
        Map<String, SimpleMatrix[]> ways = new LinkedHashMap<>();
        SimpleMatrix A = Randoms.normal(4, 5, scale, rng);
        SimpleMatrix B = Randoms.normal(5, 6, 1, rng);
        SimpleMatrix C = Randoms.normal(6, 4, 1, rng);
        ways.put("product", new SimpleMatrix[] {A.mult(B).mult(C), A.mult(B.mult(C))});
        SimpleMatrix different = new SimpleMatrix(1, 5);
        SimpleMatrix again = new SimpleMatrix(1, 5);
        for (int i = 0; i < 5; i++) {
            double x = scale * Math.pow(10, -3 * i) * (1 + rng.nextDouble());
            different.set(i, x);
            again.set(i, Math.exp(Math.log(x)));
        }
        ways.put("elements of very different size", new SimpleMatrix[] {different, again});
        double forwards = 0;
        double backwards = 0;
        double[] terms = new double[300];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = scale * rng.nextDouble();
            forwards += terms[i];
        }
        for (int i = terms.length - 1; i >= 0; i--) {
            backwards += terms[i];
        }
        ways.put("sum", new SimpleMatrix[] {ONE.scale(forwards), ONE.scale(backwards)});
        double x = scale * (1 + rng.nextDouble());
        ways.put("number", new SimpleMatrix[] {ONE.scale(x), ONE.scale(Math.sqrt(x * x))});
        return ways;
    }

    /** What students make of a right value, and a little more. */
    private static Map<String, SimpleMatrix> mistakes(SimpleMatrix right) {
        int smallest = 0;
        for (int i = 0; i < right.getNumElements(); i++) {
            smallest = Math.abs(right.get(i)) < Math.abs(right.get(smallest)) ? i : smallest;
        }
        Map<String, SimpleMatrix> mistakes = new LinkedHashMap<>();
        for (double factor : new double[] {-1, 0, 2, 0.5, 1 + 1e-6, 1 - 1e-8}) {
            mistakes.put("times " + factor, right.scale(factor));
            SimpleMatrix one = right.copy();
            one.set(smallest, factor * right.get(smallest));
            if (Math.abs(one.minus(right).get(smallest)) > Quantity.ROUNDING * right.elementMaxAbs()) {
                mistakes.put("smallest element times " + factor, one);
            }
        }
        return mistakes;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1, 1e2, 1e4, 1e6, 1e8, 1e10, 1e12})
    void equalOrNot(double scale) {
        for (int seed = 1; seed <= 5; seed++) {
            twoWays(scale, new SplittableRandom(seed)).forEach((name, ways) -> {
                String what = name + " at " + scale;
                assertTrue(holds(ways[0], ways[1]), what);
                mistakes(ways[0]).forEach((mistake, wrong) -> {
                    // zero has no size, and what is at most 1e-11 may be what rounding left of it
                    boolean zero = wrong.elementMaxAbs() == 0 && ways[0].elementMaxAbs() < 1e-8;
                    assertTrue(zero || !holds(ways[1], wrong), what + ", " + mistake);
                });
            });
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1000, -10, -1, 0, 1, 10, 1000})
    void equalOrNotInTheLogDomain(double log) {
        assertTrue(holds(new LogNumber(log), new LogNumber(log * (1 + 1e-15))));
        for (double off : new double[] {-1, -1e-6, 1e-8, Math.log(2)}) {
            assertFalse(holds(new LogNumber(log), new LogNumber(log + off)), "off by " + off);
        }
        if (Math.abs(log) < 700) {
            assertTrue(holds(new LogNumber(log), Math.exp(log)));
            assertFalse(holds(new LogNumber(log), Math.exp(log + 1e-6)));
            assertFalse(holds(new LogNumber(log), -Math.exp(log)));
        }
    }

    @Test
    void zeroIsHeldAgainstOne() {
        assertTrue(holds(0, 1e-12));
        assertTrue(holds(0.0, new LogNumber(-1000)));
        assertTrue(holds(new SimpleMatrix(2, 3), new SimpleMatrix(2, 3).plus(-1e-13)));
        assertTrue(holds(new double[] {1, 0}, new double[] {1, 1e-14}));
        assertFalse(holds(new double[] {1, 0}, new double[] {1, 1e-13}));
        Derivation<Integer> almost = Derivation.of("a gradient left out")
                .on(0)
                .start("10^{-10}", s -> 1e-10, "")
                .equal("0", s -> 0, "");
        assertThrows(CheckFailedException.class, almost::check);
    }

    @Test
    void whatIsNoNumberIsEqualToNothing() {
        for (double x : new double[] {Double.NaN, INFINITY, -INFINITY}) {
            assertFalse(holds(x, x));
            assertFalse(holds(new double[] {1, x}, new double[] {1, x}));
            assertFalse(holds(1, x));
        }
        assertFalse(holds(new LogNumber(INFINITY), new LogNumber(INFINITY)));
        assertFalse(holds(new LogNumber(Double.NaN), new LogNumber(Double.NaN)));
        assertTrue(holds(new LogNumber(-INFINITY), 0.0)); // the logarithm of zero
    }

    @Test
    void proportionalAtEveryScaleAndInBothDomains() {
        for (double scale : new double[] {1e-200, 1e-12, 1, 1e12, 1e200}) {
            double[] x = {scale, 2 * scale, -3e-9 * scale};
            assertTrue(proportional(x, new double[] {2, 4, -6e-9}));
            assertFalse(proportional(x, new double[] {2, 4, -7e-9}));
            assertFalse(proportional(x, new double[] {-2, -4, 6e-9}));
            assertFalse(proportional(x, new double[] {2, 4, 0}));
        }
        assertTrue(passes(() -> numbers()
                .start("2e^x", x -> 2 * Math.exp(x), "")
                .proportional("e^x", LogNumber::new, "")
                .check()));
        assertTrue(passes(() -> numbers()
                .start("e^x", LogNumber::new, "")
                .proportional("2e^x", x -> 2 * Math.exp(x), "")
                .check()));
        assertFalse(passes(() -> numbers()
                .start("e^x", LogNumber::new, "")
                .proportional("e^{2x}", x -> Math.exp(2 * x), "")
                .check()));
    }

    private static Derivation<Double> numbers() {
        return Derivation.of("d").on(5, rng -> rng.nextDouble());
    }

    private static boolean proportional(double[] x, double[] y) {
        return passes(() -> Derivation.of("d")
                .on(0)
                .start("x", s -> x, "")
                .proportional("y", s -> y, "")
                .check());
    }

    private static boolean atMost(ToDoubleFunction<Double> less, Function<Double, ?> more) {
        boolean up = passes(() -> numbers()
                .start("less", less::applyAsDouble, "")
                .atMost("more", more, "")
                .check());
        boolean down = passes(() -> numbers()
                .start("more", more, "")
                .atLeast("less", less::applyAsDouble, "")
                .check());
        assertEquals(up, down);
        return up;
    }

    @Test
    void inequalitiesAreStrictSomewhereAndNowhereBeyond() {
        for (double scale : new double[] {1e-12, 1, 1e12}) {
            assertTrue(atMost(x -> scale * x, x -> scale * (x + 1)));
            assertTrue(atMost(x -> scale, x -> scale * (1 + 1e-8)), "by little");
            assertTrue(atMost(x -> scale, x -> x < 0.5 ? scale : 2 * scale), "equal in some draws");
            assertTrue(atMost(x -> scale, x -> x < 0.5 ? scale * (1 - 1e-14) : 2 * scale), "rounded");
            assertFalse(atMost(x -> scale * x, x -> scale * x), "equal everywhere");
            assertFalse(atMost(x -> scale, x -> x < 0.5 ? scale * (1 - 5e-10) : 2 * scale), "beyond in some draws");
            assertFalse(atMost(x -> 2 * scale, x -> scale));
        }
        assertTrue(atMost(x -> 5, x -> new LogNumber(3)));
        assertFalse(atMost(x -> 25, x -> new LogNumber(3)));
        assertTrue(atMost(x -> 0, x -> x * x));
        assertTrue(atMost(x -> -5, x -> new LogNumber(-1)));
        assertFalse(atMost(x -> 1, x -> Double.NaN));
    }

    @Test
    void aWrongFormulaIsWrongOnEveryDrawAndNotNaN() {
        assertTrue(passes(() -> differing(x -> 2 * x)));
        assertFalse(passes(() -> differing(x -> x < 0.5 ? x : 2 * x)), "right on some draws");
        assertFalse(passes(() -> differing(x -> Double.NaN)));
        assertFalse(passes(() -> differing(x -> x / 0)));
        assertTrue(passes(() -> differing(x -> new double[] {x, x})), "a vector where a number belongs");
    }

    private static void differing(Function<Double, ?> wrong) {
        numbers().start("x", x -> x, "").differs("wrong", wrong, "").check();
    }

    @Test
    void aMistakeIsANumberOfTheRightShape() {
        assertTrue(passes(() -> mistaken(x -> 3 * x)));
        for (Function<Double, Object> no : List.<Function<Double, Object>>of(
                x -> Double.NaN, x -> INFINITY, x -> new double[] {x, x}, x -> 2 * x)) {
            assertFalse(passes(() -> mistaken(no)));
        }
    }

    private static void mistaken(Function<Double, ?> wrong) {
        numbers()
                .start("2x", x -> 2 * x, "")
                .equal("x + x", x -> x + x, "")
                .mistake("wrong", wrong)
                .check();
    }

    private static Report expectation(double exact, int samples, double deviation) {
        return numbers()
                .start("c", x -> exact, "")
                .inExpectation("c + noise", samples, (x, rng) -> 3 + deviation * rng.nextGaussian(), "")
                .check();
    }

    @Test
    void anExpectationNeedsSamplesThatCouldHaveFoundAMistake() {
        assertTrue(expectation(3, 1000, 1).passed());
        String few = assertThrows(CheckFailedException.class, () -> expectation(3, 10, 10))
                .getMessage();
        assertTrue(few.contains("no mistake could be found here with so few samples"), few);
        assertFalse(passes(() -> expectation(4, 1000, 1)));
        assertEquals(
                "samples: expected at least 10, got 2",
                assertThrows(IllegalArgumentException.class, () -> expectation(3, 2, 1))
                        .getMessage());
        assertFalse(passes(() -> numbers()
                .start("0", x -> 0, "")
                .inExpectation("noise", 64, (x, rng) -> rng.nextGaussian(), "")
                .check()));
        assertTrue(passes(() -> numbers()
                .start("0", x -> 0, "")
                .inExpectation("noise", 1000, (x, rng) -> rng.nextGaussian(), "")
                .check()));
    }

    @Test
    void anExpectationIsHeldOnEveryDrawAndInBothDomains() {
        assertFalse(passes(() -> numbers()
                .start("3", x -> 3, "")
                .inExpectation("3, or 4", 1000, (x, rng) -> (x < 0.5 ? 3 : 4) + rng.nextGaussian(), "")
                .check()));
        assertTrue(passes(() -> numbers()
                .start("e^x", LogNumber::new, "")
                .inExpectation("e^x + noise", 1000, (x, rng) -> Math.exp(x) + rng.nextGaussian(), "")
                .check()));
        Estimate ones = Estimate.of(100, new SplittableRandom(1), rng -> new LogNumber(0));
        assertEquals(1, ones.mean().get(0));
        assertEquals(0, ones.zScore(new LogNumber(1e-15)));
        assertEquals(INFINITY, ones.zScore(1 + 1e-9));
    }

    @Test
    void anEstimateHasAFiniteError() {
        for (double bad : new double[] {Double.NaN, INFINITY, -1}) {
            assertThrows(IllegalArgumentException.class, () -> new Estimate(ONE, ONE.scale(bad), 10), "error " + bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new Estimate(ONE.scale(Double.NaN), ONE, 10));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(ONE, new SimpleMatrix(2, 1), 10));
        Claims vague = Claims.of("c").inExpectation("far off", new Estimate(ONE, ONE, 10), 2);
        String few = assertThrows(CheckFailedException.class, vague::check).getMessage();
        assertTrue(few.contains("so few that no mistake could be found"), few);
    }

    @Test
    void claimsThatCouldNotFailAreRefused() {
        Claims claims = Claims.of("c");
        assertEquals(
                "c: expected at least one claim",
                assertThrows(IllegalStateException.class, claims::check).getMessage());
        for (double tolerance : new double[] {0.5, 1, INFINITY, Double.NaN, -1e-9}) {
            assertEquals(
                    "tolerance: expected a number from 0 to below 0.5, got " + tolerance,
                    assertThrows(IllegalArgumentException.class, () -> claims.equal("x", 1, 1, tolerance))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> numbers().within(tolerance));
        }
        assertFalse(passes(() -> Claims.of("c").above("x", INFINITY, 1).check()));
        assertFalse(passes(() -> Claims.of("c").below("x", -INFINITY, 1).check()));
        for (Object nothing : List.of(new SimpleMatrix(0, 0), new double[0], List.of())) {
            String message = assertThrows(IllegalArgumentException.class, () -> claims.equal("x", nothing, nothing, 0))
                    .getMessage();
            assertTrue(message.startsWith("value: expected at least one element, got 0x"), message);
        }
        assertEquals(
                "value: expected a whole number of at most 2^53, got 9223372036854775807",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> claims.equal("x", Long.MAX_VALUE, Long.MAX_VALUE - 1, 0))
                        .getMessage());
    }

    @Test
    void aPrintedNumberHasTheDigitsThatStandThere() {
        for (String right : List.of("0.572", "0.5724", "0.6", "57e-2", "5.7236e-1")) {
            assertTrue(passes(() -> Claims.of("c").roundsTo("x", right, 0.57236).check()), right);
        }
        for (String wrong : List.of("0.573", "0.571", "-0.572", "0.5723", "0.58", "2")) {
            assertFalse(
                    passes(() -> Claims.of("c").roundsTo("x", wrong, 0.57236).check()), wrong);
        }
        assertTrue(passes(() -> Claims.of("c").roundsTo("x", "0.13", 0.125).check()), "half a unit");
        assertTrue(passes(() -> Claims.of("c")
                .roundsTo("x", "300, 3e-5", new double[] {299.8, 2.6e-5})
                .check()));
        assertFalse(passes(() -> Claims.of("c")
                .roundsTo("x", "300, 3e-5", new double[] {299.8, 2e-5})
                .check()));
        assertFalse(passes(() -> Claims.of("c").roundsTo("x", "0.1", Double.NaN).check()));
        for (double[] one : new double[][] {{Double.NaN, 0.1}, {0.1, Double.NaN}}) {
            assertFalse(
                    passes(() -> Claims.of("c").roundsTo("x", "0.1, 0.1", one).check()));
        }
        assertTrue(passes(
                () -> Claims.of("c").roundsTo("x", "2.7", new LogNumber(1)).check()));
        assertEquals(
                "0.572364943, expected 0.5723649",
                Claims.of("c")
                        .roundsTo("x", "0.5723649", 0.57236494292)
                        .check()
                        .lines()
                        .get(0)
                        .measured());
        Claims off = Claims.of("c").roundsTo("x", "0.573", 0.57236);
        String message = assertThrows(CheckFailedException.class, off::check).getMessage();
        assertTrue(message.contains("0.57236, expected 0.573, off by 0.64 units of the last digit"), message);
        assertEquals(
                "printed: expected 2 numbers, got \"0.1\"",
                assertThrows(IllegalArgumentException.class, () -> off.roundsTo("x", "0.1", new double[] {1, 2}))
                        .getMessage());
        assertEquals(
                "printed: expected a number other than zero, got \"0.00\"",
                assertThrows(IllegalArgumentException.class, () -> off.roundsTo("x", "0.00", 0))
                        .getMessage());
        assertEquals(
                "printed: expected a number, got \"a half\"",
                assertThrows(IllegalArgumentException.class, () -> off.roundsTo("x", "a half", 0))
                        .getMessage());
    }

    @Test
    void aChainHasAStepAndChangesNothing() {
        assertEquals(
                "d: expected a step after the last start(...)",
                assertThrows(
                                IllegalStateException.class,
                                () -> numbers().start("x", x -> x, "").check())
                        .getMessage());
        Derivation<double[]> counting = Derivation.of("d")
                .on(new double[] {1})
                .start("x", x -> x[0]++, "")
                .equal("x - 1", x -> x[0] - 1, "");
        assertEquals(
                "d: expected expressions that change nothing, but the first one, x, was 1 and is 2 after the last",
                assertThrows(IllegalStateException.class, counting::check).getMessage());
    }
}
