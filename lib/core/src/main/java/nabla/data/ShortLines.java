package nabla.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** The lines of a file of numbers. A line or a file that is too long to be one is refused before it fills the memory. */
final class ShortLines implements AutoCloseable {
    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_LINES = 100_000;

    private final BufferedReader reader;
    private final String file;
    private int number;

    /** @param file for messages */
    ShortLines(Reader reader, String file) {
        this.reader = new BufferedReader(reader);
        this.file = file;
    }

    /** File and number of the line that was read last. */
    String place() {
        return file + " line " + number;
    }

    /**
     * The next line; null at the end of the file.
     *
     * @throws IOException if it is too long, or has no end, as where a file is cut off
     */
    String next() throws IOException {
        number++;
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0 && line.length() == 0) {
                return null;
            }
            if (c < 0) {
                throw new IOException(
                        place() + ": the file is cut off, expected the end of the line after \"" + line + "\"");
            }
            line.append((char) c);
            if (line.length() > MOST_CHARACTERS || number > MOST_LINES) {
                throw new IOException(place() + ": expected at most " + MOST_LINES + " lines of at most "
                        + MOST_CHARACTERS + " characters");
            }
        }
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
