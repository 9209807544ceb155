package nabla.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nabla.notebook.Series.Style;
import nabla.notebook.draw.Palette;
import org.ejml.simple.SimpleMatrix;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/**
 * The charts of the notebooks, each one expression. What comes back is an ordinary Tablesaw figure. Titles and labels are
 * plain text, so Greek letters are written as such.
 */
public final class Charts {
    private static final int MOST_LABELLED = 12;
    private static final int MOST_LETTERS_INSIDE = 3;

    private Charts() {}

    /** Lines over a common x axis. */
    public static Figure lines(String title, String xLabel, String yLabel, Series... series) {
        return curves(title, axis(xLabel, false), axis(yLabel, false), Style.LINE, series);
    }

    /** Lines with a logarithmic y axis; values that are not positive leave gaps. */
    public static Figure semilogy(String title, String xLabel, String yLabel, Series... series) {
        return curves(title, axis(xLabel, false), axis(yLabel, true), Style.LINE, series);
    }

    /** Lines with a logarithmic x axis. */
    public static Figure semilogx(String title, String xLabel, String yLabel, Series... series) {
        return curves(title, axis(xLabel, true), axis(yLabel, false), Style.LINE, series);
    }

    /** Lines with two logarithmic axes. */
    public static Figure loglog(String title, String xLabel, String yLabel, Series... series) {
        return curves(title, axis(xLabel, true), axis(yLabel, true), Style.LINE, series);
    }

    /** Points, each series in its own colour. */
    public static Figure scatter(String title, String xLabel, String yLabel, Series... series) {
        return curves(title, axis(xLabel, false), axis(yLabel, false), Style.MARKERS, series);
    }

    private static Axis axis(String label, boolean log) {
        return Axis.builder()
                .title(label)
                .type(log ? Axis.Type.LOG : Axis.Type.DEFAULT)
                .build();
    }

