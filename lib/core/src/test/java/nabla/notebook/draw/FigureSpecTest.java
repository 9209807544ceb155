package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Font;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

class FigureSpecTest {
    private static ScatterTrace trace(double... y) {
        double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return ScatterTrace.builder(x, y).build();
    }

    @Test
    void numbersAreNumbersWithSixDigitsAndWhatIsMissingIsNull() {
        JsonNode y = FigureSpec.of(
                        new Figure(trace(1.0 / 3, -2e-12, 5, Double.NaN, Double.POSITIVE_INFINITY, 123456789)))
                .at("/data/0/y");

        assertEquals("[0.333333,-2.0E-12,5,null,null,123457000]", y.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Student's t",
                "a & b <c> \"d\"",
                "</script><script>alert(1)</script>",
                "\\alpha \\n \\",
                "&amp; &#39; stays",
                "1.50",
                "two\nlines"
            })
    void textsArriveUnchanged(String text) {
        JsonNode spec = FigureSpec.of(new Figure(
                Layout.builder(text, text, text).build(),
                ScatterTrace.builder(new double[] {1}, new double[] {2})
                        .name(text)
                        .build()));

        assertEquals(text, spec.at("/layout/title/text").asText());
        assertEquals(text, spec.at("/layout/xaxis/title/text").asText());
        assertEquals(text, spec.at("/layout/yaxis/title/text").asText());
        assertEquals(text, spec.at("/data/0/name").asText());
    }

    @Test
    void namesOfCategoriesStayText() {
        Object[] names = {"00", "01", "say \"hi\"", "it's", "back\\slash"};
        JsonNode x = FigureSpec.of(new Figure(
                        BarTrace.builder(names, new double[] {1, 2, 3, 4, 5}).build()))
                .at("/data/0/x");

        for (int i = 0; i < names.length; i++) {
            assertTrue(x.get(i).isTextual());
            assertEquals(names[i], x.get(i).asText());
        }
    }

    @Test
    void sizeIsOursUnlessTheAuthorChoseOne() {
        JsonNode usual =
                FigureSpec.of(new Figure(Layout.builder("t").build(), trace(1))).get("layout");
        JsonNode bare =
                FigureSpec.of(new Figure(Layout.builder().build(), trace(1))).get("layout");
        JsonNode chosen = FigureSpec.of(
                        new Figure(Layout.builder("t").width(500).height(600).build(), trace(1)))
                .get("layout");

        assertEquals("700 420", usual.get("width") + " " + usual.get("height"));
        assertEquals("700 420", bare.get("width") + " " + bare.get("height"));
        assertEquals("500 600", chosen.get("width") + " " + chosen.get("height"));
    }

    @Test
    void axisSettingsSurvive() {
        Axis log = Axis.builder()
                .title("loss")
                .type(Axis.Type.LOG)
                .range(0, 2)
                .autoRange(Axis.AutoRange.FALSE)
                .build();
        JsonNode axis = FigureSpec.of(new Figure(Layout.builder().yAxis(log).build(), trace(1, 10)))
                .at("/layout/yaxis");

        assertEquals("log", axis.path("type").asText());
        assertEquals("[0,2]", axis.path("range").toString());
    }

    @Test
    void titlesKeepClearOfLabelsAndManyPowersOfTenAreThinnedOut() {
        Axis log = Axis.builder().title("loss").type(Axis.Type.LOG).build();
        JsonNode axis = FigureSpec.of(new Figure(Layout.builder().yAxis(log).build(), trace(1e-12, 1e4)))
                .at("/layout/yaxis");

        assertTrue(axis.at("/title/standoff").asInt() >= 10);
        assertEquals(2, axis.path("dtick").asInt(), "every second of 16 powers");
    }

    @Test
    void theLiveLegendStandsInTheFreeCorner() {
        JsonNode falling = FigureSpec.of(new Figure(Layout.builder().build(), trace(9, 1, 0), trace(9, 1, 0.1)))
                .at("/layout/legend");
        ScatterTrace[] named = {named("a", 0, 9, 9, 9), named("b", 9, 9, 9, 9)};
        JsonNode rising =
                FigureSpec.of(new Figure(Layout.builder().build(), named)).at("/layout/legend");

        assertTrue(falling.isMissingNode(), "nothing to name");
        assertEquals(
                "right bottom",
                rising.path("xanchor").asText() + " " + rising.path("yanchor").asText());
    }

    private static ScatterTrace named(String name, double... y) {
        return ScatterTrace.builder(new double[] {0, 1, 2, 3}, y).name(name).build();
    }

    @Test
    void theAuthorsTitleFontSurvives() {
        Font font = Font.builder().size(30).build();
        JsonNode layout = FigureSpec.of(
                        new Figure(Layout.builder().title("t").titleFont(font).build(), trace(1)))
                .get("layout");

        assertEquals(30, layout.at("/title/font/size").asInt());
    }

