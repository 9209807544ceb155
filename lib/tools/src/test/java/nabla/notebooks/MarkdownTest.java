package nabla.notebooks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.kernel.NotebookFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the text of a notebook shows is shown by every front end. */
class MarkdownTest {
    private static final Pattern IMAGE =
            Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)"); // with a text for those who cannot see it

    @ParameterizedTest
    @MethodSource("nabla.notebooks.NotebooksTest#notebooks")
    void drawingsAreImagesThatExist(Path file) throws IOException {
        for (JsonNode cell : NotebookFile.read(file).get("cells")) {
            if (cell.get("cell_type").asText().equals("markdown")) {
                String text = OutputText.joined(cell.get("source"));
                assertFalse(text.contains("<svg"), file + ": Jupyter leaves out inline SVG");
                int images = 0;
                for (Matcher image = IMAGE.matcher(text); image.find(); images++) {
                    assertTrue(Files.isRegularFile(file.resolveSibling(image.group(1))), image.group());
                }
                assertTrue(images == text.split("!\\[", -1).length - 1, file + ": an image without description");
            }
        }
    }
}
