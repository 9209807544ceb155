package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;

/**
 * Draws the everyday kinds of chart (lines, markers, areas, bars, histograms, boxes, heatmaps) from a Plotly specification as a small SVG,
 * for every place where no script runs: GitHub, paper, an untrusted notebook. A kind it cannot draw becomes a notice that says
 * so, never a wrong picture; properties that it leaves out are named under the picture. {@link Drawable} decides.
 */
public final class StaticSvg {
    private StaticSvg() {}

    /**
     * The picture of a specification made by {@link FigureSpec#of}.
     *
     * @return a complete SVG document, in the size that the layout gives
     */
    public static String draw(JsonNode spec) {
        String obstacle = Drawable.obstacle(spec);
        return obstacle == null
                ? new Frame(new Chart(spec), leftOut(spec)).draw()
                : notice(spec.get("layout"), obstacle);
    }

    private static String leftOut(JsonNode spec) {
        return spec.path("leftOut").valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    private static String notice(JsonNode layout, String obstacle) {
        int width = layout.get("width").asInt();
        Svg svg = new Svg(width, 90);
        svg.element(
                "rect",
                "x",
                0.5,
                "y",
                0.5,
                "width",
                width - 1,
                "height",
                89,
                "fill",
                "none",
                "stroke",
                HouseStyle.GRID);
        svg.element("text", HouseStyle.titleOf(layout), new Object[] {
            "x", width / 2, "y", 36, "text-anchor", "middle", "font-size", 16
        });
        double fits = Math.min(Svg.FONT_SIZE, (width - 20.0) * Svg.FONT_SIZE / Svg.width(obstacle));
        svg.element(
                "text", obstacle, new Object[] {"x", width / 2, "y", 62, "text-anchor", "middle", "font-size", fits});
        return svg.finish();
    }
}
