package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Grid;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.Symbol;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.Scatter3DTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

/** A kind or a property that a new version of Tablesaw brings fails here until {@link Drawable} decides what becomes of it. */
class DrawableTest {
    private static TablesawApi api;

    @BeforeAll
    static void readTablesaw() {
        api = new TablesawApi();
    }

    @Test
    void everyKindOfTraceIsDecided() {
        Set<String> kinds = api.traces.stream().map(Drawable::kind).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Drawable.kinds(), kinds);
    }

    @Test
    void everyPropertyOfTheKindsThatAreDrawnIsDecided() {
        Set<String> open = new TreeSet<>();
        api.traces.stream().filter(Drawable::isDrawn).forEach(trace -> {
            String kind = Drawable.kind(trace);
            Drawable.paths("", trace).stream()
                    .filter(path -> Drawable.decided(kind, path) == null)
                    .forEach(path -> open.add(kind + " " + path));
        });

        assertEquals(Set.of(), open);
    }

    @Test
    void allThatTablesawWritesIsRead() {
        assertEquals(Set.of(), api.unreadable);
    }

    @Test
    void everyPropertyOfTheLayoutIsDecided() {
        Set<String> open = new TreeSet<>();
        api.layouts.forEach(layout -> Drawable.paths("", layout).stream()
                .filter(path -> Drawable.decided("layout", path) == null)
                .forEach(open::add));

        assertEquals(Set.of(), open);
    }

    /** Nobody can draw or name what a figure does not say: these are the settings that Tablesaw itself loses. */
    @Test
    void noMoreSettingsAreLostByTablesawThanTheseOnes() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "Axis.color",
                        "Axis.fixedRange",
                        "Axis.font",
                        "Axis.rangeMode",
                        "BarTrace.legendGroup",
                        "BoxTrace.legendGroup",
                        "ContourTrace.legendGroup",
                        "HeatmapTrace.legendGroup",
                        "Histogram2DTrace.legendGroup",
                        "HistogramTrace.legendGroup",
                        "Layout.paperBgColor",
                        "Layout.plotBgColor",
                        "Layout.yAxis4",
                        "Marker.cMinAndMax",
                        "PieTrace.legendGroup",
                        "PieTrace.opacity",
                        "PieTrace.showLegend",
                        "PieTrace.xAxis",
                        "PieTrace.yAxis",
                        "Scatter3DTrace.legendGroup",
                        "ScatterTrace.legendGroup",
                        "ScatterTrace.whiskerWidth",
                        "Scene.camera",
                        "ViolinTrace.legendGroup")),
                api.silent);
    }

    private static ScatterTrace.ScatterBuilder points() {
        return ScatterTrace.builder(new double[] {0, 1}, new double[] {1, 2});
    }

    private static List<String> leftOut(Layout layout, ScatterTrace trace) {
        return FigureSpec.of(new Figure(layout, trace))
                .path("leftOut")
                .valueStream()
                .map(n -> n.asText())
                .toList();
    }

    @Test
    void whatThePictureLeavesOutIsNamedInIt() {
        ScatterTrace trace = points().mode(ScatterTrace.Mode.LINE_AND_MARKERS)
                .line(Line.builder().shape(Line.Shape.SPLINE).build())
                .marker(Marker.builder().symbol(Symbol.SQUARE).build())
                .build();
        Layout layout = Layout.builder("t")
                .xAxis(Axis.builder().side(Axis.Side.top).build())
                .build();

        assertEquals(List.of("marker symbol", "line shape spline", "x axis side"), leftOut(layout, trace));
        assertTrue(new Picture(new Figure(layout, trace))
                .texts()
                .contains("Not in this picture: marker symbol, line shape spline, x axis side"));
    }

    @Test
    void aPictureThatShowsAllSaysNothing() {
        ScatterTrace trace = points().line(Line.builder().shape(Line.Shape.HVH).build())
                .marker(Marker.builder().symbol(Symbol.CIRCLE).build())
                .build();

        assertEquals(List.of(), leftOut(Layout.builder("t", "x", "y").build(), trace));
        assertTrue(FigureSpec.of(new Figure(trace)).path("leftOut").isMissingNode());
    }

    @Test
    void whatTheTableDoesNotKnowIsNamed() {
        assertNull(Drawable.decided("scatter", "tomorrow"));
        assertEquals("named", Drawable.treatment("scatter", "tomorrow"));
        assertEquals("named", Drawable.treatment("layout", "xaxis.tomorrow"));
    }

    @Test
    void whatWouldBeShownWronglyIsRefused() {
        assertEquals(
                "A chart with several axes has no static picture; it needs a page that runs scripts.",
                obstacle(Layout.builder().build(), points().yAxis("y2").build()));
        assertEquals(
                "A chart with \u201cgrid\u201d has no static picture; it needs a page that runs scripts.",
                obstacle(Layout.builder().grid(Grid.builder().rows(2).build()).build(), points().build()));
        HistogramTrace sums = HistogramTrace.builder(new double[] {1, 2})
                .y(new double[] {3, 4})
                .histFunc(HistogramTrace.HistFunc.SUM)
                .build();
        assertNotNull(Drawable.obstacle(FigureSpec.of(new Figure(sums))));
        assertNull(obstacle(Layout.builder().build(), points().build()));
    }

    private static String obstacle(Layout layout, ScatterTrace trace) {
        return Drawable.obstacle(FigureSpec.of(new Figure(layout, trace)));
    }

    @Test
    void aKindThatNoCopyHereCanDrawIsNotLive() {
        double[] x = {1, 2};
        ObjectNode cube =
                FigureSpec.of(new Figure(Scatter3DTrace.builder(x, x, x).build()));
        ObjectNode custom = FigureSpec.of(new Figure(points().type("funnel").build()));

        assertFalse(Drawable.isLive(cube));
        assertFalse(Drawable.isLive(custom));
        assertTrue(Drawable.obstacle(custom).contains("\u201cfunnel\u201d can be drawn neither here"));
        assertTrue(Drawable.isLive(FigureSpec.of(new Figure(points().build()))));
    }

    @Test
    void pointsDrawnByTheGraphicsCardAreTheSamePoints() {
        ObjectNode spec = FigureSpec.of(new Figure(points().type("scattergl").build()));

        assertEquals("scatter", spec.at("/data/0/type").asText());
    }
}
