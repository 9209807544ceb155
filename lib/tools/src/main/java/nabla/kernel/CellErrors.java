package nabla.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;
import nabla.notebook.Views;

/** Words for what JShell reports: every error quotes the line of the cell it came from. */
final class CellErrors {
    private static final int MOST_FRAMES = 12;

    private final JShell shell;

    CellErrors(JShell shell) {
        this.shell = shell;
    }

    /** The compiler refused the snippet. */
    CellException compile(Snippet snippet) {
        List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
        if (errors.isEmpty()) {
            return notDefined(snippet);
        }
        List<String> lines = new ArrayList<>();
        for (Diag error : errors) {
            lines.add("CompileError: " + message(error));
            lines.addAll(quote(snippet.source(), (int) error.getPosition()));
        }
        return new CellException("CompileError", message(errors.get(0)), lines);
    }

    /** In one line; the place that javac gives is inside what JShell makes up around the cell. */
    private static String message(Diag error) {
        return error.getMessage(Locale.ROOT)
                .lines()
                .filter(line -> !line.startsWith("  location:"))
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
    }

    /** The snippet names something that nobody has declared. */
    private CellException notDefined(Snippet snippet) {
        String names = snippet instanceof DeclarationSnippet d
                ? shell.unresolvedDependencies(d).collect(Collectors.joining(", "))
                : snippet.source().strip();
        List<String> lines = new ArrayList<>(List.of("CompileError: not defined: " + names));
        snippet.source().strip().lines().forEach(lines::add);
        return new CellException("CompileError", "not defined: " + names, lines);
    }

    /** The snippet ran and threw. */
    CellException thrown(JShellException thrown) {
        if (thrown instanceof UnresolvedReferenceException u) {
            return notDefined(u.getSnippet());
        }
        List<String> lines = new ArrayList<>();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            lines.add((t == thrown ? "" : "Caused by: ") + named(t));
            lines.addAll(frames(t));
        }
        String name = thrown instanceof EvalException e ? simpleName(e.getExceptionClassName()) : "Error";
        return new CellException(name, explained(name, thrown), lines);
    }

    /** The message; with the cause where it says nothing without, as when a class fails in its static fields. */
    private static String explained(String name, JShellException thrown) {
        String message = thrown.getMessage();
        Throwable cause = thrown.getCause();
        if (cause == null) {
            return String.valueOf(message);
        }
        if (name.equals("NoClassDefFoundError")) {
            return message + ": " + cause.getMessage() + "; run the cell that declares it again";
        }
        boolean isStatic = name.equals("ExceptionInInitializerError");
        return message != null
                ? message
                : (isStatic ? "a static field or block failed, " : "caused by ") + named(cause);
    }

    /** How a cell's value is shown; a value that cannot even say what it is, is an error of the cell. */
    static Map<String, Object> view(Object value) throws CellException {
        try {
            return Views.of(value);
        } catch (RuntimeException e) {
            throw new CellException(simpleName(e.getClass().getName()), value.getClass() + " cannot be shown: " + e);
        }
    }

    private static String named(Throwable thrown) {
        String name = thrown instanceof EvalException e ? simpleName(e.getExceptionClassName()) : thrown.toString();
        String message = thrown.getMessage();
        return message == null ? name : name + ": " + message;
    }

    /** A class declared in a cell is nested in one that JShell makes up. */
    private static String simpleName(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** Where it was thrown, then the lines of cells on the way there; what runs the cell is of no interest. */
    private List<String> frames(Throwable thrown) {
        List<String> frames = new ArrayList<>();
        StackTraceElement[] trace = thrown.getStackTrace();
        for (int i = 0; i < trace.length; i++) {
            String line = cellLine(trace[i]);
            if (line != null) {
                frames.add("    at " + line);
            } else if (i == 0) {
                frames.add("    at " + trace[0]);
            }
        }
        if (frames.size() <= MOST_FRAMES) {
            return frames;
        }
        List<String> first = new ArrayList<>(frames.subList(0, MOST_FRAMES));
        first.add("    ... and " + (frames.size() - MOST_FRAMES) + " more");
        return first;
    }

    /** JShell gives a frame of a cell the file name {@code #ID}, and lines counted from the start of the snippet. */
    private String cellLine(StackTraceElement frame) {
        String file = frame.getFileName();
        if (file == null || !file.startsWith("#")) {
            return null;
        }
        String source = shell.snippets()
                .filter(s -> s.id().equals(file.substring(1)))
                .findFirst()
                .flatMap(s -> s.source()
                        .lines()
                        .skip(Math.max(0, frame.getLineNumber() - 1))
                        .findFirst())
                .orElse("");
        String owner = frame.getClassName().isEmpty() ? "" : simpleName(frame.getClassName()) + ".";
        String method = frame.getMethodName().startsWith("lambda$") ? "lambda" : frame.getMethodName();
        return (method.isEmpty() ? "cell" : owner + method) + ": " + source.strip();
    }

    /** The line that holds the position, with a mark under it. */
    private static List<String> quote(String source, int position) {
        int at = Math.max(0, Math.min(position, source.length()));
        int start = source.lastIndexOf('\n', at - 1) + 1;
        int end = source.indexOf('\n', at);
        String line = source.substring(start, end < 0 ? source.length() : end);
        return List.of(line.stripTrailing(), " ".repeat(at - start) + "^");
    }
}
