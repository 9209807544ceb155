package nabla.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class MatrixAndTableViewTest {
    @Test
    void smallMatricesAreTypesetAndAligned() {
        Map<String, Object> view = Views.of(new SimpleMatrix(new double[][] {{1, -0.5}, {12.345, 3}}));

        assertEquals(Set.of("text/plain", "text/latex", "text/markdown"), view.keySet());
        assertEquals("2\u00d72 matrix\n   1.00  -0.50\n  12.35   3.00\n", view.get("text/plain"));
        assertEquals("""
                $$\\begin{bmatrix}
                \\phantom{0}1.00 & -0.50 \\\\
                12.35 & \\phantom{-}3.00 \\\\
                \\end{bmatrix}$$""", view.get("text/latex"));
        assertEquals(view.get("text/latex"), view.get("text/markdown"));
    }

    @Test
    void wholeNumbersHaveNoDecimalsAndFarOnesAPowerOfTen() {
        assertEquals("1\u00d72 matrix\n  7  -12\n", plain(new double[][] {{7, -12}}));
        assertEquals("1\u00d72 matrix, in units of 1e-7\n  1.500  -0.250\n", plain(new double[][] {{1.5e-7, -2.5e-8}}));
        assertEquals("1\u00d72 matrix\n  12.2500  0.0010\n", plain(new double[][] {{12.25, 0.001}}));
        assertTrue(latex(new double[][] {{1.5e-7}}).startsWith("$$10^{-7}\\,\\begin{bmatrix}"));
    }

    @Test
    void whatIsNotFiniteIsNamed() {
        String latex = latex(new double[][] {{Double.NaN, Double.NEGATIVE_INFINITY, 2.5}});

        assertTrue(latex.contains("\\text{NaN} & -\\infty & 2.500"), latex);
    }

    private static String plain(double[][] m) {
        return (String) Views.of(new SimpleMatrix(m)).get("text/plain");
    }

    private static String latex(double[][] m) {
        return (String) Views.of(new SimpleMatrix(m)).get("text/latex");
    }

    @Test
    void largeMatricesAreAPictureWithWords() {
        SimpleMatrix m = new SimpleMatrix(9, 20);
        m.set(0, 0, -1.23456);
        m.set(8, 19, 5);
        Map<String, Object> view = Views.of(m);

        assertEquals(Set.of("text/plain", "text/html"), view.keySet());
        assertTrue(((String) view.get("text/plain")).startsWith("9\u00d720 matrix, -1.235 to 5\n"));
        assertTrue(((String) view.get("text/html")).contains("data:image/png;base64,"));
        assertTrue(((String) view.get("text/html")).contains("9\u00d720 matrix, -1.235 to 5"));
    }

    @Test
    void theFastMatrixLooksLikeTheReadableOneAndEmptyOnesAreJustNamed() {
        double[][] numbers = {{1, 2.5}};
        assertEquals(Views.of(new SimpleMatrix(numbers)), Views.of(new DMatrixRMaj(numbers)));
        assertEquals(Map.of("text/plain", "0\u00d73 matrix\n"), Views.of(new SimpleMatrix(0, 3)));
    }

    @Test
    void tablesShowTwentyRowsRoundedAndEscaped() {
        Table table = Table.create(
                "runs",
                IntColumn.create("n", IntStream.range(0, 21).toArray()),
                DoubleColumn.create(
                        "<x>", IntStream.range(0, 21).mapToDouble(i -> i / 3.0).toArray()),
                StringColumn.create(
                        "s", IntStream.range(0, 21).mapToObj(i -> "a&b").toList()));
        table.doubleColumn("<x>").setMissing(2);
        String html = (String) Views.of(table).get("text/html");

        assertEquals(1 + 1 + 20, html.split("<tr>").length);
        assertTrue(
                html.contains(
                        "<tr><td style=\"text-align:right\">1</td><td style=\"text-align:right\">0.333333</td><td style=\"text-align:left\">a&amp;b</td></tr>"));
        assertTrue(html.contains("<td style=\"text-align:right\"></td>"), "missing is empty");
        assertTrue(html.contains("&lt;x&gt;") && !html.contains("<x>"));
        assertTrue(html.contains("runs: first 20 of 21 rows, 3 columns"));
    }

    @Test
    void tablesInPlainTextAreAligned() {
        Table table = Table.create(DoubleColumn.create("loss", 1, 0.25), StringColumn.create("rule", "SGD", "Adam"));

        assertEquals(
                "loss  rule\n   1  SGD\n0.25  Adam\n2 rows, 2 columns",
                Views.of(table).get("text/plain"));
    }

    @Test
    void otherThingsAreTheirText() {
        assertEquals(Map.of("text/plain", "[1, 2]"), Views.of(java.util.List.of(1, 2)));
        assertEquals(Map.of("text/plain", "null"), Views.of(null));
        assertFalse(Views.types().contains(Object.class));
    }
}
