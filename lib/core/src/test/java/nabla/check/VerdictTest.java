package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({
        "1.09797e10, 1.09797e+10",
        "1e10, 1e+10",
        "2.5e100, 2.5e+100",
        "1e-7, 1e-7",
        "3e-20, 3e-20",
        "0.35400, 0.354",
        "25, 25",
        "100, 100",
        "123000, 123000",
        "-0.5, -0.5",
        "0, 0"
    })
    void dropsTheZerosOfTheFractionAndNotThoseOfTheExponent(double x, String text) {
        assertEquals(text, Verdict.sixDigits(x));
    }

    /** At 1/1000 two digits are written out, below and from 100,000 on with a power of ten. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.001, 0.0010",
        "0.00099, 1e-3",
        "-0.5, -0.50",
        "12, 12",
        "99999, 1.0e+5",
        "100000, 1e+5",
        "-100000, -1e+5"
    })
    void anErrorHasTwoDigits(double x, String text) {
        assertEquals(text, Verdict.number(x));
    }

    @Test
    void anErrorMayBeAsLargeAsTheTolerance() {
        assertTrue(Verdict.ofError(0.25, 0.25, "", 0).passed());
        assertFalse(Verdict.ofError(0.26, 0.25, "", 0).passed());
        assertFalse(Verdict.ofError(Double.NaN, 0.25, "", 0).passed());
    }

    private static Verdict verdict(boolean passed, double error) {
        return new Verdict(passed, error, "", "", 0);
    }

    @Test
    void theWorseOfTwoVerdicts() {
        assertTrue(verdict(true, 0).worseThan(null));
        assertTrue(verdict(false, 1).worseThan(verdict(true, 2)), "a failure before a success");
        assertFalse(verdict(true, 2).worseThan(verdict(false, 1)));
        for (boolean passed : new boolean[] {true, false}) {
            assertTrue(verdict(passed, 2).worseThan(verdict(passed, 1)), "the larger error");
            assertFalse(verdict(passed, 1).worseThan(verdict(passed, 2)));
            assertFalse(verdict(passed, 1).worseThan(verdict(passed, 1)), "of two alike the first stays");
            assertTrue(verdict(passed, Double.NaN).worseThan(verdict(passed, 1)));
        }
    }
}