    @Test
    void aHeatmapOfBothSignsHasZeroInTheMiddle() {
        Object[] two = {0, 1};
        JsonNode trace = FigureSpec.of(new Figure(HeatmapTrace.builder(two, two, new double[][] {{-1, 0}, {2, 3}})
                        .build()))
                .at("/data/0");

        assertEquals(-3, trace.path("zmin").asDouble());
        assertEquals(3, trace.path("zmax").asDouble());
        JsonNode middle = trace.path("colorscale").get(trace.path("colorscale").size() / 2);
        assertEquals("[0.5,\"#ffffff\"]", middle.toString());
    }

    @Test
    void histogramsOfOneFigureShareRoundBinsThatHoldEverything() {
        JsonNode data = FigureSpec.of(new Figure(
                        HistogramTrace.builder(new double[] {0.1, 0.4, 0.9}).build(),
                        HistogramTrace.builder(new double[] {-1.3, 2.2}).build()))
                .get("data");

        assertEquals(data.at("/0/xbins"), data.at("/1/xbins"));
        assertTrue(data.at("/0/xbins/start").asDouble() <= -1.3);
        assertTrue(data.at("/0/xbins/end").asDouble() > 2.2);
    }

    private static String y(double... y) {
        return FigureSpec.of(new Figure(trace(y))).at("/data/0/y").toString();
    }

    @Test
    void numbersKeepTheDigitsThatTheirRangeNeeds() {
        assertEquals("[1700000000,1700000060,1700000120]", y(1_700_000_000, 1_700_000_060, 1_700_000_120));
        assertEquals("[1234567.1,1234566.4,1234564.8]", y(1234567.1, 1234566.4, 1234564.8));
        assertEquals("[1.00000000001,1.00000000002]", y(1.00000000001, 1.00000000002));
        assertEquals("[1234567.25,1234567.25]", y(1234567.25, 1234567.25), "no range: another trace may be near");
    }

    @Test
    void sixDigitsAreEnoughWhereTheRangeIsAsLargeAsTheNumbers() {
        assertEquals("[0.123457,-0.333333,0.666667]", y(0.123456789, -1.0 / 3, 2.0 / 3));
    }

    @Test
    void theRowsOfAMatrixShareItsRange() {
        Object[] two = {0, 1};
        double[][] z = {{1 / 3.0, 1 / 3.0 + 1e-9}, {-2 / 3.0, 1}};
        JsonNode spec =
                FigureSpec.of(new Figure(HeatmapTrace.builder(two, two, z).build()));

        assertEquals("[[0.333333,0.333333],[-0.666667,1]]", spec.at("/data/0/z").toString());
    }

    @Test
    void datesMakeAnAxisOfDatesAndMissingOnesAreMissing() {
        DateColumn day = DateColumn.create("day", LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 4));
        day.appendMissing();
        JsonNode spec = FigureSpec.of(new Figure(ScatterTrace.builder(day, DoubleColumn.create("y", 1.5, 2.5, 3.5))
                .build()));

        assertEquals("date", spec.at("/layout/xaxis/type").asText());
        assertEquals(
                "[\"2024-01-02\",\"2024-01-04\",null]", spec.at("/data/0/x").toString());
    }

    @Test
    void namesThatOnlyLookAlmostLikeDatesStayNames() {
        for (Object[] names :
                new Object[][] {{"2024-01-02", "total"}, {"2024-02-30", "2024-01-01"}, {"03:04", "05:06"}}) {
            JsonNode spec = FigureSpec.of(
                    new Figure(BarTrace.builder(names, new double[] {1, 2}).build()));

            assertTrue(spec.at("/layout/xaxis/type").isMissingNode(), names[0] + " " + names[1]);
        }
    }

    @Test
    void theAuthorsAxisOfNamesIsLeftAlone() {
        Axis names = Axis.builder().type(Axis.Type.CATEGORY).build();
        Object[] days = {"2024-01-02", "2024-01-03"};
        JsonNode spec = FigureSpec.of(new Figure(
                Layout.builder().xAxis(names).build(),
                BarTrace.builder(days, new double[] {1, 2}).build()));

        assertEquals("category", spec.at("/layout/xaxis/type").asText());
    }

    @Test
    void numbersAsColoursHaveEndsAndColoursOfTheHouse() {
        double[] x = {1, 2, 3};
        Marker marker = Marker.builder().color(new double[] {2, 7, 4}).build();
        JsonNode m = FigureSpec.of(
                        new Figure(ScatterTrace.builder(x, x).marker(marker).build()))
                .at("/data/0/marker");

        assertEquals("2 7", m.path("cmin").asInt() + " " + m.path("cmax").asInt());
        assertEquals("#ffffff", m.at("/colorscale/0/1").asText());
    }
}
