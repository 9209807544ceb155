package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Font;
import tech.tablesaw.plotly.components.Layout;
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
}
