package nabla.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import nabla.notebook.Notebook;

/**
 * Writes down the outputs of a notebook's cells in the notebook format, version 4. Displays are remembered by their id,
 * so that a later cell can write them again.
 */
final class CellOutputs implements Notebook.Host {
    private static final Pattern OVERWRITTEN = Pattern.compile("[^\\n\\r]*+\\r(?=[^\\n])");

    private final Map<String, ObjectNode> displays = new HashMap<>();
    private ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
    private Runnable beforeDisplay = () -> {};

    /** What to do before a display, so that it comes after what was printed before it. */
    void beforeDisplay(Runnable action) {
        beforeDisplay = action;
    }

    /** From now on outputs go to this cell, whose former ones are removed. */
    synchronized void begin(ObjectNode cell) {
        outputs = cell.putArray("outputs");
    }

    synchronized void print(String stream, String text) {
        JsonNode last = outputs.path(outputs.size() - 1);
        if (last.path("name").asText().equals(stream)) {
            ((ObjectNode) last).put("text", last.get("text").asText() + text);
        } else {
            outputs.addObject().put("output_type", "stream").put("name", stream).put("text", text);
        }
    }

    @Override
    public void publish(String displayId, boolean update, Map<String, Object> bundle) {
        beforeDisplay.run();
        display(displayId, update, bundle);
    }

    private synchronized void display(String displayId, boolean update, Map<String, Object> bundle) {
        if (update && displays.containsKey(displayId)) {
            displays.get(displayId).set("data", data(bundle));
            return;
        }
        ObjectNode display = outputs.addObject().put("output_type", "display_data");
        display.set("data", data(bundle));
        display.putObject("metadata");
        displays.put(displayId, display);
    }

    /** The cell has ended: a line that was printed over keeps its last text, as a reader would have seen it. */
    synchronized void end() {
        for (JsonNode output : outputs) {
            if (output.has("text")) {
                String text = output.get("text").asText().replace("\r\n", "\n");
                ((ObjectNode) output).put("text", OVERWRITTEN.matcher(text).replaceAll(""));
            }
        }
    }

    synchronized void result(int executionCount, Map<String, Object> bundle) {
        ObjectNode result = outputs.addObject().put("output_type", "execute_result");
        result.put("execution_count", executionCount);
        result.set("data", data(bundle));
        result.putObject("metadata");
    }

    synchronized void error(CellException e) {
        ObjectNode error = outputs.addObject().put("output_type", "error");
        error.put("ename", e.name()).put("evalue", e.getMessage());
        e.traceback().forEach(error.putArray("traceback")::add);
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    private static ObjectNode data(Map<String, Object> bundle) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        bundle.forEach((type, content) -> data.set(type, NotebookFile.json(content)));
        return data;
    }
}
