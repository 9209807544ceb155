package nabla.site;

import java.util.List;

/** The page that lists all statements of the lecture notes by topic, with the place that proves each. */
final class CoveragePage {
    private CoveragePage() {}

    static String html(Coverage coverage) {
        StatementTable table = new StatementTable(coverage);
        StringBuilder contents = new StringBuilder("<ul>\n");
        StringBuilder html = new StringBuilder(
                "<h1>What the notes say, and where it is proved</h1>\n"
                        + "<p>Every equation, step, algorithm, claim, exercise and figure of the five sets of lecture notes, in our"
                        + " words and corrected; then the errata. The link leads to the line of the notebook that proves it.</p>\n");
        for (Topic topic : Topic.all()) {
            List<Statement> statements = coverage.inventory().of(topic);
            String name = Html.escape(topic.name());
            contents.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(topic.prefix(), name));
            html.append("<h2 id=\"%s\">%s</h2>\n".formatted(topic.prefix(), name));
            html.append("<p>%d of %d</p>\n".formatted(coverage.proved(statements), statements.size()));
            html.append(table.html(statements, true, true));
        }
        return Page.html(
                "What the notes say · Nabla", contents.append("</ul>\n").toString(), html.toString(), false);
    }
}
