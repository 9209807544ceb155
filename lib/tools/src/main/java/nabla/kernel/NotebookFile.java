package nabla.kernel;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads and writes {@code .ipynb} files, in the layout that Jupyter gives them. */
public final class NotebookFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINE_START = Pattern.compile("(?<=\n)");

    private NotebookFile() {}

    /**
     * Reads a notebook.
     *
     * @throws IOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is not a notebook of format 4
     */
    public static ObjectNode read(Path file) throws IOException {
        JsonNode notebook = JSON.readTree(file.toFile());
        if (notebook.path("nbformat").asInt() != 4 || !notebook.path("cells").isArray()) {
            throw new IllegalArgumentException(file + ": expected a notebook of format 4, got nbformat "
                    + notebook.path("nbformat").asText("none"));
        }
        return (ObjectNode) notebook;
    }

    /** Writes a notebook; texts are split into lines, so that two versions can be compared line by line. */
    public static void write(ObjectNode notebook, Path file) throws IOException {
        ObjectNode copy = notebook.deepCopy();
        for (JsonNode cell : copy.path("cells")) {
            splitLines((ObjectNode) cell, "source");
            for (JsonNode output : cell.path("outputs")) {
                splitLines((ObjectNode) output, "text");
                if (output.get("data") instanceof ObjectNode data) {
                    data.properties().stream()
                            .filter(content -> content.getValue().isTextual())
                            .map(Map.Entry::getKey)
                            .toList()
                            .forEach(type -> splitLines(data, type));
                }
            }
        }
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        Files.writeString(
                file,
                JSON.writer(printer)
                                .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                                .writeValueAsString(copy) + "\n");
    }

    private static void splitLines(ObjectNode owner, String field) {
        JsonNode text = owner.get(field);
        if (text != null && (text.isTextual() || text.isArray())) {
            ArrayNode lines = owner.arrayNode();
            LINE_START.splitAsStream(text(text)).forEach(lines::add);
            owner.set(field, lines);
        }
    }

    /** The text of a field that may be a string or a list of lines. */
    static String text(JsonNode field) {
        if (!field.isArray()) {
            return field.asText();
        }
        StringBuilder text = new StringBuilder();
        field.forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    static JsonNode json(Object content) {
        return JSON.valueToTree(content);
    }
}
