package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Decides where names stand so that they cover no data: the legend in a free corner of the plot, or above it if no corner is
 * free, and the text of a point on its freest side, or in its marker if that is large enough. The decision is written into
 * the specification, so that the static picture and the live chart agree.
 */
final class Placement {
    private static final double NAME_FITS = 18; // pixels of a marker that holds its own name
    private static final double ROOM = 0.12; // of the reach of an axis, on both sides, if points have names
    private static final List<String> SIDES = List.of(
            "top center",
            "bottom center",
            "middle right",
            "middle left",
            "top right",
            "top left",
            "bottom right",
            "bottom left");

    private final Chart chart;
    private final Ink.Box plot;
    private final Scale x;
    private final Scale y;
    private final Ink ink = new Ink();

    private Placement(JsonNode spec) {
        chart = new Chart(spec);
        if (chart.marks().stream().anyMatch(m -> m instanceof ScatterMark s && s.hasTexts())) {
            chart.xAxis().widen(ROOM);
            chart.yAxis().widen(ROOM);
        }
        int width = chart.layout().get("width").asInt();
        int height = chart.layout().get("height").asInt();
        plot = new Ink.Box(80, 46, width - 24.0, height - 62.0); // nearly the frame of the finished picture
        x = chart.xAxis().scale(plot.left(), plot.right());
        y = chart.yAxis().scale(plot.bottom(), plot.top());
        chart.marks().forEach(m -> m.ink(ink, x, y));
    }

    /** Leaves a specification that has no static picture as it is. */
    static void apply(ObjectNode spec) {
        if (Drawable.obstacle(spec) == null) {
            Placement placement = new Placement(spec);
            for (int i = 0; i < placement.chart.traces().size(); i++) {
                if (placement.chart.marks().get(i) instanceof ScatterMark mark && mark.hasTexts()) {
                    placement.texts((ObjectNode) placement.chart.traces().get(i), mark);
                }
            }
            placement.legend((ObjectNode) spec.get("layout"));
        }
    }

    private void texts(ObjectNode trace, ScatterMark mark) {
        if (trace.has("textposition")) {
            return;
        }
        if (mark.size() >= NAME_FITS) {
            trace.put("textposition", "middle center");
            trace.putObject("textfont").put("color", "#ffffff").put("size", Svg.FONT_SIZE);
            return;
        }
        ArrayNode positions = trace.putArray("textposition");
        for (int i = 0; i < mark.points(); i++) {
            String best = SIDES.get(0);
            long least = Long.MAX_VALUE;
            for (String side : SIDES) {
                Ink.Box box = mark.textBox(i, side, x, y);
                long covered = ink.in(box) + (plot.contains(box) ? 0 : 1000);
                if (covered < least) {
                    least = covered;
                    best = side;
                }
            }
            positions.add(best);
            ink.area(mark.textBox(i, best, x, y));
        }
    }

    private void legend(ObjectNode layout) {
        Legend legend = chart.legend();
        if (legend.isEmpty() || layout.has("legend")) {
            return;
        }
        long least = Long.MAX_VALUE;
        boolean right = true;
        boolean top = true;
        for (int corner = 0; corner < 4; corner++) {
            Ink.Box box = legend.corner(plot, corner % 2 == 0, corner < 2);
            long covered = plot.contains(box) ? ink.in(box) : Long.MAX_VALUE;
            if (covered < least) {
                least = covered;
                right = corner % 2 == 0;
                top = corner < 2;
            }
        }
        ObjectNode place = layout.putObject("legend").put("bgcolor", "rgba(255,255,255,0.8)");
        if (least == 0) {
            place.put("x", right ? 0.99 : 0.01).put("xanchor", right ? "right" : "left");
            place.put("y", top ? 0.98 : 0.02).put("yanchor", top ? "top" : "bottom");
        } else {
            place.put("orientation", "h").put("x", 0).put("y", 1).put("yanchor", "bottom");
        }
    }
}
