package nabla.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.notebook.draw.FigureSpec;
import nabla.notebook.draw.StaticSvg;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.ScatterTrace;

class FigureViewTest {
    private static final String HOSTILE = "</script><!--\"'&<b>\\";

    private static Figure figure(String title) {
        return Charts.lines(title, "epoch", "loss", Series.of("train", 3, 2, 1.5), Series.of(HOSTILE, 3, 2.5, 2));
    }

    private static String html(Figure figure) {
        return (String) Views.of(figure).get("text/html");
    }

    private static String group(String regex, String text) {
        Matcher m = Pattern.compile(regex, Pattern.DOTALL).matcher(text);
        assertTrue(m.find(), regex);
        return m.group(1);
    }

    @Test
    void carriesThePictureAndTheSameSpecification() throws JsonProcessingException {
        Figure figure = figure(HOSTILE);
        String html = html(figure);

        String json = group("var spec = (\\{.*?\\}), picture", html);
        assertEquals(
                FigureSpec.of(figure).toString(),
                new ObjectMapper().readTree(json).toString());
        String picture = group("base64,([^\"]*)\"", html);
        String svg = new String(Base64.getDecoder().decode(picture), StandardCharsets.UTF_8);
        assertEquals(StaticSvg.draw(FigureSpec.of(figure)), svg);
    }

    @Test
    void noTextBreaksOutOfScriptOrAttribute() {
        String html = html(figure(HOSTILE));

        assertEquals(html.trim().length() - "</script>".length(), html.indexOf("</script"), "only at the very end");
        assertFalse(html.contains("<!--"));
        assertTrue(group("alt=\"([^\"]*)\" style=", html).contains("&lt;/script&gt;"));
    }

    @Test
    void sameFigureSameBytesOtherFigureOtherPlace() {
        assertEquals(Views.of(figure("a")), Views.of(figure("a")));
        assertFalse(html(figure("b")).contains(group("class=\"([^\"]*)\"", html(figure("a")))));
    }

    @Test
    void isAsWideAsThePageUnlessItsAuthorChoseAWidth() {
        Figure narrow = new Figure(
                Layout.builder("t").width(500).height(500).build(),
                ScatterTrace.builder(new double[] {1}, new double[] {2}).build());

        assertTrue(html(narrow).contains("style=\"max-width:500px\""));
        assertFalse(html(figure("t")).contains("max-width"));
    }

    @Test
    void wordsSayWhatIsThere() {
        assertEquals(
                "Chart \"CD-1\": 1 line (train); epoch 0 to 2; loss 1.5 to 3",
                Views.of(Charts.lines("CD-1", "epoch", "loss", Series.of("train", 3, 2, 1.5)))
                        .get("text/plain"));
        assertEquals(
                "Chart 2 sets of bars (a, b); digit; p 1 to 4",
                Views.of(Charts.bars(
                                "", "digit", "p", List.of("one", "two"), Series.of("a", 1, 2), Series.of("b", 3, 4)))
                        .get("text/plain"));
    }

    @Test
    void seriesSayWhatIsWrong() {
        Table table = Table.create(StringColumn.create("name", "a"));

        assertEquals(
                "series \"s\": expected as many x as y, got 2 x and 1 y",
                message(() -> Series.of("s", new double[2], new double[1])));
        assertEquals("series \"s\": expected 2 labels or none, got 1", message(() -> Series.of("s", 1, 2)
                .withLabels("a")));
        assertEquals("series \"s\": expected a band of 2 values or none, got 1", message(() -> Series.of("s", 1, 2)
                .withBand(1)));
        assertEquals("column: expected one of [name], got \"loss\"", message(() -> Series.of(table, "loss", "name")));
        assertEquals("column \"name\": expected numbers, got STRING", message(() -> Series.of(table, "name", "name")));
        assertEquals(
                "series \"s\": expected 1 values, one per category, got 2",
                message(() -> Charts.bars("", "", "", List.of("a"), Series.of("s", 1, 2))));
    }

    private static String message(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }
}
