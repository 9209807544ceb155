package nabla.notebook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import nabla.notebook.draw.ColorMap;
import nabla.notebook.draw.Numbers;
import nabla.notebook.draw.Pixels;
import org.ejml.simple.SimpleMatrix;

/**
 * The rows of a matrix as a grid of small images, left to right and top to bottom. All share one scale of colours, so that
 * they can be compared.
 *
 * <p>Immutable; each {@code withX} returns a changed copy.
 */
public final class ImageGrid {
    private static final int GAP = 2;
    private static final int GAP_RGB = 0xb8b8b8;
    private static final int WANTED_WIDTH = 640;
    private static final int LARGEST_IMAGE = 96;

    private final SimpleMatrix rows;
    private final int imageHeight;
    private final int imageWidth;
    private final ColorMap colors;
    private final double low;
    private final double high;
    private final String title;
    private final int columns;
    private final List<String> captions;

    private ImageGrid(
            SimpleMatrix rows,
            int imageHeight,
            int imageWidth,
            ColorMap colors,
            double low,
            double high,
            String title,
            int columns,
            List<String> captions) {
        this.rows = rows;
        this.imageHeight = imageHeight;
        this.imageWidth = imageWidth;
        this.colors = colors;
        this.low = low;
        this.high = high;
        this.title = title;
        this.columns = columns;
        this.captions = captions;
    }

    /**
     * Images in shades of gray. Numbers in [0, 1] run from black to white; others are scaled, from the smallest to the largest
     * of all.
     *
     * @param rows one image per row, row by row of its pixels; copied
     * @throws IllegalArgumentException if a row has not {@code imageHeight * imageWidth} numbers, or there is none
     */
    public static ImageGrid images(SimpleMatrix rows, int imageHeight, int imageWidth) {
        check(rows, imageHeight, imageWidth);
        double low = finite(rows).min().orElse(0);
        double high = finite(rows).max().orElse(1);
        boolean unit = low >= 0 && high <= 1;
        return grid(rows, imageHeight, imageWidth, ColorMap.GRAY, unit ? 0 : low, unit ? 1 : high);
    }

    /**
     * Weights: zero is white, negative blue, positive red, on a symmetric range that all images share.
     *
     * @param rows one image per row, for a weight matrix W (visible by hidden) therefore {@code W.transpose()}; copied
     * @throws IllegalArgumentException if a row has not {@code imageHeight * imageWidth} numbers, or there is none
     */
    public static ImageGrid weights(SimpleMatrix rows, int imageHeight, int imageWidth) {
        check(rows, imageHeight, imageWidth);
        double reach = finite(rows).map(Math::abs).max().orElse(1);
        return grid(rows, imageHeight, imageWidth, ColorMap.DIVERGING, -reach, reach);
    }

    private static void check(SimpleMatrix rows, int imageHeight, int imageWidth) {
        if (imageHeight < 1 || imageWidth < 1) {
            throw new IllegalArgumentException(
                    "image size: expected at least 1x1, got " + imageHeight + "x" + imageWidth);
        }
        if (rows.getNumCols() != imageHeight * imageWidth || rows.getNumRows() == 0) {
            throw new IllegalArgumentException(
                    "rows: expected one row of %d numbers per image of %dx%d pixels, got a matrix %dx%d"
                            .formatted(
                                    imageHeight * imageWidth,
                                    imageHeight,
                                    imageWidth,
                                    rows.getNumRows(),
                                    rows.getNumCols()));
        }
    }

    private static DoubleStream finite(SimpleMatrix m) {
        return DoubleStream.of(m.getDDRM().data).limit(m.getNumElements()).filter(Double::isFinite);
    }

    private static ImageGrid grid(SimpleMatrix rows, int h, int w, ColorMap colors, double low, double high) {
        int n = rows.getNumRows();
        int columns = n <= 50 ? Math.min(n, 10) : (int) Math.ceil(Math.sqrt(n));
        return new ImageGrid(rows.copy(), h, w, colors, low, high, "", columns, List.of());
    }

    /** With a title above the grid. */
    public ImageGrid withTitle(String newTitle) {
        return new ImageGrid(rows, imageHeight, imageWidth, colors, low, high, newTitle, columns, captions);
    }

    /** With so many images side by side. */
    public ImageGrid withColumns(int newColumns) {
        if (newColumns < 1) {
            throw new IllegalArgumentException("columns: expected at least 1, got " + newColumns);
        }
        return new ImageGrid(rows, imageHeight, imageWidth, colors, low, high, title, newColumns, captions);
    }

