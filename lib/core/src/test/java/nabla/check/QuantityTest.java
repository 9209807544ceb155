package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nabla.math.LogNumber;
import org.junit.jupiter.api.Test;

class QuantityTest {
    private static Quantity of(double... x) {
        return Quantity.of(x);
    }

    private static String refusal(Object value) {
        return assertThrows(IllegalArgumentException.class, () -> Quantity.of(value))
                .getMessage();
    }

    @Test
    void wholeNumbersUpTo2To53AreDoubles() {
        long most = 9_007_199_254_740_992L; // 2^53
        assertEquals(9.007199254740992e15, Quantity.of(most).get(0));
        assertEquals(-9.007199254740992e15, Quantity.of(-most).get(0));
        String expected = "value: expected a whole number of at most 2^53, got ";
        assertEquals(expected + "9007199254740993", refusal(most + 1));
        assertEquals(expected + "-9007199254740993", refusal(-most - 1));
    }

    @Test
    void whatIsNoNumberIsNamed() {
        String expected =
                "value: expected a number, an array or list of numbers, SimpleMatrix, DMatrixRMaj or LogNumber, got ";
        assertEquals(expected + "null", refusal(null));
        assertEquals(expected + "java.lang.String", refusal("seven"));
    }

    @Test
    void theLogarithmOfZeroIsANumberAndInfinityIsNot() {
        assertTrue(Quantity.of(new LogNumber(Double.NEGATIVE_INFINITY)).isFinite());
        assertTrue(Quantity.of(new LogNumber(3)).isFinite());
        assertFalse(Quantity.of(new LogNumber(Double.POSITIVE_INFINITY)).isFinite());
        assertTrue(of(1, 2).isFinite());
        assertFalse(of(1, Double.NEGATIVE_INFINITY).isFinite());
    }

    @Test
    void theFirstOfTwoElementsThatAreEquallyWrongIsTold() {
        assertEquals("1.0 and 2.0 at 2", of(5, 1, 1).gap(of(5, 2, 2)).detail());
        assertEquals(1, of(5, 1, 1).gap(of(5, 2, 2)).element());
    }

    @Test
    void rightElementsAreNotTold() {
        assertEquals(new Quantity.Gap(0, 0, ""), of(5, 1).gap(of(5, 1)));
    }

    /** 2^-46 beside 1 is relative to 1; twice as much is as large as the element itself. */
    @Test
    void roundingEndsAt64UnitsInTheLastPlace() {
        assertEquals(0x1p-46, of(1, 0x1p-46).excess(1, of(1, 0)));
        assertEquals(1, of(1, 0x1p-45).excess(1, of(1, 0)));
    }

    /** 1 is smaller than 2 by 1/2 of the larger one. */
    @Test
    void smallerByMoreThanAnError() {
        assertFalse(of(1).isSomewhereSmallerThan(of(2), 0.5));
        assertTrue(of(1).isSomewhereSmallerThan(of(2), 0.499));
        assertFalse(of(2).isSomewhereSmallerThan(of(1), 0.499));
    }

    @Test
    void sixElementsAreListedAndSevenAreNot() {
        assertEquals("1, 2, 3, 4, 5, 6", of(1, 2, 3, 4, 5, 6).shortly(2));
        assertEquals("7×1 at 3: 3", of(1, 2, 3, 4, 5, 6, 7).shortly(2));
    }

    @Test
    void ofAPlaceBeyondTheEndTheLastElementIsShown() {
        assertEquals("7×1 at 7: 7", of(1, 2, 3, 4, 5, 6, 7).shortly(20));
    }
}
