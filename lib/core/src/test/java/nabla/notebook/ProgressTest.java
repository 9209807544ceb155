package nabla.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Progress.State> shown = new ArrayList<>();

    private Progress progress(int total) {
        return new Progress("CD-1", total, nanos::get, shown::add);
    }

    private static String terminal(boolean interactive) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (Progress p = new Progress("CD-1", 2, () -> 0, Progress.display(interactive, false, terminal))) {
            p.report(1, "loss 2");
            p.report(2, "loss 1");
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsAtMostTenTimesASecondAndTheLastState() {
        try (Progress p = progress(1000)) {
            for (int i = 1; i <= 1000; i++) {
                nanos.addAndGet(1_000_000);
                p.report(i, "loss", 1.0 / i);
            }
        }

        assertEquals(1 + 10 + 1, shown.size(), "empty, ten in this second, the last");
        assertEquals("CD-1: 1000 of 1000, loss 0.001, 1 s", shown.get(11).words());
    }

    @Test
    void saysHowMuchTimeIsLeft() {
        try (Progress p = progress(50)) {
            nanos.set(3_000_000_000L);
            p.report(10, "log-likelihood -93.1");
        }

        assertEquals("CD-1: 0 of 50", shown.get(0).words());
        assertEquals(
                "CD-1: 10 of 50, log-likelihood -93.1, 12 s left", shown.get(1).words());
    }

    @Test
    void longTimesAreInMinutes() {
        try (Progress p = progress(10)) {
            nanos.set(100_000_000_000L);
            p.report(1, "");
        }

        assertEquals("CD-1: 1 of 10, 15:00 min left", shown.get(1).words());
    }

    @Test
    void goesOnUntilTheThreadIsInterrupted() {
        try (Progress p = progress(3)) {
            assertTrue(p.report(1, ""));
            Thread.currentThread().interrupt();
            assertFalse(p.report(2, ""));
            assertTrue(Thread.interrupted(), "still to be seen by others; cleared for the next test");
        }
    }

    @Test
    void aHeadlessRunPrintsNothing() {
        assertEquals("", terminal(false));
    }

    @Test
    void aTerminalHasOneLineThatIsWrittenOver() {
        String out = terminal(true);

        assertTrue(out.startsWith("\rCD-1: 0 of 2"), out);
        assertTrue(out.endsWith("\n"), out);
        assertEquals(1, out.lines().filter(l -> l.contains("2 of 2, loss 1")).count());
        assertEquals(1, out.chars().filter(c -> c == '\n').count());
    }

    @Test
    void titlesAreEscapedAndTotalsChecked() {
        String html =
                (String) Views.of(new Progress.State("<b>", 1, 2, "", 1, false)).get("text/html");

        assertTrue(html.startsWith("<progress value=\"1\" max=\"2\"></progress> &lt;b&gt;: 1 of 2"), html);
        assertEquals(
                "total: expected at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Progress.of("x", 0))
                        .getMessage());
    }
}
