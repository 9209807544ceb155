package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import nabla.math.LogNumber;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The words for each mistake, and none for what only looks like one. */
class SuspicionsTest {
    private static final List<String> NONE = List.of();

    /** Of one draw, where the number of examples is not known. */
    private static List<String> hints(Object right, Object found) {
        return hints(0, right, found);
    }

    private static List<String> hints(int examples, Object right, Object found) {
        return new Suspicions(List.of(Quantity.of(right)), List.of(Quantity.of(found))).found(examples);
    }

    private static List<String> hintsOfDraws(List<?> right, List<?> found) {
        return new Suspicions(
                        right.stream().map(Quantity::of).toList(),
                        found.stream().map(Quantity::of).toList())
                .found(0);
    }

    private static double[] vector(double... x) {
        return x;
    }

    private static double[] scaled(double factor, double... x) {
        return Arrays.stream(x).map(y -> factor * y).toArray();
    }

    private static SimpleMatrix matrix(double[]... rows) {
        return new SimpleMatrix(rows);
    }

    /** 1 to 9. */
    private static SimpleMatrix square() {
        return matrix(vector(1, 2, 3), vector(4, 5, 6), vector(7, 8, 9));
    }

    @Test
    void whatIsRightToSixDigitsWasRounded() {
        List<String> rounded = List.of("its first six digits are right: was a number rounded on the way?");
        assertEquals(rounded, hints(1 / 3.0, 0.3333333));
        assertEquals(rounded, hints(matrix(vector(1, 2), vector(2, 1)), matrix(vector(1, 2), vector(2, 1.0000001))));
    }

    @Test
    void aFactorThatIsTheNumberOfExamples() {
        assertEquals(
                List.of("it is 4 times as large: a sum over the examples where their mean is asked for"),
                hints(4, vector(1, 2), vector(4, 8)));
        assertEquals(
                List.of("it is 4 times too small: a mean over the examples where their sum is asked for"),
                hints(4, vector(1, 2), vector(0.25, 0.5)));
        assertEquals(
                List.of("it is 4 times too small: a mean over the examples where their sum is asked for,"
                        + " and the sign is turned round"),
                hints(4, vector(1, 2), vector(-0.25, -0.5)));
    }

    @Test
    void oneExampleExplainsNoFactor() {
        assertEquals(List.of("it is off by one factor, 3.00, in all draws"), hints(1, vector(1, 2), vector(3, 6)));
    }

    /** With N = 5, dividing by 4 for 5 is a factor 5/4, the other way round 4/5. */
    @Test
    void oneExampleLessOrMoreInTheDivisor() {
        assertEquals(List.of("it is divided by N - 1 where N belongs"), hints(5, vector(4, 8), vector(5, 10)));
        assertEquals(List.of("it is divided by N where N - 1 belongs"), hints(5, vector(5, 10), vector(4, 8)));
    }

    @Test
    void withTwoExamplesTwiceIsTheSum() {
        assertEquals(
                List.of("it is 2 times as large: a sum over the examples where their mean is asked for"),
                hints(2, 3, 6));
        assertEquals(
                List.of("it is 2 times too small: a mean over the examples where their sum is asked for"),
                hints(2, 6, 3));
    }

    @Test
    void aFactorIsRecognisedBySixDigits() {
        assertEquals(
                List.of("it is 1000 times as large: a sum over the examples where their mean is asked for"),
                hints(1000, vector(1, 2), scaled(1000 * (1 + 5e-7), 1, 2)));
        assertEquals(
                List.of("it is off by one factor, 1.00e+3, in all draws"),
                hints(1000, vector(1, 2), scaled(1000 * (1 + 2e-6), 1, 2)));
    }

    @Test
    void oneNumberIsNotOffByAFactorOrAConstant() {
        assertEquals(NONE, hints(7, 5.9));
    }

    @Test
    void oneFunctionOfAllElements() {
        assertEquals(
                List.of("it is the exponential of what it should be: a logarithm is forgotten"),
                hints(vector(0, 1, 2), vector(1, Math.E, Math.E * Math.E)));
        assertEquals(
                List.of("it is the logarithm of what it should be"),
                hints(vector(1, Math.E, Math.E * Math.E), vector(0, 1, 2)));
        assertEquals(List.of("it is the square of what it should be"), hints(vector(1, -2, 3), vector(1, 4, 9)));
        assertEquals(List.of("it is the square root of what it should be"), hints(vector(1, 4, 9), vector(1, 2, 3)));
        assertEquals(
                List.of("it is the reciprocal: the fraction is turned over"),
                hints(vector(1, 2, 4), vector(1, 0.5, 0.25)));
        assertEquals(List.of("it is one minus what it should be"), hints(vector(0.5, 2, 4), vector(0.5, -1, -3)));
    }

    @Test
    void theSameNumberEverywhere() {
        assertEquals(
                List.of("it is off by the same number, 3.00, everywhere: a constant was lost or added"),
                hints(vector(1, 2), vector(4, 5)));
    }

