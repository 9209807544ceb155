package nabla.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Digits and sunspots from files that are cut off, damaged, empty, or no such files at all. */
class DamagedDataTest {
    private static final String END = "got the end of the file";

    @TempDir
    Path folder;

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void assertNamed(Path file, String words, Executable load) {
        String message = assertThrows(IOException.class, load).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(words), message);
    }

    private void assertDigits(String words, byte[] bytes) throws IOException {
        Path file = folder.resolve("digits.csv.gz");
        Files.write(file, bytes);
        assertNamed(file, words, () -> Digits.load(file));
    }

    private void assertSunspots(String words, byte[] bytes) throws IOException {
        Path file = folder.resolve("sunspots.csv");
        Files.write(file, bytes);
        assertNamed(file, words, () -> Sunspots.load(file));
    }

    @Test
    void digits() throws IOException {
        byte[] whole = Files.readAllBytes(DataFolder.file("digits.csv.gz"));
        for (int length = 0; length < whole.length; length += 997) {
            assertDigits("cut off", Arrays.copyOf(whole, length));
        }
        String line = "0,".repeat(64) + "3\n";
        assertDigits("line 1: expected 64 pixels and a label, " + END, gzip(""));
        assertDigits("line 2: the file is cut off", gzip(line + line.strip()));
        assertDigits("line 2: expected at most 100000 lines of at most 1000", gzip(line + "1".repeat(5_000_000)));
        assertDigits("line 100001: expected at most", gzip(line.repeat(100_001)));
        assertDigits("GZIP", line.getBytes(StandardCharsets.US_ASCII));
        Path file = folder.resolve("folder");
        Files.createDirectory(file);
        assertNamed(file, "", () -> Digits.load(file));
        assertNamed(file, "", () -> Sunspots.load(file));
    }

    @Test
    void flippedBitsOfDigits() throws IOException {
        byte[] whole = Files.readAllBytes(DataFolder.file("digits.csv.gz"));
        SplittableRandom random = new SplittableRandom(1);
        Path file = folder.resolve("digits.csv.gz");
        for (int i = 0; i < 100; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(i % 2 == 0 ? 12 : whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            try {
                assertEquals(1797, Digits.load(file).labels().size());
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
    }

    @Test
    void sunspots() throws IOException {
        byte[] whole = Files.readAllBytes(DataFolder.file("sunspots.csv"));
        for (int length = 0; length < whole.length; length++) {
            if (length < 22 || whole[length - 1] != '\n') {
                assertSunspots("", Arrays.copyOf(whole, length));
            }
        }
        assertSunspots("not text in UTF-8", new byte[] {'"', (byte) 0xFF, '\n'});
        assertSunspots(
                "line 1: expected at most 100000 lines", "1".repeat(5_000_000).getBytes(StandardCharsets.US_ASCII));
    }
}
