package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Lines, markers, texts, error bars and filled areas. A point that the axes cannot show (missing, or not positive on a logarithmic axis) is a gap. */
final class ScatterMark implements Mark {
    private final JsonNode trace;
    private final ScatterMark previous;
    private final double[] xs;
    private final double[] ys;
    private final String color;
    private final boolean lines;
    private final boolean markers;
    private final boolean texts;
    private final Dots dots;
    private final ErrorBars xErrors;
    private final ErrorBars yErrors;

    /** @param previous the one to which the area of this one may reach; null if it is the first */
    ScatterMark(JsonNode trace, Axis x, Axis y, String defaultColor, ScatterMark previous) {
        this.trace = trace;
        this.previous = previous;
        this.ys = y.values(trace.path("y"));
        this.xs = trace.has("x")
                ? x.values(trace.get("x"))
                : IntStream.range(0, ys.length).asDoubleStream().toArray();
        String mode = trace.path("mode").asText(ys.length > 20 ? "lines" : "lines+markers");
        this.lines = mode.contains("lines");
        this.markers = mode.contains("markers");
        this.texts = mode.contains("text");
        String lineColor = trace.path("line").path("color").asText(defaultColor);
        this.color = lines ? lineColor : new MarkerColors(trace.path("marker"), lineColor).common();
        this.dots = new Dots(trace, color);
        this.xErrors = new ErrorBars(trace.path("error_x"), color);
        this.yErrors = new ErrorBars(trace.path("error_y"), color);
    }

    @Override
    public String name() {
        return trace.path("name").asText();
    }

    @Override
    public void reserve(Axis x, Axis y) {
        for (int i = 0; i < points(); i++) {
            if (!Double.isNaN(xs[i]) && !Double.isNaN(ys[i])) {
                if (markers || texts) {
                    x.includeWithRoom(xs[i]);
                } else {
                    x.include(xs[i]);
                }
                y.includeWithRoom(ys[i]);
                xErrors.reserve(x, i, xs[i]);
                yErrors.reserve(y, i, ys[i]);
            }
        }
        if (fill().equals("tozeroy")) {
            y.include(0);
        } else if (fill().equals("tozerox")) {
            x.include(0);
        }
    }

    @Override
    public void ink(Ink ink, Scale x, Scale y) {
        for (List<double[]> run : runs(x, y)) {
            for (int i = 0; i < run.size(); i++) {
                double[] p = run.get(i);
                double[] next = run.get(Math.min(i + 1, run.size() - 1));
                double[] opposite = run.get(run.size() - 1 - i); // the other edge of a band
                if (lines && width() > 0) {
                    ink.line(p[0], p[1], next[0], next[1]);
                }
                switch (fill()) {
                    case "toself" -> ink.line(p[0], p[1], opposite[0], opposite[1]);
                    case "tozeroy" -> ink.line(p[0], p[1], p[0], zero(y));
                    case "tozerox" -> ink.line(p[0], p[1], zero(x), p[1]);
                    default -> ink.dot(p[0], p[1]);
                }
            }
        }
    }

    boolean hasTexts() {
        return texts && trace.path("text").isArray();
    }

    int points() {
        return Math.min(xs.length, ys.length);
    }

    /** The diameter of the markers, 0 if there are none. */
    double size() {
        return markers ? dots.size() : 0;
    }

    /** What the text of point {@code i} fills at a {@code textposition} of Plotly. */
    Ink.Box textBox(int i, String position, Scale x, Scale y) {
        double width = Svg.width(trace.path("text").path(i).asText());
        double away = size() / 2 + 3;
        double left = position.endsWith("right") ? away : position.endsWith("left") ? -away - width : -width / 2;
        double height = Svg.FONT_SIZE;
        double top = position.startsWith("top") ? -away - height : position.startsWith("bottom") ? away : -height / 2;
        double px = x.at(xs[i]) + left;
        double py = y.at(ys[i]) + top;
        return new Ink.Box(px, py, px + width, py + height);
    }

    private void texts(Svg svg, Scale x, Scale y) {
        JsonNode position = trace.path("textposition");
        for (int i = 0; i < Math.min(points(), trace.path("text").size()); i++) {
            String side = position.isArray() ? position.path(i).asText() : position.asText("top center");
            Ink.Box box = textBox(i, side, x, y);
            if (Double.isFinite(box.left() + box.top())) {
                svg.element("text", trace.path("text").path(i).asText(), new Object[] {
                    "x",
                    (box.left() + box.right()) / 2,
                    "y",
                    box.bottom() - 2,
                    "text-anchor",
                    "middle",
                    "fill",
                    trace.path("textfont").path("color").asText("#333")
                });
            }
        }
    }

    @Override
    public void draw(Svg svg, Scale x, Scale y) {
        if (!fill().equals("none")) {
            area(svg, x, y);
        }
        if (lines && width() > 0) {
            StringBuilder d = new StringBuilder();
            runs(x, y).forEach(run -> polyline(d, run, 'M'));
            stroke(svg, d.toString());
        }
        errors(svg, x, y);
        if (markers) {
            dots.draw(svg, pixels(x, y));
        }
        if (hasTexts()) {
            texts(svg, x, y);
        }
    }

