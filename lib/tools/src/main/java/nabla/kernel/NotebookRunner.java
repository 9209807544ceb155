package nabla.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nabla.notebook.Notebook;

/**
 * Runs notebooks in this JVM, without Jupyter and without Python: top to bottom, up to the first cell that fails. A
 * cell with the tag {@code raises-exception} may fail.
 *
 * <p>One notebook runs at a time; a second caller waits. While it runs it has {@link System#out}, {@link System#err}
 * and {@link Notebook} for itself: what other threads print meanwhile ends up in the notebook.
 */
public final class NotebookRunner {
    private final Path file;
    private final Duration limit;
    private final ObjectNode notebook;
    private final CellOutputs outputs = new CellOutputs();
    private int executionCount;

    private NotebookRunner(Path file, Duration limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.notebook = NotebookFile.read(file);
    }

    /**
     * Runs a notebook in its own folder.
     *
     * @param file the notebook, which is not changed
     * @param limit the time each cell may take
     * @return the notebook with its outputs; {@link NotebookFile#write} writes it
     * @throws NotebookException if a cell fails or takes longer
     * @throws IOException if the file cannot be read
     */
    public static ObjectNode run(Path file, Duration limit) throws IOException, NotebookException {
        synchronized (NotebookRunner.class) {
            return new NotebookRunner(file, limit).run();
        }
    }

    private ObjectNode run() throws NotebookException {
        for (JsonNode cell : notebook.get("cells")) {
            if (isCode(cell)) {
                ((ObjectNode) cell).putNull("execution_count").putArray("outputs");
            }
        }
        Path folder = file.toAbsolutePath().getParent();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Notebook.attach(outputs);
        try (CellEvaluator evaluator = new CellEvaluator(folder);
                PrintCapture prints = new PrintCapture(outputs::print)) {
            outputs.beforeDisplay(prints::flush);
            int number = 0;
            for (JsonNode cell : notebook.get("cells")) {
                number++;
                if (isCode(cell)) {
                    runCell(number, (ObjectNode) cell, evaluator, prints, clock);
                }
            }
        } finally {
            Notebook.attach(null);
            clock.shutdownNow();
        }
        return notebook;
    }

    private void runCell(
            int number, ObjectNode cell, CellEvaluator evaluator, PrintCapture prints, ScheduledExecutorService clock)
            throws NotebookException {
        outputs.begin(cell.put("execution_count", ++executionCount));
        Future<?> alarm = clock.schedule(evaluator::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Object value = evaluator.run(NotebookFile.text(cell.path("source")));
            prints.flush();
            if (value != null) {
                outputs.result(executionCount, CellErrors.view(value));
            }
        } catch (CellException e) {
            prints.flush();
            outputs.error(e);
            if (!mayFail(cell) || alarm.isDone()) {
                String reason = alarm.isDone()
                        ? "not finished within " + limit.toSeconds() + " s"
                        : String.join("\n", e.traceback());
                throw new NotebookException(file.getFileName() + ", cell " + number + ": " + reason, e, notebook);
            }
        } finally {
            alarm.cancel(false);
            outputs.end();
        }
    }

    private static boolean isCode(JsonNode cell) {
        return cell.path("cell_type").asText().equals("code");
    }

    private static boolean mayFail(JsonNode cell) {
        for (JsonNode tag : cell.at("/metadata/tags")) {
            if (tag.asText().equals("raises-exception")) {
                return true;
            }
        }
        return false;
    }
}
