package nabla.kernel;

import java.util.List;

/** Why a cell failed, in the words shown to its author. */
public final class CellException extends Exception {
    private final String name;
    private final List<String> traceback;

    CellException(String name, String message, List<String> traceback) {
        super(message, null, false, false);
        this.name = name;
        this.traceback = List.copyOf(traceback);
    }

    CellException(String name, String message) {
        this(name, message, List.of(name + ": " + message));
    }

    /** The kind of error: the simple name of the exception class, or {@code CompileError} or {@code Interrupted}. */
    public String name() {
        return name;
    }

    /** The whole story, line by line: name and message, then the code that failed. */
    public List<String> traceback() {
        return traceback;
    }
}
