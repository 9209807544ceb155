package nabla.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptTest {
    private CellEvaluator evaluator;

    @BeforeEach
    void start() {
        evaluator = new CellEvaluator(Path.of(""));
    }

    @AfterEach
    void close() {
        evaluator.close();
    }

    /** Runs a cell, interrupts it once it has started and returns what it then fails with; its thread must end. */
    private CellException interrupt(String cell) throws Exception {
        CountDownLatch started = (CountDownLatch) evaluator.run("var started = new CountDownLatch(1);\nstarted");
        evaluator.run("Thread worker;");
        CompletableFuture<CellException> ended = CompletableFuture.supplyAsync(() -> {
            try {
                evaluator.run("{ worker = Thread.currentThread(); started.countDown(); " + cell + " }");
                return null;
            } catch (CellException e) {
                return e;
            }
        });
        assertTrue(started.await(20, TimeUnit.SECONDS));
        evaluator.interrupt();
        CellException e = ended.get(20, TimeUnit.SECONDS);
        assertNotNull(e);
        Thread worker = (Thread) evaluator.run("worker");
        worker.join(5_000);
        assertFalse(worker.isAlive());
        return e;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "Thread.sleep(100_000);",
                "for (long n = 0; ; n++) { Math.sqrt(n); }",
                "while (true) { try { Thread.sleep(100_000); } catch (InterruptedException e) { } }",
                "Stream.iterate(1, n -> 1).forEach(n -> {});"
            })
    void endsTheCellAndLeavesNoThread(String cell) throws Exception {
        evaluator.run("import java.util.stream.*;");
        CellException e = interrupt(cell);
        assertEquals("Interrupted", e.name());
        assertEquals("the cell was interrupted", e.getMessage());
        assertEquals(4, evaluator.run("2 + 2"));
    }

    @Test
    void codeThatReactsEndsByItself() throws Exception {
        evaluator.run("boolean whole = false;");
        interrupt("while (!Thread.currentThread().isInterrupted()) {} Thread.interrupted(); whole = true;");
        assertEquals(true, evaluator.run("whole"));
    }

    @Test
    void nothingAfterTheInterruptedStatementRuns() throws Exception {
        evaluator.run("int after = 0;");
        interrupt("while (!Thread.currentThread().isInterrupted()) {} } after = 1; {");
        assertEquals(0, evaluator.run("after"));
    }

    @Test
    void withoutARunningCellItDoesNothing() throws Exception {
        evaluator.interrupt();
        assertEquals(1, evaluator.run("1"));
    }
}
