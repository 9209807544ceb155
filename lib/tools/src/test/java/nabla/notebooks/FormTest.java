package nabla.notebooks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import nabla.kernel.NotebookFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader meets: code that is open is short, and a derivation begins with a definition. */
@Tag("notebooks")
class FormTest {
    private static final int MOST_LINES = 25;
    private static final String RECORD = "application/vnd.nabla.checks+json";

    @ParameterizedTest
    @MethodSource("nabla.notebooks.NotebooksTest#notebooks")
    void openCodeIsShort(Path file) throws IOException {
        for (JsonNode cell : NotebookFile.read(file).get("cells")) {
            if (cell.get("cell_type").asText().equals("code") && !folded(cell)) {
                String source = OutputText.joined(cell.get("source"));
                assertTrue(
                        source.lines().count() <= MOST_LINES,
                        file.getFileName() + ": open cells have at most " + MOST_LINES + " lines, fold this one:\n"
                                + source);
            }
        }
    }

    /** Both marks of the ecosystem, so that every front end folds the same cells. */
    @ParameterizedTest
    @MethodSource("nabla.notebooks.NotebooksTest#notebooks")
    void foldedCellsHaveBothMarks(Path file) throws IOException {
        for (JsonNode cell : NotebookFile.read(file).get("cells")) {
            assertTrue(folded(cell) == tagged(cell), file.getFileName() + ": " + cell.get("metadata"));
        }
    }

    @ParameterizedTest
    @MethodSource("nabla.notebooks.NotebooksTest#notebooks")
    void derivationsBeginWithADefinition(Path file) throws IOException {
        for (JsonNode cell : NotebookFile.read(file).get("cells")) {
            for (JsonNode output : cell.path("outputs")) {
                for (JsonNode line : output.path("data").path(RECORD).path("checks")) {
                    assertFalse(
                            line.get("verdict").asText().equals("start")
                                    && line.path("reason")
                                            .asText()
                                            .toLowerCase(Locale.ROOT)
                                            .contains("finite difference"),
                            file.getFileName() + ": a finite difference confirms, it begins nothing: "
                                    + line.get("what"));
                }
            }
        }
    }

    /** For JupyterLab, Notebook 7 and Visual Studio Code. */
    private static boolean folded(JsonNode cell) {
        return cell.path("metadata").path("jupyter").path("source_hidden").asBoolean();
    }

    /** For Jupyter Book. */
    private static boolean tagged(JsonNode cell) {
        return cell.path("metadata").path("tags").valueStream().anyMatch(tag -> tag.asText()
                .equals("hide-input"));
    }
}
