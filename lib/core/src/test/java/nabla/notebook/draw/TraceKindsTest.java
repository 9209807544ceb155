package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.TimeSeriesPlot;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.HoverLabel;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.AbstractTrace;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BoxTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/** What the static picture draws of Tablesaw's own traces, measured in pixels against the labels of its axes. */
class TraceKindsTest {
    private static final double HALF_A_PIXEL = 0.5;
    private static final String FIRST = Palette.color(0);
    private static final String SECOND = Palette.color(1);

    private static Picture picture(Trace... traces) {
        return new Picture(new Figure(Layout.builder("").build(), traces));
    }

    private static ScatterTrace.ScatterBuilder line(double... y) {
        double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return ScatterTrace.builder(x, y).mode(ScatterTrace.Mode.LINE);
    }

    /** A trace that says what Tablesaw's builders cannot. */
    private record Written(String javascript) implements Trace {
        @Override
        public String asJavascript(int i) {
            return "var trace = " + javascript;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public HoverLabel hoverLabel() {
            return null;
        }

        @Override
        public boolean showLegend() {
            return false;
        }
    }

    /** The corners of a path of M, L, H and V. */
    private static List<double[]> corners(Element path) {
        Matcher m = Pattern.compile("([MLHV])(-?[\\d.]+)(?: (-?[\\d.]+))?").matcher(path.getAttribute("d"));
        List<double[]> corners = new ArrayList<>();
        double[] at = {0, 0};
        while (m.find()) {
            double first = Double.parseDouble(m.group(2));
            at = switch (m.group(1)) {
                case "H" -> new double[] {first, at[1]};
                case "V" -> new double[] {at[0], first};
                default -> new double[] {first, Double.parseDouble(m.group(3))};
            };
            corners.add(at);
        }
        return corners;
    }

