package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import nabla.math.Functions;
import nabla.math.LogNumber;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What is said of a reader's lines is true: no right line is called wrong, and no hint names what did not happen. */
class OwnLinesFairnessTest {
    private static final String NORMALISER = "normaliser";
    private static final int ONE = 1;
    private static final List<String> NONE = List.of(
            "it looks like none of the usual mistakes: write a line in between, and see which of the two breaks");

    /** Three numbers of either sign. */
    private static OwnLines<double[]> vector() {
        return OwnLines.of("x")
                .on(5, rng -> rng.doubles(3, -1, 1).toArray())
                .from("x", x -> x)
                .to("x", x -> x);
    }

    /** A negative number, as a log-likelihood is. */
    private static OwnLines<Double> negative() {
        return OwnLines.of("log p")
                .on(5, rng -> -1 - rng.nextDouble())
                .from("x", x -> x)
                .to("x", x -> x);
    }

    private static double[] each(double[] x, Function<Double, Double> f) {
        return Arrays.stream(x).map(f::apply).toArray();
    }

    private static List<String> hints(Judgement judgement, int line) {
        return judgement.lines().get(line - 1).hints();
    }

    @Test
    void zeroUpToRoundingIsZero() {
        OwnLines<Double> task = OwnLines.of("The first term vanishes")
                .on(5, rng -> rng.nextGaussian())
                .from("x + 0.1 - x - 0.1", x -> x + 0.1 - x - 0.1)
                .to("0", x -> 0);
        assertTrue(task.judge(x -> 0.3 - 0.2 - 0.1, x -> 0).right());
        assertEquals(1, task.judge(x -> 1e-9).firstBroken());
    }

    @Test
    void aSmallProbabilityIsHeldAgainstItsOwnSize() {
        OwnLines<Double> task = OwnLines.of("p")
                .on(5, rng -> 1e-6 * (1 + rng.nextDouble()))
                .from("p", p -> p)
                .to("p", p -> p);
        assertEquals(1, task.judge(p -> p * (1 + 1e-6)).firstBroken());
    }

    @Test
    void theLinesAfterOneThatIsRightAgainCarryNoMistake() {
        Judgement judgement = vector().judge(
                        x -> each(x, y -> 2 * y), x -> each(x, y -> 2 * y), x -> x, x -> x, x -> each(x, y -> -y));
        assertEquals(1, judgement.firstBroken());
        assertEquals(
                List.of(
                        "follows from the line before it, with its mistake",
                        "does not follow from the line before it, but is right",
                        "follows"),
                judgement.lines().subList(1, 4).stream()
                        .map(Judgement.Line::words)
                        .toList());
        assertEquals(List.of("the sign is turned round"), hints(judgement, 5));
    }

    /** The second mistake is told for itself: the first one is known by then. */
    @Test
    void aSecondMistakeIsHeldAgainstTheLineBeforeIt() {
        Judgement judgement = vector().judge(x -> each(x, y -> 2 * y), x -> each(x, y -> -2 * y));
        assertEquals(List.of("the sign is turned round"), hints(judgement, 2));
        judgement = vector().judge(
                        x -> each(x, y -> -y), x -> new SimpleMatrix(1, 3, true, each(x, y -> -y)), x -> new double[3]);
        assertEquals(List.of("it is 1x3, asked for is 3x1: it is transposed"), hints(judgement, 2));
        assertEquals(
                "does not follow from the line before it",
                judgement.lines().get(1).words());
        assertTrue(hints(judgement, 3).get(0).startsWith("it is zero everywhere"), judgement.toString());
    }

    @Test
    void aLineAfterOneThatIsNoNumberIsRightByItself() {
        Judgement judgement = vector().judge(x -> each(x, y -> y == x[0] ? Double.NaN : y), x -> x);
        assertFalse(judgement.lines().get(0).right());
        assertEquals(
                "does not follow from the line before it, but is right",
                judgement.lines().get(1).words());
    }

    @Test
    void oneFactorIsNoMissingNormaliser() {
        assertEquals(List.of("the sign is turned round"), hints(vector().judge(x -> each(x, y -> -y)), 1));
        List<String> twice = hints(vector().judge(x -> each(x, y -> 2 * y)), 1);
        assertTrue(twice.size() == 1 && twice.get(0).startsWith("it is twice as large"), twice.toString());
        List<String> unnormalised =
                hints(vector().judge(x -> each(x, y -> y * (2 + Arrays.stream(x).sum()))), 1);
        assertTrue(unnormalised.get(0).contains(NORMALISER), unnormalised.toString());
    }

    /** The logarithm and the root of a negative number are no numbers: they explain nothing. */
    @Test
    void aGuessThatIsNoNumberExplainsNothing() {
        assertEquals(NONE, hints(negative().judge(x -> x * x * x + Math.sin(x)), 1));
        assertEquals(NONE, hints(vector().judge(x -> each(x, y -> y * y * y + Math.sin(5 * y))), 1));
    }

