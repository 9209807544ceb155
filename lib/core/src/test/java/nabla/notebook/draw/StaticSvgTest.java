package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import nabla.notebook.Charts;
import nabla.notebook.Series;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.HorizontalBarPlot;
import tech.tablesaw.plotly.api.PiePlot;

class StaticSvgTest {
    private static final double HALF_A_PIXEL = 0.5;
    private static final String FIRST = Palette.color(0);
    private static final String SECOND = Palette.color(1);

    @Test
    void showsTitleLabelsAndLegendWhateverTheyContain() {
        String title = "Student's </text> & \"quotes\" \\alpha <b>";
        Picture picture =
                new Picture(Charts.lines(title, "x < 1", "y & z", Series.of("one <1>", 1, 2), Series.of("two", 2, 1)));

        assertTrue(
                picture.texts().containsAll(List.of(title, "x < 1", "y & z", "one <1>", "two")),
                picture.texts()::toString);
    }

    @Test
    void linesGoThroughTheirPoints() {
        double[] x = {0, 10, 40};
        double[] y = {-20, 60, 10};
        Picture picture = new Picture(Charts.lines("", "", "", Series.of("s", x, y)));

        List<double[]> points = Picture.points(picture.colored("path", FIRST).get(0));
        double xUnit = (picture.xOf("40") - picture.xOf("0")) / 40;
        double yUnit = (picture.yOf("60") - picture.yOf("0")) / 60;
        assertEquals(3, points.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(picture.xOf("0") + x[i] * xUnit, points.get(i)[0], HALF_A_PIXEL);
            assertEquals(picture.yOf("0") + y[i] * yUnit, points.get(i)[1], HALF_A_PIXEL);
        }
        assertTrue(yUnit < 0, "up is more");
    }

    @Test
    void everyPointHasAMarkerAndMissingOnesHaveNone() {
        Picture picture = new Picture(Charts.scatter(
                "", "", "", Series.of("a", 1, Double.NaN, 3, Double.POSITIVE_INFINITY, 5), Series.of("b", 2, 2)));

        assertEquals(3, Picture.points(picture.colored("path", FIRST).get(0)).size());
        assertEquals(2, Picture.points(picture.colored("path", SECOND).get(0)).size());
    }

    @Test
    void aMissingValueInterruptsTheLine() {
        Picture picture = new Picture(Charts.lines("", "", "", Series.of("s", 1, 2, Double.NaN, 4, 5)));

        String path = picture.colored("path", FIRST).get(0).getAttribute("d");
        assertEquals(2, path.chars().filter(c -> c == 'M').count());
        assertEquals(2, path.chars().filter(c -> c == 'L').count());
    }

    @Test
    void aLogarithmicAxisIsEvenInTheLogarithm() {
        Picture picture = new Picture(Charts.semilogy("", "", "", Series.of("s", 1, 10, 0, 1000, -5, 0.1)));

        List<double[]> points = Picture.points(picture.colored("path", FIRST).get(0));
        double decade = picture.yOf("10") - picture.yOf("1");
        assertEquals(4, points.size(), "0 and -5 have no logarithm");
        assertEquals(picture.yOf("1"), points.get(0)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("1") + decade, points.get(1)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("1") + 3 * decade, points.get(2)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("1") - decade, points.get(3)[1], HALF_A_PIXEL);
    }

    @Test
    void barsStandOnZeroSideBySideAndAreAsHighAsTheirNumbers() {
        Picture picture = new Picture(Charts.bars(
                "", "", "", List.of("00", "01", "10"), Series.of("a", 1, 4, 2), Series.of("b", 3, -1, 0.5)));

        double unit = picture.yOf("0") - picture.yOf("1");
        double[][] heights = {{1, 4, 2}, {3, -1, 0.5}};
        String[] names = {"00", "01", "10"};
        for (int k = 0; k < 2; k++) {
            List<Element> bars = picture.colored("rect", Palette.color(k)).stream()
                    .filter(r -> r.getParentNode().getNodeName().equals("g")) // not the sample in the legend
                    .toList();
            assertEquals(3, bars.size());
            for (int i = 0; i < 3; i++) {
                Element bar = bars.get(i);
                double h = heights[k][i];
                assertEquals(Math.abs(h) * unit, Picture.number(bar, "height"), HALF_A_PIXEL);
                double top = Picture.number(bar, "y");
                assertEquals(picture.yOf("0") - Math.max(h, 0) * unit, top, HALF_A_PIXEL);
                double edge = Picture.number(bar, "x") + (k == 0 ? Picture.number(bar, "width") : 0);
                assertEquals(picture.xOf(names[i]), edge, HALF_A_PIXEL, "the pair meets at its name");
            }
        }
    }

    @Test
    void lyingBarsAreAsLongAsTheirNumbers() {
        Table table = Table.create(StringColumn.create("who", "p", "q"), DoubleColumn.create("n", 2, 3));
        Picture picture = new Picture(HorizontalBarPlot.create("", table, "who", "n"));

        List<Element> bars = picture.colored("rect", FIRST);
        double[] lengths = bars.stream()
                .mapToDouble(b -> Picture.number(b, "width"))
                .sorted()
                .toArray();
        assertEquals(2, lengths.length);
        assertEquals(1.5, lengths[1] / lengths[0], 0.01);
    }

