package nabla.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ejml.simple.SimpleMatrix;

/**
 * Matrices in NumPy's .npz format: what Java saves, {@code numpy.load("model.npz")["W"]} reads, and the other way round.
 *
 * <p>Each matrix is written as little-endian float64 in C order with two dimensions. Reading also accepts one dimension (as
 * a column), float32 and Fortran order.
 */
public final class Npz {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER =
            Pattern.compile("\\{\\s*'descr':\\s*'(?<type>[^']*)',\\s*'fortran_order':\\s*(?<fortran>True|False),"
                    + "\\s*'shape':\\s*\\((?<shape>[0-9, ]*)\\),?\\s*\\}\\s*");

    private Npz() {}

    /**
     * Writes the matrices to a file. The file is replaced as a whole or not at all.
     *
     * @param matrices by name, not modified
     */
    public static void write(Path file, Map<String, SimpleMatrix> matrices) throws IOException {
        Path target = file.toAbsolutePath();
        Path half =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(half))) {
                for (var entry : new TreeMap<>(matrices).entrySet()) {
                    ZipEntry part = new ZipEntry(entry.getKey() + ".npy");
                    part.setTime(0); // the same matrices give the same bytes
                    zip.putNextEntry(part);
                    zip.write(npy(entry.getValue()));
                    zip.closeEntry();
                }
            }
            try {
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /**
     * Reads all matrices of a file.
     *
     * @return by name, in alphabetical order
     * @throws IOException if the file is missing, damaged or holds something else than real matrices; names file and entry
     */
    public static Map<String, SimpleMatrix> read(Path file) throws IOException {
        Map<String, SimpleMatrix> matrices = new TreeMap<>();
        try (InputStream bytes = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().replaceFirst("\\.npy$", "");
                matrices.put(name, matrix(new DataInputStream(zip), file + ": " + name));
            }
        } catch (ZipException | EOFException e) {
            throw new IOException(file + ": damaged, " + e.getMessage(), e);
        }
        if (matrices.isEmpty()) {
            throw new IOException(file + ": not an .npz file, or an empty one");
        }
        return matrices;
    }

    private static byte[] npy(SimpleMatrix x) {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + x.getNumRows() + ", " + x.getNumCols() + "), }";
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        header += " ".repeat((64 - unpadded % 64) % 64) + "\n"; // the data begin at a multiple of 64 bytes
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 4 + header.length() + 8 * x.getNumElements())
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
        out.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < x.getNumElements(); i++) {
            out.putDouble(x.get(i));
        }
        return out.array();
    }

    private static SimpleMatrix matrix(DataInputStream in, String place) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new IOException(place + ": not a NumPy array");
        }
        int version = in.readUnsignedByte();
        in.readUnsignedByte(); // the minor version
        byte[] length = in.readNBytes(version == 1 ? 2 : 4);
        if (length.length < (version == 1 ? 2 : 4)) {
            throw new IOException(place + ": the header is cut short");
        }
        ByteBuffer size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = version == 1 ? Short.toUnsignedInt(size.getShort()) : size.getInt();
        String header = new String(in.readNBytes(Math.max(0, headerLength)), StandardCharsets.ISO_8859_1);
        Matcher fields = HEADER.matcher(header);
        if (!fields.matches()) {
            throw new IOException(place + ": the header is not one of an array: " + header.strip());
        }
        String type = fields.group("type");
        if (!type.equals("<f8") && !type.equals("<f4")) {
            throw new IOException(place + ": expected float64 or float32 (<f8, <f4), got " + type);
        }
        int[] shape = shape(fields.group("shape"), place);
        return elements(
                in,
                place,
                shape[0],
                shape[1],
                type.equals("<f8"),
                fields.group("fortran").equals("True"));
    }

    private static int[] shape(String text, String place) throws IOException {
        String[] sizes = text.replace(" ", "").replaceFirst(",$", "").split(",", -1);
        try {
            if (sizes.length == 1 || sizes.length == 2) {
                return new int[] {Integer.parseInt(sizes[0]), sizes.length == 1 ? 1 : Integer.parseInt(sizes[1])};
            }
        } catch (NumberFormatException e) {
            throw new IOException(place + ": expected one or two dimensions, got (" + text + ")", e);
        }
        throw new IOException(place + ": expected one or two dimensions, got (" + text + ")");
    }

    private static SimpleMatrix elements(
            DataInputStream in, String place, int rows, int columns, boolean wide, boolean fortran) throws IOException {
        int width = wide ? 8 : 4;
        long needed = (long) rows * columns * width;
        if (needed > Integer.MAX_VALUE - 64) {
            throw new IOException(place + ": " + rows + "x" + columns + " is too large");
        }
        byte[] data = in.readAllBytes();
        if (data.length != needed) {
            throw new IOException(place + ": expected " + needed + " bytes of data, got " + data.length);
        }
        ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        SimpleMatrix x = new SimpleMatrix(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            double value = wide ? numbers.getDouble() : numbers.getFloat();
            if (fortran) {
                x.set(i % rows, i / rows, value);
            } else {
                x.set(i, value);
            }
        }
        return x;
    }
}
