package nabla.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.simple.SimpleMatrix;

/** One array in NumPy's .npy format: a header in words, then the elements, a buffer at a time. */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER =
            Pattern.compile("\\{\\s*'descr':\\s*'(?<type>[^']*)',\\s*'fortran_order':\\s*(?<fortran>True|False),"
                    + "\\s*'shape':\\s*\\((?<shape>[0-9, ]*)\\),?\\s*\\}\\s*");
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8; // of an array in Java
    private static final int BUFFER = 1 << 16;

    private Npy() {}

    static void write(SimpleMatrix x, OutputStream out) throws IOException {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + x.getNumRows() + ", " + x.getNumCols() + "), }";
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        header += " ".repeat((64 - unpadded % 64) % 64) + "\n"; // the data begin at a multiple of 64 bytes
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
        buffer.put(header.getBytes(StandardCharsets.US_ASCII));
        double[] data = x.getDDRM().data;
        for (int i = 0; i < x.getNumElements(); i++) {
            if (buffer.remaining() < Double.BYTES) {
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            buffer.putDouble(data[i]);
        }
        out.write(buffer.array(), 0, buffer.position());
    }

    /**
     * Reads an array to the end of the stream.
     *
     * @param size bytes that the whole array is said to have, compared with the header before memory is taken for it
     * @param place file and name, for messages
     * @throws IOException if the array is damaged, too large, or none of real numbers in at most two dimensions
     */
    static SimpleMatrix read(InputStream in, long size, String place) throws IOException {
        int start = MAGIC.length + 2;
        byte[] magic = in.readNBytes(start);
        if (magic.length < start || !Arrays.equals(magic, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(place + ": not a NumPy array");
        }
        int version = magic[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new IOException(place + ": version " + version + " of the format is unknown");
        }
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        byte[] length = in.readNBytes(width);
        if (length.length < width) {
            throw new IOException(place + ": the header is cut short");
        }
        long headerLength = Integer.toUnsignedLong(ByteBuffer.wrap(Arrays.copyOf(length, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt());
        if (headerLength > LONGEST_HEADER) {
            throw new IOException(place + ": a header of " + headerLength + " bytes is not one of an array");
        }
        String header = new String(in.readNBytes((int) headerLength), StandardCharsets.ISO_8859_1);
        Matcher fields = HEADER.matcher(header);
        if (!fields.matches()) {
            throw new IOException(place + ": the header is not one of an array: " + header.strip());
        }
        String type = fields.group("type");
        if (!type.equals("<f8") && !type.equals("<f4")) {
            throw new IOException(place + ": expected float64 or float32 (<f8, <f4), got " + type);
        }
        int bytes = type.equals("<f8") ? Double.BYTES : Float.BYTES;
        int[] shape = shape(fields.group("shape"), place);
        long needed = (long) shape[0] * shape[1] * bytes;
        long got = size - start - width - headerLength;
        if (got != needed) {
            throw new IOException(place + ": expected " + needed + " bytes of data, got " + got);
        }
        requireMemory((long) shape[0] * shape[1] * Double.BYTES, place);
        SimpleMatrix x = new SimpleMatrix(shape[0], shape[1]);
        elements(in, x, bytes, fields.group("fortran").equals("True"), place);
        return x;
    }

    /**
     * There is room for so many bytes: they are not more than all the memory that Java may use.
     *
     * @throws IOException if not
     */
    static void requireMemory(long bytes, String place) throws IOException {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new IOException("%s: needs %,d MB of memory, but Java may use only %,d; start it with a larger -Xmx"
                    .formatted(place, bytes >> 20, most >> 20));
        }
    }

    /** One or two sizes, whose product is at most {@link #MOST_ELEMENTS}. */
    private static int[] shape(String text, String place) throws IOException {
        String[] sizes = text.replace(" ", "").replaceFirst(",$", "").split(",", -1);
        if (sizes.length > 2 || Arrays.asList(sizes).contains("")) {
            throw new IOException(place + ": expected one or two dimensions, got (" + text + ")");
        }
        int[] shape = {1, 1};
        try {
            for (int i = 0; i < sizes.length; i++) {
                shape[i] = Integer.parseInt(sizes[i]);
            }
        } catch (NumberFormatException e) {
            throw tooLarge(text, place);
        }
        if ((long) shape[0] * shape[1] > MOST_ELEMENTS) {
            throw tooLarge(text, place);
        }
        return shape;
    }

    private static IOException tooLarge(String shape, String place) {
        return new IOException(
                place + ": (" + shape + ") is too large, a matrix has at most " + MOST_ELEMENTS + " elements");
    }

    private static void elements(InputStream in, SimpleMatrix x, int bytes, boolean fortran, String place)
            throws IOException {
        int rows = x.getNumRows();
        byte[] buffer = new byte[BUFFER];
        ByteBuffer numbers =
                ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).limit(0);
        int count = x.getNumElements();
        for (int i = 0; i < count; i++) {
            if (!numbers.hasRemaining()) {
                int wanted = (int) Math.min(BUFFER, (long) (count - i) * bytes);
                if (in.readNBytes(buffer, 0, wanted) < wanted) {
                    throw new IOException(place + ": the data are cut short");
                }
                numbers.clear().limit(wanted);
            }
            double value = bytes == Double.BYTES ? numbers.getDouble() : numbers.getFloat();
            if (fortran) {
                x.set(i % rows, i / rows, value);
            } else {
                x.set(i, value);
            }
        }
        if (in.read() >= 0) { // the end is also where the checksum is compared
            throw new IOException(place + ": there are more data than " + rows + "x" + x.getNumCols());
        }
    }
}
