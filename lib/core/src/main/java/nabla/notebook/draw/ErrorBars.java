package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;

/** The {@code error_x} or {@code error_y} of a trace: how far the bar of each value reaches below and above it. */
final class ErrorBars {
    private static final double CAP = 4; // pixels on both sides

    private final JsonNode settings;
    private final String color;

    /** @param color of the bars, unless they have one of their own */
    ErrorBars(JsonNode settings, String color) {
        this.settings = settings;
        this.color = settings.path("color").asText(color);
    }

    boolean areShown() {
        return settings.isObject() && settings.path("visible").asBoolean(true);
    }

    double above(int i, double value) {
        return reach("array", "value", i, value);
    }

    double below(int i, double value) {
        boolean own = settings.has("arrayminus") || settings.has("valueminus");
        boolean symmetric = settings.path("symmetric").asBoolean(!own);
        return symmetric ? above(i, value) : reach("arrayminus", "valueminus", i, value);
    }

    private double reach(String array, String number, int i, double value) {
        return switch (settings.path("type").asText(settings.has("array") ? "data" : "percent")) {
            case "data" -> settings.path(array).path(i).asDouble(0);
            case "constant" -> settings.path(number).asDouble(10);
            case "sqrt" -> Math.sqrt(Math.abs(value));
            default -> Math.abs(value) * settings.path(number).asDouble(10) / 100;
        };
    }

    /** Makes room for the bar of value {@code i} on its axis. */
    void reserve(Axis axis, int i, double value) {
        if (areShown()) {
            axis.includeWithRoom(value - below(i, value));
            axis.includeWithRoom(value + above(i, value));
        }
    }

    /** The bar of value {@code i} as a path, at pixel {@code at} of the other axis; nothing where the axis cannot show it. */
    String path(int i, double value, Scale scale, double at, boolean upright) {
        double from = scale.at(value - below(i, value));
        double to = scale.at(value + above(i, value));
        if (!Double.isFinite(from + to + at) || from == to) {
            return "";
        }
        return cap(from, at, upright)
                + cap(to, at, upright)
                + (upright ? "M" + pair(at, from) + "V" + Svg.number(to) : "M" + pair(from, at) + "H" + Svg.number(to));
    }

    private static String cap(double end, double at, boolean upright) {
        return upright
                ? "M" + pair(at - CAP, end) + "H" + Svg.number(at + CAP)
                : "M" + pair(end, at - CAP) + "V" + Svg.number(at + CAP);
    }

    private static String pair(double x, double y) {
        return Svg.number(x) + " " + Svg.number(y);
    }

    void stroke(Svg svg, String path, double opacity) {
        double width = settings.path("thickness").asDouble(2);
        svg.element(
                "path", "d", path, "fill", "none", "stroke", color, "stroke-width", width, "stroke-opacity", opacity);
    }
}
