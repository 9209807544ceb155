package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The markers of a trace: round, each with its colour and size. */
final class Dots {
    private static final double USUAL_SIZE = 6;

    private final JsonNode marker;
    private final MarkerColors colors;
    private final double opacity;

    Dots(JsonNode trace, String defaultColor) {
        this.marker = trace.path("marker");
        this.colors = new MarkerColors(marker, defaultColor);
        double whole = trace.path("opacity").asDouble(1);
        this.opacity = marker.path("opacity").asDouble(1) * whole;
    }

    /** The diameter of all; the usual one if each has its own. */
    double size() {
        return marker.path("size").asDouble(USUAL_SIZE);
    }

    /** The diameter of the i-th; sizes of single markers may be meant as areas. */
    private double size(int i) {
        JsonNode sizes = marker.path("size");
        if (!sizes.isArray()) {
            return size();
        }
        double size = Math.max(0, sizes.path(i).asDouble(USUAL_SIZE));
        return marker.path("sizemode").asText().equals("area") ? 2 * Math.sqrt(size / 2) : size;
    }

    /** One path per colour and size: a marker is a line of no length with round ends. */
    void draw(Svg svg, double[][] pixels) {
        Map<String, StringBuilder> paths = new LinkedHashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            double x = pixels[i][0];
            double y = pixels[i][1];
            if (Double.isFinite(x + y)) {
                paths.computeIfAbsent(colors.of(i) + " " + size(i), k -> new StringBuilder())
                        .append(dot(x, y));
            }
        }
        paths.forEach((key, d) -> {
            int blank = key.lastIndexOf(' ');
            stroke(svg, d.toString(), key.substring(0, blank), Double.parseDouble(key.substring(blank + 1)));
        });
    }

    void sample(Svg svg, double x, double y) {
        stroke(svg, dot(x, y), colors.common(), USUAL_SIZE);
    }

    private static String dot(double x, double y) {
        return "M" + Svg.number(x) + " " + Svg.number(y) + "h0";
    }

    private void stroke(Svg svg, String d, String color, double size) {
        svg.element(
                "path",
                "d",
                d,
                "stroke",
                color,
                "stroke-width",
                size,
                "stroke-linecap",
                "round",
                "stroke-opacity",
                opacity);
    }

    /** What the colours mean, if they are numbers and it is wanted; null otherwise. */
    ColorBar colorBar() {
        return colors.bar();
    }
}