    /** The points in pixels, NaN where the axes cannot show them. */
    private double[][] pixels(Scale x, Scale y) {
        return IntStream.range(0, points())
                .mapToObj(i -> new double[] {x.at(xs[i]), y.at(ys[i])})
                .toArray(double[][]::new);
    }

    /** The corners of the line in pixels, cut at the gaps. */
    private List<List<double[]>> runs(Scale x, Scale y) {
        List<List<double[]>> runs = new ArrayList<>();
        List<double[]> run = new ArrayList<>();
        for (double[] p : pixels(x, y)) {
            if (Double.isFinite(p[0] + p[1])) {
                run.add(p);
            } else if (!run.isEmpty()) {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        String shape = trace.path("line").path("shape").asText();
        runs.replaceAll(points -> LineShape.corners(points, shape));
        return runs;
    }

    private static void polyline(StringBuilder d, List<double[]> points, char firstPen) {
        char pen = firstPen;
        for (double[] p : points) {
            d.append(pen).append(Svg.number(p[0])).append(' ').append(Svg.number(p[1]));
            pen = 'L';
        }
    }

    private void area(Svg svg, Scale x, Scale y) {
        StringBuilder d = new StringBuilder();
        if (fill().startsWith("tonext")) {
            char pen = 'M';
            for (List<double[]> run : runs(x, y)) {
                polyline(d, run, pen);
                pen = 'L';
            }
            List<double[]> back = new ArrayList<>();
            previous.runs(x, y).forEach(back::addAll);
            Collections.reverse(back);
            polyline(d, back, pen);
            d.append('Z');
        } else {
            for (List<double[]> run : runs(x, y)) {
                polyline(d, run, 'M');
                double[] first = run.get(0);
                switch (fill()) {
                    case "tozeroy" ->
                        d.append("V").append(Svg.number(zero(y))).append("H").append(Svg.number(first[0]));
                    case "tozerox" ->
                        d.append("H").append(Svg.number(zero(x))).append("V").append(Svg.number(first[1]));
                    default -> {}
                }
                d.append('Z');
            }
        }
        boolean own = trace.has("fillcolor");
        String fill = own ? trace.get("fillcolor").asText() : color;
        svg.element("path", "d", d, "fill", fill, "fill-opacity", (own ? 1 : 0.5) * opacity());
    }

    /** The pixel of zero, or the end of an axis that has none. */
    private static double zero(Scale scale) {
        return Double.isFinite(scale.at(0)) ? scale.at(0) : scale.start();
    }

    private void errors(Svg svg, Scale x, Scale y) {
        StringBuilder across = new StringBuilder();
        StringBuilder upright = new StringBuilder();
        for (int i = 0; i < points(); i++) {
            across.append(xErrors.path(i, xs[i], x, y.at(ys[i]), false));
            upright.append(yErrors.path(i, ys[i], y, x.at(xs[i]), true));
        }
        if (xErrors.areShown()) {
            xErrors.stroke(svg, across.toString(), opacity());
        }
        if (yErrors.areShown()) {
            yErrors.stroke(svg, upright.toString(), opacity());
        }
    }

    private void stroke(Svg svg, String d) {
        svg.element(
                "path",
                "d",
                d,
                "fill",
                "none",
                "stroke",
                color,
                "stroke-width",
                width(),
                "stroke-linejoin",
                "round",
                "stroke-dasharray",
                dashes(),
                "stroke-opacity",
                opacity());
    }

    @Override
    public ColorBar colorBar() {
        return markers ? dots.colorBar() : null;
    }

    @Override
    public void sample(Svg svg, double x, double y) {
        if (lines && width() > 0) {
            stroke(svg, "M" + Svg.number(x) + " " + Svg.number(y) + "h24");
        }
        if (markers) {
            dots.sample(svg, x + 12, y);
        }
    }

    /** What its area reaches to; the first trace of a chart has no next one and takes zero, or itself. */
    private String fill() {
        String fill = trace.path("fill").asText("none");
        boolean first = previous == null;
        return switch (fill) {
            case "tonexty" -> first ? "tozeroy" : fill;
            case "tonextx" -> first ? "tozerox" : fill;
            case "tonext" -> first ? "toself" : fill;
            default -> fill;
        };
    }

    private double width() {
        return trace.path("line").path("width").asDouble(2);
    }

    private double opacity() {
        return trace.path("opacity").asDouble(1);
    }

    private String dashes() {
        return switch (trace.path("line").path("dash").asText()) {
            case "dash" -> "8 5";
            case "dot" -> "2 4";
            case "longdash" -> "12 6";
            case "dashdot" -> "8 4 2 4";
            case "longdashdot" -> "12 4 2 4";
            default -> "none";
        };
    }
}
