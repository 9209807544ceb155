package nabla.notebook.draw;

/** What one trace puts on the picture. */
interface Mark {
    /** Makes room for it on both axes. */
    void reserve(Axis x, Axis y);

    /** Tells what it will cover. */
    void ink(Ink ink, Scale x, Scale y);

    /** Draws it into the finished frame. */
    void draw(Svg svg, Scale x, Scale y);

    /** Draws a sample for the legend, 24 pixels wide, its left middle at (x, y). */
    void sample(Svg svg, double x, double y);

    /** The name for the legend, empty for none. */
    String name();

    /** The bar that explains its colours; null if there is none. */
    default ColorBar colorBar() {
        return null;
    }
}
