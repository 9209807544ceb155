package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The finished frame of a chart: margins measured by what stands in them, then grid, marks, axes, titles and legend. */
final class Frame {
    private static final double X_GAP = 80;
    private static final double Y_GAP = 46;
    private static final int NOTICE = 18; // pixels of height of a line about what the picture leaves out

    private final JsonNode layout;
    private final Axis xAxis;
    private final Axis yAxis;
    private final List<Mark> marks;
    private final List<ColorBar> colorBars;
    private final Legend legend;
    private final List<String> notice;
    private final int width;
    private final int height;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final boolean turned; // long names under the x axis are set at a slant
    private final Scale x;
    private final Scale y;

    /** @param leftOut what the figure asks for and the picture does not show; empty for nothing */
    Frame(Chart chart, String leftOut) {
        layout = chart.layout();
        xAxis = chart.xAxis();
        yAxis = chart.yAxis();
        marks = chart.marks();
        legend = chart.legend();
        width = layout.get("width").asInt();
        height = layout.get("height").asInt();
        notice = notice(leftOut, width);
        double underTitle = HouseStyle.titleOf(layout).isEmpty() ? 18 : 46;
        colorBars = marks.stream().map(Mark::colorBar).filter(Objects::nonNull).toList();
        right = width - 24 - ColorBar.WIDTH * colorBars.size();
        // The labels of the y axis need some height to be chosen, and their width is needed for the frame.
        List<Scale.Tick> yTicks = yAxis.scale(height - 54.0, underTitle).ticks(yGap());
        left = 18 + widest(labels(yTicks)) + (yAxis.title().isEmpty() ? 0 : 24);
        top = underTitle + legend.heightAbove(right - left);
        List<Scale.Tick> xTicks = xAxis.scale(left, right).ticks(xGap());
        double widestX = widest(labels(xTicks));
        turned = xAxis.isNamed() && xTicks.size() > 1 && widestX + 8 > (right - left) / xTicks.size();
        double labelHeight = turned ? 0.6 * widestX + 14 : xAxis.isDates() ? 32 : 16;
        bottom = height - 16 - labelHeight - (xAxis.title().isEmpty() ? 0 : 26);
        x = xAxis.scale(left, right);
        y = yAxis.scale(bottom, top);
    }

    private double xGap() {
        return xAxis.isNamed() ? 18 : X_GAP;
    }

    private double yGap() {
        return yAxis.isNamed() ? 16 : Y_GAP;
    }

    private static List<String> labels(List<Scale.Tick> ticks) {
        return ticks.stream().map(Scale.Tick::label).toList();
    }

    private static double widest(List<String> texts) {
        return texts.stream().mapToDouble(Svg::width).max().orElse(0);
    }

    private boolean hasCells() {
        return marks.stream().anyMatch(HeatMark.class::isInstance);
    }

    String draw() {
        Svg svg = new Svg(width, height + NOTICE * notice.size());
        if (!hasCells()) {
            grid(svg);
        }
        svg.open("clipPath", "id", "frame");
        svg.element("rect", "x", left - 2, "y", top - 2, "width", right - left + 4, "height", bottom - top + 4);
        svg.close("clipPath");
        svg.open("g", "clip-path", "url(#frame)");
        marks.forEach(m -> m.draw(svg, x, y));
        svg.close("g");
        axes(svg);
        titles(svg);
        legend.draw(svg, new Ink.Box(left, top, right, bottom));
        for (int i = 0; i < colorBars.size(); i++) {
            String id = i == 0 ? "colors" : "colors" + i;
            colorBars.get(i).draw(svg, id, right + i * ColorBar.WIDTH, top, bottom);
        }
        for (int i = 0; i < notice.size(); i++) {
            double y = height + NOTICE * (i + 0.5);
            svg.element("text", notice.get(i), new Object[] {
                "x", width / 2, "y", y, "text-anchor", "middle", "font-size", 12, "font-style", "italic"
            });
        }
        return svg.finish();
    }

    /** What the picture leaves out, in lines below it. */
    private static List<String> notice(String leftOut, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(leftOut.isEmpty() ? "" : "Not in this picture:");
        for (String item : leftOut.isEmpty() ? new String[0] : leftOut.split("(?<=,) ")) {
            if (Svg.width(line + " " + item) > width - 20) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(item);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** A line per tick, none for names; zero is a little darker. */
    private void grid(Svg svg) {
        StringBuilder lines = new StringBuilder();
        StringBuilder zero = new StringBuilder();
        if (!xAxis.isNamed()) {
            x.ticks(xGap())
                    .forEach(t -> (t.value() == 0 ? zero : lines).append(vertical(x.at(t.value()), top, bottom)));
        }
        if (!yAxis.isNamed()) {
            y.ticks(yGap())
                    .forEach(t -> (t.value() == 0 ? zero : lines).append(horizontal(left, right, y.at(t.value()))));
        }
        svg.element("path", "d", lines, "stroke", HouseStyle.GRID);
        svg.element("path", "d", zero, "stroke", HouseStyle.ZERO);
    }

    private static String vertical(double x, double from, double to) {
        return "M" + Svg.number(x) + " " + Svg.number(from) + "V" + Svg.number(to);
    }

    private static String horizontal(double from, double to, double y) {
        return "M" + Svg.number(from) + " " + Svg.number(y) + "H" + Svg.number(to);
    }

    private void axes(Svg svg) {
        StringBuilder d = new StringBuilder(vertical(left, top, bottom)).append(horizontal(left, right, bottom));
        for (Scale.Tick t : x.ticks(xGap())) {
            double at = x.at(t.value());
            d.append(vertical(at, bottom, bottom + 5));
            if (turned) {
                svg.turned(at + 3, bottom + 16, "end", -35, t.label());
            } else {
                String[] rows = t.label().split("\n", 2);
                for (int row = 0; row < rows.length; row++) {
                    svg.text(inside(at, rows[row]), bottom + 20 + 16 * row, "middle", rows[row]);
                }
            }
        }
        for (Scale.Tick t : y.ticks(yGap())) {
            double at = y.at(t.value());
            d.append(horizontal(left - 5, left, at));
            svg.text(left - 8, at + 5, "end", t.label().replace("\n", ", "));
        }
        svg.element("path", "d", d, "stroke", HouseStyle.LINE, "fill", "none");
    }

    /** The middle of a text at {@code x}, moved as far as it needs not to be cut off. */
    private double inside(double x, String text) {
        double half = Svg.width(text) / 2 + 6;
        return Math.max(half, Math.min(width - half, x));
    }

    private void titles(Svg svg) {
        svg.element("text", HouseStyle.titleOf(layout), new Object[] {
            "x",
            width / 2,
            "y",
            26,
            "text-anchor",
            "middle",
            "font-size",
            layout.path("title").path("font").path("size").asInt(16)
        });
        double middle = (left + right) / 2;
        svg.element("text", xAxis.title(), new Object[] {
            "x", middle, "y", height - 12, "text-anchor", "middle", "font-size", 15
        });
        svg.element("text", yAxis.title(), new Object[] {
            "text-anchor",
            "middle",
            "font-size",
            15,
            "transform",
            "translate(18 " + Svg.number((top + bottom) / 2) + ") rotate(-90)"
        });
    }
}
