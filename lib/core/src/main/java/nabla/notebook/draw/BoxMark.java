package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Box plots, one box for each place along x: quartiles and median, whiskers to the outermost values within one and a half
 * box heights of the box, and the values beyond as points.
 */
final class BoxMark implements Mark {
    private static final double HALF_WIDTH = 0.245; // of the distance between places, as Plotly has it
    private static final double LINE = 2;

    /** The five numbers of a box, and the values beyond the whiskers. */
    record Box(double whiskerBelow, double q1, double median, double q3, double whiskerAbove, List<Double> beyond) {
        /** @param values at least one, without NaN */
        static Box of(double[] values) {
            double[] v = values.clone();
            Arrays.sort(v);
            double q1 = quantile(v, 0.25);
            double q3 = quantile(v, 0.75);
            double reach = 1.5 * (q3 - q1);
            double below = Math.min(
                    q1, DoubleStream.of(v).filter(x -> x >= q1 - reach).min().orElse(q1));
            double above = Math.max(
                    q3, DoubleStream.of(v).filter(x -> x <= q3 + reach).max().orElse(q3));
            List<Double> beyond = DoubleStream.of(v)
                    .filter(x -> x < below || x > above)
                    .boxed()
                    .toList();
            return new Box(below, q1, quantile(v, 0.5), q3, above, beyond);
        }

        /** Plotly's "linear" method: the k-th of n sorted values, counted from 1, is the quantile (k - 1/2) / n, linear between. */
        static double quantile(double[] sorted, double p) {
            double place = Math.max(0, Math.min(sorted.length - 1.0, p * sorted.length - 0.5));
            int i = (int) Math.floor(place);
            double next = sorted[Math.min(i + 1, sorted.length - 1)];
            return sorted[i] + (place - i) * (next - sorted[i]);
        }
    }

    private final JsonNode trace;
    private final String color;
    private final Map<Double, Box> boxes = new TreeMap<>(); // by place
    private final double half;

    BoxMark(JsonNode trace, Axis x, Axis y, String defaultColor) {
        this.trace = trace;
        this.color = trace.path("marker").path("color").asText(defaultColor);
        double[] xs = x.values(trace.path("x"));
        double[] ys = y.values(trace.path("y"));
        Map<Double, List<Double>> groups = new TreeMap<>();
        for (int i = 0; i < Math.min(xs.length, ys.length); i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                groups.computeIfAbsent(xs[i], k -> new ArrayList<>()).add(ys[i]);
            }
        }
        groups.forEach((place, values) -> boxes.put(
                place, Box.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
        half = HALF_WIDTH * BarMark.smallestStep(xs);
    }

    @Override
    public String name() {
        return trace.path("name").asText();
    }

    @Override
    public void reserve(Axis x, Axis y) {
        boxes.forEach((place, box) -> {
            x.includeWithRoom(place - half);
            x.includeWithRoom(place + half);
            y.includeWithRoom(box.whiskerBelow());
            y.includeWithRoom(box.whiskerAbove());
            box.beyond().forEach(y::includeWithRoom);
        });
    }

    @Override
    public void ink(Ink ink, Scale x, Scale y) {
        boxes.forEach((place, box) -> {
            ink.area(new Ink.Box(
                    x.at(place - half), y.at(box.whiskerAbove()), x.at(place + half), y.at(box.whiskerBelow())));
            box.beyond().forEach(v -> ink.dot(x.at(place), y.at(v)));
        });
    }

    @Override
    public void draw(Svg svg, Scale x, Scale y) {
        svg.open("g", "stroke", color, "stroke-width", LINE, "opacity", opacity());
        boxes.forEach((place, box) -> draw(svg, x, y, place, box));
        svg.close("g");
    }

    private void draw(Svg svg, Scale x, Scale y, double place, Box box) {
        double left = Math.min(x.at(place - half), x.at(place + half));
        double right = Math.max(x.at(place - half), x.at(place + half));
        double middle = x.at(place);
        double top = Math.min(y.at(box.q1()), y.at(box.q3()));
        double bottom = Math.max(y.at(box.q1()), y.at(box.q3()));
        if (!Double.isFinite(left + right + top + bottom)) {
            return; // not positive on a logarithmic axis
        }
        svg.element(
                "rect",
                "x",
                left,
                "y",
                top,
                "width",
                right - left,
                "height",
                bottom - top,
                "fill",
                color,
                "fill-opacity",
                0.5);
        StringBuilder d = new StringBuilder(line(left, y.at(box.median()), 'H', right));
        double cap = (right - left) / 4;
        for (double[] whisker : new double[][] {{box.q1(), box.whiskerBelow()}, {box.q3(), box.whiskerAbove()}}) {
            double end = y.at(whisker[1]);
            if (Double.isFinite(end)) {
                d.append(line(middle, y.at(whisker[0]), 'V', end)).append(line(middle - cap, end, 'H', middle + cap));
            }
        }
        svg.element("path", "d", d, "fill", "none");
        StringBuilder dots = new StringBuilder();
        for (double value : box.beyond()) {
            if (Double.isFinite(y.at(value))) {
                dots.append(line(middle, y.at(value), 'H', middle));
            }
        }
        if (!dots.isEmpty()) {
            svg.element("path", "d", dots, "stroke-width", 6, "stroke-linecap", "round");
        }
    }

    private static String line(double x, double y, char direction, double to) {
        return "M" + Svg.number(x) + " " + Svg.number(y) + direction + Svg.number(to);
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
                color,
                "fill-opacity",
                0.5 * opacity(),
                "stroke",
                color);
    }

    private double opacity() {
        return trace.path("opacity").asDouble(1);
    }
}
