package nabla.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SunspotsTest {
    private static final String HEADER = "\"YEAR\",\"SUNACTIVITY\"\n";

    @Test
    void theNumbersAreThoseOfTheDataSet() throws IOException {
        Sunspots sunspots = Sunspots.load();
        assertEquals(309, sunspots.numbers().getNumRows());
        assertEquals(1, sunspots.numbers().getNumCols());
        assertEquals(309, sunspots.years().getNumRows());
        for (int i = 0; i < 309; i++) {
            assertEquals(1700 + i, sunspots.years().get(i));
        }
        assertEquals(5, sunspots.numbers().get(0));
        assertEquals(2.9, sunspots.numbers().get(308));
        assertEquals(0, sunspots.numbers().get(1810 - 1700));
        // the greatest cycle on record
        assertEquals(190.2, sunspots.numbers().get(1957 - 1700));
        assertEquals(190.2, sunspots.numbers().elementMax());
        assertEquals(15373.4, sunspots.numbers().elementSum(), 1e-9);
    }

    @Test
    void theFileIsTheOneTheReadmeDescribes() throws IOException, GeneralSecurityException {
        Path file = DataFolder.file("sunspots.csv");
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        String row = Files.readString(file.resolveSibling("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `sunspots.csv`"))
                .findFirst()
                .orElseThrow();
        assertTrue(row.contains(hash), hash);
    }

    @Test
    void damagedFilesAreNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("spots.csv");
        String expected = ": expected a year and a number of at least 0, got ";
        assertDamaged(file, "", " line 1: expected \"YEAR\",\"SUNACTIVITY\", got null");
        assertDamaged(file, "1700,5\n", " line 1: expected \"YEAR\",\"SUNACTIVITY\", got 1700,5");
        assertDamaged(file, HEADER, " line 2: expected a year and its number, got the end of the file");
        assertDamaged(file, HEADER + "1700,5\n1701\n", " line 3" + expected + "\"1701\"");
        assertDamaged(file, HEADER + "1700,5,6\n", " line 2" + expected + "\"1700,5,6\"");
        assertDamaged(file, HEADER + "1700,x\n", " line 2" + expected + "\"1700,x\"");
        assertDamaged(file, HEADER + "1700,-1\n", " line 2" + expected + "\"1700,-1\"");
        assertDamaged(file, HEADER + "1700,NaN\n", " line 2" + expected + "\"1700,NaN\"");
        assertDamaged(file, HEADER + "1700,5\n1702,6\n", " line 3: expected the year after the one before, got 1702,6");
        Files.writeString(file, HEADER + "1700,5\n1701,0.25\n");
        assertEquals(0.25, Sunspots.load(file).numbers().get(1));
        assertThrows(NoSuchFileException.class, () -> Sunspots.load(folder.resolve("missing.csv")));
    }

    private static void assertDamaged(Path file, String content, String message) throws IOException {
        Files.writeString(file, content);
        assertEquals(
                file + message,
                assertThrows(IOException.class, () -> Sunspots.load(file)).getMessage());
    }
}
