package nabla.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A notebook did not run to its end; says which notebook, which cell and why. */
public final class NotebookException extends Exception {
    private final transient ObjectNode executed;

    NotebookException(String message, CellException cause, ObjectNode executed) {
        super(message, cause);
        this.executed = executed;
    }

    /** The notebook as far as it got, the error among its outputs. */
    public ObjectNode executed() {
        return executed;
    }
}
