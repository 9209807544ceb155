package nabla.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Npz does to files, and what it makes of files that are not as they should be. */
class NpzFileTest {
    private static final Map<String, SimpleMatrix> MODEL =
            Map.of("W", new SimpleMatrix(4, 3), "a", new SimpleMatrix(4, 1), "b", new SimpleMatrix(3, 1));

    @TempDir
    Path folder;

    private String refusal(byte[] bytes) throws IOException {
        Path file = folder.resolve("bad.npz");
        Files.write(file, bytes);
        String message = assertThrows(IOException.class, () -> Npz.read(file)).getMessage();
        assertTrue(message.contains("bad.npz"), message);
        return message.substring(message.indexOf("bad.npz") + "bad.npz".length());
    }

    private byte[] model() throws IOException {
        Path file = folder.resolve("good.npz");
        Npz.write(file, MODEL);
        return Files.readAllBytes(file);
    }

    /** Where the local part of an entry begins. */
    private static int part(byte[] zip, String name) {
        return new String(zip, StandardCharsets.ISO_8859_1).indexOf(name) - 30;
    }

    @Test
    void noPartOfAModelIsReadAlone() throws IOException {
        byte[] whole = model();
        int second = part(whole, "a.npy");
        byte[] flipped = whole.clone();
        flipped[second] ^= 1;
        assertEquals(": damaged, of the arrays in its directory there are missing: a.npy, b.npy", refusal(flipped));
        refusal(Arrays.copyOf(whole, second));
        byte[] renamed = whole.clone();
        renamed[second + 30] = 'c';
        assertEquals(": damaged, c.npy is not in its directory", refusal(renamed));
        int directory = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("a.npy");
        renamed = whole.clone();
        renamed[directory] = 'c';
        assertEquals(": damaged, a.npy is not in its directory", refusal(renamed));
        renamed = whole.clone();
        renamed[second + 30] = (byte) 0xFF;
        assertEquals(": damaged, the name of an array is not UTF-8", refusal(renamed));
    }

    @Test
    void sizesAreComparedBeforeMemoryIsTaken() throws IOException {
        assertEquals(": x: expected 8 bytes of data, got 67108864", refusal(npz("1, 1", 64 << 20)));
        assertEquals(": x: expected 1600000000 bytes of data, got 8", refusal(npz("20000, 10000", 8)));
        String tooLarge = " is too large, a matrix has at most 2147483639 elements";
        for (String shape :
                new String[] {"65536, 65536", "2147483647, 2147483647", "4294967299, 2", "9223372036854775808,"}) {
            assertEquals(": x: (" + shape + ")" + tooLarge, refusal(npz(shape, 48)));
        }
        byte[] long2 = npz("1, 1", 8, 2, Integer.MAX_VALUE);
        assertEquals(": x: a header of 2147483647 bytes is not one of an array", refusal(long2));
    }

    @Test
    void whatJavaCannotHoldIsNotTried() throws IOException {
        long most = Runtime.getRuntime().maxMemory();
        String message = assertThrows(IOException.class, () -> Npy.requireMemory(most + 1, "x"))
                .getMessage();
        assertTrue(message.endsWith("start it with a larger -Xmx"), message);
        Npy.requireMemory(most, "x");
    }

    @Test
    void anEntryCannotBeLargerThanItsBytesAllow() throws IOException {
        byte[] zip = npz("1, 1", 8);
        ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        fields.putInt(directory + 24, 100_000_000);
        String message = refusal(zip);
        assertTrue(message.matches(": damaged, no \\d+ bytes hold the 100000000 of x.npy"), message);
    }

    private static byte[] npz(String shape, int zeros) throws IOException {
        return npz(shape, zeros, 1, -1);
    }

