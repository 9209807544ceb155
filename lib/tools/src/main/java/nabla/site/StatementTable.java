package nabla.site;

import java.util.List;
import java.util.stream.Collectors;

/** Tables of statements: what the notes say, and where in the notebooks it is proved. */
final class StatementTable {
    private final Coverage coverage;

    StatementTable(Coverage coverage) {
        this.coverage = coverage;
    }

    /**
     * A table with a row for each statement.
     *
     * @param anchors whether the row is the place that links to the ID lead to
     * @param sources whether author and slide are named in each row
     */
    String html(List<Statement> statements, boolean anchors, boolean sources) {
        StringBuilder html = new StringBuilder("<table class=\"statements\">\n<thead><tr><th>ID</th>"
                + "<th>What the notes say</th><th>Where it is proved</th></tr></thead>\n<tbody>\n");
        for (Statement statement : statements) {
            String id = Html.escape(statement.id());
            String name = anchors ? id : "<a class=\"id\" href=\"%s\">%s</a>".formatted(statement.link(), id);
            String source = sources ? source(statement) + " · " : "";
            html.append(anchors ? "<tr id=\"" + id + "\">" : "<tr>");
            html.append("<td>").append(name).append("</td>");
            html.append("<td>").append(text(statement));
            html.append("<p class=\"source-of\">" + source + Html.escape(statement.kind()) + "</p></td>");
            html.append("<td>").append(where(statement)).append("</td></tr>\n");
        }
        return html.append("</tbody></table>\n").toString();
    }

    /** The statement; of an erratum, what is printed with a cross and what is right with a tick. */
    private static String text(Statement statement) {
        return statement.isErratum()
                ? "<p class=\"wrong\">%s</p><p class=\"right\">%s</p>"
                        .formatted(Markdown.inline(statement.text()), Markdown.inline(statement.right()))
                : "<p>" + Markdown.inline(statement.text()) + "</p>";
    }

    private static String source(Statement statement) {
        String slide = Html.escape(statement.author() + ", “" + statement.slide() + "”");
        return statement
                .notes()
                .map(notes -> "<a href=\"%s\">%s</a>".formatted(notes.page(), slide))
                .orElse(slide);
    }

    /** A link to each check that proves the statement; of an erratum also what was measured, which is how far off it is. */
    private String where(Statement statement) {
        List<Check> checks = coverage.checks(statement);
        if (checks.isEmpty()) {
            return "<span class=\"open\">not yet</span>";
        }
        if (statement.isErratum()) {
            return checks.stream()
                    .map(check -> "<p>" + link(statement, check) + " " + check.whatHtml() + ": "
                            + Html.escape(check.measured()) + "</p>")
                    .collect(Collectors.joining());
        }
        return checks.stream().map(check -> link(statement, check)).distinct().collect(Collectors.joining("<br>"));
    }

    private static String link(Statement statement, Check check) {
        return "<a href=\"%s\">%s</a>&nbsp;<span class=\"%s\">%s</span>"
                .formatted(
                        Html.escape(check.link(statement.id())),
                        Html.escape(check.place()),
                        check.passed() ? "passed" : "failed",
                        check.passed() ? "✓" : "✗");
    }
}
