package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * The look of every chart, static and interactive: what a figure leaves open is filled in, what its author has set stays.
 */
final class HouseStyle {
    static final int WIDTH = 700;
    static final int HEIGHT = 420;
    static final String GRID = "#e6e6e6";
    static final String ZERO = "#bbbbbb";
    static final String LINE = "#888888";

    // What Tablesaw writes when nobody chose a size: it depends on how the layout was begun.
    private static final Set<String> UNSET_SIZES = Set.of("800x600", "700x450");
    private static final int MOST_NUMBERED_CELLS = 12;
    private static final int MOST_POWERS = 8;
    private static final int STANDOFF = 12; // pixels between the labels of an axis and its title

    private HouseStyle() {}

    static void apply(ObjectNode spec) {
        ObjectNode layout = (ObjectNode) spec.get("layout");
        titles(layout);
        size(layout);
        defaults(layout, "font").put("family", Svg.FONT).put("size", 12).put("color", "#333333");
        layout.set("colorway", texts(layout.arrayNode(), Palette.COLORS));
        if (!layout.has("margin")) {
            int top = layout.path("title").path("text").asText().isEmpty() ? 20 : 50;
            layout.putObject("margin").put("l", 66).put("r", 24).put("t", top).put("b", 54);
        }
        axis(spec, "x");
        axis(spec, "y");
        bins(spec, layout);
        for (JsonNode trace : spec.get("data")) {
            if (trace.path("type").asText().equals("heatmap")) {
                heatmap((ObjectNode) trace);
            }
            if (trace.path("marker") instanceof ObjectNode marker
                    && marker.path("color").path(0).isNumber()) {
                numbersAsColors(marker);
            }
        }
    }

    /** Titles are objects; plotly 3 and later ignore plain strings. */
    private static void titles(ObjectNode node) {
        if (node.path("title").isValueNode() && node.has("title")) {
            String text = node.get("title").asText();
            ObjectNode title = node.putObject("title").put("text", text);
            if (node.has("titlefont")) {
                title.set("font", node.remove("titlefont"));
            }
        }
        for (var field : node.properties()) {
            if (field.getKey().matches("[xyz]axis\\d?") && field.getValue() instanceof ObjectNode axis) {
                titles(axis);
            }
        }
    }

    private static void size(ObjectNode layout) {
        int width = layout.path("width").asInt(WIDTH);
        int height = layout.path("height").asInt(HEIGHT);
        boolean unset = UNSET_SIZES.contains(width + "x" + height);
        layout.put("width", unset ? WIDTH : width).put("height", unset ? HEIGHT : height);
        layout.put("autosize", unset); // as wide as the page, unless its author chose a width
        if (layout.path("title").isObject() && !layout.path("title").has("font")) {
            // A long title is set smaller rather than cut off.
            int room = (int) (layout.get("width").asInt()
                    / (0.54 * Math.max(1, titleOf(layout).length())));
            ((ObjectNode) layout.get("title")).putObject("font").put("size", Math.max(9, Math.min(16, room)));
        }
    }

    static String titleOf(JsonNode layoutOrAxis) {
        return layoutOrAxis.path("title").path("text").asText();
    }

    private static void axis(ObjectNode spec, String letter) {
        ObjectNode axis = defaults((ObjectNode) spec.get("layout"), letter + "axis");
        setIfMissing(axis, "gridcolor", GRID);
        setIfMissing(axis, "linecolor", LINE);
        setIfMissing(axis, "zerolinecolor", ZERO);
        setIfMissing(axis, "ticks", "outside");
        setIfMissing(axis, "tickcolor", LINE);
        if (!axis.has("showline")) {
            axis.put("showline", true);
        }
        axis.put("automargin", true);
        if (axis.path("title") instanceof ObjectNode title && !title.has("standoff")) {
            title.put("standoff", STANDOFF);
        }
        if (!axis.has("type") && areDates(spec.get("data"), letter)) {
            axis.put("type", "date");
        }
        switch (axis.path("type").asText()) {
            case "log" -> {
                setIfMissing(axis, "exponentformat", "power");
                decades(spec, letter, axis);
            }
            case "category" -> axis.put("showgrid", false);
            default -> {}
        }
    }

