package nabla.site;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A notebook as it is in its file.
 *
 * @param name the file's name without {@code .ipynb}
 */
record NotebookFile(String name, List<Cell> cells) {
    /** The reader of everything in this package. Kernels may write NaN, which is not quite JSON. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE) // one output is one string
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /**
     * One cell.
     *
     * @param number a code cell's number as the front ends show it when the notebook ran top to bottom, from 1; 0 for
     *     Markdown
     * @param outputs in nbformat 4; empty for Markdown
     * @param sourceFolded whether the reader is to see the code only when they ask for it
     * @param outputsFolded the same for the outputs
     */
    record Cell(int number, String source, List<JsonNode> outputs, boolean sourceFolded, boolean outputsFolded) {
        boolean isCode() {
            return number > 0;
        }
    }

    /**
     * Reads a notebook.
     *
     * @throws IOException if the file cannot be read or is not a notebook of format 4; names it
     */
    static NotebookFile read(Path file) throws IOException {
        JsonNode json;
        try (InputStream bytes = Files.newInputStream(file)) {
            json = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": no JSON, " + e.getOriginalMessage(), e);
        } catch (FileSystemException e) {
            throw e; // names the file
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (json.path("nbformat").asInt() != 4 || !json.path("cells").isArray()) {
            throw new IOException(file + ": expected a notebook of format 4");
        }
        List<Cell> cells = new ArrayList<>();
        int number = 0;
        for (JsonNode cell : json.path("cells")) {
            String source = text(cell.path("source"));
            if (cell.path("cell_type").asText().equals("markdown")) {
                cells.add(new Cell(0, source, List.of(), false, false));
            } else if (cell.path("cell_type").asText().equals("code") && !source.isBlank()) {
                List<JsonNode> outputs = new ArrayList<>();
                cell.path("outputs").forEach(outputs::add);
                JsonNode metadata = cell.path("metadata");
                cells.add(new Cell(
                        ++number,
                        source,
                        outputs,
                        folded(metadata, "source", "input"),
                        folded(metadata, "outputs", "output")));
            }
        }
        return new NotebookFile(file.getFileName().toString().replaceFirst("\\.ipynb$", ""), cells);
    }

    /** By the metadata that Jupyter's own front ends write, or by a tag as Jupyter Book has it. */
    private static boolean folded(JsonNode metadata, String jupyter, String tag) {
        boolean tagged = metadata.path("jupyter").path(jupyter + "_hidden").asBoolean();
        for (JsonNode name : metadata.path("tags")) {
            tagged |= name.asText().replace('_', '-').equals("hide-" + tag);
        }
        return tagged;
    }

    /**
     * The notebooks of a folder, by name.
     *
     * @param broken what is wrong with the others, by name
     */
    record All(List<NotebookFile> notebooks, Map<String, String> broken) {}

    /** All notebooks of a folder. */
    static All readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
        }
        List<NotebookFile> notebooks = new ArrayList<>();
        Map<String, String> broken = new TreeMap<>();
        for (Path file : files) {
            try {
                notebooks.add(read(file));
            } catch (IOException e) {
                broken.put(file.getFileName().toString(), e.getMessage());
            }
        }
        return new All(notebooks, broken);
    }

    /** A text that nbformat may store as a list of lines. */
    static String text(JsonNode node) {
        if (!node.isArray()) {
            return node.asText();
        }
        StringBuilder text = new StringBuilder();
        node.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
