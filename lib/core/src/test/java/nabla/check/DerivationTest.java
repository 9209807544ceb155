package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import nabla.math.LogNumber;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class DerivationTest {
    /** The gradient of x'Ax / 2 for a square A, right or wrong. */
    private record Quadratic(SimpleMatrix A, SimpleMatrix x) {
        static Derivation<Quadratic> derivation() {
            return Derivation.of("The gradient of a quadratic form")
                    .on(20, rng -> new Quadratic(Randoms.normal(3, 3, 1, rng), Randoms.normal(3, 1, 1, rng)));
        }

        SimpleMatrix numeric() {
            return Numeric.gradient(() -> x.dot(A.mult(x)) / 2, x);
        }
    }

    @Test
    void aRightChainHolds() {
        Report report = Quadratic.derivation()
                .start("\\nabla_x \\tfrac12 x^\\top A x", Quadratic::numeric, "finite differences")
                .equal(
                        "\\tfrac12(A + A^\\top)x",
                        q -> q.A.plus(q.A.transpose()).mult(q.x).scale(0.5),
                        "product rule",
                        "X-01",
                        "X-02")
                .mistake("transpose forgotten", q -> q.A.mult(q.x))
                .proportional("(A + A^\\top)x", q -> q.A.plus(q.A.transpose()).mult(q.x), "times two")
                .differs("Ax", q -> q.A.mult(q.x), "only for a symmetric A")
                .check();
        assertTrue(report.passed());
        assertEquals(4, report.lines().size());
        assertEquals("factor 0.5, error 0", report.lines().get(2).measured().replaceAll("error .*", "error 0"));
        assertEquals(List.of("X-01", "X-02"), report.lines().get(1).ids());
        assertTrue(report.mistakes().stream().anyMatch(m -> m.name().equals("transpose forgotten") && m.rejected()));
        assertTrue(report.mistakes().stream().anyMatch(m -> m.name().equals("sign flipped")));
    }

    @Test
    void everyWrongStepFailsAndTellsWhere() {
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> Quadratic.derivation()
                .start("g", Quadratic::numeric, "")
                .equal("A x", q -> q.A.mult(q.x), "wrong")
                .check());
        assertTrue(e.getMessage().contains("step 2: = A x"), e.getMessage());
        assertTrue(e.getMessage().contains("given reason: wrong"), e.getMessage());
        assertTrue(
                e.getMessage()
                        .matches(
                                "(?s).*tolerance 1e-9: -?[0-9.E-]+ and -?[0-9.E-]+ at [123], draw \\d+ \\(seed -?\\d+\\).*"),
                e.getMessage());
    }

    @Test
    void theSeedInTheMessageGivesTheFailingDrawAgain() {
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> Derivation.of("one bad draw")
                .on(50, rng -> rng.nextDouble())
                .start("x", x -> x, "")
                .equal("\\min(x, 0.95)", x -> Math.min(x, 0.95), "")
                .check());
        long seed = Long.parseLong(e.getMessage().replaceAll("(?s).*\\(seed (-?\\d+)\\).*", "$1"));
        assertTrue(new SplittableRandom(seed).nextDouble() > 0.95);
    }

    @Test
    void everyKindOfMistakeIsNoticedInEveryKindOfStep() {
        Derivation<SimpleMatrix> chain = Derivation.of("identities")
                .on(5, rng -> Randoms.normal(4, 4, 1, rng))
                .start("X", X -> X, "")
                .equal("X^{\\top\\top}", X -> X.transpose().transpose(), "")
                .proportional("7X", X -> X.scale(7), "")
                .atMost(
                        "8X + |X|",
                        X -> X.scale(8).plus(X.elementMult(X).elementPower(0.5)).plus(1),
                        "");
        Report report = chain.check();
        assertEquals(5 + 3 + 1, report.mistakes().size());
        assertTrue(report.mistakes().stream().allMatch(Report.Mistake::rejected));
    }

    @Test
    void aCheckThatCannotFailIsRefused() {
        // the two sides agree whatever the bias, because it is zero in this instance
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> Derivation.of("bias")
                .on(new double[] {0})
                .start("2 + b", b -> 2 + b[0], "")
                .equal("b + 2", b -> b[0] + 2, "")
                .mistake("bias dropped", b -> 2.0)
                .check());
        assertTrue(
                e.getMessage().contains("step 2 cannot fail: it accepts the mistake \"bias dropped\""), e.getMessage());
    }

    @Test
    void notANumberNeverPasses() {
        assertThrows(CheckFailedException.class, () -> Derivation.of("nan")
                .on(1.0)
                .start("\\log(-1)", x -> Math.log(-x), "")
                .equal("\\log(-1)", x -> Math.log(-x), "")
                .check());
    }

    @Test
    void differentShapesAreNamed() {
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> Derivation.of("shapes")
                .on(1.0)
                .start("x", x -> new SimpleMatrix(2, 3), "")
                .equal("x^\\top", x -> new SimpleMatrix(3, 2), "")
                .check());
        assertTrue(e.getMessage().contains("shapes differ: 2x3 and 3x2"), e.getMessage());
    }

    @Test
    void scalarsAreProportionalOnlyWithOneFactor() {
        Derivation<Double> right = Derivation.of("factor")
                .on(5, rng -> 1 + rng.nextDouble())
                .start("5x", x -> 5 * x, "")
                .proportional("x", x -> x, "");
        assertTrue(right.check().lines().get(1).measured().startsWith("factor 5"));
        Derivation<Double> wrong = Derivation.of("factor")
                .on(5, rng -> 1 + rng.nextDouble())
                .start("x^2", x -> x * x, "")
                .proportional("x", x -> x, "");
        assertThrows(CheckFailedException.class, wrong::check);
        Derivation<Double> negative = Derivation.of("factor")
                .on(5, rng -> 1 + rng.nextDouble())
                .start("-x", x -> -x, "")
                .proportional("x", x -> x, "");
        assertThrows(CheckFailedException.class, negative::check);
    }

    @Test
    void inequalitiesHaveADirectionAndMustBeStrictSomewhere() {
        Derivation<Double> jensen = Derivation.of("Jensen")
                .on(9, rng -> rng.nextDouble())
                .start("\\log \\tfrac{1 + x}{2}", x -> Math.log((1 + x) / 2), "")
                .atLeast("\\tfrac12 \\log x", x -> Math.log(x) / 2, "the logarithm is concave");
        assertTrue(jensen.check().passed());
        assertThrows(CheckFailedException.class, () -> Derivation.of("Jensen turned round")
                .on(9, rng -> rng.nextDouble())
                .start("\\log \\tfrac{1 + x}{2}", x -> Math.log((1 + x) / 2), "")
                .atMost("\\tfrac12 \\log x", x -> Math.log(x) / 2, "")
                .check());
    }

    @Test
    void expectationsAreHeldToTheirStandardError() {
        Report report = Derivation.of("mean of a die")
                .on(1.0)
                .start("3.5", x -> 3.5, "")
                .inExpectation("X", 10_000, (x, rng) -> 1 + rng.nextInt(6), "", "X-03")
                .check();
        assertTrue(report.lines().get(1).measured().matches("z = \\d\\.\\d, 10,000 samples, seed 2"));
        assertEquals(2, report.mistakes().size());
        // a loaded die: off by 0.1, which is 6 standard errors of 0.017
        assertThrows(CheckFailedException.class, () -> Derivation.of("loaded die")
                .on(1.0)
                .start("3.6", x -> 3.6, "")
                .inExpectation("X", 10_000, (x, rng) -> 1 + rng.nextInt(6), "")
                .check());
    }

    @Test
    void aFormulaSaidToBeWrongMustBeWrong() {
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> Derivation.of("not wrong")
                .on(3, rng -> rng.nextDouble())
                .start("x", x -> x, "")
                .differs("x", x -> x, "printed")
                .check());
        assertTrue(e.getMessage().contains("the formula said to be wrong is right"), e.getMessage());
    }

    @Test
    void numbersInTheLogDomainAreComparedByTheirRelativeError() {
        assertTrue(Derivation.of("huge")
                .on(5, rng -> 5000 * rng.nextDouble() + 1000)
                .start("e^x", x -> new LogNumber(x), "")
                .within(1e-9)
                .equal("e^{x/2} e^{x/2}", x -> new LogNumber(x / 2 + x / 2), "")
                .check()
                .passed());
        assertThrows(CheckFailedException.class, () -> Derivation.of("huge, off by a millionth")
                .on(1000.0)
                .start("e^x", x -> new LogNumber(x), "")
                .equal("(1 + 10^{-6}) e^x", x -> new LogNumber(x + 1e-6), "")
                .check());
    }

    @Test
    void reportsSayThemselvesInEveryForm() {
        Report report = Derivation.of("A <title> with |bars|")
                .on(1.0)
                .start("p(v|h)", x -> 1.0, "")
                .equal("1", x -> 1.0, "because $a|b$", "X-04")
                .check();
        assertTrue(report.markdown().contains("$\\displaystyle p(v\\vert h)$"), report.markdown());
        assertTrue(report.markdown().contains("because $a\\vert b$ `X-04` | ✓\u00a00 |"), report.markdown());
        assertTrue(new Report(
                        "t",
                        "check",
                        "",
                        List.of(new Report.Line("", "x", true, "", "equal", "error 2e-16", 2e-16, 1, true, List.of())),
                        List.of(),
                        0)
                .markdown()
                .contains("✓\u00a02·10⁻¹⁶"));
        assertTrue(report.latex().contains("\\checkmark"));
        assertTrue(report.toString().contains("ok, error 0"), report.toString());
        Map<String, Object> record = report.record();
        assertEquals(true, record.get("passed"));
        List<?> checks = (List<?>) record.get("checks");
        assertEquals(2, checks.size());
        assertEquals("start", ((Map<?, ?>) checks.get(0)).get("verdict"));
        assertEquals("because $a|b$", ((Map<?, ?>) checks.get(1)).get("reason"));
        assertFalse(report.markdown().contains("FAILED"));
    }

    /** x^2 for x = 3 and 5, by hand and by a sum of odd numbers. */
    private static Derivation<Integer> square() {
        return Derivation.of("The square")
                .on(2, rng -> 3 + 2 * rng.nextInt(2))
                .start("x^2", x -> x * x, "definition")
                .equal("(x-1)^2 + 2x - 1", x -> (x - 1) * (x - 1) + 2 * x - 1, "binomial formula", "X-10");
    }

    private static int oddNumbers(int x) {
        int sum = 0;
        for (int i = 1; i <= x; i++) {
            sum += 2 * i - 1;
        }
        return sum;
    }

    @Test
    void anIndependentNumberConfirmsTheEndOfAChain() {
        Report report = square().confirmed("1+3+5+\\dots", DerivationTest::oddNumbers, "a sum", "X-11")
                .mistake("last term forgotten", x -> x * x - 2 * x + 1)
                .start("x", x -> x, "another chain")
                .equal("x + 0", x -> x, "zero")
                .check();
        assertEquals("confirmed", report.lines().get(2).verdict());
        assertTrue(report.markdown().contains("| a sum `X-11` | ✓\u00a0confirmed, 0 |"), report.markdown());
        assertTrue(report.toString().contains("a sum; confirmed, error 0 [X-11]"), report.toString());
        assertEquals(1, report.mistakes().stream().filter(Report.Mistake::named).count());
    }

    @Test
    void aWrongNumberConfirmsNothing() {
        assertThrows(
                CheckFailedException.class, () -> square().confirmed("1+3+5+\\dots", x -> oddNumbers(x) + 1, "a sum")
                        .check());
    }

    @Test
    void aMistakeAfterANumberIsHeldAgainstTheNumber() {
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> square().confirmed(
                        "1+3+5+\\dots", DerivationTest::oddNumbers, "a sum")
                .mistake("no mistake", x -> x * x)
                .check());
        assertTrue(e.getMessage().contains("it accepts the mistake \"no mistake\""), e.getMessage());
    }

    @Test
    void aConfirmedChainDoesNotGoOn() {
        Derivation<Integer> ended = square().confirmed("1+3+5+\\dots", DerivationTest::oddNumbers, "a sum")
                .differs("x^3", x -> x * x * x, "printed");
        assertEquals(
                "The square: the chain was confirmed; expected start(...) before x x",
                assertThrows(IllegalStateException.class, () -> ended.equal("x x", x -> x * x, "product"))
                        .getMessage());
    }

    /** A table for each chain; what is printed wrongly below it, with a cross; named mistakes told, others counted. */
    @Test
    void theFormOfADerivation() {
        Report report = square().mistake("middle term forgotten", x -> x * x - 2 * x)
                .differs("x^3", x -> x * x * x, "as printed", "X-12")
                .start("x", x -> x, "another chain")
                .equal("|x|", x -> x, "positive")
                .check();
        assertEquals("""
                **The square** · *2 random draws, seed 1*

                | | | reason | |
                |---:|:---|:---|:---|
                |  | $\\displaystyle x^2$ | definition |  |
                | $\\displaystyle =$ | $\\displaystyle (x-1)^2 + 2x - 1$ | binomial formula `X-10` | ✓\u00a00 |

                ✗ Not so: $\\displaystyle x^3$, as printed (off by 0.67) `X-12`

                | | | reason | |
                |---:|:---|:---|:---|
                |  | $\\displaystyle x$ | another chain |  |
                | $\\displaystyle =$ | $\\displaystyle \\vert x\\vert $ | positive | ✓\u00a00 |

                <details><summary>Can this check fail? 7 mistakes tried, 7 rejected</summary>

                | step | mistake | found |
                |---:|:---|:---|
                | 2 | middle term forgotten | ✗ off by 0.67 |

                And 6 that can be made in any formula: sign flipped, counted twice, off by a thousandth.

                </details>
                """, report.markdown());
    }

    @Test
    void claimsShowBothNumbersAndFold() {
        Report report = Claims.of("Numbers")
                .equal("$\\pi$", 3.1416, Math.PI, 1e-4, "X-20")
                .equal("a vector", new double[] {1, 2}, new double[] {1, 2}, 0)
                .equal("a matrix", new SimpleMatrix(3, 3), new SimpleMatrix(3, 3).plus(1e-9), 1e-8)
                .above("large", 3, 2)
                .holds("so it is", true)
                .check();
        assertEquals("""
                <details><summary>✓ 5 checks passed: Numbers</summary>

                | | expected | found | |
                |:---|:---|:---|:---|
                | $\\pi$ `X-20` | 3.1416 | 3.14159 | ✓\u00a0error\u00a02·10⁻⁶ |
                | a vector | 1, 2 | 1, 2 | ✓\u00a0error\u00a00 |
                | a matrix | 3×3 at (1, 1): 0 | 3×3 at (1, 1): 1·10⁻⁹ | ✓\u00a0error\u00a01·10⁻⁹ |
                | large | > 2 | 3 | ✓\u00a0 |
                | so it is | true | true | ✓\u00a0 |

                </details>
                """, report.markdown());
        assertEquals(
                "3.14159, expected 3.1416, error 2e-6", report.lines().get(0).measured());
    }

    /** The largest element where all agree, whatever rounding does; the wrong one where they do not. */
    @Test
    void whichElementOfALargeMatrixIsShown() {
        SimpleMatrix expected = new SimpleMatrix(new double[][] {{1, 2, 3, 4}, {-9, 9, 5, 6}});
        SimpleMatrix rounded = expected.copy();
        rounded.set(1, 3, 6 + 1e-14);
        rounded.set(1, 1, 9 + 1e-15);
        String agreed = Claims.of("all agree")
                .equal("X", expected, rounded, 1e-12)
                .check()
                .toString();
        assertTrue(agreed.contains("2×4 at (2, 1): -9, expected 2×4 at (2, 1): -9"), agreed);
        rounded.set(0, 2, 7);
        String wrong = assertThrows(CheckFailedException.class, () -> Claims.of("one does not")
                        .equal("X", expected, rounded, 1e-12)
                        .check())
                .getMessage();
        assertTrue(wrong.contains("2×4 at (1, 3): 7, expected 2×4 at (1, 3): 3"), wrong);
    }

    @Test
    void claimsHoldOrNameThemselves() {
        Report report = Claims.of("numbers")
                .equal("$2 + 2$", 4, 2 + 2, 1e-12, "X-05")
                .above("large", 3, 2)
                .below("small", 1, 2)
                .holds("true", true)
                .check();
        assertEquals(4, report.lines().size());
        CheckFailedException e = assertThrows(CheckFailedException.class, () -> Claims.of("wrong")
                .equal("$2 + 2$", 5, 2 + 2, 1e-12)
                .holds("never", false)
                .check());
        assertTrue(e.getMessage().contains("5.0 and 4.0") && e.getMessage().contains("never"), e.getMessage());
        assertThrows(
                CheckFailedException.class,
                () -> Claims.of("nan").above("x", Double.NaN, 0).check());
    }

    @Test
    void asManyInstancesAreDrawnAsAreAskedFor() {
        AtomicInteger drawn = new AtomicInteger();
        Derivation.of("d").on(3, rng -> drawn.incrementAndGet());
        assertEquals(3, drawn.get());
        assertEquals(
                "draws: expected at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Derivation.of("d")
                                .on(0, rng -> 1))
                        .getMessage());
    }

    @Test
    void drawsAreCountedFromOne() {
        AtomicInteger drawn = new AtomicInteger();
        Derivation<Integer> wrong = Derivation.of("d")
                .on(4, rng -> drawn.incrementAndGet())
                .start("n", n -> n, "")
                .equal("min(n, 3)", n -> Math.min(n, 3), "");
        String message = assertThrows(CheckFailedException.class, wrong::check).getMessage();
        assertTrue(message.contains("tolerance 1e-9: 4.0 and 3.0, draw 4 (seed "), message);
    }

    @Test
    void ofOneGivenInstanceThereIsNoDrawToName() {
        Derivation<Double> wrong =
                Derivation.of("d").on(1.0).start("x", x -> x, "").equal("2x", x -> 2 * x, "doubled");
        assertEquals("""
                d does not hold:
                  step 2: = 2x
                    error 0.50, tolerance 1e-9: 1.0 and 2.0
                    given reason: doubled""", assertThrows(CheckFailedException.class, wrong::check).getMessage());
    }

    /** The logarithm of 1 is 0, whose sign cannot be flipped, and a single number is neither transposed nor dropped. */
    @Test
    void aStepWhereNoMistakeCanBeTriedFails() {
        Derivation<Integer> one = Derivation.of("d")
                .on(0)
                .start("1", s -> new LogNumber(0), "")
                .proportional("1", s -> new LogNumber(0), "");
        assertEquals("""
                d does not hold:
                  step 2: \\propto 1
                    no mistake could be found here, factor 1, error 0""", assertThrows(CheckFailedException.class, one::check).getMessage());
    }

    @Test
    void theSeedOfAnExpectationIsTheNumberOfItsStep() {
        List<Double> firstNumbers = new ArrayList<>();
        Derivation.of("d")
                .on(0)
                .start("1/2", s -> 0.5, "")
                .equal("2/4", s -> 2 / 4.0, "")
                .inExpectation(
                        "U",
                        1000,
                        (s, rng) -> {
                            double u = rng.nextDouble();
                            firstNumbers.add(u);
                            return u;
                        },
                        "")
                .check();
        assertEquals(new SplittableRandom(3).nextDouble(), firstNumbers.get(0));
    }

    @Test
    void theSecondsAreThoseThatPassed() {
        long started = System.nanoTime();
        double seconds = square().check().seconds();
        double passed = (System.nanoTime() - started) / 1e9;
        assertTrue(0 < seconds && seconds <= passed, seconds + " of " + passed);
    }
}
