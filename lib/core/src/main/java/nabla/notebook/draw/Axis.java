package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One axis while the picture is being laid out: it turns JSON values into numbers (names into their places 0, 1, 2, ...),
 * collects what has to fit, and finally becomes a {@link Scale}.
 */
final class Axis {
    private static final double ROOM = 0.05;

    private final JsonNode layout;
    private final boolean log;
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
        boolean named = type.equals("category")
                || (!log && values.stream().flatMap(JsonNode::valueStream).anyMatch(JsonNode::isTextual));
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

    String title() {
        return HouseStyle.titleOf(layout);
    }

    /** The values of an array; NaN where one is missing. */
    double[] values(JsonNode array) {
        Stream<JsonNode> all = array.valueStream();
        return isNamed()
                ? all.mapToDouble(v -> v.isNull() ? Double.NaN : names.indexOf(v.asText()))
                        .toArray()
                : all.mapToDouble(v -> v.asDouble(Double.NaN)).toArray();
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
        return log ? new Scale.Log(ends[0], ends[1], a, b) : new Scale.Linear(ends[0], ends[1], a, b);
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
        if (fixed.path(0).isNumber() && fixed.path(1).isNumber()) {
            return new double[] {fixed.get(0).asDouble(), fixed.get(1).asDouble()};
        }
        if (low > high) {
            return new double[] {0, 1};
        }
        if (low == high) {
            double half = log ? 0.5 : Math.max(Math.abs(low) * 0.1, Double.MIN_NORMAL) + (low == 0 ? 1 : 0);
            return new double[] {low - half, high + half};
        }
        double room = ROOM * (high - low);
        return new double[] {roomBelow ? low - room : low, roomAbove ? high + room : high};
    }
}
