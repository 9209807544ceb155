package nabla.notebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import nabla.notebook.draw.ColorMap;
import nabla.notebook.draw.Numbers;
import nabla.notebook.draw.Pixels;
import org.ejml.simple.SimpleMatrix;

/** A matrix: typeset if it is small, otherwise a picture with its size and range in words. */
final class MatrixView {
    static final int LARGEST_TYPESET = 8;
    private static final int DIGITS = 4;
    private static final int WANTED_SIZE = 400;
    private static final int LARGEST_CELL = 16;

    private MatrixView() {}

    static Map<String, Object> of(SimpleMatrix m) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        if (!m.getType().isReal()) {
            bundle.put("text/plain", m.toString());
            return bundle;
        }
        bundle.put("text/plain", plain(m));
        boolean empty = m.getNumElements() == 0;
        if (!empty && m.getNumRows() <= LARGEST_TYPESET && m.getNumCols() <= LARGEST_TYPESET) {
            String latex = "$$" + new RoundedMatrix(m, DIGITS).latex() + "$$";
            bundle.put("text/latex", latex);
            bundle.put("text/markdown", latex);
        } else if (!empty) {
            bundle.put("text/html", picture(m));
        }
        return bundle;
    }

    static DoubleStream finite(SimpleMatrix m) {
        return IntStream.range(0, m.getNumElements()).mapToDouble(m::get).filter(Double::isFinite);
    }

    private static String plain(SimpleMatrix m) {
        int rows = Math.min(m.getNumRows(), LARGEST_TYPESET);
        int columns = Math.min(m.getNumCols(), LARGEST_TYPESET);
        RoundedMatrix numbers = new RoundedMatrix(m.extractMatrix(0, rows, 0, columns), DIGITS);
        StringBuilder s = new StringBuilder(words(m));
        s.append(numbers.exponent() == 0 ? "" : ", in units of 1e" + numbers.exponent())
                .append('\n');
        for (String line : numbers.lines()) {
            s.append(line).append(columns < m.getNumCols() ? "  ...\n" : "\n");
        }
        return s.append(rows < m.getNumRows() ? "  ...\n" : "").toString();
    }

    /** For example {@code 64x10 matrix, -0.312 to 0.42}. */
    private static String words(SimpleMatrix m) {
        String size = m.getNumRows() + "\u00d7" + m.getNumCols() + " matrix";
        if (m.getNumRows() <= LARGEST_TYPESET && m.getNumCols() <= LARGEST_TYPESET) {
            return size;
        }
        long strange = m.getNumElements() - finite(m).count();
        return size
                + (strange == m.getNumElements() ? "" : ", " + range(m))
                + (strange == 0 ? "" : ", " + strange + " not finite");
    }

    private static String range(SimpleMatrix m) {
        return Numbers.text(finite(m).min().orElse(0), DIGITS) + " to "
                + Numbers.text(finite(m).max().orElse(0), DIGITS);
    }

    private static String picture(SimpleMatrix m) {
        double low = finite(m).min().orElse(0);
        double high = finite(m).max().orElse(0);
        ColorMap colors = ColorMap.forRange(low, high);
        if (colors == ColorMap.DIVERGING) {
            high = Math.max(-low, high);
            low = -high;
        }
        Pixels cells = cells(m, colors, low, high);
        Pixels bar = new Pixels(120, 10, 0);
        for (int x = 0; x < bar.width(); x++) {
            bar.rectangle(x, 0, 1, bar.height(), colors.rgb(x / (bar.width() - 1.0)));
        }
        return """
                <figure>
                <img alt="%s" width="%d" src="%s" \
                style="display:block;max-width:100%%;image-rendering:pixelated;border:1px solid #ccc"/>
                <small>%s <img alt="colours from low to high" style="display:inline" src="%s"/> %s</small>
                <figcaption><small>%s</small></figcaption>
                </figure>
                """.formatted(
                        words(m),
                        cells.width(),
                        cells.dataUri(),
                        Numbers.text(low, DIGITS),
                        bar.dataUri(),
                        Numbers.text(high, DIGITS),
                        words(m));
    }

    private static Pixels cells(SimpleMatrix m, ColorMap colors, double low, double high) {
        int longest = Math.max(m.getNumRows(), m.getNumCols());
        int side = Math.max(1, Math.min(LARGEST_CELL, WANTED_SIZE / longest));
        Pixels pixels = new Pixels(m.getNumCols() * side, m.getNumRows() * side, 0xffffff);
        for (int i = 0; i < m.getNumRows(); i++) {
            for (int j = 0; j < m.getNumCols(); j++) {
                double share = high > low ? (m.get(i, j) - low) / (high - low) : 0.5;
                pixels.rectangle(j * side, i * side, side, side, colors.rgb(share));
            }
        }
        return pixels;
    }
}