    @Test
    void aFactorIsFoundThoughTheFirstDrawIsZero() {
        int[] draw = {0};
        List<double[]> draws = List.of(new double[2], new double[] {1, -2}, new double[] {0, 3});
        OwnLines<double[]> task = OwnLines.of("CD-1")
                .on(3, rng -> draws.get(draw[0]++ % 3))
                .from("v0 - v1", x -> x)
                .to("v0 - v1", x -> x);
        assertEquals(List.of("the sign is turned round"), hints(task.judge(x -> each(x, y -> -y)), 1));
    }

    @Test
    void aHintIsGivenOnce() {
        OwnLines<double[]> task = OwnLines.of("two")
                .on(5, rng -> rng.doubles(2).toArray())
                .from("x", x -> x)
                .to("x", x -> x);
        List<String> hints = hints(task.judge(x -> new double[] {x[1], x[0]}), 1);
        assertEquals(List.of("an index is off by one: the rows are shifted"), hints);
    }

    @Test
    void zeroByIntegerDivision() {
        int half = ONE / 2;
        List<String> hints = hints(vector().judge(x -> each(x, y -> half * y)), 1);
        assertEquals(1, hints.size());
        assertTrue(hints.get(0).contains("1 / 2 is 0 in Java"), hints.toString());
    }

    @Test
    void aLineThatChangesItsInstanceSpoilsNoOther() {
        Judgement judgement = vector().judge(
                        x -> {
                            x[0] = -x[0]; // the array itself
                            return x;
                        },
                        x -> x);
        assertEquals(1, judgement.firstBroken());
        assertEquals(
                "does not follow from the line before it, but is right",
                judgement.lines().get(1).words());
    }

    @Test
    void numbersInTheLogDomainAndPlainOnesAreComparedAsNumbers() {
        OwnLines<Double> task = OwnLines.of("e^x")
                .on(5, rng -> 1 + rng.nextDouble())
                .from("e^x", LogNumber::new)
                .to("e^x", LogNumber::new);
        assertTrue(task.judge(Math::exp, LogNumber::new).right());
        assertEquals(List.of("it is the logarithm of what it should be"), hints(task.judge(x -> x), 1));
        assertTrue(
                hints(task.judge(x -> new LogNumber(x + Math.log(2))), 1).get(0).startsWith("it is twice as large"));
        OwnLines<Double> huge = OwnLines.of("Z")
                .on(5, rng -> 2000 + rng.nextDouble())
                .from("Z", LogNumber::new)
                .to("Z", LogNumber::new);
        assertTrue(
                hints(huge.judge(x -> new LogNumber(x + Math.log(2))), 1).get(0).startsWith("it is twice as large"));
    }

    @Test
    void nestedArraysAreMatrices() {
        OwnLines<double[]> task = OwnLines.of("xx'")
                .on(5, rng -> rng.doubles(2).toArray())
                .from("x x'", x -> new double[][] {{x[0] * x[0], x[0] * x[1]}, {x[1] * x[0], x[1] * x[1]}})
                .to("x x'", x -> new double[][] {{x[0] * x[0], x[0] * x[1]}, {x[1] * x[0], x[1] * x[1]}});
        assertTrue(task.judge(x -> IntStream.range(0, 2)
                        .mapToObj(i -> each(x, y -> x[i] * y))
                        .toArray(double[][]::new))
                .right());
    }

    @Test
    void aLineOfVaryingShapeIsJudged() {
        Judgement judgement = vector().judge(x -> x[0] < 0 ? x : new double[2]);
        assertEquals(1, judgement.firstBroken());
        judgement = vector().judge(x -> x[0] < 0 ? new double[2] : x);
        assertTrue(hints(judgement, 1).get(0).startsWith("it is 2x1, asked for is 3x1"), judgement.toString());
    }

    @Test
    void aLineThatThrowsIsTheOneThatBreaks() {
        Judgement judgement = vector().judge(x -> x, x -> x[3], x -> x);
        assertEquals("""
                x: Not right yet.
                  1. ✓ follows
                  2. ✗ threw ArrayIndexOutOfBoundsException: Index 3 out of bounds for length 3
                      is an index off by one? In Java the first one is 0""", judgement.toString());
        assertEquals(2, judgement.firstBroken());
    }

    @Test
    void aStubWithoutWordsIsNotDone() {
        Judgement judgement = vector().judge(x -> {
            throw new UnsupportedOperationException();
        });
        assertEquals("x: Not done yet: line 1 is still to be written.", judgement.toString());
    }

