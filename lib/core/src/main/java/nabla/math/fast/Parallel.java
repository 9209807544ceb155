package nabla.math.fast;

import org.ejml.concurrency.EjmlConcurrency;

/**
 * Shares work between the processors. No result depends on how many of them take part: work is cut into pieces by its size alone, and
 * no two pieces touch the same number.
 *
 * <p>Takes all processors, or as many as the system property {@code nabla.threads} or {@link #useThreads} says. From then on EJML's
 * products ({@code SimpleMatrix.mult}) run on the thread that asks for them.
 */
public final class Parallel {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final Team TEAM = new Team();
    private static volatile int threads = wanted();

    static {
        // EJML's own threads turn an interrupt into a RuntimeException, lose it, and do not ask how many they may be.
        EjmlConcurrency.USE_CONCURRENT = false;
    }

    private Parallel() {}

    /** Work on the numbers from {@code from} up to but without {@code to}. */
    @FunctionalInterface
    public interface Work {
        /** Does it; nothing else works on these numbers meanwhile. */
        void on(int from, int to);
    }

    /** How many threads share the work. */
    public static int threads() {
        return threads;
    }

    /**
     * Shares all work from now on between this many threads.
     *
     * @param count from 1 to the number of processors
     */
    public static void useThreads(int count) {
        requireBetween("count", count, 1, PROCESSORS);
        threads = count;
    }

    /**
     * Does some work on the numbers 0 to {@code size - 1}, in blocks, and returns when all of it is done. Work that is itself part of
     * shared work is not shared again, but cut into the same blocks: a product of blocks may differ from that of the whole in its last
     * digits.
     *
     * <p>An interrupt does not end it, or work might stay half done: a block that takes long looks for it itself, and throws.
     *
     * <p>What a block throws, of whatever kind, is thrown here, once the others are done; of several that of the first block.
     *
     * @param size at least 0
     * @param block how many numbers are one piece of work, at least 1; the last piece may be smaller
     */
    public static void forEach(int size, int block, Work work) {
        requireBetween("size", size, 0, Integer.MAX_VALUE);
        requireBetween("block", block, 1, Integer.MAX_VALUE);
        if (work == null) {
            throw new IllegalArgumentException("work: expected one, got null");
        }
        if (size <= block) {
            work.on(0, size);
        } else {
            TEAM.run((size - 1) / block + 1, threads, piece -> {
                int from = piece * block;
                work.on(from, size - from > block ? from + block : size);
            });
        }
    }

    /**
     * The thread that the calling thread works for: itself, or in a piece of shared work the one that shared it. That is the one
     * whose interrupt ends the work.
     */
    public static Thread caller() {
        return TEAM.caller();
    }

    private static int wanted() {
        int count = Integer.getInteger("nabla.threads", PROCESSORS);
        requireBetween("nabla.threads", count, 1, Integer.MAX_VALUE);
        return Math.min(count, PROCESSORS);
    }

    // Not that of nabla.math.Require: what is in this package needs nothing of the one above.
    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + ": expected a number from " + least + " to " + most + ", got " + value);
        }
    }
}
