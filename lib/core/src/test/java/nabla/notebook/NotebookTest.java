package nabla.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock("nabla.notebook.Notebook")
class NotebookTest {
    private record Published(String id, boolean update, Map<String, Object> bundle) {}

    @AfterEach
    void detach() {
        Notebook.attach(null);
    }

    @Test
    void theHostGetsWhatIsShown() {
        List<Published> got = new ArrayList<>();
        Notebook.attach((id, update, bundle) -> got.add(new Published(id, update, bundle)));
        Notebook.show("a");
        Notebook.Slot slot = Notebook.slot("b");
        slot.set("c");
        assertTrue(Notebook.hasKernel());
        assertEquals(
                List.of("a", "b", "c"),
                got.stream().map(p -> p.bundle().get("text/plain")).toList());
        assertEquals(
                List.of(false, false, true), got.stream().map(Published::update).toList());
        assertEquals(got.get(1).id(), got.get(2).id());
        assertNotEquals(got.get(0).id(), got.get(1).id());
    }

    @Test
    void withoutAKernelPlainTextIsPrinted() {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Notebook.show(42);
        } finally {
            System.setOut(out);
        }
        assertEquals("42" + System.lineSeparator(), bytes.toString(StandardCharsets.UTF_8));
        assertFalse(Notebook.hasKernel());
    }
}
