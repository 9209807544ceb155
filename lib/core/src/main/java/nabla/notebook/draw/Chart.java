package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The axes and marks of a Plotly specification, before they have a place on a page. */
final class Chart {
    private final JsonNode layout;
    private final List<JsonNode> traces = new ArrayList<>(); // those that are visible
    private final List<Mark> marks = new ArrayList<>();
    private final Axis xAxis;
    private final Axis yAxis;

    /** The chart of a specification that has no {@link Drawable#obstacle obstacle}. */
    Chart(JsonNode spec) {
        this.layout = spec.get("layout");
        List<String> palette = new ArrayList<>();
        for (int i = 0; i < spec.get("data").size(); i++) {
            JsonNode trace = spec.get("data").get(i);
            if (trace.path("visible").asBoolean(!trace.has("visible"))) {
                traces.add(isHistogram(trace) ? BarMark.ofHistogram((ObjectNode) trace) : trace);
                palette.add(Palette.color(i));
            }
        }
        xAxis = new Axis(layout.path("xaxis"), values("x"));
        yAxis = new Axis(layout.path("yaxis"), values("y"));
        List<JsonNode> bars =
                traces.stream().filter(t -> Drawable.kind(t).equals("bar")).toList();
        List<String> colors =
                bars.stream().map(t -> palette.get(traces.indexOf(t))).toList();
        List<BarMark> arranged = BarMark.arrange(bars, layout, xAxis, yAxis, colors);
        ScatterMark previous = null;
        for (int i = 0; i < traces.size(); i++) {
            JsonNode trace = traces.get(i);
            marks.add(
                    switch (Drawable.kind(trace)) {
                        case "bar" -> arranged.get(bars.indexOf(trace));
                        case "heatmap" -> new HeatMark(trace, xAxis, yAxis);
                        case "box" -> new BoxMark(trace, xAxis, yAxis, palette.get(i));
                        default -> new ScatterMark(trace, xAxis, yAxis, palette.get(i), previous);
                    });
            if (marks.get(i) instanceof ScatterMark scatter) {
                previous = scatter;
            }
        }
        marks.forEach(m -> m.reserve(xAxis, yAxis));
    }

    private static boolean isHistogram(JsonNode trace) {
        return Drawable.kind(trace).equals("histogram") && trace.has("xbins");
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

    /** The traces that are visible, in order. */
    List<JsonNode> traces() {
        return traces;
    }

    /** One mark per visible trace, in the order of the traces. */
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