    /** Whether all values along an axis that are not missing are dates. */
    private static boolean areDates(JsonNode data, String letter) {
        List<JsonNode> values = data.valueStream()
                .flatMap(t -> t.path(letter).valueStream())
                .filter(v -> !v.isNull())
                .toList();
        return !values.isEmpty() && values.stream().allMatch(v -> v.isTextual() && DateScale.isDate(v.asText()));
    }

    /** Over two or more powers of ten, only powers are labelled, at most some eight of them. */
    private static void decades(ObjectNode spec, String letter, ObjectNode axis) {
        DoubleSummaryStatistics exponents = StreamSupport.stream(
                        spec.get("data").spliterator(), false)
                .flatMapToDouble(t -> numbers(t.path(letter)))
                .filter(v -> v > 0)
                .map(Math::log10)
                .summaryStatistics();
        double reach = exponents.getMax() - exponents.getMin();
        if (reach >= 2 && !axis.has("dtick")) {
            axis.put("dtick", (int) Math.ceil(reach / MOST_POWERS));
        }
    }

    /** All histograms of a figure share their bins, and the picture and the live chart have the same ones. */
    private static void bins(ObjectNode spec, ObjectNode layout) {
        List<ObjectNode> histograms = new ArrayList<>();
        spec.get("data").forEach(t -> {
            if (t.path("type").asText().equals("histogram")
                    && t.path("x").path(0).isNumber()) {
                histograms.add((ObjectNode) t);
            }
        });
        if (histograms.isEmpty()) {
            return;
        }
        double[] all =
                histograms.stream().flatMapToDouble(t -> numbers(t.get("x"))).toArray();
        Bins bins = Bins.of(all, histograms.get(0).path("nbinsx").asInt());
        for (ObjectNode histogram : histograms) {
            histogram.remove("nbinsx");
            bins.write(histogram.putObject("xbins"));
        }
        if (!layout.has("bargap")) {
            layout.put("bargap", 0.03);
        }
    }

    static DoubleStream numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::doubleValue);
    }

    /** Colours by the sign of the numbers, zero in the middle if both occur; few cells show their numbers. */
    private static void heatmap(ObjectNode trace) {
        JsonNode z = trace.path("z");
        double[] values = StreamSupport.stream(z.spliterator(), false)
                .flatMapToDouble(HouseStyle::numbers)
                .toArray();
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(1);
        ColorMap colors = ColorMap.forRange(low, high);
        double reach = Math.max(-low, high);
        trace.put("zmin", colors == ColorMap.DIVERGING ? -reach : low);
        trace.put("zmax", colors == ColorMap.DIVERGING ? reach : high);
        stops(trace.putArray("colorscale"), colors);
        trace.putObject("colorbar")
                .put("thickness", 16)
                .put("outlinewidth", 0.5)
                .put("outlinecolor", LINE);
        if (z.size() <= MOST_NUMBERED_CELLS && z.path(0).size() <= MOST_NUMBERED_CELLS) {
            setIfMissing(trace, "texttemplate", "%{z:.3~g}");
        }
    }

    /** The ends of the colour scale are those of the numbers, and the colours those of the house, unless the author chose others. */
    private static void numbersAsColors(ObjectNode marker) {
        double[] values = numbers(marker.get("color")).toArray();
        boolean fixed = marker.path("cmin").asDouble() < marker.path("cmax").asDouble();
        if (!fixed || marker.path("cauto").asBoolean()) {
            marker.put("cmin", DoubleStream.of(values).min().orElse(0));
            marker.put("cmax", DoubleStream.of(values).max().orElse(1));
        }
        marker.put("cauto", false);
        if (!marker.has("colorscale") || marker.path("autocolorscale").asBoolean()) {
            marker.put("autocolorscale", false);
            stops(marker.putArray("colorscale"), ColorMap.SEQUENTIAL);
        }
    }

    private static void stops(ArrayNode scale, ColorMap colors) {
        colors.stops()
                .forEach(stop -> scale.addArray().add((Double) stop.get(0)).add((String) stop.get(1)));
    }

    private static ObjectNode defaults(ObjectNode node, String field) {
        return node.path(field) instanceof ObjectNode there ? there : node.putObject(field);
    }

    private static void setIfMissing(ObjectNode node, String field, String value) {
        if (!node.has(field)) {
            node.put(field, value);
        }
    }

    private static ArrayNode texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
        return array;
    }
}
