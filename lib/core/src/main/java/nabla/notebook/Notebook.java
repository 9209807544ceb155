package nabla.notebook;

import java.util.Map;
import java.util.UUID;

/**
 * The door to whatever runs the notebook: shows objects, in the richest form it can. Works on the project's own kernel
 * and runner, on IJava, JJava and rapaio, and without any of them, where it prints plain text.
 */
public final class Notebook {
    private static Host host;

    private Notebook() {}

    /** What runs the notebook. */
    public interface Host {
        /**
         * Shows an object.
         *
         * @param displayId names the place in the output
         * @param update whether to write over what is shown in that place
         * @param bundle MIME type to content, see {@link Views#of}
         */
        void publish(String displayId, boolean update, Map<String, Object> bundle);

        /** Whether somebody watches. */
        default boolean isInteractive() {
            return true;
        }
    }

    /** A place in the output that can be written again. */
    public static final class Slot {
        private final String id = UUID.randomUUID().toString();

        private Slot() {}

        /** Shows {@code x} in place of what was shown here before. */
        public void set(Object x) {
            host().publish(id, true, Views.of(x));
        }
    }

    /** Shows an object, now. */
    public static void show(Object x) {
        host().publish(UUID.randomUUID().toString(), false, Views.of(x));
    }

    /** Shows an object in a place that can be written again. */
    public static Slot slot(Object first) {
        Slot slot = new Slot();
        host().publish(slot.id, false, Views.of(first));
        return slot;
    }

    /** False when nobody watches (a batch run, environment variable {@code NABLA_HEADLESS=1}): no progress bars then. */
    public static boolean isInteractive() {
        return !"1".equals(System.getenv("NABLA_HEADLESS")) && host().isInteractive();
    }

    /** Finds the kernel that runs us and teaches it our views, for a cell's last expression. Does it once. */
    public static void connect() {
        host();
    }

    /** For what runs notebooks in this JVM: from now on everything is shown by {@code newHost}; null is none. */
    public static synchronized void attach(Host newHost) {
        host = newHost;
    }

    /** Whether anything but a terminal shows our output. */
    static boolean hasKernel() {
        return !(host() instanceof TerminalHost);
    }

    private static synchronized Host host() {
        if (host == null) {
            host = OtherKernels.find().orElseGet(TerminalHost::new);
        }
        return host;
    }
}
