package nabla.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataTest {
    @Test
    void digitsHaveTheKnownCounts() throws IOException {
        Digits digits = Digits.load();
        assertEquals(1797, digits.images().getNumRows());
        int[] counts = new int[10];
        for (int label : digits.labels()) {
            counts[label]++;
        }
        // as published with the data set
        assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
        assertEquals(561718, digits.images().elementSum() * 16, 1e-6);
        assertEquals(1, digits.binary().elementMax());
        assertEquals(9.0 / 16, digits.images().get(0, 4));
        assertEquals(1, digits.binary().get(0, 4));
    }

    @Test
    void damagedDigitsAreNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("digits.csv.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1,2,3\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        IOException e = assertThrows(IOException.class, () -> Digits.load(file));
        assertTrue(e.getMessage().endsWith("line 1: expected 65 numbers, got 3"), e.getMessage());
    }

    @Test
    void barsAndStripesAreWhatTheySay() {
        SimpleMatrix V = BarsAndStripes.all(4);
        assertEquals(32, V.getNumRows());
        Set<String> distinct = new HashSet<>();
        for (int row = 0; row < 32; row++) {
            boolean rows = true;
            boolean columns = true;
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    rows &= V.get(row, 4 * i + j) == V.get(row, 4 * i);
                    columns &= V.get(row, 4 * i + j) == V.get(row, j);
                }
            }
            assertTrue(rows || columns);
            distinct.add(java.util.Arrays.toString(V.getRow(row).getDDRM().data));
        }
        assertEquals(30, distinct.size());
        assertEquals(-3.379, BarsAndStripes.bestLogLikelihood(4), 5e-4);
    }

    @Test
    void savedMatricesComeBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.npz");
        SimpleMatrix W = new SimpleMatrix(new double[][] {{1, Math.PI, -0.0}, {Double.MIN_VALUE, 1e308, 5}});
        Npz.write(file, Map.of("W", W, "empty", new SimpleMatrix(0, 3)));
        Map<String, SimpleMatrix> read = Npz.read(file);
        assertArrayEquals(W.getDDRM().data, read.get("W").getDDRM().data);
        assertEquals(3, read.get("W").getNumCols());
        assertEquals(Set.of("W", "empty"), read.keySet());
        assertArrayEquals(new String[] {"model.npz"}, folder.toFile().list());
    }

    @Test
    void damagedFilesAreNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.npz");
        Npz.write(file, Map.of("W", new SimpleMatrix(20, 30)));
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 40, 60, bytes.length / 2}) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            IOException e = assertThrows(IOException.class, () -> Npz.read(file), "cut at " + length);
            assertTrue(e.getMessage().contains("model.npz"), e.getMessage());
        }
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        Files.write(file, flipped);
        assertThrows(IOException.class, () -> Npz.read(file));
        assertThrows(IOException.class, () -> Npz.read(folder.resolve("missing.npz")));
    }
}
