package nabla.math;

import java.util.stream.IntStream;

/** Splits the rows of a batch between the processors. */
public final class Chunks {
    private static final int ROWS = 16;

    private Chunks() {}

    /** Work on the rows from {@code from} up to but without {@code to}. */
    @FunctionalInterface
    public interface Work {
        /** Does it; nothing else works on these rows meanwhile. */
        void on(int from, int to);
    }

    /**
     * Does some work on all rows, 16 at a time, on as many processors as there are. How the rows are split does not depend on the machine,
     * so that the result does not either.
     */
    public static void forEach(int rows, Work work) {
        int chunks = (rows + ROWS - 1) / ROWS;
        if (chunks == 1) {
            work.on(0, rows);
            return;
        }
        IntStream.range(0, chunks)
                .parallel()
                .forEach(chunk -> work.on(chunk * ROWS, Math.min(rows, (chunk + 1) * ROWS)));
    }
}
