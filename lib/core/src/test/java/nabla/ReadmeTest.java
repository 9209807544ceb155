package nabla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..");

    @Test
    void theProgramRuns(@TempDir Path folder) throws IOException, InterruptedException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher program =
                Pattern.compile("```java\n(import .*?)```", Pattern.DOTALL).matcher(readme);
        assertTrue(program.find());
        Path source = folder.resolve("Train.java");
        Files.writeString(source, program.group(1));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), printed);
        assertEquals(
                11,
                printed.lines().filter(line -> line.startsWith("EpochReport[")).count(),
                printed);
    }

    @Test
    void everyNotebookIsListed() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        try (var files = Files.list(ROOT.resolve("notebooks"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ipynb"))
                    .forEach(name -> assertTrue(readme.contains("(notebooks/" + name + ")"), name + " is not listed"));
        }
    }
}
