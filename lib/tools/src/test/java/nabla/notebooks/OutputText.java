package nabla.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an output says in words and numbers. Numbers may differ in the last digits from one processor to the next, and an
 * error of 2e-16 may be 3e-16 there; everything else must be the same to the letter.
 */
final class OutputText {
    private static final double TOLERANCE = 1e-6;

    /** A number as people write it. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

    private OutputText() {}

    /** The same but for its numbers, or for all that it prints: a model that writes may choose another word. */
    static void assertSameForm(String place, JsonNode expected, JsonNode actual) {
        assertEquals(expected.get("output_type"), actual.get("output_type"), place);
        if (!expected.get("output_type").asText().equals("stream")) {
            assertSameWords(place, expected, actual);
        }
    }

    private static void assertSameWords(String place, JsonNode expected, JsonNode actual) {
        assertEquals(expected.get("output_type"), actual.get("output_type"), place);
        assertEquals(words(text(expected)), words(text(actual)), place);
    }

    static void assertSame(String place, JsonNode expected, JsonNode actual) {
        assertSameWords(place, expected, actual);
        String actualText = text(actual);
        List<Double> expectedNumbers = numbers(text(expected));
        List<Double> actualNumbers = numbers(actualText);
        for (int i = 0; i < expectedNumbers.size(); i++) {
            double a = expectedNumbers.get(i);
            double b = actualNumbers.get(i);
            double error = Math.abs(a - b) / Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
            assertTrue(error <= TOLERANCE, place + ": printed " + b + ", committed is " + a + "\n" + actualText);
        }
    }

    /** The plain text of a display or result, the lines of a stream, the message of an error. */
    static String text(JsonNode output) {
        JsonNode text =
                switch (output.get("output_type").asText()) {
                    case "stream" -> output.get("text");
                    case "error" -> output.get("evalue");
                    default -> output.path("data").path("text/plain");
                };
        return joined(text);
    }

    /** The lines of a source or output, which a notebook keeps as one text or as many. */
    static String joined(JsonNode text) {
        if (!text.isArray()) {
            return text.asText();
        }
        StringBuilder lines = new StringBuilder();
        text.forEach(line -> lines.append(line.asText()));
        return lines.toString();
    }

    private static String words(String text) {
        return NUMBER.matcher(text).replaceAll("#");
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
