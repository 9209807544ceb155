package nabla.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class PrintCaptureTest {
    private final List<String> got = new ArrayList<>();

    private void collect(String stream, String text) {
        got.add(stream + " " + text);
    }

    @Test
    void passesOnBothStreamsInOrder() {
        PrintStream before = System.out;
        try (PrintCapture prints = new PrintCapture(this::collect)) {
            System.out.print("a");
            System.out.print("b");
            System.err.print("c");
            prints.flush();
            prints.flush();
            System.out.print("d");
        }
        assertSame(before, System.out);
        assertEquals(List.of("stdout ab", "stderr c", "stdout d"), got);
    }

    @Test
    void keepsCharactersWhole() {
        byte[] face = {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, (byte) 0x80};
        try (PrintCapture prints = new PrintCapture(this::collect)) {
            System.out.print("∂");
            System.out.write(face, 0, 3);
            prints.flush();
            System.out.write(face, 3, 1);
        }
        assertEquals(List.of("stdout ∂", "stdout \uD83D\uDE00"), got);
    }

    @Test
    void doesNotHoldBackMuch() {
        try (PrintCapture prints = new PrintCapture(this::collect)) {
            System.out.print("x".repeat(200_000));
            int before = got.size();
            prints.flush();
            assertTrue(before >= 1 && got.size() == before + 1, "passed on in " + before + " pieces");
        }
    }
}