    private static Figure curves(String title, Axis x, Axis y, Style usual, Series... series) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < series.length; i++) {
            if (series[i].band().length > 0) {
                traces.add(band(series[i], Palette.color(i)));
            }
        }
        for (int i = 0; i < series.length; i++) {
            traces.add(curve(series[i], series[i].style() == null ? usual : series[i].style(), Palette.color(i)));
        }
        return figure(layout(title, x, y, series.length), traces);
    }

    private static Trace curve(Series s, Style style, String color) {
        boolean named = !s.labels().isEmpty();
        ScatterTrace.Mode mode =
                switch (style) {
                    case LINE, DASHED, DOTTED -> named ? ScatterTrace.Mode.LINE_AND_TEXT : ScatterTrace.Mode.LINE;
                    case MARKERS -> named ? ScatterTrace.Mode.TEXT_AND_MARKERS : ScatterTrace.Mode.MARKERS;
                    case LINE_AND_MARKERS ->
                        named ? ScatterTrace.Mode.LINE_TEXT_AND_MARKERS : ScatterTrace.Mode.LINE_AND_MARKERS;
                };
        Line.Dash dash =
                switch (style) {
                    case DASHED -> Line.Dash.DASH;
                    case DOTTED -> Line.Dash.DOT;
                    default -> Line.Dash.SOLID;
                };
        ScatterTrace.ScatterBuilder trace =
                ScatterTrace.builder(s.x(), s.y()).name(s.name()).mode(mode);
        if (style == Style.MARKERS) {
            trace.marker(
                    Marker.builder().color(color).size(markerSize(s.labels())).build());
        } else {
            trace.line(Line.builder().color(color).dash(dash).build());
        }
        if (named) {
            trace.text(s.labels().toArray(new String[0]));
        }
        return trace.build();
    }

    /** Short names stand in their markers, long ones beside them. */
    private static int markerSize(List<String> labels) {
        boolean inside = labels.stream().allMatch(l -> l.length() <= MOST_LETTERS_INSIDE);
        return labels.isEmpty() ? 6 : inside ? 28 : 9;
    }

    /** One closed outline, forth along the upper edge and back along the lower one. */
    private static Trace band(Series s, String color) {
        int n = s.y().length;
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = x[2 * n - 1 - i] = s.x()[i];
            y[i] = s.y()[i] + s.band()[i];
            y[2 * n - 1 - i] = s.y()[i] - s.band()[i];
        }
        int rgb = Integer.parseInt(color.substring(1), 16);
        return ScatterTrace.builder(x, y)
                .name(s.name())
                .mode(ScatterTrace.Mode.LINE)
                .line(Line.builder().color(color).width(0).build())
                .fill(ScatterTrace.Fill.TO_SELF)
                .fillColor("rgba(%d,%d,%d,0.2)".formatted(rgb >> 16, rgb >> 8 & 255, rgb & 255))
                .showLegend(false)
                .build();
    }

    /**
     * Bars in groups, one group per category.
     *
     * @param groups one series per bar of a group, with one value for each category
     * @throws IllegalArgumentException if a series has more or fewer values than there are categories
     */
    public static Figure bars(String title, String xLabel, String yLabel, List<String> categories, Series... groups) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            Series s = groups[i];
            if (s.y().length != categories.size()) {
                throw new IllegalArgumentException("series \"" + s.name() + "\": expected " + categories.size()
                        + " values, one per category, got " + s.y().length);
            }
            Marker color = Marker.builder().color(Palette.color(i)).build();
            traces.add(BarTrace.builder(categories.toArray(), s.y())
                    .name(s.name())
                    .marker(color)
                    .build());
        }
        return figure(layout(title, names(xLabel).build(), axis(yLabel, false), groups.length), traces);
    }

    /** How often values occur, counted in bins with round ends. Several series share the bins and are drawn translucent. */
    public static Figure histogram(String title, String xLabel, Series... series) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < series.length; i++) {
            traces.add(HistogramTrace.builder(series[i].y())
                    .name(series[i].name())
                    .opacity(series.length == 1 ? 1 : 0.6)
                    .marker(Marker.builder().color(Palette.color(i)).build())
                    .build());
        }
        Layout.LayoutBuilder layout = layout(title, axis(xLabel, false), axis("count", false), series.length);
        return figure(layout.barMode(Layout.BarMode.OVERLAY), traces);
    }

    /** How often values occur, counted in bins with round ends. */
    public static Figure histogram(String title, String xLabel, double... values) {
        return histogram(title, xLabel, Series.of(xLabel, values));
    }

    /**
     * A matrix as colours, row 0 at the top; rows and columns are numbered from 0. If the numbers have both signs, zero is
     * white in the middle of the colours. Meant for up to some 10,000 numbers; larger ones are better shown as images.
     */
    public static Figure heatmap(String title, String xLabel, String yLabel, SimpleMatrix z) {
        Axis x = numbered(xLabel, z.getNumCols()).build();
        Axis y = numbered(yLabel, z.getNumRows())
                .autoRange(Axis.AutoRange.REVERSED)
                .build();
        Integer[] columns = IntStream.range(0, z.getNumCols()).boxed().toArray(Integer[]::new);
        Integer[] rows = IntStream.range(0, z.getNumRows()).boxed().toArray(Integer[]::new);
        Trace cells = HeatmapTrace.builder(columns, rows, z.toArray2()).build();
        return figure(layout(title, x, y, 1), List.of(cells));
    }

    /**
     * A matrix as colours, with names for its columns and rows.
     *
     * @param columns one name for each column of {@code z}
     * @param rows one name for each row of {@code z}, from the top
     */
    public static Figure heatmap(
            String title, String xLabel, String yLabel, List<String> columns, List<String> rows, SimpleMatrix z) {
        if (columns.size() != z.getNumCols() || rows.size() != z.getNumRows()) {
            throw new IllegalArgumentException("z: expected %dx%d as there are so many row and column names, got %dx%d"
                    .formatted(rows.size(), columns.size(), z.getNumRows(), z.getNumCols()));
        }
        Trace cells = HeatmapTrace.builder(columns.toArray(), rows.toArray(), z.toArray2())
                .build();
        Axis downward = names(yLabel).autoRange(Axis.AutoRange.REVERSED).build();
        return figure(layout(title, names(xLabel).build(), downward, 1), List.of(cells));
    }

    /** Few places are all labelled, as names are; of many only round ones. */
    private static Axis.AxisBuilder numbered(String label, int n) {
        return n <= MOST_LABELLED ? names(label) : Axis.builder().title(label);
    }

    private static Axis.AxisBuilder names(String label) {
        return Axis.builder().title(label).type(Axis.Type.CATEGORY);
    }

    private static Layout.LayoutBuilder layout(String title, Axis x, Axis y, int series) {
        return Layout.builder().title(title).xAxis(x).yAxis(y).showLegend(series > 1);
    }

    private static Figure figure(Layout.LayoutBuilder layout, List<Trace> traces) {
        return new Figure(layout.build(), traces.toArray(new Trace[0]));
    }
}
