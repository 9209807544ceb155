package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis while the picture is being laid out: it turns JSON values into numbers (names into their places 0, 1, 2, ...,
 * dates into milliseconds), collects what has to fit, and finally becomes a {@link Scale}.
 */
final class Axis {
    private static final double ROOM = 0.05;
    private static final double DAY = 86_400_000;

    private final JsonNode layout;
    private final boolean log;
    private final boolean dates;
    private final List<String> names; // null unless this is an axis of names
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private boolean roomBelow;
    private boolean roomAbove;

    /**
     * @param layout the axis in the Plotly layout
     * @param values the arrays of values that the traces put on it
     */
    Axis(JsonNode layout, List<JsonNode> values) {
        this.layout = layout;
        String type = layout.path("type").asText();
        this.log = type.equals("log");
        this.dates = type.equals("date");
        boolean named = type.equals("category")
                || (!log
                        && !dates
                        && values.stream().flatMap(JsonNode::valueStream).anyMatch(JsonNode::isTextual));
        this.names = named
                ? new ArrayList<>(values.stream()
                        .flatMap(JsonNode::valueStream)
                        .filter(v -> !v.isNull())
                        .map(JsonNode::asText)
                        .distinct()
                        .toList())
                : null;
    }

    boolean isNamed() {
        return names != null;
    }

    boolean isDates() {
        return dates;
    }

    String title() {
        return HouseStyle.titleOf(layout);
    }

    /** The values of an array; NaN where one is missing. */
    double[] values(JsonNode array) {
        return array.valueStream().mapToDouble(this::value).toArray();
    }

    private double value(JsonNode v) {
        if (v.isNull()) {
            return Double.NaN;
        }
        return isNamed()
                ? names.indexOf(v.asText())
                : dates && v.isTextual() ? DateScale.parse(v.asText()) : v.asDouble(Double.NaN);
    }

    /** Makes the axis reach the value. */
    void include(double value) {
        include(value, false);
    }

    /** Makes the axis reach the value and go a little beyond it. */
    void includeWithRoom(double value) {
        include(value, true);
    }

    private void include(double value, boolean room) {
        double v = log ? Math.log10(value) : value;
        if (!Double.isFinite(v)) {
            return;
        }
        roomBelow = v < low ? room : roomBelow || (room && v == low);
        roomAbove = v > high ? room : roomAbove || (room && v == high);
        low = Math.min(low, v);
        high = Math.max(high, v);
    }

    /** The finished axis from pixel {@code from} to pixel {@code to}. */
    Scale scale(double from, double to) {
        boolean reversed = layout.path("autorange").asText().equals("reversed");
        double a = reversed ? to : from;
        double b = reversed ? from : to;
        if (isNamed()) {
            return new Scale.Category(names, new Scale.Linear(-0.5, Math.max(1, names.size()) - 0.5, a, b));
        }
        double[] ends = ends();
        Scale.Linear linear = new Scale.Linear(ends[0], ends[1], a, b);
        return log ? new Scale.Log(ends[0], ends[1], a, b) : dates ? new DateScale(linear) : linear;
    }

    /** Fixes the ends of an axis of numbers, unless its author has: this share of its reach beyond the values on both sides. */
    void widen(double share) {
        if (!isNamed() && low < high && !layout.has("range") && !layout.has("autorange")) {
            double room = share * (high - low);
            ((ObjectNode) layout).putArray("range").add(low - room).add(high + room);
        }
    }

    private double[] ends() {
        JsonNode fixed = layout.path("range");
        if (fixed.size() == 2 && Double.isFinite(value(fixed.get(0)) + value(fixed.get(1)))) {
            return values(fixed);
        }
        if (low > high) {
            return new double[] {0, 1};
        }
        if (low == high && dates) {
            return new double[] {low - DAY, high + DAY};
        }
        if (low == high) {
            double half = log ? 0.5 : Math.max(Math.abs(low) * 0.1, Double.MIN_NORMAL) + (low == 0 ? 1 : 0);
            return new double[] {low - half, high + half};
        }
        double room = ROOM * (high - low);
        return new double[] {roomBelow ? low - room : low, roomAbove ? high + room : high};
    }
}
