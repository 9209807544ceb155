package nabla.check;

import java.util.stream.Collectors;

/** A check that does not hold. Its message is the whole story: what, where, both values, the error, the seed. */
public final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Report report;

    CheckFailedException(Report report) {
        super(message(report));
        this.report = report;
    }

    /** The report with the failed lines in it. */
    public Report report() {
        return report;
    }

    private static String message(Report report) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < report.lines().size(); i++) {
            Report.Line line = report.lines().get(i);
            if (!line.passed()) {
                lines.append("\n  ");
                lines.append(report.kind().equals("derivation") ? "step " + (i + 1) + ": " : "");
                lines.append((line.relation() + " " + line.tex()).strip());
                lines.append("\n    ").append(line.measured());
                lines.append(line.reason().isEmpty() ? "" : "\n    given reason: " + line.reason());
            }
        }
        String mistakes = report.mistakes().stream()
                .filter(mistake -> !mistake.rejected())
                .map(mistake -> "\n  step " + mistake.step() + " cannot fail: it accepts the mistake \""
                        + mistake.name() + "\" (" + mistake.measured() + ")")
                .collect(Collectors.joining());
        return report.title() + (report.subject().isEmpty() ? "" : " (" + report.subject() + ")") + " does not hold:"
                + lines + mistakes;
    }
}
