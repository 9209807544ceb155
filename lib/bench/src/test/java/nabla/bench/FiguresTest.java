package nabla.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
        assertEquals(2, new Times(9, 1, 2).median());
        assertEquals(3, new Times(9, 1, 2, 4).median());
        assertEquals(5, new Times(5).median());
        assertThrows(IllegalArgumentException.class, () -> new Times());
    }

    @Test
    void leastAndMostAreFoundInAnyOrder() {
        Times times = new Times(0.003, 0.001, 0.0021);
        assertEquals("2.10 [1.00, 3.00]", Figures.milliseconds(times));
    }

    @Test
    void threeDigitsAreShownOfEverySize() {
        assertEquals("0.0123", Figures.rounded(0.012345));
        assertEquals("1.00", Figures.rounded(0.9999));
        assertEquals("9.99", Figures.rounded(9.994));
        assertEquals("10.0", Figures.rounded(9.996));
        assertEquals("12.0", Figures.rounded(12));
        assertEquals("123", Figures.rounded(123.4));
        assertEquals("12300", Figures.rounded(12345));
        assertEquals("0", Figures.rounded(0));
        assertEquals("-", Figures.rounded(Double.NaN));
    }

    @Test
    void bytesAreShownInTheUnitThatSuits() {
        assertEquals("0 B", Figures.bytes(0));
        assertEquals("999 B", Figures.bytes(999));
        assertEquals("1.00 kB", Figures.bytes(999.6));
        assertEquals("1.00 MB", Figures.bytes(1e6));
        assertEquals("3.00 GB", Figures.bytes(3e9));
        assertEquals("3000 GB", Figures.bytes(3e12));
    }

    @Test
    void aTableIsMarkdown() {
        Table table = new Table("a", "time");
        table.add("long one", "1");
        assertEquals("| a        | time |\n| -------- | ---- |\n| long one | 1    |\n", table.toString());
        assertThrows(IllegalArgumentException.class, () -> table.add("one cell"));
    }

    @Test
    void allocationOfTheWorkIsCounted() {
        double[][] kept = new double[1][];
        long bytes = Allocation.bytesOf(() -> kept[0] = new double[1_000_000]);
        assertEquals(1_000_000, kept[0].length);
        assertTrue(bytes >= 8_000_000 && bytes < 12_000_000, () -> bytes + " bytes");
    }
}
