package nabla.notebook;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import nabla.math.Interrupts;
import nabla.notebook.draw.Numbers;

/**
 * A progress bar, written over in place about ten times a second at most; silent where nobody watches (headless runs).
 *
 * <pre>{@code
 * try (Progress progress = Progress.of("CD-1", epochs)) {
 *     train(..., (epoch, logLikelihood) -> progress.report(epoch, "log-likelihood", logLikelihood));
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable {
    private static final long LEAST_NANOS = 100_000_000L;

    private final String title;
    private final int total;
    private final LongSupplier clock;
    private final Consumer<State> display;
    private final long start;
    private long shownAt;
    private State last;

    /** For tests, which bring their own clock (in nanoseconds) and display. */
    Progress(String title, int total, LongSupplier clock, Consumer<State> display) {
        if (total < 1) {
            throw new IllegalArgumentException("total: expected at least 1, got " + total);
        }
        this.title = title;
        this.total = total;
        this.clock = clock;
        this.display = display;
        this.start = clock.getAsLong();
        this.last = new State(title, 0, total, "", 0, false);
        show();
    }

    /**
     * Shows an empty bar.
     *
     * @param title what is going on
     * @param total how many steps it has, for example epochs
     * @throws IllegalArgumentException if {@code total} is less than 1
     */
    public static Progress of(String title, int total) {
        return new Progress(
                title, total, System::nanoTime, display(Notebook.isInteractive(), Notebook.hasKernel(), System.out));
    }

    /** Where the bar goes: nowhere, into a slot of the notebook, or over one line of a terminal. */
    static Consumer<State> display(boolean interactive, boolean kernel, PrintStream terminal) {
        if (!interactive) {
            return state -> {};
        }
        if (!kernel) {
            return state -> terminal.print(state.terminalLine());
        }
        Notebook.Slot[] slot = new Notebook.Slot[1];
        return state -> {
            if (slot[0] == null) {
                slot[0] = Notebook.slot(state);
            } else {
                slot[0].set(state);
            }
        };
    }

    /**
     * Says how far the work is; at most ten calls a second are shown. It can be the body of a callback after each epoch.
     *
     * @param done how many steps are done
     * @param figureOfMerit how well it goes, with its name, for example {@code "log-likelihood -93.1"}
     * @return whether to go on: false once the thread has been interrupted that this one works for
     */
    public boolean report(int done, String figureOfMerit) {
        long now = clock.getAsLong();
        last = new State(title, done, total, figureOfMerit, (now - start) / 1e9, false);
        if (now - shownAt >= LEAST_NANOS) {
            show();
        }
        return !Interrupts.requested();
    }

    /** The same with a number, of which four significant digits are shown. */
    public boolean report(int done, String name, double value) {
        return report(done, name + " " + Numbers.text(value, 4));
    }

    /** Shows the last state reported, and how long it all took. */
    @Override
    public void close() {
        last = new State(title, last.done, total, last.figureOfMerit, (clock.getAsLong() - start) / 1e9, true);
        show();
    }

    private void show() {
        shownAt = clock.getAsLong();
        display.accept(last);
    }

    /** What the bar shows at one moment. */
    record State(String title, int done, int total, String figureOfMerit, double seconds, boolean closed) {
        private static final int TERMINAL_WIDTH = 78;

        /** For example {@code CD-1: 12 of 50, log-likelihood -93.1, 8 s left}. */
        String words() {
            String merit = figureOfMerit.isEmpty() ? "" : ", " + figureOfMerit;
            return title + ": " + done + " of " + total + merit + time();
        }

        private String time() {
            if (closed) {
                return ", " + duration(seconds);
            }
            return done == 0 ? "" : ", " + duration(seconds / done * (total - done)) + " left";
        }

        private static String duration(double seconds) {
            long whole = Math.round(seconds);
            return whole < 100
                    ? Numbers.text(seconds, seconds < 10 ? 2 : 3).replaceAll("(\\.\\d)\\d+$", "$1") + " s"
                    : "%d:%02d min".formatted(whole / 60, whole % 60);
        }

        /** Written over the line before it, which blanks cover. */
        String terminalLine() {
            String line = words();
            return "\r" + line + " ".repeat(Math.max(0, TERMINAL_WIDTH - line.length())) + (closed ? "\n" : "");
        }

        Map<String, Object> view() {
            Map<String, Object> bundle = new LinkedHashMap<>();
            bundle.put("text/plain", words());
            bundle.put(
                    "text/html",
                    "<progress value=\"%d\" max=\"%d\"></progress> %s".formatted(done, total, Html.escape(words())));
            return bundle;
        }
    }
}
