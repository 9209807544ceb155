package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The bars of one trace, upright or lying: each covers [left, left + width] along its axis and [base, top] across it. */
final class BarMark implements Mark {
    private final JsonNode trace;
    private final MarkerColors colors;
    private final ErrorBars errors;
    private final boolean lying;
    private final double width;
    private final double[] left;
    private final double[] base;
    private final double[] top;

    private BarMark(JsonNode trace, String color, double width, double[] left, double[] base, double[] top) {
        this.trace = trace;
        this.colors = new MarkerColors(trace.path("marker"), color);
        this.lying = isLying(trace);
        this.errors = new ErrorBars(trace.path(lying ? "error_x" : "error_y"), "#444444");
        this.width = width;
        this.left = left;
        this.base = base;
        this.top = top;
    }

    static boolean isLying(JsonNode trace) {
        return trace.path("orientation").asText().equals("h");
    }

    /** A histogram as a trace of bars, one per bin. */
    static ObjectNode ofHistogram(ObjectNode histogram) {
        Bins bins = Bins.read(histogram.get("xbins"));
        double[] counts = bins.counts(HouseStyle.numbers(histogram.get("x")));
        double total = Arrays.stream(counts).sum();
        double unit =
                switch (histogram.path("histnorm").asText()) {
                    case "probability" -> 1 / total;
                    case "percent" -> 100 / total;
                    case "density" -> 1 / bins.size();
                    case "probability density" -> 1 / total / bins.size();
                    default -> 1;
                };
        ObjectNode bars = histogram.deepCopy();
        bars.put("type", "bar").put("unit", bins.size());
        var x = bars.putArray("x");
        var y = bars.putArray("y");
        for (int i = 0; i < counts.length; i++) {
            x.add(bins.middle(i));
            y.add(counts[i] * unit);
        }
        return bars;
    }

    /**
     * The marks of all bar traces of a chart; where bars share a place they stand side by side, on top of each other or in
     * front of each other, as the layout's {@code barmode} says.
     */
    static List<BarMark> arrange(List<JsonNode> traces, JsonNode layout, Axis x, Axis y, List<String> colors) {
        String mode = layout.path("barmode").asText("group");
        int side = mode.equals("group") ? traces.size() : 1;
        List<BarMark> marks = new ArrayList<>();
        List<double[]> stack = new ArrayList<>(); // {place, height so far}
        for (int k = 0; k < traces.size(); k++) {
            JsonNode trace = traces.get(k);
            double[] at = isLying(trace) ? y.values(trace.get("y")) : x.values(trace.get("x"));
            double[] size = isLying(trace) ? x.values(trace.get("x")) : y.values(trace.get("y"));
            double unit = trace.path("unit").asDouble(smallestStep(at));
            double all = unit * (1 - layout.path("bargap").asDouble(0.2));
            double width = all / side;
            double[] left = new double[at.length];
            double[] base = new double[at.length];
            double[] top = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                left[i] = at[i] - all / 2 + (side > 1 ? k * width : 0);
                base[i] = mode.equals("stack") || mode.equals("relative") ? pile(stack, at[i], size[i]) : 0;
                top[i] = base[i] + size[i];
            }
            marks.add(new BarMark(trace, colors.get(k), width, left, base, top));
        }
        return marks;
    }

    /** Adds to the pile at a place; returns how high it was before. */
    private static double pile(List<double[]> stack, double place, double size) {
        for (double[] s : stack) {
            if (s[0] == place) {
                s[1] += size;
                return s[1] - size;
            }
        }
        stack.add(new double[] {place, size});
        return 0;
    }

    /** The smallest distance between different places; 1 if there is only one. */
    static double smallestStep(double[] at) {
        double[] sorted = Arrays.stream(at).distinct().sorted().toArray();
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            step = Math.min(step, sorted[i] - sorted[i - 1]);
        }
        return Double.isFinite(step) ? step : 1;
    }

    @Override
    public String name() {
        return trace.path("name").asText();
    }

    @Override
    public void reserve(Axis x, Axis y) {
        Axis along = lying ? y : x;
        Axis across = lying ? x : y;
        for (int i = 0; i < left.length; i++) {
            along.include(left[i]);
            along.include(left[i] + width);
            across.include(base[i]);
            if (top[i] != base[i]) {
                across.includeWithRoom(top[i]);
            }
            errors.reserve(across, i, top[i]);
        }
    }

    @Override
    public void ink(Ink ink, Scale x, Scale y) {
        boxes(x, y).forEach(ink::area);
    }

    @Override
    public void draw(Svg svg, Scale x, Scale y) {
        svg.open("g", "fill", colors.common(), "fill-opacity", opacity());
        for (int i = 0; i < left.length; i++) {
            Ink.Box b = box(i, x, y);
            if (b != null) {
                svg.element("rect", rectangle(b, colors.of(i)));
            }
        }
        svg.close("g");
        if (errors.areShown()) {
            Scale along = lying ? y : x;
            StringBuilder d = new StringBuilder();
            for (int i = 0; i < left.length; i++) {
                d.append(errors.path(i, top[i], lying ? x : y, along.at(left[i] + width / 2), !lying));
            }
            errors.stroke(svg, d.toString(), opacity());
        }
    }

    /** A bar names its colour only if that is not the one of all. */
    private Object[] rectangle(Ink.Box b, String color) {
        Object[] place = {"x", b.left(), "y", b.top(), "width", b.right() - b.left(), "height", b.bottom() - b.top()};
        if (color.equals(colors.common())) {
            return place;
        }
        Object[] all = Arrays.copyOf(place, place.length + 2);
        all[place.length] = "fill";
        all[place.length + 1] = color;
        return all;
    }

    private List<Ink.Box> boxes(Scale x, Scale y) {
        return IntStream.range(0, left.length)
                .mapToObj(i -> box(i, x, y))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What bar {@code i} covers; null if the axes cannot show it. */
    private Ink.Box box(int i, Scale x, Scale y) {
        Scale along = lying ? y : x;
        Scale across = lying ? x : y;
        double a = along.at(left[i]);
        double b = along.at(left[i] + width);
        double c = Double.isFinite(across.at(base[i])) ? across.at(base[i]) : across.start();
        double d = across.at(top[i]);
        if (!Double.isFinite(a + b + c + d)) {
            return null;
        }
        return lying
                ? new Ink.Box(Math.min(c, d), Math.min(a, b), Math.max(c, d), Math.max(a, b))
                : new Ink.Box(Math.min(a, b), Math.min(c, d), Math.max(a, b), Math.max(c, d));
    }

    @Override
    public ColorBar colorBar() {
        return colors.bar();
    }

    @Override
    public void sample(Svg svg, double x, double y) {
        svg.element(
                "rect",
                "x",
                x + 6,
                "y",
                y - 6,
                "width",
                12,
                "height",
                12,
                "fill",
                colors.common(),
                "fill-opacity",
                opacity());
    }

    private double opacity() {
        return trace.path("marker")
                .path("opacity")
                .asDouble(trace.path("opacity").asDouble(1));
    }
}
