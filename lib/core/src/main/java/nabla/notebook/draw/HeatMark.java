package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;

/** A matrix as coloured cells, with a colour bar. */
final class HeatMark implements Mark {
    private final JsonNode trace;
    private final double[] xs;
    private final double[] ys;
    private final double low;
    private final double high;
    private final ColorMap colors;

    HeatMark(JsonNode trace, Axis x, Axis y) {
        this.trace = trace;
        this.xs = places(trace.path("x"), x, trace.path("z").path(0).size());
        this.ys = places(trace.path("y"), y, trace.path("z").size());
        this.low = trace.path("zmin").asDouble();
        this.high = trace.path("zmax").asDouble();
        this.colors = ColorMap.forRange(low, high);
    }

    private static double[] places(JsonNode values, Axis axis, int n) {
        double[] places = axis.values(values);
        return places.length == n
                ? places
                : IntStream.range(0, n).asDoubleStream().toArray();
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public void reserve(Axis x, Axis y) {
        include(x, xs);
        include(y, ys);
    }

    private static void include(Axis axis, double[] places) {
        for (double place : places) {
            axis.include(place - step(places) / 2);
            axis.include(place + step(places) / 2);
        }
    }

    private static double step(double[] places) {
        return places.length > 1 ? Math.abs(places[1] - places[0]) : 1;
    }

    @Override
    public void ink(Ink ink, Scale x, Scale y) {
        if (ys.length > 0 && xs.length > 0) {
            double[] h = span(x, xs);
            double[] v = span(y, ys);
            ink.area(new Ink.Box(h[0], v[0], h[1], v[1]));
        }
    }

    /** One image for all cells, enlarged so far that a viewer which smooths it does no harm. */
    @Override
    public void draw(Svg svg, Scale x, Scale y) {
        int rows = ys.length;
        int columns = xs.length;
        if (rows == 0 || columns == 0) {
            return;
        }
        int side = Math.max(1, 600 / Math.max(rows, columns));
        Pixels pixels = new Pixels(columns * side, rows * side, 0xffffff);
        boolean mirrored = x.at(xs[columns - 1]) < x.at(xs[0]);
        boolean upward = y.at(ys[rows - 1]) < y.at(ys[0]);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int row = upward ? rows - 1 - i : i;
                int column = mirrored ? columns - 1 - j : j;
                pixels.rectangle(column * side, row * side, side, side, colors.rgb(share(i, j)));
            }
        }
        double[] h = span(x, xs);
        double[] v = span(y, ys);
        if (trace.has("opacity")) {
            svg.open("g", "opacity", trace.get("opacity").asDouble());
        }
        svg.element(
                "image",
                "x",
                h[0],
                "y",
                v[0],
                "width",
                h[1] - h[0],
                "height",
                v[1] - v[0],
                "preserveAspectRatio",
                "none",
                "image-rendering",
                "pixelated",
                "href",
                pixels.dataUri());
        if (trace.has("opacity")) {
            svg.close("g");
        }
        if (trace.has("texttemplate")) {
            numbers(svg, x, y);
        }
    }

    private double value(int i, int j) {
        return trace.path("z").path(i).path(j).asDouble(Double.NaN);
    }

    private double share(int i, int j) {
        return high > low ? (value(i, j) - low) / (high - low) : 0.5 + 0 * value(i, j);
    }

    private static double[] span(Scale scale, double[] places) {
        double a = scale.at(places[0]);
        double b = scale.at(places[places.length - 1]);
        double half = Math.abs(scale.at(places[0] + step(places)) - a) / 2;
        return new double[] {Math.min(a, b) - half, Math.max(a, b) + half};
    }

    private void numbers(Svg svg, Scale x, Scale y) {
        for (int i = 0; i < ys.length; i++) {
            for (int j = 0; j < xs.length; j++) {
                if (!Double.isNaN(value(i, j))) {
                    int rgb = colors.rgb(share(i, j));
                    double light = 0.3 * (rgb >> 16 & 255) + 0.59 * (rgb >> 8 & 255) + 0.11 * (rgb & 255);
                    String text = Numbers.text(value(i, j), 3).replace('-', '\u2212');
                    svg.element("text", text, new Object[] {
                        "x",
                        x.at(xs[j]),
                        "y",
                        y.at(ys[i]) + 4,
                        "text-anchor",
                        "middle",
                        "font-size",
                        12,
                        "fill",
                        light > 130 ? "#222" : "#fff"
                    });
                }
            }
        }
    }

    @Override
    public ColorBar colorBar() {
        return new ColorBar(low, high, colors.stops());
    }

    @Override
    public void sample(Svg svg, double x, double y) {
        // The colour bar takes the place of a legend.
    }
}
