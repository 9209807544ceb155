package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "100, 100",
        "3.14159, 3.142",
        "-93.06789, -93.07",
        "0.00012345, 0.0001234",
        "0.0000123456, 1.235e-5",
        "-1234567, -1235000",
        "12345678, 1.235e7",
        "99999.9, 100000",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "4.9e-324, 4.941e-324"
    })
    void fourSignificantDigits(double value, String expected) {
        assertEquals(expected, Numbers.text(value, 4));
    }
}
