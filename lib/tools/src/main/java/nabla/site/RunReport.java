package nabla.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the execution went: times, and the notebooks that failed. There is none for notebooks as they are committed. */
final class RunReport {
    private final JsonNode json;

    private RunReport(JsonNode json) {
        this.json = json;
    }

    /** The report of a folder of executed notebooks, an empty one where the folder has none. */
    static RunReport of(Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        return new RunReport(
                Files.exists(file) ? NotebookFile.JSON.readTree(file.toFile()) : MissingNode.getInstance());
    }

    /** Seconds a notebook took, NaN if unknown. */
    double seconds(NotebookFile notebook) {
        return entry(notebook).path("seconds").asDouble(Double.NaN);
    }

    /** Seconds a code cell took, NaN if unknown. */
    double seconds(NotebookFile notebook, int cell) {
        return entry(notebook).path("cells").path(cell - 1).asDouble(Double.NaN);
    }

    /** Why the notebook failed, if it did. */
    Optional<String> problem(NotebookFile notebook) {
        return Optional.ofNullable(entry(notebook).path("problem").textValue());
    }

    /** Why notebooks failed of which there is nothing to show, by file name. */
    Map<String, String> problemsBut(List<NotebookFile> notebooks) {
        Map<String, String> problems = new TreeMap<>();
        json.properties().forEach(entry -> {
            if (entry.getValue().path("problem").isTextual()) {
                problems.put(
                        entry.getKey(),
                        "failed in " + entry.getValue().path("problem").asText());
            }
        });
        notebooks.forEach(notebook -> problems.remove(notebook.name() + ".ipynb"));
        return problems;
    }

    private JsonNode entry(NotebookFile notebook) {
        return json.path(notebook.name() + ".ipynb");
    }
}