    /** Only a form that is counted can be found missing: otherwise it is said that nobody looked at it. */
    @Test
    void whatNumbersCannotTellIsSaid() {
        assertEquals(
                "x: Right: each line has the right value; whether the last one has the form asked for, numbers cannot tell.\n"
                        + "  1. ✓ follows",
                vector().judge(x -> x).toString());
        assertEquals(
                "x: Right.\n  1. ✓ follows",
                vector().counting("E", () -> 0).judge(x -> x).toString());
    }

    @Test
    void aMistakeThatIsNoneIsTheLecturers() {
        OwnLines<double[]> task = vector().mistake("nothing forgotten", x -> each(x, y -> 2 * y / 2));
        assertEquals(
                "x: the mistake \"nothing forgotten\" has the right value",
                assertThrows(IllegalStateException.class, () -> task.judge(x -> x))
                        .getMessage());
    }

    @Test
    void oneLessThanTheExamples() {
        OwnLines<double[]> task = vector().examples(4);
        assertEquals(
                List.of("it is divided by N - 1 where N belongs"), hints(task.judge(x -> each(x, y -> y / 3 * 4)), 1));
        assertEquals(
                List.of("it is divided by N where N - 1 belongs, and the sign is turned round"),
                hints(task.judge(x -> each(x, y -> -y * 3 / 4)), 1));
    }

    @Test
    void aPlaceIsCountedFromOne() {
        List<String> hints = hints(vector().judge(x -> new double[] {x[0], x[1], x[2] + x[0]}), 1);
        assertEquals(List.of("only one element is wrong, that at 3 (counted from 1)"), hints);
    }

    @Test
    void aDistanceIsRelativeToWhatIsThere() {
        assertEquals(
                "does not follow from what is given (off by 0.75 times its size)",
                negative().judge(x -> 4 * x).lines().get(0).words());
        assertEquals(
                "does not follow from what is given (off by 0.75 times the largest element)",
                vector().judge(x -> each(x, y -> 4 * y)).lines().get(0).words());
    }

    /** As d log Z / d theta without 1 / Z. */
    @Test
    void theNormaliserForgotten() {
        OwnLines<double[]> task = OwnLines.of("d log Z / db")
                .on(5, rng -> rng.doubles(3, -1, 1).toArray())
                .from(
                        "e^b / Z",
                        b -> each(
                                b,
                                y -> Math.exp(y)
                                        / Arrays.stream(b).map(Math::exp).sum()))
                .to("softmax(b)", Functions::softmax);
        assertTrue(hints(task.judge(b -> each(b, Math::exp)), 1).get(0).contains(NORMALISER));
        assertTrue(task.judge(b -> each(
                        b, y -> 1 / Arrays.stream(b).map(c -> Math.exp(c - y)).sum()))
                .right());
    }

    /** CD-1 for W with the model's state as the data, a square W transposed, and one phase left out. */
    @Test
    void theDifferenceOfContrastiveDivergence() {
        Function<double[][], SimpleMatrix> data = s -> outer(s[0], s[1]);
        Function<double[][], SimpleMatrix> model = s -> outer(s[2], s[3]);
        OwnLines<double[][]> task = OwnLines.of("CD-1")
                .on(5, rng -> IntStream.range(0, 4)
                        .mapToObj(i ->
                                i == 0 ? new double[] {1, 0, 1} : rng.doubles(3).toArray())
                        .toArray(double[][]::new))
                .from("v0 h0' - v1 h1'", s -> data.apply(s).minus(model.apply(s)))
                .to("v0 h0' - v1 h1'", s -> data.apply(s).minus(model.apply(s)))
                .term("the negative phase", model)
                .mistake("the hidden units of the data stand in both phases", s -> data.apply(s)
                        .minus(outer(s[2], s[1])));
        assertEquals(
                List.of("the sign is turned round"),
                hints(task.judge(s -> model.apply(s).minus(data.apply(s))), 1));
        assertEquals(
                List.of("it is transposed: the two indices are exchanged"),
                hints(task.judge(s -> outer(s[1], s[0]).minus(outer(s[3], s[2]))), 1));
        assertEquals(
                List.of("a term is missing, or counted once too often: the negative phase"),
                hints(task.judge(data), 1));
        assertEquals(
                List.of("it looks like this: the hidden units of the data stand in both phases"),
                hints(task.judge(s -> outer(s[0], s[1]).minus(outer(s[2], s[1]))), 1));
        assertTrue(task.judge(s -> IntStream.range(0, 3)
                        .mapToObj(i -> IntStream.range(0, 3)
                                .mapToDouble(j -> s[0][i] * s[1][j] - s[2][i] * s[3][j])
                                .toArray())
                        .toArray(double[][]::new))
                .right());
    }

    private static SimpleMatrix outer(double[] v, double[] h) {
        return new SimpleMatrix(3, 1, true, v).mult(new SimpleMatrix(1, 3, true, h));
    }
}
