package nabla.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
@ResourceLock("nabla.notebook.Notebook")
class NotebookRunnerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** A notebook of a heading and these code cells; a cell that starts with {@code //!} may fail. */
    private Path notebook(String... cells) throws Exception {
        ObjectNode notebook = new ObjectMapper().createObjectNode();
        var list = notebook.put("nbformat", 4).put("nbformat_minor", 5).putArray("cells");
        notebook.putObject("metadata").putObject("kernelspec").put("name", "java");
        list.addObject().put("cell_type", "markdown").put("source", "# Title").putObject("metadata");
        for (String source : cells) {
            ObjectNode cell = list.addObject().put("cell_type", "code").putNull("execution_count");
            cell.putArray("outputs").addObject().put("output_type", "stream").put("text", "old");
            cell.putArray("source")
                    .add(source.substring(0, source.length() / 2))
                    .add(source.substring(source.length() / 2));
            if (source.startsWith("//!")) {
                cell.putObject("metadata").putArray("tags").add("raises-exception");
            }
        }
        Path file = folder.resolve("test" + cells.length + ".ipynb");
        Files.writeString(file, notebook.toString());
        return file;
    }

    private static JsonNode outputs(JsonNode notebook, int cell) {
        return notebook.at("/cells/" + cell + "/outputs");
    }

    @Test
    void fillsInTheOutputs() throws Exception {
        ObjectNode executed = NotebookRunner.run(
                notebook(
                        "import static nabla.notebook.Notebook.*;\nint x = 1;",
                        "System.out.println(\"out\"); System.out.println(\"more\"); System.err.println(\"err\"); show(\"shown\"); System.out.print(\"a\\rb\\n\"); x + 1",
                        "var s = slot(\"first\");\nshow(isInteractive());",
                        "s.set(\"last\")"),
                LIMIT);
        ObjectMapper json = new ObjectMapper();
        assertEquals("[]", outputs(executed, 1).toString());
        assertEquals(json.readTree("""
                        [{"output_type": "stream", "name": "stdout", "text": "out\\nmore\\n"},
                         {"output_type": "stream", "name": "stderr", "text": "err\\n"},
                         {"output_type": "display_data", "data": {"text/plain": "shown"}, "metadata": {}},
                         {"output_type": "stream", "name": "stdout", "text": "b\\n"},
                         {"output_type": "execute_result", "execution_count": 2, "data": {"text/plain": "2"}, "metadata": {}}]
                        """), outputs(executed, 2));
        assertEquals(
                "last", outputs(executed, 3).at("/0/data").path("text/plain").asText());
        assertEquals(
                "false", outputs(executed, 3).at("/1/data").path("text/plain").asText());
        assertEquals("[]", outputs(executed, 4).toString());
        assertEquals(4, executed.at("/cells/4/execution_count").asInt());
    }

    @Test
    void aFailingCellStopsTheNotebook() throws Exception {
        Path file = notebook("int fine = 1;", "throw new IllegalStateException(\"no data\");", "int never = 1;");
        NotebookException e = assertThrows(NotebookException.class, () -> NotebookRunner.run(file, LIMIT));
        assertTrue(e.getMessage().startsWith("test3.ipynb, cell 3: IllegalStateException: no data\n"), e.getMessage());
        JsonNode error = outputs(e.executed(), 2).get(0);
        assertEquals("error", error.path("output_type").asText());
        assertEquals("IllegalStateException", error.path("ename").asText());
        assertEquals("no data", error.path("evalue").asText());
        assertTrue(error.path("traceback").size() >= 2);
        assertTrue(e.executed().at("/cells/3/execution_count").isNull());
        assertEquals("[]", outputs(e.executed(), 3).toString());
    }

    @Test
    void anEndlessCellIsStopped() throws Exception {
        Path file = notebook("//! even though it may fail\nwhile (true) {}");
        NotebookException e =
                assertThrows(NotebookException.class, () -> NotebookRunner.run(file, Duration.ofSeconds(1)));
        assertEquals("test1.ipynb, cell 2: not finished within 1 s", e.getMessage());
    }

    @Test
    void aCellMayBeExpectedToFail() throws Exception {
        ObjectNode executed = NotebookRunner.run(notebook("//!\nint wrong = nothing;", "2"), LIMIT);
        assertEquals("CompileError", outputs(executed, 1).at("/0/ename").asText());
        assertEquals("2", outputs(executed, 2).at("/0/data").path("text/plain").asText());
    }

    @Test
    void aValueThatCannotBeShownFailsTheCell() throws Exception {
        Path file = notebook(
                "class Mute { public String toString() { throw new RuntimeException(\"mute\"); } }\nnew Mute()");
        NotebookException e = assertThrows(NotebookException.class, () -> NotebookRunner.run(file, LIMIT));
        assertTrue(e.getMessage().contains("mute"), e.getMessage());
    }

    @Test
    void notebooksThatRunAtTheSameTimeKeepTheirOutputs() throws Exception {
        String print = "for (int i = 0; i < 50; i++) { System.out.print(\"%s\"); Thread.sleep(1); }";
        Path a = notebook(print.formatted("a"));
        Path b = notebook(print.formatted("b"), "1");
        CompletableFuture<ObjectNode> first = CompletableFuture.supplyAsync(() -> run(a));
        ObjectNode second = run(b);
        assertEquals("a".repeat(50), outputs(first.get(), 1).at("/0/text").asText());
        assertEquals("b".repeat(50), outputs(second, 1).at("/0/text").asText());
    }

    private static ObjectNode run(Path file) {
        try {
            return NotebookRunner.run(file, LIMIT);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFileIsWrittenInLinesAsJupyterDoes() throws Exception {
        Path file = folder.resolve("out.ipynb");
        NotebookFile.write(NotebookRunner.run(notebook("System.out.print(\"a\\n∂\");\nint y = 1;"), LIMIT), file);
        String text = Files.readString(file);
        assertTrue(text.contains("\n      \"a\\n\",\n      \"∂\"\n"), text);
        assertTrue(text.contains("\n    \"System.out.print(\\\"a\\\\n∂\\\");\\n\",\n    \"int y = 1;\"\n"), text);
        assertTrue(text.startsWith("{\n \"cells\": ["), text);
        assertTrue(text.endsWith("}\n"));
        assertEquals("a\n∂", NotebookFile.text(NotebookFile.read(file).at("/cells/1/outputs/0/text")));
    }

    @Test
    void whatIsNoNotebookIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("old.ipynb"), "{\"nbformat\": 3}");
        assertThrows(IllegalArgumentException.class, () -> NotebookRunner.run(file, LIMIT));
    }
}
