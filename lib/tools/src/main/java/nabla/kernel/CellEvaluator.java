package nabla.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Evaluates the cells of one notebook, one after the other, in this JVM; a cell sees what earlier cells declared and
 * every class on this JVM's class path. The value of a cell's last expression comes back as the object it is.
 *
 * <p>Cells are Java as JShell takes it, and magics, each on a line of its own where a statement could begin:
 * {@code %load FILE} runs a file of cell code, {@code %classpath PATH} (or {@code %jars PATH}) adds a jar or folder.
 * Paths are relative to the notebook's folder.
 */
public final class CellEvaluator implements AutoCloseable {
    private static final Pattern MAGIC = Pattern.compile("(?:\\s|//[^\\n]*\\n)*+%(\\w+)[ \\t]*([^\\n]*)");
    private static final String IMPORTS = """
            import java.io.*;
            import java.math.*;
            import java.net.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.prefs.*;
            import java.util.regex.*;
            """;

    private final Path folder;
    private final CellExecution execution = new CellExecution();
    private final JShell shell;
    private final CellErrors errors;

    /**
     * Starts with the imports that every Java kernel gives.
     *
     * @param folder the notebook's folder
     */
    public CellEvaluator(Path folder) {
        this.folder = folder;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.shell = JShell.builder().executionEngine(new Provider(), Map.of()).build();
        Thread.currentThread().setContextClassLoader(loader); // JShell puts its own there
        this.errors = new CellErrors(shell);
        try {
            run(IMPORTS);
        } catch (CellException e) {
            throw new AssertionError(e);
        }
    }

    private final class Provider implements ExecutionControlProvider {
        @Override
        public String name() {
            return "cells";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return execution;
        }
    }

    /**
     * Runs one cell; not to be called by two threads at once.
     *
     * @return the value of the cell's last expression; null if it has none, or is null, or the cell ends with another
     *     kind of statement
     * @throws CellException if the cell does not compile, throws, or is interrupted; statements before the failing one
     *     have run
     */
    public Object run(String cell) throws CellException {
        execution.beginCell();
        try {
            return runAll(cell);
        } catch (RuntimeException | Error e) { // the compiler's own; what the cell throws comes as an event
            throw new CellException(
                    "CompileError",
                    "the Java compiler itself failed on this cell, look for a wrong argument in it: " + e);
        } finally {
            execution.endCell();
        }
    }

    /**
     * Interrupts the running cell, from another thread; without one it does nothing. Returns at once. The cell's thread
     * is interrupted, and a second later stopped if it goes on; {@link #run} then throws. Code outside the cell that
     * never looks at the interrupt cannot be stopped on every Java version: after five seconds it is left alone.
     */
    public void interrupt() {
        execution.interrupt();
    }

    /** JShell's analysis of cell code, for completion. */
    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    @Override
    public void close() {
        interrupt();
        shell.close();
    }

    private Object runAll(String source) throws CellException {
        Object last = null;
        List<Snippet> declared = new ArrayList<>();
        String rest = source;
        while (true) {
            Matcher magic = MAGIC.matcher(rest);
            if (magic.lookingAt()) {
                last = null;
                runMagic(magic.group(1), magic.group(2).strip());
                rest = rest.substring(magic.end());
                continue;
            }
            var next = analysis().analyzeCompletion(rest);
            if (next.completeness() == Completeness.EMPTY) {
                break;
            }
            if (!next.completeness().isComplete()) {
                throw incomplete(rest.strip());
            }
            last = runSnippet(next.source(), declared);
            rest = next.remaining();
        }
        // Classes and methods may name what comes later in the cell; by its end all must be there.
        for (Snippet snippet : declared) {
            if (shell.status(snippet) == Status.RECOVERABLE_NOT_DEFINED) {
                throw undefined(snippet);
            }
        }
        return last;
    }

    private Object runSnippet(String source, List<Snippet> declared) throws CellException {
        Object last = null;
        for (SnippetEvent event : shell.eval(source.strip())) {
            if (event.causeSnippet() != null) {
                continue; // something declared earlier, brought up to date
            }
            Snippet snippet = event.snippet();
            if (execution.isInterrupted()) {
                throw interrupted();
            }
            if (event.exception() != null) {
                throw errors.thrown(event.exception());
            }
            if (event.status() == Status.REJECTED) {
                throw errors.compile(snippet);
            }
            if (event.status() == Status.RECOVERABLE_NOT_DEFINED) {
                if (snippet.kind() == Kind.VAR) {
                    throw undefined(snippet);
                }
                declared.add(snippet);
            }
            last = switch (snippet.subKind()) {
                case VAR_VALUE_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND ->
                    execution.value(event.value());
                default -> null;
            };
        }
        return last;
    }

    private void runMagic(String name, String argument) throws CellException {
        if (!List.of("load", "classpath", "jars").contains(name)) {
            throw new CellException("MagicError", "%" + name + ": expected %load FILE or %classpath PATH");
        }
        Path path = folder.resolve(argument);
        if (argument.isEmpty() || !Files.exists(path)) {
            throw new CellException("MagicError", "%" + name + ": no such file: " + path);
        }
        if (!name.equals("load")) {
            shell.addToClasspath(path.toString());
            return;
        }
        try {
            runAll(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new CellException("MagicError", "%load: no such file: " + path);
        } catch (IOException e) {
            throw new CellException("MagicError", "%load: cannot read " + path + ": " + e.getMessage());
        }
    }

    private CellException undefined(Snippet snippet) {
        CellException e = errors.compile(snippet);
        shell.drop(snippet);
        return e;
    }

    private CellException interrupted() {
        return new CellException(
                "Interrupted",
                execution.isAbandoned()
                        ? "the cell does not react and goes on in the background: restart the kernel"
                        : "the cell was interrupted");
    }

    private static CellException incomplete(String rest) {
        String message = "the cell ends too early: something opened here is not closed";
        List<String> traceback = new ArrayList<>(List.of("CompileError: " + message));
        rest.lines().limit(3).forEach(traceback::add);
        return new CellException("CompileError", message, traceback);
    }
}