    private static Element path(Picture picture, String attribute, String value) {
        return picture.elements("path").stream()
                .filter(e -> e.getAttribute(attribute).equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void daysAreAsFarApartAsTheyAre() {
        LocalDate d = LocalDate.of(2024, 1, 1);
        Table t = Table.create(
                DateColumn.create("day", d, d.plusDays(1), d.plusDays(2), d.plusDays(100)),
                DoubleColumn.create("level", 1, 2, 3, 4));
        Picture picture = new Picture(TimeSeriesPlot.create("", t, "day", "level"));

        List<double[]> p = Picture.points(picture.colored("path", FIRST).get(0));
        double perDay = (picture.xOf("Mar 11") - picture.xOf("Jan 15")) / (16 + 29 + 11);
        assertEquals(perDay, p.get(1)[0] - p.get(0)[0], HALF_A_PIXEL);
        assertEquals(perDay, p.get(2)[0] - p.get(1)[0], HALF_A_PIXEL);
        assertEquals(98 * perDay, p.get(3)[0] - p.get(2)[0], 1);
    }

    @Test
    void minutesSince1970AreApart() {
        double[] seconds = {1_700_000_000, 1_700_000_060, 1_700_000_120};
        Picture picture = picture(ScatterTrace.builder(seconds, new double[] {1, 2, 3})
                .mode(ScatterTrace.Mode.LINE)
                .build());

        List<double[]> p = Picture.points(picture.colored("path", FIRST).get(0));
        double perSecond = (picture.xOf("1700000100") - picture.xOf("1700000020")) / 80;
        assertEquals(60 * perSecond, p.get(1)[0] - p.get(0)[0], HALF_A_PIXEL);
        assertEquals(60 * perSecond, p.get(2)[0] - p.get(1)[0], HALF_A_PIXEL);
    }

    /** The corners between (0, 0) and (1, 2), in the units of the axes. */
    @ParameterizedTest
    @CsvSource({"HV, 1, 0, 1, 0", "VH, 0, 2, 0, 2", "HVH, 0.5, 0, 0.5, 2", "VHV, 0, 1, 1, 1"})
    void stepsHaveTheirCorners(Line.Shape shape, double x1, double y1, double x2, double y2) {
        Picture picture =
                picture(line(0, 2).line(Line.builder().shape(shape).build()).build());

        List<double[]> p = Picture.points(picture.colored("path", FIRST).get(0));
        double x0 = picture.xOf("0.0");
        double y0 = picture.yOf("0.0");
        double xUnit = picture.xOf("1.0") - x0;
        double yUnit = picture.yOf("1.0") - y0;
        assertEquals(x0 + x1 * xUnit, p.get(1)[0], HALF_A_PIXEL);
        assertEquals(y0 + y1 * yUnit, p.get(1)[1], HALF_A_PIXEL);
        assertEquals(x0 + x2 * xUnit, p.get(p.size() - 2)[0], HALF_A_PIXEL);
        assertEquals(y0 + y2 * yUnit, p.get(p.size() - 2)[1], HALF_A_PIXEL);
    }

    @ParameterizedTest
    @EnumSource(names = {"TO_ZERO_Y", "TO_NEXT_Y"})
    void anAreaReachesZero(ScatterTrace.Fill fill) {
        Picture picture = picture(line(1, 2).fill(fill).build());

        List<double[]> p = corners(path(picture, "fill", FIRST));
        assertEquals(picture.yOf("0.0"), p.get(2)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("0.0"), p.get(3)[1], HALF_A_PIXEL);
        assertEquals(p.get(0)[0], p.get(3)[0], HALF_A_PIXEL);
    }

    @Test
    void anAreaReachesTheTraceBefore() {
        Picture picture = picture(
                line(1, 2).build(), line(3, 3).fill(ScatterTrace.Fill.TO_NEXT_Y).build());

        List<double[]> p = corners(path(picture, "fill", SECOND));
        assertEquals(4, p.size());
        assertEquals(picture.yOf("3.0"), p.get(0)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("3.0"), p.get(1)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("2.0"), p.get(2)[1], HALF_A_PIXEL);
        assertEquals(picture.yOf("1.0"), p.get(3)[1], HALF_A_PIXEL);
    }

    @Test
    void anAreaReachesZeroSideways() {
        Picture picture = picture(ScatterTrace.builder(new double[] {2, 3}, new double[] {1, 2})
                .mode(ScatterTrace.Mode.LINE)
                .fill(ScatterTrace.Fill.TO_ZERO_X)
                .build());

        List<double[]> p = corners(path(picture, "fill", FIRST));
        assertEquals(picture.xOf("0.0"), p.get(2)[0], HALF_A_PIXEL);
        assertEquals(picture.xOf("0.0"), p.get(3)[0], HALF_A_PIXEL);
    }

    @Test
    void numbersAsColoursFollowTheScaleAndHaveABar() {
        Marker marker = Marker.builder()
                .size(12)
                .color(new double[] {0, 5, 10})
                .colorScale(Marker.Palette.VIRIDIS)
                .showScale(true)
                .build();
        double[] x = {0, 1, 2};
        Picture picture = picture(ScatterTrace.builder(x, x).marker(marker).build());

        List<String> colors = picture.elements("path").stream()
                .filter(e -> e.getAttribute("stroke-width").equals("12"))
                .map(e -> e.getAttribute("stroke"))
                .toList();
        assertEquals(List.of("#440154", "#21918c", "#fde725"), colors, "Viridis at 0, 1/2 and 1");
        assertEquals(1, picture.elements("linearGradient").size());
        assertTrue(picture.texts().contains("10"));
    }

    @ParameterizedTest
    @EnumSource(Marker.Palette.class)
    void everyScaleOfTablesawIsKnown(Marker.Palette palette) {
        var name = com.fasterxml.jackson.databind.node.TextNode.valueOf(palette.toString());
        ColorScale scale = ColorScale.of(name);

        assertTrue(!scale.hex(0).equals("#ffffff") || !scale.hex(1).equals("#06284c"), "not that of the house");
        assertEquals(scale.hex(0.3), scale.reversed().hex(0.7));
    }

    @Test
    void barsHaveTheirOwnColours() {
        Marker marker =
                Marker.builder().color(new String[] {"#ff0000", "#00ff00"}).build();
        Picture picture = picture(BarTrace.builder(new Object[] {"a", "b"}, new double[] {1, 2})
                .marker(marker)
                .build());

        assertEquals(1, picture.colored("rect", "#ff0000").size());
        assertEquals(1, picture.colored("rect", "#00ff00").size());
    }

    @Test
    void quartilesFollowTheLinearMethod() {
        double[] v = {4, 1, 3, 2, 20};
        BoxMark.Box box = BoxMark.Box.of(v);

        // Of n sorted values the k-th is the quantile (k - 1/2) / n: 1/4 lies between the first (0.1) and the second
        // (0.3).
        assertEquals(1.75, box.q1(), 1e-12);
        assertEquals(3, box.median(), 1e-12);
        assertEquals(8, box.q3(), 1e-12, "a quarter of the way from 4 (at 0.7) to 20 (at 0.9)");
        assertEquals(List.of(20.0), box.beyond(), "more than 8 + 1.5 * 6.25");
        assertEquals(1, box.whiskerBelow());
        assertEquals(8, box.whiskerAbove(), "4 is the last value within reach, but inside the box");
    }

    @Test
    void whiskersEndAtValuesWithinReach() {
        BoxMark.Box box = BoxMark.Box.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, -2, 15});

        // Sorted -2, 1, ..., 8, 15: the quartiles are the third and the eighth, and the reach 1.5 * 5 = 7.5.
        assertEquals(2, box.q1(), 1e-12);
        assertEquals(4.5, box.median(), 1e-12);
        assertEquals(7, box.q3(), 1e-12);
        assertEquals(-2, box.whiskerBelow());
        assertEquals(8, box.whiskerAbove());
        assertEquals(List.of(15.0), box.beyond());
    }

