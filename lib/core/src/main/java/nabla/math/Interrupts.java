package nabla.math;

import java.util.concurrent.CancellationException;
import nabla.math.fast.Parallel;

/**
 * How long work hears that it is to end: it looks here every now and then, and ends with a {@link CancellationException} when its thread
 * was interrupted. The flag stays set, so that whatever is around it ends as well. Trainers catch the exception and return their reports.
 *
 * <p>A piece of shared work ({@link Parallel}) hears the interrupt of the thread that shared it, whichever thread it runs on.
 */
public final class Interrupts {
    private Interrupts() {}

    /** Whether the thread that this work is done for is interrupted. */
    public static boolean requested() {
        return Parallel.caller().isInterrupted();
    }

    /**
     * Looks whether the work is to end.
     *
     * @param message of the exception, such as {@code recall interrupted}
     * @throws CancellationException if the thread is interrupted
     */
    public static void check(String message) {
        if (requested()) {
            throw new CancellationException(message);
        }
    }

    /**
     * As {@link #check(String)}, and says how far the work has come.
     *
     * @param message with a place for the number, such as {@code sampling interrupted at step %d}
     */
    public static void check(String message, long number) {
        if (requested()) {
            throw new CancellationException(message.formatted(number));
        }
    }
}
