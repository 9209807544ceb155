package nabla.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import nabla.math.Functions;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * The 1,797 handwritten digits of the UCI repository (Alpaydin and Kaynak 1998, CC BY 4.0): 8 x 8 pixels, ten classes.
 *
 * @param images 1797 x 64, gray values in [0, 1] (the file's 0 to 16, divided by 16), pixels row by row
 * @param labels the digit that each row shows, 0 to 9
 */
public record Digits(SimpleMatrix images, List<Integer> labels) {
    /** Pixels along each side of an image. */
    public static final int SIDE = 8;

    private static final int PIXELS = SIDE * SIDE;
    private static final int SHIPPED = 1797;

    /** Checks that there is a label for each image. */
    public Digits {
        Require.matrix("images", images);
        Require.present("labels", labels);
        if (labels.size() != images.getNumRows()) {
            throw new IllegalArgumentException(
                    "labels: expected " + images.getNumRows() + ", one for each row of images, got " + labels.size());
        }
    }

    /**
     * The data that ship with the project.
     *
     * @throws IOException if the file is missing or damaged; names it
     */
    public static Digits load() throws IOException {
        Path file = DataFolder.file("digits.csv.gz");
        Digits digits = load(file);
        if (digits.labels().size() != SHIPPED) {
            throw new IOException(file + ": expected " + SHIPPED + " lines, got "
                    + digits.labels().size());
        }
        return digits;
    }

    /**
     * Reads a gzipped file with 64 pixels from 0 to 16 and a label on each line, separated by commas; at least one line.
     *
     * @throws IOException if the file is missing or damaged; names file and line
     */
    public static Digits load(Path file) throws IOException {
        List<int[]> lines = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
                ShortLines text =
                        new ShortLines(new InputStreamReader(new GZIPInputStream(bytes), UTF_8), file.toString())) {
            for (String line = text.next(); line != null; line = text.next()) {
                lines.add(parse(line, text.place()));
            }
            if (lines.isEmpty()) {
                throw new IOException(text.place() + ": expected 64 pixels and a label, got the end of the file");
            }
        } catch (EOFException e) {
            throw new IOException(file + ": the file is cut off", e);
        } catch (IOException e) {
            throw FileErrors.named(file, e);
        }
        SimpleMatrix images = new SimpleMatrix(lines.size(), PIXELS);
        List<Integer> labels = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                images.set(row, pixel, lines.get(row)[pixel] / 16.0);
            }
            labels.add(lines.get(row)[PIXELS]);
        }
        return new Digits(images, List.copyOf(labels));
    }

    /** The images in black and white: 1 where the gray value is above one half. */
    public SimpleMatrix binary() {
        return Functions.map(images, gray -> gray > 0.5 ? 1 : 0);
    }

    private static int[] parse(String line, String place) throws IOException {
        String[] fields = line.split(",", -1);
        if (fields.length != PIXELS + 1) {
            throw new IOException(place + ": expected " + (PIXELS + 1) + " numbers, got " + fields.length);
        }
        int[] numbers = new int[fields.length];
        for (int i = 0; i < fields.length; i++) {
            try {
                numbers[i] = Integer.parseInt(fields[i].strip());
            } catch (NumberFormatException e) {
                throw new IOException(place + ": expected a number, got \"" + fields[i] + "\"", e);
            }
            int most = i < PIXELS ? 16 : 9;
            if (numbers[i] < 0 || numbers[i] > most) {
                throw new IOException(place + ": expected a number from 0 to " + most + ", got " + numbers[i]);
            }
        }
        return numbers;
    }
}
