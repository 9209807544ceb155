package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The names of the marks, each with a sample: a box in a corner of the plot, or rows above it, as {@link Placement} decided. */
final class Legend {
    private static final int MOST_LETTERS = 44;
    private static final double ROW = 20;
    private static final double SAMPLE = 30; // the sample and the gap to its name
    private static final double INSET = 8;

    private final List<Mark> entries;
    private final JsonNode place;

    /**
     * @param entries the marks that it names
     * @param place the legend in the Plotly layout; missing as long as nobody has decided
     */
    Legend(List<Mark> entries, JsonNode place) {
        this.entries = entries;
        this.place = place;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The box that it fills in a corner of the plot. */
    Ink.Box corner(Ink.Box plot, boolean right, boolean top) {
        double width = SAMPLE + widest() + 12;
        double height = ROW * entries.size() + 4;
        double x = right ? plot.right() - INSET - width : plot.left() + INSET;
        double y = top ? plot.top() + INSET : plot.bottom() - INSET - height;
        return new Ink.Box(x, y, x + width, y + height);
    }

    private boolean isOnTop() {
        return place.path("orientation").asText().equals("h");
    }

    /** How much height it needs above a plot of this width; none if it stands inside. */
    double heightAbove(double width) {
        return isEmpty() || !isOnTop() ? 0 : ROW * Math.ceil((double) entries.size() / columns(width)) + 4;
    }

    private int columns(double width) {
        return (int) Math.max(1, Math.floor((width + 18) / (SAMPLE + widest() + 18)));
    }

    private double widest() {
        return entries.stream().mapToDouble(m -> Svg.width(text(m))).max().orElse(0);
    }

    private static String text(Mark mark) {
        String name = mark.name();
        return name.length() <= MOST_LETTERS ? name : name.substring(0, MOST_LETTERS - 1) + "\u2026";
    }

    void draw(Svg svg, Ink.Box plot) {
        if (isEmpty()) {
            return;
        }
        if (isOnTop()) {
            double width = plot.right() - plot.left();
            double top = plot.top() - heightAbove(width) + ROW / 2 - 2;
            int columns = columns(width);
            for (int i = 0; i < entries.size(); i++) {
                double x = plot.left() + i % columns * (SAMPLE + widest() + 18);
                int row = i / columns;
                entry(svg, entries.get(i), x, top + ROW * row);
            }
        } else {
            Ink.Box box = corner(
                    plot,
                    place.path("xanchor").asText("right").equals("right"),
                    place.path("yanchor").asText("top").equals("top"));
            svg.element(
                    "rect",
                    "x",
                    box.left(),
                    "y",
                    box.top(),
                    "width",
                    box.right() - box.left(),
                    "height",
                    box.bottom() - box.top(),
                    "fill",
                    "#fff",
                    "fill-opacity",
                    0.8);
            for (int i = 0; i < entries.size(); i++) {
                entry(svg, entries.get(i), box.left() + 4, box.top() + 2 + ROW * (i + 0.5));
            }
        }
    }

    private static void entry(Svg svg, Mark mark, double x, double y) {
        mark.sample(svg, x, y);
        svg.text(x + SAMPLE, y + 5, "start", text(mark));
    }
}
