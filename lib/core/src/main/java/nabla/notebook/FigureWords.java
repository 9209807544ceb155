package nabla.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import nabla.notebook.draw.Numbers;

/** A chart in one line of words, for terminals and for those who do not see the picture. */
final class FigureWords {
    private static final int MOST_NAMES = 6;

    private FigureWords() {}

    /** For example {@code Chart "CD-1": 2 lines (train, test); epoch 0 to 50; log-likelihood -210.3 to -94.1}. */
    static String of(JsonNode spec) {
        JsonNode layout = spec.get("layout");
        List<JsonNode> traces = spec.get("data")
                .valueStream()
                .filter(t ->
                        t.path("showlegend").asBoolean(true) || spec.get("data").size() == 1)
                .toList();
        List<String> parts = new ArrayList<>();
        parts.add(traces.size() + " " + kind(traces) + names(traces));
        axis(parts, spec, layout.path("xaxis"), "x");
        axis(parts, spec, layout.path("yaxis"), "y");
        axis(parts, spec, layout.path("coloraxis"), "z");
        String title = layout.path("title").path("text").asText();
        return "Chart " + (title.isEmpty() ? "" : "\"" + title + "\": ") + String.join("; ", parts);
    }

    private static String kind(List<JsonNode> traces) {
        JsonNode first = traces.isEmpty() ? MissingNode.getInstance() : traces.get(0);
        String type = first.path("type").asText("scatter");
        String kind = type.equals("scatter")
                ? first.path("mode").asText("lines").startsWith("lines") ? "line" : "set of points"
                : type.equals("bar") ? "set of bars" : type;
        return traces.size() == 1 ? kind : kind.startsWith("set") ? kind.replace("set", "sets") : kind + "s";
    }

    private static String names(List<JsonNode> traces) {
        List<String> names = traces.stream()
                .map(t -> t.path("name").asText())
                .filter(n -> !n.isEmpty())
                .toList();
        String more = names.size() > MOST_NAMES ? ", ..." : "";
        return names.isEmpty()
                ? ""
                : names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ", " (", more + ")"));
    }

    private static void axis(List<String> parts, JsonNode spec, JsonNode axis, String key) {
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        spec.get("data").forEach(t -> collect(t.path(key), range));
        String title = axis.path("title").path("text").asText();
        String name = title.isEmpty() ? key : title;
        if (axis.path("type").asText().equals("date")) {
            List<String> days = spec.get("data")
                    .valueStream()
                    .flatMap(t -> t.path(key).valueStream())
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .sorted()
                    .toList();
            parts.add(days.isEmpty() ? name : name + " " + days.get(0) + " to " + days.get(days.size() - 1));
            return;
        }
        if (range.getCount() > 0) {
            parts.add(name + " " + Numbers.text(range.getMin(), 4) + " to " + Numbers.text(range.getMax(), 4));
        } else if (!title.isEmpty()) {
            parts.add(title);
        }
    }

    private static void collect(JsonNode values, DoubleSummaryStatistics range) {
        for (JsonNode v : values) {
            if (v.isNumber()) {
                range.accept(v.doubleValue());
            } else if (v.isArray()) {
                collect(v, range);
            }
        }
    }
}
