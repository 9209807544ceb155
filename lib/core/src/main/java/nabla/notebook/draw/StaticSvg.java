package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Draws the everyday kinds of chart (lines, markers, bars, histograms, heatmaps) from a Plotly specification as a small SVG,
 * for every place where no script runs: GitHub, paper, an untrusted notebook. A kind it cannot draw becomes a notice that says
 * so, never a wrong picture.
 */
public final class StaticSvg {
    private static final Set<String> KINDS = Set.of("scatter", "scattergl", "bar", "histogram", "heatmap");

    private final JsonNode layout;
    private final List<JsonNode> traces = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Axis xAxis;
    private final Axis yAxis;

    private StaticSvg(JsonNode spec) {
        this.layout = spec.get("layout");
        for (JsonNode trace : spec.get("data")) {
            traces.add(isHistogram(trace) ? BarMark.ofHistogram((ObjectNode) trace) : trace);
        }
        xAxis = new Axis(layout.path("xaxis"), values("x"));
        yAxis = new Axis(layout.path("yaxis"), values("y"));
        List<JsonNode> bars = traces.stream().filter(t -> kind(t).equals("bar")).toList();
        List<String> colors =
                bars.stream().map(t -> Palette.color(traces.indexOf(t))).toList();
        List<BarMark> arranged = BarMark.arrange(bars, layout, xAxis, yAxis, colors);
        for (int i = 0; i < traces.size(); i++) {
            JsonNode trace = traces.get(i);
            marks.add(
                    switch (kind(trace)) {
                        case "bar" -> arranged.get(bars.indexOf(trace));
                        case "heatmap" -> new HeatMark(trace, xAxis, yAxis);
                        default -> new ScatterMark(trace, xAxis, yAxis, Palette.color(i));
                    });
        }
    }

    /**
     * The picture of a specification made by {@link FigureSpec#of}.
     *
     * @return a complete SVG document, in the size that the layout gives
     */
    public static String draw(JsonNode spec) {
        String obstacle = obstacle(spec);
        return obstacle == null ? new StaticSvg(spec).picture() : notice(spec.get("layout"), obstacle);
    }

    private static String obstacle(JsonNode spec) {
        for (JsonNode trace : spec.get("data")) {
            boolean unbinned = kind(trace).equals("histogram") && !isHistogram(trace);
            if (unbinned || !KINDS.contains(kind(trace))) {
                return "A chart of the kind \u201c" + kind(trace) + "\u201d";
            }
            if (!trace.path("yaxis").asText("y").equals("y")
                    || !trace.path("xaxis").asText("x").equals("x")) {
                return "A chart with several axes";
            }
        }
        return null;
    }

    private static String kind(JsonNode trace) {
        return trace.path("type").asText("scatter");
    }

    private static boolean isHistogram(JsonNode trace) {
        return kind(trace).equals("histogram") && trace.has("xbins");
    }

    private static String notice(JsonNode layout, String obstacle) {
        int width = layout.get("width").asInt();
        Svg svg = new Svg(width, 90);
        svg.element(
                "rect",
                "x",
                0.5,
                "y",
                0.5,
                "width",
                width - 1,
                "height",
                89,
                "fill",
                "none",
                "stroke",
                HouseStyle.GRID);
        svg.element("text", HouseStyle.titleOf(layout), new Object[] {
            "x", width / 2, "y", 36, "text-anchor", "middle", "font-size", 16
        });
        svg.text(width / 2.0, 62, "middle", obstacle + " has no static picture; it needs a page that runs scripts.");
        return svg.finish();
    }

    private List<JsonNode> values(String axis) {
        return traces.stream().map(t -> t.path(axis)).filter(JsonNode::isArray).toList();
    }

    private String picture() {
        marks.forEach(m -> m.reserve(xAxis, yAxis));
        return new Frame(layout, xAxis, yAxis, marks, legend()).draw();
    }

    /** The marks that the legend names. */
    private List<Mark> legend() {
        boolean wanted = layout.path("showlegend").asBoolean(traces.size() > 1);
        List<Mark> named = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            if (wanted
                    && traces.get(i).path("showlegend").asBoolean(true)
                    && !marks.get(i).name().isEmpty()) {
                named.add(marks.get(i));
            }
        }
        return named;
    }
}
