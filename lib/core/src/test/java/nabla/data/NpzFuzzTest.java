package nabla.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files, always the same ones: some 6,000 of 57,000, of which {@code -Dnabla.fuzz.step=1} tries all. Each is either read as the whole one, because the damage is where nothing
 * stands, or refused with an {@link IOException} that names it.
 */
class NpzFuzzTest {
    private static final Map<String, SimpleMatrix> MODEL = Map.of(
            "W", new SimpleMatrix(new double[][] {{-0.5, -0.25}, {0, 0.25}, {0.5, 0.75}}),
            "a", new SimpleMatrix(new double[][] {{0}, {1}, {2}}),
            "b", new SimpleMatrix(new double[][] {{-0.5, -0.25}, {0, 0.25}, {0.5, 0.75}}));

    private static final int STEP = Integer.getInteger("nabla.fuzz.step", 9);

    private static final int RIGHT = -1; // the length of a header

    @TempDir
    Path folder;

    private Path file;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<byte[]> whole = new ArrayList<>();

    @BeforeEach
    void wholeFiles() throws IOException {
        file = folder.resolve("model.npz");
        Npz.write(file, MODEL);
        whole.add(Files.readAllBytes(file));
        for (String name : List.of("numpy.npz", "numpy-compressed.npz")) {
            whole.add(NpzFuzzTest.class.getResourceAsStream(name).readAllBytes());
        }
        for (byte[] bytes : whole) {
            assertEquals("whole", outcome(bytes));
        }
    }

    /** How a file is answered. */
    private String outcome(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            return isModel(Npz.read(file)) ? "whole" : "WRONG";
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("model.npz") ? "named" : "NOT NAMED " + e;
        } catch (RuntimeException | Error e) {
            return "OTHER " + e;
        }
    }

    private static boolean isModel(Map<String, SimpleMatrix> read) {
        return read.keySet().equals(MODEL.keySet())
                && MODEL.keySet().stream().allMatch(name -> read.get(name).isIdentical(MODEL.get(name), 0));
    }

    private void check(byte[] bytes) throws IOException {
        outcomes.merge(outcome(bytes), 1, Integer::sum);
    }

    private void assertOnly(String... expected) {
        assertTrue(Arrays.asList(expected).containsAll(outcomes.keySet()), outcomes::toString);
    }

    @Test
    void cutFiles() throws IOException {
        for (byte[] bytes : whole) {
            for (int length = 0; length < bytes.length; length += STEP) {
                check(Arrays.copyOf(bytes, length));
            }
        }
        assertOnly("named");
    }

    @Test
    void flippedBits() throws IOException {
        for (byte[] bytes : whole) {
            for (int bit = 0; bit < 8 * bytes.length; bit += STEP) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                check(flipped);
            }
        }
        assertOnly("named", "whole");
    }

    /** Two or four bytes with a number that is small, large or near the file's own sizes: what a field of a zip may hold. */
    @Test
    void fields() throws IOException {
        int[] values = {0, 1, 2, 8, 0x7FFF, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
        for (byte[] bytes : whole) {
            for (int at = 0; at + 4 <= bytes.length; at += STEP) {
                for (int value : values) {
                    byte[] changed = bytes.clone();
                    ByteBuffer field = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
                    if (random.nextBoolean()) {
                        field.putInt(at, value);
                    } else {
                        field.putShort(at, (short) value);
                    }
                    check(changed);
                }
            }
        }
        assertOnly("named", "whole");
    }

    @Test
    void cutOutCopiedAndOverwrittenParts() throws IOException {
        for (byte[] bytes : whole) {
            for (int i = 0; i < 2_000; i += STEP) {
                int from = random.nextInt(bytes.length);
                int length = random.nextInt(bytes.length - from) + 1;
                int to = random.nextInt(bytes.length - length + 1);
                byte[] changed = bytes.clone();
                if (i / STEP % 3 == 0) { // a part is missing
                    changed = new byte[bytes.length - length];
                    System.arraycopy(bytes, 0, changed, 0, from);
                    System.arraycopy(bytes, from + length, changed, from, bytes.length - from - length);
                } else if (i / STEP % 3 == 1) {
                    System.arraycopy(bytes, from, changed, to, length);
                } else {
                    random.nextBytes(changed);
                    System.arraycopy(bytes, 0, changed, 0, from);
                }
                check(changed);
            }
        }
        assertOnly("named", "whole");
    }

    /** Sound zip files, checksums and all, whose headers say what cannot be; a few are sound, of another model. */
    @Test
    void headers() throws IOException {
        String[] types = {"<f8", "<f4", ">f8", "|O", "", "<f8'", "<f16"};
        String[] shapes = {
            "3, 2",
            "6,",
            "6",
            "",
            ",",
            "3,2,1",
            "-3, -2",
            "0, 6",
            "1e3",
            "65536, 65536",
            "2147483647, 2147483647",
            "4294967299, 2",
            "1073741824, 4",
            "2147483648, 2147483648",
            "99999999999999999999, 1",
            "3 2",
            "3, , 2"
        };
        String[] orders = {"True", "False", "true", "0"};
        int[] lengths = {RIGHT, 0, 1, 0xFFFF, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < types.length * shapes.length * orders.length * lengths.length * 4; i += STEP) {
            String type = types[i % types.length];
            String shape = shapes[i / types.length % shapes.length];
            String order = orders[i / types.length / shapes.length % orders.length];
            int version = i / types.length / shapes.length / orders.length % 4;
            int length = lengths[i / types.length / shapes.length / orders.length / 4];
            boolean sound = type.equals("<f8")
                    && List.of("3, 2", "6,", "6").contains(shape)
                    && List.of("True", "False").contains(order)
                    && version > 0
                    && length == RIGHT;
            String header = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': (" + shape + "), }";
            assertEquals(sound ? "WRONG" : "named", outcome(npz(header, version, length)), header + version);
        }
    }

    private static byte[] npz(String header, int version, int length) throws IOException {
        byte[] words = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer npy = ByteBuffer.allocate(12 + words.length + 48).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        int said = length == RIGHT ? words.length : length;
        if (version == 1) {
            npy.putShort((short) said);
        } else {
            npy.putInt(said);
        }
        npy.put(words);
        npy.position(npy.position() + 48);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("W.npy"));
            zip.write(npy.array(), 0, npy.position());
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
