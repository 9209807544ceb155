package nabla.notebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * The numbers of a matrix as text, all with the same number of decimals: as many as give the largest of them the wanted
 * significant digits, none if all are whole, and some more if a small one would vanish. Numbers far from 1 have a common power of ten taken out.
 */
final class RoundedMatrix {
    private final String[][] cells;
    private final int exponent;

    RoundedMatrix(SimpleMatrix m, int digits) {
        double largest = MatrixView.finite(m).map(Math::abs).max().orElse(0);
        boolean whole = largest < 1e6 && MatrixView.finite(m).allMatch(v -> v == Math.rint(v));
        int magnitude = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest));
        exponent = whole || (magnitude >= -3 && magnitude < 5) ? 0 : magnitude;
        int usual = Math.max(0, digits - 1 - (magnitude - exponent));
        int decimals = whole ? 0 : vanishes(m, exponent, usual) ? Math.max(usual, digits) : usual;
        cells = new String[m.getNumRows()][m.getNumCols()];
        for (int i = 0; i < m.getNumRows(); i++) {
            for (int j = 0; j < m.getNumCols(); j++) {
                cells[i][j] = text(m.get(i, j), exponent, decimals);
            }
        }
    }

    /** Whether a number other than zero would look like zero. */
    private static boolean vanishes(SimpleMatrix m, int exponent, int decimals) {
        double half = 0.5 * Math.pow(10, exponent - decimals);
        return MatrixView.finite(m).anyMatch(v -> v != 0 && Math.abs(v) < half);
    }

    private static String text(double v, int exponent, int decimals) {
        return Double.isFinite(v)
                ? new BigDecimal(v)
                        .movePointLeft(exponent)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : Double.toString(v);
    }

    /** The numbers stand for themselves times ten to this power. */
    int exponent() {
        return exponent;
    }

    /** One line of text per row, its columns aligned. */
    List<String> lines() {
        return Arrays.stream(cells)
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int j = 0; j < row.length; j++) {
                        int column = j;
                        int width = IntStream.range(0, cells.length)
                                .map(i -> cells[i][column].length())
                                .max()
                                .orElse(0);
                        line.append("  ")
                                .append(" ".repeat(width - row[j].length()))
                                .append(row[j]);
                    }
                    return line.toString();
                })
                .toList();
    }

    String latex() {
        StringBuilder s = new StringBuilder(exponent == 0 ? "" : "10^{" + exponent + "}\\,");
        s.append("\\begin{bmatrix}\n");
        for (String[] row : cells) {
            for (int j = 0; j < row.length; j++) {
                s.append(j == 0 ? "" : " & ").append(latexCell(row[j], j));
            }
            s.append(" \\\\\n");
        }
        return s.append("\\end{bmatrix}").toString();
    }

    /** TeX centres the columns; invisible signs and digits line the numbers up. */
    private String latexCell(String cell, int column) {
        if (cell.equals("NaN")) {
            return "\\text{NaN}";
        }
        if (cell.endsWith("Infinity")) {
            return cell.replace("Infinity", "\\infty");
        }
        boolean anyNegative = false;
        int mostDigits = 0;
        for (String[] row : cells) {
            anyNegative |= row[column].startsWith("-");
            mostDigits = Math.max(mostDigits, digits(row[column]));
        }
        String sign = anyNegative && !cell.startsWith("-") ? "\\phantom{-}" : "";
        int missing = mostDigits - digits(cell);
        // In braces, or TeX takes a minus after the phantom for a subtraction.
        return missing == 0 ? sign + cell : "\\phantom{" + "0".repeat(missing) + "}" + sign + cell.replace("-", "{-}");
    }

    private static int digits(String number) {
        boolean isNumber = Character.isDigit(number.charAt(number.length() - 1));
        return isNumber ? number.replace("-", "").length() : 0;
    }
}
