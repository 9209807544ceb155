package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