    @Test
    void rowsOrColumnsAreShifted() {
        List<String> rows = List.of("an index is off by one: the rows are shifted");
        List<String> columns = List.of("an index is off by one: the columns are shifted");
        assertEquals(rows, hints(vector(1, 2, 4), vector(4, 1, 2)));
        assertEquals(rows, hints(vector(1, 2, 4), vector(2, 4, 1)));
        assertEquals(columns, hints(matrix(vector(1, 2, 4)), matrix(vector(4, 1, 2))));
        assertEquals(columns, hints(square(), matrix(vector(2, 3, 1), vector(5, 6, 4), vector(8, 9, 7))));
    }

    @Test
    void theSameNumbersInAnotherOrder() {
        assertEquals(
                List.of("the numbers are right, but in another order: is an index exchanged or reversed?"),
                hints(vector(1, 2, 3, 5), vector(5, 3, 2, 1)));
    }

    @Test
    void onlyOneElementIsWrong() {
        assertEquals(
                List.of("only one element is wrong, that at (2, 3) (counted from 1)"),
                hints(square(), matrix(vector(1, 2, 3), vector(4, 5, 0), vector(7, 8, 9))));
    }

    @Test
    void whatIsRoundingBesideTheLargestIsNotWrong() {
        assertEquals(
                List.of("only one element is wrong, that at 3 (counted from 1)"),
                hints(vector(1, 1000, 5), vector(1, 1000 + 1e-5, 7)));
    }

    @Test
    void onlyTheDiagonalOrOneRowOrOneColumnIsWrong() {
        assertEquals(
                List.of("only the diagonal is wrong"),
                hints(square(), matrix(vector(1, 2, 3), vector(4, 0, 6), vector(7, 8, -20))));
        assertEquals(
                List.of("only row 2 is wrong"),
                hints(square(), matrix(vector(1, 2, 3), vector(4, 0, -20), vector(7, 8, 9))));
        assertEquals(
                List.of("only column 3 is wrong"),
                hints(square(), matrix(vector(1, 2, 0), vector(4, 5, -20), vector(7, 8, 9))));
    }

    @Test
    void oneRowOfTwoIsHalfOfAll() {
        assertEquals(
                List.of("only row 1 is wrong"),
                hints(matrix(vector(1, 2), vector(4, 5)), matrix(vector(7, -8), vector(4, 5))));
    }

    @Test
    void wrongElementsHereAndThereHaveNothingInCommon() {
        assertEquals(NONE, hints(square(), matrix(vector(0, 2, 3), vector(4, 5, -20), vector(7, 8, 9))));
    }

    @Test
    void aVectorHasNoRowsAndColumnsToBeWrong() {
        assertEquals(NONE, hints(vector(1, 2, 3, 4), vector(1, 7, -9, 4)));
        assertEquals(NONE, hints(matrix(vector(1, 2, 3, 4)), matrix(vector(1, 7, -9, 4))));
    }

    @Test
    void rightInSomeDraws() {
        assertEquals(
                List.of("it is right in 2 of 5 draws: does it hold in a special case only?"),
                hintsOfDraws(List.of(1, 2, 3, 4, 5), List.of(1, 2, 2, 2, 2)));
    }

    @Test
    void theSameInAllDraws() {
        assertEquals(
                List.of("it is the same in all draws: does it contain what it should depend on?"),
                hintsOfDraws(List.of(1, 2, 4), List.of(7, 7, 7)));
    }

    @Test
    void anotherFactorInEachDraw() {
        assertEquals(
                List.of(
                        "in each draw all elements are off by one factor, another one in each: is a normaliser missing?"),
                hintsOfDraws(List.of(vector(1, 2), vector(3, 1)), List.of(vector(3, 6), vector(15, 5))));
    }

    /** 3 more in the first draw, 5 more in the second. */
    @Test
    void anotherConstantInEachDraw() {
        assertEquals(
                List.of("in each draw all elements are off by one number, another one in each:"
                        + " is a term missing that has no index?"),
                hintsOfDraws(List.of(vector(1, 2), vector(3, 1)), List.of(vector(4, 5), vector(8, 6))));
    }

    /** e^699 is a double; from e^700 on logarithms are compared as they are, and the reciprocal is not seen. */
    @Test
    void largeLogarithmsStayLogarithms() {
        assertEquals(
                List.of("it is the reciprocal: the fraction is turned over"),
                hints(new LogNumber(699), new LogNumber(-699)));
        assertEquals(NONE, hints(new LogNumber(700), new LogNumber(-700)));
    }

    @Test
    void aTermOfAnotherShapeIsNotTheOneThatIsMissing() {
        Suspicions suspicions = new Suspicions(List.of(Quantity.of(7)), List.of(Quantity.of(5)));
        suspicions.term("a vector", List.of(Quantity.of(vector(2, 2))));
        suspicions.term("the bias", List.of(Quantity.of(2)));
        assertEquals(List.of("a term is missing, or counted once too often: the bias"), suspicions.found(0));
    }
}
