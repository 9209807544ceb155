package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Lines, markers, texts and filled areas. A point that the axes cannot show (missing, or not positive on a logarithmic axis) is a gap. */
final class ScatterMark implements Mark {
    private final JsonNode trace;
    private final double[] xs;
    private final double[] ys;
    private final String color;
    private final boolean lines;
    private final boolean markers;
    private final boolean texts;

    ScatterMark(JsonNode trace, Axis x, Axis y, String defaultColor) {
        this.trace = trace;
        this.ys = y.values(trace.path("y"));
        this.xs = trace.has("x")
                ? x.values(trace.get("x"))
                : IntStream.range(0, ys.length).asDoubleStream().toArray();
        String mode = trace.path("mode").asText(ys.length > 20 ? "lines" : "lines+markers");
        this.lines = mode.contains("lines");
        this.markers = mode.contains("markers");
        this.texts = mode.contains("text");
        String lineColor = trace.path("line").path("color").asText(defaultColor);
        this.color = lines ? lineColor : markerColor(lineColor);
    }

    private String markerColor(String otherwise) {
        JsonNode c = trace.path("marker").path("color");
        return c.isTextual() ? c.asText() : otherwise;
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
            }
        }
        if (fill().equals("tozeroy")) {
            y.include(0);
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
                    case "tozeroy" -> ink.line(p[0], p[1], p[0], y.at(0));
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
        return markers ? trace.path("marker").path("size").asDouble(6) : 0;
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
        List<List<double[]>> runs = runs(x, y);
        if (fill().equals("toself") || fill().equals("tozeroy")) {
            area(svg, runs, fill().equals("tozeroy") ? y.at(0) : Double.NaN);
        }
        if (lines && width() > 0) {
            StringBuilder d = new StringBuilder();
            runs.forEach(run -> polyline(d, run));
            stroke(svg, d.toString());
        }
        if (markers) {
            dots(svg, x, y);
        }
        if (hasTexts()) {
            texts(svg, x, y);
        }
    }

    /** The points in pixels, cut at the gaps. */
    private List<List<double[]>> runs(Scale x, Scale y) {
        List<List<double[]>> runs = new ArrayList<>();
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i < points(); i++) {
            double[] p = {x.at(xs[i]), y.at(ys[i])};
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
        return runs;
    }

    private static void polyline(StringBuilder d, List<double[]> points) {
        char pen = 'M';
        for (double[] p : points) {
            d.append(pen).append(Svg.number(p[0])).append(' ').append(Svg.number(p[1]));
            pen = 'L';
        }
    }

    private void area(Svg svg, List<List<double[]>> runs, double floor) {
        StringBuilder d = new StringBuilder();
        for (List<double[]> run : runs) {
            polyline(d, run);
            if (Double.isFinite(floor)) {
                d.append("V").append(Svg.number(floor)).append("H").append(Svg.number(run.get(0)[0]));
            }
            d.append('Z');
        }
        boolean own = trace.has("fillcolor");
        svg.element(
                "path", "d", d, "fill", own ? trace.get("fillcolor").asText() : color, "fill-opacity", own ? 1 : 0.5);
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

    /** One path per colour and size: a marker is a line of no length with round ends. */
    private void dots(Svg svg, Scale x, Scale y) {
        JsonNode colors = trace.path("marker").path("color");
        JsonNode sizes = trace.path("marker").path("size");
        double[] range = HouseStyle.numbers(colors).toArray();
        double low = Arrays.stream(range).min().orElse(0);
        double high = Arrays.stream(range).max().orElse(1);
        Map<String, StringBuilder> paths = new LinkedHashMap<>();
        for (int i = 0; i < points(); i++) {
            double px = x.at(xs[i]);
            double py = y.at(ys[i]);
            if (Double.isFinite(px + py)) {
                JsonNode c = colors.path(i);
                String fill = c.isNumber()
                        ? ColorMap.SEQUENTIAL.hex((c.asDouble() - low) / (high - low))
                        : c.asText(markerColor(color));
                double size = sizes.isArray() ? sizes.path(i).asDouble(6) : sizes.asDouble(6);
                paths.computeIfAbsent(fill + " " + size, k -> new StringBuilder())
                        .append('M')
                        .append(Svg.number(px))
                        .append(' ')
                        .append(Svg.number(py))
                        .append("h0");
            }
        }
        paths.forEach((key, d) -> {
            int blank = key.lastIndexOf(' ');
            dot(svg, d.toString(), key.substring(0, blank), Double.parseDouble(key.substring(blank + 1)));
        });
    }

    private void dot(Svg svg, String d, String fill, double size) {
        svg.element(
                "path",
                "d",
                d,
                "stroke",
                fill,
                "stroke-width",
                size,
                "stroke-linecap",
                "round",
                "stroke-opacity",
                trace.path("marker").path("opacity").asDouble(opacity()));
    }

    @Override
    public void sample(Svg svg, double x, double y) {
        if (lines && width() > 0) {
            stroke(svg, "M" + Svg.number(x) + " " + Svg.number(y) + "h24");
        }
        if (markers) {
            dot(svg, "M" + Svg.number(x + 12) + " " + Svg.number(y) + "h0", markerColor(color), 6);
        }
    }

    private String fill() {
        return trace.path("fill").asText("none");
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