    @Test
    void aHistogramCountsEveryValueOnce() {
        double[] values = {0.5, 0.5, 0.5, 1.5, 2.5, 2.5, 9.5};
        Picture picture = new Picture(Charts.histogram("", "value", values));

        double unit = picture.yOf("0") - picture.yOf("1");
        double counted = picture.colored("rect", FIRST).stream()
                .mapToDouble(r -> Picture.number(r, "height") / unit)
                .sum();
        assertEquals(values.length, counted, 0.05);
    }

    @Test
    void aHeatmapHasTheRightColourInEveryCellAndRowZeroAtTheTop() throws IOException {
        SimpleMatrix z = new SimpleMatrix(new double[][] {{-4, 0, 1}, {2, 3, 4}});
        Picture picture = new Picture(Charts.heatmap("", "", "", z));

        Element image = picture.elements("image").get(0);
        String png = image.getAttribute("href").replace("data:image/png;base64,", "");
        BufferedImage cells =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
        int side = cells.getHeight() / 2;
        assertEquals(3 * side, cells.getWidth());
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                int expected = ColorMap.DIVERGING.rgb((z.get(i, j) + 4) / 8);
                assertEquals(expected, cells.getRGB(j * side + side / 2, i * side + side / 2) & 0xffffff);
            }
        }
        assertTrue(picture.yOf("0") < picture.yOf("1"));
        assertEquals(picture.xOf("1"), Picture.number(image, "x") + Picture.number(image, "width") / 2, HALF_A_PIXEL);
    }

    @Test
    void aBandCoversHalfItsHeightAboveAndBelow() {
        Picture picture =
                new Picture(Charts.lines("", "", "", Series.of("s", 10, 20, 30).withBand(5, 5, 5)));

        List<double[]> outline =
                Picture.points(picture.colored("path", "rgba(0,114,178,0.2)").get(0));
        double unit = (picture.yOf("10") - picture.yOf("30")) / 20;
        assertEquals(6, outline.size());
        assertEquals(picture.yOf("10") - 5 * unit, outline.get(0)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("10") + 5 * unit, outline.get(5)[1], HALF_A_PIXEL);
    }

    @Test
    void oneValueOrNoneStillMakesAPicture() {
        new Picture(Charts.lines("one", "x", "y", Series.of("s", 3)));
        new Picture(Charts.lines("none", "x", "y", Series.of("s")));
        new Picture(Charts.lines("no series", "x", "y"));
        new Picture(Charts.semilogy("nothing to show", "x", "y", Series.of("s", -1, 0)));
        new Picture(Charts.histogram("same", "x", 2, 2, 2));
        new Picture(Charts.heatmap("flat", "x", "y", new SimpleMatrix(2, 2)));
        new Picture(Charts.bars("negative", "x", "y", List.of("a"), Series.of("s", -1)));
    }

    @Test
    void theLegendStandsInTheCornerThatIsFree() {
        double[] x = {0, 1, 2, 3, 4};
        Picture rising = new Picture(Charts.scatter(
                "", "", "", Series.of("a", x, new double[] {4, 4, 4, 4, 4}), Series.of("b", x, new double[] {
                    4, 1, 0, 0, 0
                })));

        Element name = rising.text("a");
        assertTrue(Picture.number(name, "x") < rising.xOf("1"), "left");
        assertTrue(Picture.number(name, "y") > rising.yOf("1"), "bottom");
    }

    @Test
    void theLegendStandsAboveAPlotWithoutAFreeCorner() {
        double[] x = {0, 0, 4, 4};
        double[] y = {0, 4, 0, 4};
        Picture full = new Picture(Charts.scatter("", "", "", Series.of("a", x, y), Series.of("b", 2, 2)));

        double highest = Picture.points(full.colored("path", FIRST).get(0)).stream()
                .mapToDouble(p -> p[1])
                .min()
                .getAsDouble();
        assertTrue(Picture.number(full.text("a"), "y") < highest - 6);
    }

    @Test
    void aShortNameStandsInItsMarkerAndALongOneBesideItOffTheLines() {
        double[] x = {0, 1};
        double[] y = {0, 1};
        Picture inside =
                new Picture(Charts.scatter("", "", "", Series.of("s", x, y).withLabels("v1", "h1")));
        Picture beside = new Picture(Charts.lines(
                "",
                "",
                "",
                Series.of("up", new double[] {1, 1}, new double[] {0, 1}),
                Series.of("right", new double[] {0, 1}, new double[] {0, 0}),
                Series.of("node", new double[] {1}, new double[] {0}).markers().withLabels("(1, 0)")));

        double[] first = Picture.points(inside.colored("path", FIRST).get(0)).get(0);
        assertEquals(first[0], Picture.number(inside.text("v1"), "x"), HALF_A_PIXEL);
        assertEquals(first[1], Picture.number(inside.text("v1"), "y"), 7, "the baseline is below the middle");
        double left = Picture.number(beside.text("(1, 0)"), "x") - beside.xOf("1.0");
        double down = Picture.number(beside.text("(1, 0)"), "y") - beside.yOf("0.0");
        assertTrue(Math.abs(left) > 20 || down > 15, left + " " + down);
        assertTrue(Math.abs(down) < 40 && Math.abs(left) < 60, "near: " + left + " " + down);
    }

    @Test
    void aKindItCannotDrawIsNamedRatherThanDrawnWrongly() {
        Table table = Table.create(StringColumn.create("who", "p", "q"), DoubleColumn.create("n", 2, 3));
        Picture picture = new Picture(PiePlot.create("Shares", table, "who", "n"));

        assertTrue(String.join("\n", picture.texts()).contains("pie"));
    }
}
