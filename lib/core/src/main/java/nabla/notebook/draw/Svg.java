package nabla.notebook.draw;

import java.util.Locale;

/** Writes SVG elements; everything that is not markup is escaped here and nowhere else. */
final class Svg {
    static final String FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    /** The size of all text that has none of its own: still legible when a phone shows the picture at half its width. */
    static final int FONT_SIZE = 14;

    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        attributes("width", width, "height", height, "viewBox", "0 0 " + width + " " + height, "font-family", FONT);
        attributes("font-size", FONT_SIZE, "fill", "#333");
        out.append(">\n");
        element("rect", "width", width, "height", height, "fill", "#fff");
    }

    /** An empty element; attributes are alternating names and values. */
    void element(String name, Object... attributes) {
        out.append('<').append(name);
        attributes(attributes);
        out.append("/>\n");
    }

    /** An element with text inside. */
    void element(String name, String text, Object[] attributes) {
        out.append('<').append(name);
        attributes(attributes);
        out.append('>').append(escape(text)).append("</").append(name).append(">\n");
    }

    /** Text at (x, y); {@code anchor} is {@code start}, {@code middle} or {@code end}. */
    void text(double x, double y, String anchor, String text) {
        element("text", text, new Object[] {"x", x, "y", y, "text-anchor", anchor});
    }

    /** Text turned by {@code degrees} about (x, y). */
    void turned(double x, double y, String anchor, double degrees, String text) {
        String transform = "translate(" + number(x) + " " + number(y) + ") rotate(" + number(degrees) + ")";
        element("text", text, new Object[] {"text-anchor", anchor, "transform", transform});
    }

    void open(String name, Object... attributes) {
        out.append('<').append(name);
        attributes(attributes);
        out.append(">\n");
    }

    void close(String name) {
        out.append("</").append(name).append(">\n");
    }

    /** The whole picture. */
    String finish() {
        return out.append("</svg>\n").toString();
    }

    private void attributes(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            String text = value instanceof Double d ? number(d) : escape(String.valueOf(value));
            out.append(' ').append(namesAndValues[i]).append("=\"").append(text).append('"');
        }
    }

    /** Pixels to a hundredth, without trailing zeros. */
    static String number(double v) {
        double rounded = Math.round(v * 100) / 100.0;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%s", rounded);
    }

    /** For text and attributes alike; control characters, which XML forbids, become blanks. */
    static String escape(String s) {
        return s.replaceAll("[\\x00-\\x1f\\ufffe\\uffff]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Roughly how many pixels wide a text of the usual size comes out. */
    static double width(String s) {
        return 0.54 * FONT_SIZE * s.length();
    }
}
