package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The axes and marks of a Plotly specification, before they have a place on a page. */
final class Chart {
    private static final Set<String> KINDS = Set.of("scatter", "scattergl", "bar", "histogram", "heatmap");

    private final JsonNode layout;
    private final List<JsonNode> traces = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Axis xAxis;
    private final Axis yAxis;

    /** The chart of a specification that has no {@link #obstacle}. */
    Chart(JsonNode spec) {
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
        marks.forEach(m -> m.reserve(xAxis, yAxis));
    }

    /** Why a specification cannot be drawn, as the beginning of a sentence; null if it can. */
    static String obstacle(JsonNode spec) {
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

    private List<JsonNode> values(String axis) {
        return traces.stream().map(t -> t.path(axis)).filter(JsonNode::isArray).toList();
    }

    JsonNode layout() {
        return layout;
    }

    Axis xAxis() {
        return xAxis;
    }

    Axis yAxis() {
        return yAxis;
    }

    /** One mark per trace, in the order of the traces. */
    List<Mark> marks() {
        return marks;
    }

    /** The legend: empty if it is not wanted or there is nothing to name. */
    Legend legend() {
        boolean wanted = layout.path("showlegend").asBoolean(traces.size() > 1);
        List<Mark> named = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            if (wanted
                    && traces.get(i).path("showlegend").asBoolean(true)
                    && !marks.get(i).name().isEmpty()) {
                named.add(marks.get(i));
            }
        }
        return new Legend(named, layout.path("legend"));
    }
}
