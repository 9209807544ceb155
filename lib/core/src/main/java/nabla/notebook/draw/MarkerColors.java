package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;

/** The colours of the markers or bars of a trace: one for all, one for each, or numbers on a colour scale. */
final class MarkerColors {
    private final JsonNode marker;
    private final JsonNode colors;
    private final String otherwise;
    private final ColorScale scale;
    private final double low;
    private final double high;

    /**
     * @param marker the {@code marker} of a trace, after {@link HouseStyle} has filled in the ends of the scale
     * @param otherwise the colour where it says none
     */
    MarkerColors(JsonNode marker, String otherwise) {
        this.marker = marker;
        this.colors = marker.path("color");
        this.otherwise = otherwise;
        ColorScale named = ColorScale.of(marker.path("colorscale"));
        this.scale = marker.path("reversescale").asBoolean() ? named.reversed() : named;
        this.low = marker.path("cmin").asDouble(0);
        this.high = marker.path("cmax").asDouble(1);
    }

    /** The colour of the trace as a whole, for the legend. */
    String common() {
        return colors.isTextual() ? colors.asText() : otherwise;
    }

    String of(int i) {
        JsonNode c = colors.path(i);
        if (c.isNumber()) {
            return scale.hex(high > low ? (c.asDouble() - low) / (high - low) : 0.5);
        }
        return c.isTextual() ? c.asText() : common();
    }

    /** The explanation of the colours, if they are numbers and it is wanted; null otherwise. */
    ColorBar bar() {
        boolean wanted = marker.path("showscale").asBoolean() && colors.path(0).isNumber();
        return wanted ? new ColorBar(low, high, scale.stops()) : null;
    }
}
