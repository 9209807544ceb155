package nabla.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.kernel.NotebookFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A number in the prose of a notebook is one that the notebook shows: each decimal number and percentage, rounded as it stands, is found in
 * an output or in a formula. A number that comes from elsewhere is marked in its cell: {@code <!-- cited: 0.138 -->}.
 */
@Tag("notebooks")
class ProseTest {
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);
    private static final Pattern FORMULA = Pattern.compile("\\$\\$.*?\\$\\$|\\$[^$]*\\$", Pattern.DOTALL);
    private static final Pattern CITED = Pattern.compile("<!-- cited: ([^>]*) -->");
    private static final Pattern TAG = Pattern.compile("<[^>]*>|]\\([^)]*\\)"); // and the targets of links
    private static final Pattern IN_PROSE =
            Pattern.compile("(?<![\\w.,])\\d[\\d,]*(?:\\.\\d+(?:\\s?%)?|\\s?%)(?!\\w|\\.\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

    @ParameterizedTest
    @MethodSource("nabla.notebooks.NotebooksTest#notebooks")
    void numbersInTheProseAreShown(Path file) throws IOException {
        JsonNode cells = NotebookFile.read(file).get("cells");
        List<Double> shown = new ArrayList<>();
        for (JsonNode cell : cells) {
            cell.path("outputs").forEach(output -> shown.addAll(numbers(OutputText.text(output))));
            if (cell.get("cell_type").asText().equals("markdown")) {
                shown.addAll(shownByText(OutputText.joined(cell.get("source"))));
            }
        }
        List<String> unknown = new ArrayList<>();
        for (JsonNode cell : cells) {
            if (cell.get("cell_type").asText().equals("markdown")) {
                unknown.addAll(unknownNumbers(OutputText.joined(cell.get("source")), shown));
            }
        }
        assertTrue(unknown.isEmpty(), file.getFileName() + ": no output shows " + unknown);
    }

    @Test
    void roundedNumbersAreFound() {
        List<Double> shown = List.of(0.8324, 12.0, 0.0499);
        assertEquals(
                List.of(), unknownNumbers("loses 0.83 nats, 12 %, 83% and 0.05; notebook 12, E-34, `0.77`", shown));
        assertEquals(List.of("0.84", "13 %", "1.83"), unknownNumbers("0.84 nats, 13 %, or 1.83.", shown));
        assertEquals(
                List.of(), unknownNumbers("some 0.138 <!-- cited: 0.138 -->", shownByText("<!-- cited: 0.138 -->")));
        assertEquals(List.of(), unknownNumbers("Take 0.2 and $x=0.2$", shownByText("$x=0.2$")));
    }

    /** The numbers of a text that need no output: those in formulas, and those that are marked. */
    private static List<Double> shownByText(String text) {
        List<Double> numbers = new ArrayList<>();
        for (Pattern pattern : List.of(FORMULA, CITED)) {
            Matcher matcher = pattern.matcher(CODE.matcher(text).replaceAll(" "));
            while (matcher.find()) {
                numbers.addAll(numbers(matcher.group()));
            }
        }
        return numbers;
    }

    private static List<String> unknownNumbers(String text, List<Double> shown) {
        String prose = text;
        for (Pattern other : List.of(CODE, FORMULA, CITED, TAG)) {
            prose = other.matcher(prose).replaceAll(" ");
        }
        List<String> unknown = new ArrayList<>();
        Matcher matcher = IN_PROSE.matcher(prose);
        while (matcher.find()) {
            boolean percent = matcher.group().endsWith("%");
            BigDecimal x = new BigDecimal(matcher.group().replaceAll("[,%\\s]", ""));
            if (shown.stream().noneMatch(y -> rounds(y, x) || (percent && rounds(100 * y, x)))) {
                unknown.add(matcher.group());
            }
        }
        return unknown;
    }

    /** Whether y is x to as many places as x has; a five is rounded either way. */
    private static boolean rounds(double y, BigDecimal x) {
        return BigDecimal.valueOf(y)
                                .subtract(x)
                                .abs()
                                .compareTo(BigDecimal.valueOf(0.5).movePointLeft(x.scale()))
                        <= 0
                || BigDecimal.valueOf(y)
                                .setScale(x.scale(), RoundingMode.HALF_UP)
                                .compareTo(x)
                        == 0;
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(Double.parseDouble(matcher.group().replace(",", "")));
        }
        return numbers;
    }
}
