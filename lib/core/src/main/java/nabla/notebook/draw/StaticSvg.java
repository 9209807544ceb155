package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Draws the everyday kinds of chart (lines, markers, bars, histograms, heatmaps) from a Plotly specification as a small SVG,
 * for every place where no script runs: GitHub, paper, an untrusted notebook. A kind it cannot draw becomes a notice that says
 * so, never a wrong picture.
 */
public final class StaticSvg {
    private StaticSvg() {}

    /**
     * The picture of a specification made by {@link FigureSpec#of}.
     *
     * @return a complete SVG document, in the size that the layout gives
     */
    public static String draw(JsonNode spec) {
        String obstacle = Chart.obstacle(spec);
        return obstacle == null ? new Frame(new Chart(spec)).draw() : notice(spec.get("layout"), obstacle);
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
        svg.text(width / 2.0, 62, "middle", obstacle + " has no static picture; it needs a page that runs scripts.");
        return svg.finish();
    }
}
