package nabla.notebook.draw;

import java.util.List;

/**
 * What tells which colour means which number, at the right of the plot.
 *
 * @param low the number of the first colour
 * @param high the number of the last colour
 * @param stops places between 0 and 1 and their colours
 */
record ColorBar(double low, double high, List<List<Object>> stops) {
    /** The width of a bar with its labels and the gap to the plot. */
    static final double WIDTH = 72;

    private static final double GAP = 18;

    /** Draws it from {@code bottom} up to {@code top}, at the right of {@code x}; {@code id} is its own in the picture. */
    void draw(Svg svg, String id, double x, double top, double bottom) {
        if (!(high > low)) {
            return;
        }
        double left = x + GAP;
        svg.open("linearGradient", "id", id, "x1", 0, "y1", 1, "x2", 0, "y2", 0);
        stops.forEach(s -> svg.element("stop", "offset", s.get(0).toString(), "stop-color", s.get(1)));
        svg.close("linearGradient");
        svg.element(
                "rect",
                "x",
                left,
                "y",
                top,
                "width",
                16,
                "height",
                bottom - top,
                "fill",
                "url(#" + id + ")",
                "stroke",
                HouseStyle.LINE,
                "stroke-width",
                0.5);
        Scale scale = new Scale.Linear(low, high, bottom, top);
        for (Scale.Tick tick : scale.ticks(40)) {
            double y = scale.at(tick.value());
            svg.element(
                    "path", "d", "M" + Svg.number(left + 16) + " " + Svg.number(y) + "h4", "stroke", HouseStyle.LINE);
            svg.text(left + 24, y + 5, "start", tick.label());
        }
    }
}
