package nabla.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * A named row of points, and how it is drawn. Values that are NaN or infinite leave a gap.
 *
 * @param name what the legend calls it
 * @param x the horizontal places
 * @param y the values, as many as {@code x}
 * @param style how it is drawn; {@code null} leaves it to the chart (a line in {@link Charts#lines}, markers in {@link
 *     Charts#scatter})
 * @param band half the height of a translucent band around the values, such as a standard error: as many as {@code y}, or
 *     none for no band
 * @param labels the text of each point: as many as {@code y}, or none for no texts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the arrays are copied in and not handed on
public record Series(String name, double[] x, double[] y, Style style, double[] band, List<String> labels) {

    /** How a series is drawn. */
    public enum Style {
        LINE,
        DASHED,
        DOTTED,
        MARKERS,
        LINE_AND_MARKERS
    }

    private static final int FUNCTION_POINTS = 201;

    public Series {
        check(x.length == y.length, name, "expected as many x as y, got " + x.length + " x and " + y.length + " y");
        check(
                band.length == 0 || band.length == y.length,
                name,
                "expected a band of " + y.length + " values or none, got " + band.length);
        check(
                labels.isEmpty() || labels.size() == y.length,
                name,
                "expected " + y.length + " labels or none, got " + labels.size());
        labels = List.copyOf(labels);
    }

    private static void check(boolean ok, String name, String problem) {
        if (!ok) {
            throw new IllegalArgumentException("series \"" + name + "\": " + problem);
        }
    }

    /** Points (x[i], y[i]). */
    public static Series of(String name, double[] x, double[] y) {
        return new Series(name, x.clone(), y.clone(), null, new double[0], List.of());
    }

    /** Values at 0, 1, 2, ...: learning curves, and the heights of {@link Charts#bars}. */
    public static Series of(String name, double... y) {
        return of(name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
    }

    /** The elements of a vector or matrix, row by row, at 0, 1, 2, ... */
    public static Series of(String name, SimpleMatrix y) {
        return of(name, elements(y));
    }

    /** The elements of one vector or matrix against those of another, row by row. */
    public static Series of(String name, SimpleMatrix x, SimpleMatrix y) {
        return of(name, elements(x), elements(y));
    }

    private static double[] elements(SimpleMatrix x) {
        return Arrays.copyOf(x.getDDRM().data, x.getNumElements());
    }

    /**
     * One column of a table against another; the series has the name of the {@code y} column.
     *
     * @throws IllegalArgumentException if the table lacks one of the columns or it holds no numbers
     */
    public static Series of(Table table, String x, String y) {
        return of(y, column(table, x), column(table, y));
    }

    private static double[] column(Table table, String name) {
        if (!table.containsColumn(name)) {
            throw new IllegalArgumentException(
                    "column: expected one of " + table.columnNames() + ", got \"" + name + "\"");
        }
        if (!(table.column(name) instanceof NumericColumn<?> numbers)) {
            throw new IllegalArgumentException("column \"" + name + "\": expected numbers, got "
                    + table.column(name).type());
        }
        return numbers.asDoubleArray();
    }

    /** The graph of a function between {@code from} and {@code to}. */
    public static Series function(String name, double from, double to, DoubleUnaryOperator f) {
        double[] x = IntStream.range(0, FUNCTION_POINTS)
                .mapToDouble(i -> from + (to - from) * i / (FUNCTION_POINTS - 1))
                .toArray();
        return of(name, x, Arrays.stream(x).map(f).toArray());
    }

    /** A dashed horizontal line from {@code from} to {@code to}: a reference such as the exact value. */
    public static Series level(String name, double value, double from, double to) {
        return of(name, new double[] {from, to}, new double[] {value, value}).dashed();
    }

    /** This series under another name. */
    public Series named(String newName) {
        return new Series(newName, x, y, style, band, labels);
    }

    /** This series as a dashed line. */
    public Series dashed() {
        return withStyle(Style.DASHED);
    }

    /** This series as a dotted line. */
    public Series dotted() {
        return withStyle(Style.DOTTED);
    }

    /** This series as points without a line. */
    public Series markers() {
        return withStyle(Style.MARKERS);
    }

    /** This series as a line with its points. */
    public Series lineAndMarkers() {
        return withStyle(Style.LINE_AND_MARKERS);
    }

    /** With a translucent band of this half height around the values, for example one standard error. */
    public Series withBand(double... halfHeight) {
        return new Series(name, x, y, style, halfHeight.clone(), labels);
    }

    /**
     * With a text at each point, such as the names of the nodes of a graph: in its marker if all texts have at most three
     * letters, and beside it otherwise, on the side where it covers least.
     *
     * @param texts one for each point; {@code ""} for none
     * @throws IllegalArgumentException if there are more or fewer texts than points
     */
    public Series withLabels(String... texts) {
        return new Series(name, x, y, style, band, List.of(texts));
    }

    private Series withStyle(Style newStyle) {
        return new Series(name, x, y, newStyle, band, labels);
    }
}
