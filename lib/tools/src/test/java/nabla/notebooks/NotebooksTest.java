package nabla.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import nabla.kernel.NotebookException;
import nabla.kernel.NotebookFile;
import nabla.kernel.NotebookRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook runs from top to bottom, proves what it says, and prints what is committed: the same text and the same
 * numbers, up to rounding. Alone: {@code mvn test -Dgroups=notebooks}; without: {@code -DexcludedGroups=notebooks}.
 */
@Tag("notebooks")
class NotebooksTest {
    private static final Path FOLDER = Path.of("../../notebooks");
    private static final Duration CELL_LIMIT = Duration.ofMinutes(2);
    private static final String RECORD = "application/vnd.nabla.checks+json";

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void runsAndPrintsWhatIsCommitted(Path file) throws IOException, NotebookException {
        JsonNode committed = NotebookFile.read(file);
        JsonNode executed = NotebookRunner.run(file, CELL_LIMIT);
        int checks = 0;
        for (int i = 0; i < executed.get("cells").size(); i++) {
            String place = file.getFileName() + ", cell " + i;
            JsonNode outputs = executed.get("cells").get(i).path("outputs");
            JsonNode expected = committed.get("cells").get(i).path("outputs");
            assertEquals(expected.size(), outputs.size(), place + ": number of outputs");
            for (int k = 0; k < outputs.size(); k++) {
                if (numbersVary(committed.get("cells").get(i))) {
                    OutputText.assertSameForm(place, expected.get(k), outputs.get(k));
                } else {
                    OutputText.assertSame(place, expected.get(k), outputs.get(k));
                }
                JsonNode record = outputs.get(k).path("data").path(RECORD);
                if (!record.isMissingNode()) {
                    assertProven(place, record);
                    checks += (int) record.get("checks")
                            .valueStream()
                            .filter(check -> !check.get("verdict").asText().equals("start"))
                            .count();
                }
            }
        }
        assertTrue(checks > 0, file + " checks nothing");
    }

    /**
     * Whether a cell has the tag {@code timing} or {@code training}: it shows measured times, which differ from run to run, or what
     * came out of a long training, in which the last digits of one processor's arithmetic grow.
     */
    private static boolean numbersVary(JsonNode cell) {
        return cell.path("metadata")
                .path("tags")
                .valueStream()
                .anyMatch(tag -> tag.asText().equals("timing") || tag.asText().equals("training"));
    }

    /** Everything passed, and every mistake that was tried in a derivation was noticed. */
    private static void assertProven(String place, JsonNode record) {
        assertTrue(record.get("passed").asBoolean(), place);
        JsonNode mistakes = record.path("mistakes");
        assertEquals(mistakes.path("tried").asInt(), mistakes.path("rejected").asInt(), place);
        for (JsonNode check : record.get("checks")) {
            assertTrue(check.get("passed").asBoolean(), place);
            if (List.of("equal", "confirmed").contains(check.get("verdict").asText())
                    && record.get("kind").asText().equals("derivation")) {
                assertTrue(mistakes.path("tried").asInt() > 0, place + ": no mistake was tried");
            }
        }
    }
}
