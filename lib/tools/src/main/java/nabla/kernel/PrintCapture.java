package nabla.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Stands in for {@link System#out} and {@link System#err}: collects what is printed and passes it on in pieces, in the
 * order it was printed. Thousands of small prints so become a few messages; front ends drop floods of them.
 */
final class PrintCapture implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 16;

    private final BiConsumer<String, String> sink;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private String pendingName = "stdout";

    /**
     * Takes the place of the two streams until it is closed.
     *
     * @param sink gets the name of the stream, {@code stdout} or {@code stderr}, and the text; one call at a time
     */
    PrintCapture(BiConsumer<String, String> sink) {
        this.sink = sink;
        System.setOut(stream("stdout"));
        System.setErr(stream("stderr"));
    }

    private PrintStream stream(String name) {
        OutputStream bytes = new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int offset, int length) {
                collect(name, b, offset, length);
            }
        };
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private synchronized void collect(String name, byte[] b, int offset, int length) {
        if (!name.equals(pendingName)) {
            flush();
            pendingName = name;
        }
        pending.write(b, offset, length);
        if (pending.size() >= MOST_BYTES) {
            flush();
        }
    }

    /** Passes on what was printed until now, up to the last whole character. */
    synchronized void flush() {
        byte[] bytes = pending.toByteArray();
        int whole = wholeCharacters(bytes);
        if (whole == 0) {
            return;
        }
        pending.reset();
        pending.write(bytes, whole, bytes.length - whole);
        sink.accept(pendingName, new String(bytes, 0, whole, StandardCharsets.UTF_8));
    }

    /** The length without a UTF-8 sequence that is cut off at the end. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > 0 && start > bytes.length - 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        if (start < 0) {
            return 0;
        }
        int lead = bytes[start] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + length > bytes.length ? start : bytes.length;
    }

    /** Passes on the rest and puts the former streams back. */
    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        flush();
    }
}
