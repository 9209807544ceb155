package nabla.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.simple.SimpleMatrix;

/**
 * The yearly mean sunspot numbers of 1700 to 2008, which rise and fall in about eleven years (NOAA National Geophysical Data
 * Center, public domain, as statsmodels distributes them; the numbers from before the revision of 2015).
 *
 * @param years 309 x 1, each one more than the one before
 * @param numbers 309 x 1, at least 0
 */
public record Sunspots(SimpleMatrix years, SimpleMatrix numbers) {
    private static final Pattern LINE = Pattern.compile("([0-9]{4}),([0-9]{1,4}(?:[.][0-9]+)?)");
    private static final int SHIPPED = 309;
    private static final String HEADER = "\"YEAR\",\"SUNACTIVITY\"";

    /**
     * The data that ship with the project.
     *
     * @throws IOException if the file is missing or damaged; names it
     */
    public static Sunspots load() throws IOException {
        Path file = DataFolder.file("sunspots.csv");
        Sunspots sunspots = load(file);
        if (sunspots.years().getNumRows() != SHIPPED) {
            throw new IOException(file + ": expected " + SHIPPED + " years, got "
                    + sunspots.years().getNumRows());
        }
        return sunspots;
    }

    /**
     * Reads a file with the names of the two columns on its first line, and on each other line a year and its number,
     * separated by a comma. The last line has an end, too: without it the file may be cut off.
     *
     * @throws IOException if the file is missing or damaged, or a year is left out; names file and line
     */
    public static Sunspots load(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (ShortLines lines = new ShortLines(Files.newBufferedReader(file), file.toString())) {
            String header = lines.next();
            if (!HEADER.equals(header)) {
                throw new IOException(lines.place() + ": expected " + HEADER + ", got " + header);
            }
            for (String line = lines.next(); line != null; line = lines.next()) {
                double[] row = parse(line, lines.place());
                if (!rows.isEmpty() && row[0] != rows.get(rows.size() - 1)[0] + 1) {
                    throw new IOException(lines.place() + ": expected the year after the one before, got " + line);
                }
                rows.add(row);
            }
            if (rows.isEmpty()) {
                throw new IOException(lines.place() + ": expected a year and its number, got the end of the file");
            }
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not text in UTF-8", e);
        } catch (IOException e) {
            throw FileErrors.named(file, e);
        }
        SimpleMatrix both = new SimpleMatrix(rows.toArray(double[][]::new));
        return new Sunspots(both.getColumn(0), both.getColumn(1));
    }

    private static double[] parse(String line, String place) throws IOException {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            throw new IOException(place + ": expected a year and a number of at least 0, got \"" + line + "\"");
        }
        return new double[] {Integer.parseInt(fields.group(1)), Double.parseDouble(fields.group(2))};
    }
}
