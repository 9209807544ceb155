package nabla.kernel;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Helps while a cell is being written. Positions count characters from the start of the cell. */
final class CodeAssistant {
    private final SourceCodeAnalysis analysis;

    CodeAssistant(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /** What could stand at the cursor: in view of the whole cell or, where JShell cannot make out that, of the statement. */
    ReplacementOptions complete(String code, int cursor) {
        ReplacementOptions options = complete(code, 0, cursor);
        return options.getReplacements().isEmpty() ? complete(code, statementStart(code, cursor), cursor) : options;
    }

    private ReplacementOptions complete(String code, int start, int cursor) {
        int[] anchor = new int[1];
        List<String> continuations =
                analysis.completionSuggestions(code.substring(start, cursor), cursor - start, anchor).stream()
                        .map(Suggestion::continuation)
                        .distinct()
                        .toList();
        return new ReplacementOptions(continuations, start + anchor[0], cursor);
    }

    /** The signatures of what is called at the cursor, one per line; empty if there is nothing to say. */
    String documentation(String code, int cursor) {
        int start = statementStart(code, cursor);
        return analysis.documentation(code.substring(start, cursor), cursor - start, false).stream()
                .map(SourceCodeAnalysis.Documentation::signature)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** Whether the cell could run as it is. */
    boolean isComplete(String code) {
        CompletionInfo next = analysis.analyzeCompletion(code);
        while (next.completeness().isComplete() && !next.remaining().isBlank()) {
            next = analysis.analyzeCompletion(next.remaining());
        }
        return next.completeness().isComplete() || next.completeness() == Completeness.EMPTY;
    }

    /** Where the statement begins that the cursor is in. */
    private int statementStart(String code, int cursor) {
        String rest = code.substring(0, cursor);
        CompletionInfo next = analysis.analyzeCompletion(rest);
        while (next.completeness() == Completeness.COMPLETE && !next.remaining().isBlank()) {
            rest = next.remaining();
            next = analysis.analyzeCompletion(rest);
        }
        return cursor - rest.length();
    }
}