    private static byte[] npz(String shape, int zeros, int version, int length) throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        ByteBuffer npy = ByteBuffer.allocate(12 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            npy.putShort((short) header.length());
        } else {
            npy.putInt(length);
        }
        npy.put(header.getBytes(StandardCharsets.US_ASCII));
        var bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy.array(), 0, npy.position());
            zip.write(new byte[zeros]);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void twoArraysOfOneNameAreRefused() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        byte[] npy = new byte[0];
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : new String[] {"x", "x.npy"}) {
                zip.putNextEntry(new ZipEntry(name));
                Npy.write(new SimpleMatrix(1, 1), zip);
                zip.write(npy);
                zip.closeEntry();
            }
        }
        assertEquals(": two arrays have the name x", refusal(bytes.toByteArray()));
    }

    @Test
    void largeMatricesComeBackInPieces() throws IOException {
        SimpleMatrix x = new SimpleMatrix(300, 70); // more than two buffers of 8,192
        for (int i = 0; i < x.getNumElements(); i++) {
            x.set(i, Math.sqrt(i));
        }
        Path file = folder.resolve("x.npz");
        Npz.write(file, Map.of("x", x));
        assertArrayEquals(x.getDDRM().data, Npz.read(file).get("x").getDDRM().data);
    }

    @Test
    void permissionsAreKept() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path usual = Files.createFile(folder.resolve("usual"));
        Path file = folder.resolve("x.npz");
        Npz.write(file, MODEL);
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
        var odd = PosixFilePermissions.fromString("rw-rw---x");
        Files.setPosixFilePermissions(file, odd);
        Npz.write(file, MODEL);
        assertEquals(odd, Files.getPosixFilePermissions(file));
    }

    @Test
    void linksAreFollowed() throws IOException {
        Path target = folder.resolve("sub").resolve("target.npz");
        Files.createDirectory(target.getParent());
        Path link = Files.createSymbolicLink(folder.resolve("link.npz"), Path.of("sub", "target.npz"));
        Path second = Files.createSymbolicLink(folder.resolve("second.npz"), Path.of("link.npz"));
        Npz.write(second, MODEL); // the target is not there yet
        Npz.write(link, MODEL);
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(second) && Files.isRegularFile(target));
        assertEquals(MODEL.keySet(), Npz.read(second).keySet());
        Path round = Files.createSymbolicLink(folder.resolve("round.npz"), Path.of("round.npz"));
        assertThrows(IOException.class, () -> Npz.write(round, MODEL));
    }

    @Test
    void onlyFilesAreReplaced() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("folder.npz"));
        assertUnwritable(taken, "is a folder or a device, expected a file or a new name");
        assertUnwritable(Path.of("/"), "is a folder or a device, expected a file or a new name");
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            assertUnwritable(device, "is a folder or a device, expected a file or a new name");
        }
        assertUnwritable(folder.resolve("none").resolve("x.npz"), "its folder does not exist");
        assertArrayEquals(new String[] {"folder.npz"}, folder.toFile().list());
    }

    private static void assertUnwritable(Path file, String why) {
        assertEquals(
                file + ": " + why,
                assertThrows(IOException.class, () -> Npz.write(file, MODEL)).getMessage());
        assertFalse(Files.isRegularFile(file));
    }

    @Test
    void whatCannotBeSavedIsNamed() {
        Path file = folder.resolve("x.npz");
        assertRefused("number of matrices: expected at least 1, got 0", file, Map.of());
        assertRefused("matrices: expected one, got null", file, null);
        assertRefused("W: expected one, got null", file, java.util.Collections.singletonMap("W", null));
        SimpleMatrix complex = new SimpleMatrix(1, 1, org.ejml.data.MatrixType.ZDRM);
        assertRefused("W: expected real numbers, got complex ones", file, Map.of("W", complex));
        assertFalse(Files.exists(file));
    }

    private static void assertRefused(String message, Path file, Map<String, SimpleMatrix> matrices) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Npz.write(file, matrices))
                        .getMessage());
    }

    @Test
    void singlePrecisionMatricesAreSavedAsTheyAre() throws IOException {
        SimpleMatrix x = new SimpleMatrix(2, 2, org.ejml.data.MatrixType.FDRM);
        x.set(1, 0, 0.25);
        Path file = folder.resolve("x.npz");
        Npz.write(file, Map.of("x", x));
        assertEquals(0.25, Npz.read(file).get("x").get(1, 0));
    }
}