    @Test
    void aBoxIsDrawnWhereItsNumbersAre() {
        Object[] groups = {"a", "a", "a", "a", "a", "b"};
        Picture picture = picture(
                BoxTrace.builder(groups, new double[] {4, 1, 3, 2, 20, 5}).build());

        double zero = 2 * picture.yOf("5") - picture.yOf("10");
        double unit = (picture.yOf("5") - picture.yOf("15")) / 10;
        Element box = picture.colored("rect", FIRST).get(0);
        assertEquals(zero - 8 * unit, Picture.number(box, "y"), HALF_A_PIXEL);
        assertEquals((8 - 1.75) * unit, Picture.number(box, "height"), HALF_A_PIXEL);
        double middle = Picture.number(box, "x") + Picture.number(box, "width") / 2;
        assertEquals(picture.xOf("a"), middle, HALF_A_PIXEL);
        List<double[]> whiskers = corners(path(picture, "fill", "none"));
        assertEquals(zero - 3 * unit, whiskers.get(0)[1], HALF_A_PIXEL, "the median");
        assertEquals(zero - 1 * unit, whiskers.get(3)[1], HALF_A_PIXEL, "the lower whisker");
        List<double[]> beyond = corners(path(picture, "stroke-width", "6"));
        assertEquals(zero - 20 * unit, beyond.get(0)[1], HALF_A_PIXEL);
    }

    @Test
    void errorBarsReachAsFarAsTheErrors() {
        Picture picture = picture(new Written(
                "{x: [1, 2], y: [2, 4], type: 'scatter', mode: 'markers', error_y: {type: 'data', array: [1, 0.5]}}"));

        double unit = picture.yOf("2.0") - picture.yOf("3.0");
        List<double[]> ends = corners(picture.colored("path", FIRST).get(0));
        assertEquals(picture.yOf("3.0") + 2 * unit, ends.get(0)[1], HALF_A_PIXEL, "2 - 1");
        assertEquals(picture.yOf("3.0"), ends.get(2)[1], HALF_A_PIXEL, "2 + 1");
        assertEquals(picture.yOf("4.0") + 0.5 * unit, ends.get(6)[1], HALF_A_PIXEL, "4 - 0.5");
    }

    @Test
    void errorsMayBeConstantOrPercentOrDifferBelow() throws Exception {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        ErrorBars constant = new ErrorBars(json.readTree("{\"type\":\"constant\",\"value\":3}"), "red");
        ErrorBars percent = new ErrorBars(json.readTree("{\"type\":\"percent\",\"value\":20}"), "red");
        ErrorBars uneven = new ErrorBars(json.readTree("{\"type\":\"data\",\"array\":[1],\"arrayminus\":[2]}"), "red");

        assertEquals("3.0 3.0", constant.below(0, 7) + " " + constant.above(0, 7));
        assertEquals("2.0 2.0", percent.below(0, -10) + " " + percent.above(0, -10));
        assertEquals("2.0 1.0", uneven.below(0, 5) + " " + uneven.above(0, 5));
    }

    @Test
    void opacitiesMultiply() {
        Marker half = Marker.builder().opacity(0.5).build();
        Picture picture = picture(ScatterTrace.builder(new double[] {1}, new double[] {1})
                .marker(half)
                .opacity(0.5)
                .build());

        assertEquals("0.25", picture.colored("path", FIRST).get(0).getAttribute("stroke-opacity"));
    }

    @Test
    void aTraceThatIsNotVisibleIsNotDrawn() {
        Picture picture = picture(
                line(1, 2).visible(AbstractTrace.Visibility.FALSE).build(),
                line(3, 4).build());

        assertEquals(0, picture.colored("path", FIRST).size());
        assertEquals(1, picture.colored("path", SECOND).size());
    }
}