    /**
     * With a caption under each image, or beside each row of the grid; set the number of columns first.
     *
     * @throws IllegalArgumentException if there are neither as many captions as images nor as many as rows of the grid
     */
    public ImageGrid withCaptions(String... newCaptions) {
        if (newCaptions.length != count() && newCaptions.length != gridRows()) {
            throw new IllegalArgumentException("captions: expected " + count() + ", one per image, or " + gridRows()
                    + ", one per row of the grid, got " + newCaptions.length);
        }
        return new ImageGrid(rows, imageHeight, imageWidth, colors, low, high, title, columns, List.of(newCaptions));
    }

    private int count() {
        return rows.getNumRows();
    }

    private int gridRows() {
        return (count() + columns - 1) / columns;
    }

    /** How many screen pixels a pixel of an image takes up in each direction. */
    int enlargement() {
        int fits = WANTED_WIDTH / (Math.min(columns, count()) * imageWidth);
        return Math.max(1, Math.min(fits, LARGEST_IMAGE / Math.max(imageHeight, imageWidth)));
    }

    /** The images from {@code from} up to but without {@code to} as a grid of its own. */
    private Pixels pixels(int from, int to) {
        int scale = enlargement();
        int tileWidth = imageWidth * scale + GAP;
        int tileHeight = imageHeight * scale + GAP;
        int across = Math.min(columns, to - from);
        int down = (to - from + columns - 1) / columns;
        Pixels pixels = new Pixels(across * tileWidth + GAP, down * tileHeight + GAP, 0xffffff);
        for (int i = from; i < to; i++) {
            int left = GAP + (i - from) % columns * tileWidth;
            int top = GAP + (i - from) / columns * tileHeight;
            pixels.rectangle(left - GAP, top - GAP, tileWidth + GAP, tileHeight + GAP, GAP_RGB);
            for (int p = 0; p < rows.getNumCols(); p++) {
                double share = high > low ? (rows.get(i, p) - low) / (high - low) : 0.5;
                int x = left + p % imageWidth * scale;
                int y = top + p / imageWidth * scale;
                pixels.rectangle(x, y, scale, scale, colors.rgb(share));
            }
        }
        return pixels;
    }

    Map<String, Object> view() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", (title.isEmpty() ? "" : title + ": ") + words() + ", " + range());
        bundle.put("text/html", html());
        bundle.put("image/png", pixels(0, count()).base64());
        return bundle;
    }

    private String words() {
        String each = imageHeight + "\u00d7" + imageWidth + " pixels";
        return count() == 1 ? "one image of " + each : count() + " images of " + each;
    }

    private String range() {
        String from = Numbers.text(low, 3);
        String to = Numbers.text(high, 3);
        boolean anyNan = DoubleStream.of(rows.getDDRM().data).anyMatch(Double::isNaN);
        return (colors == ColorMap.GRAY ? from + " black to " + to + " white" : from + " blue, 0 white, " + to + " red")
                + (anyNan ? ", NaN pink" : "");
    }

    private String html() {
        String heading = title.isEmpty() ? "" : "<strong>" + Html.escape(title) + "</strong>\n";
        return "<figure>\n" + heading + body() + "<figcaption><small>" + words() + ", " + range()
                + "</small></figcaption>\n</figure>\n";
    }

    private String body() {
        if (captions.isEmpty()) {
            return img(0, count()) + "\n";
        }
        StringBuilder table = new StringBuilder("<table>\n");
        for (int row = 0; row < gridRows(); row++) {
            int from = row * columns;
            int to = Math.min(count(), from + columns);
            table.append("<tr>");
            if (captions.size() == count()) {
                for (int i = from; i < to; i++) {
                    table.append("<td style=\"text-align:center\">").append(img(i, i + 1));
                    table.append("<div><small>")
                            .append(Html.escape(captions.get(i)))
                            .append("</small></div></td>");
                }
            } else {
                table.append("<th style=\"text-align:right;vertical-align:middle;white-space:nowrap\">")
                        .append(Html.escape(captions.get(row)));
                table.append("</th><td style=\"text-align:left\">")
                        .append(img(from, to))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</table>\n").toString();
    }

    private String img(int from, int to) {
        String alt = to - from == count() ? words() : "images " + from + " to " + (to - 1);
        Pixels pixels = pixels(from, to);
        return "<img alt=\"%s\" width=\"%d\" style=\"display:block;max-width:100%%;image-rendering:pixelated\" src=\"%s\"/>"
                .formatted(Html.escape(alt), pixels.width(), pixels.dataUri());
    }
}
