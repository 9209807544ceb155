package nabla.notebook.draw;

import java.util.List;

/**
 * The colours of lines and bars, in order: those of Okabe and Ito, which people with any kind of colour vision tell apart,
 * with yellow last because it is faint on white, and two dark ones of Tol, so that ten digits have ten colours.
 */
public final class Palette {
    /** Ten colours as #rrggbb, in the order of use. */
    public static final List<String> COLORS = List.of(
            "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#f0e442", "#882255",
            "#332288");

    private Palette() {}

    /** The colour of the i-th series, starting again when they run out. */
    public static String color(int i) {
        return COLORS.get(i % COLORS.size());
    }
}
