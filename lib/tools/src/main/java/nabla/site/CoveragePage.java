package nabla.site;

import java.util.List;
import java.util.Map;

/** The page that lists every claimed row of the inventory with the checks that prove it. */
final class CoveragePage {
    private CoveragePage() {}

    static String html(Coverage coverage) {
        StringBuilder contents = new StringBuilder("<p><a href=\"index.html\">∇ Nabla</a></p>\n<ul>\n");
        StringBuilder html = new StringBuilder(
                "<h1>What was checked</h1>\n<p>Each row of the inventory of the lecture notes, and the checks that prove it."
                        + " The cell number leads to the place in the notebook.</p>\n");
        for (Topic topic : coverage.topics()) {
            Map<String, List<Check>> claimed = coverage.claimed(topic);
            if (!claimed.isEmpty()) {
                contents.append(
                        "<li><a href=\"#%s\">%s</a></li>\n".formatted(topic.prefix(), Html.escape(topic.name())));
                html.append("<h2 id=\"%s\">%s</h2>\n<div class=\"scroll\"><table class=\"checks\">\n"
                        .formatted(topic.prefix(), Html.escape(topic.name())));
                html.append("<thead><tr><th>ID</th><th>Check</th><th>Verdict</th><th>Error</th><th>Allowed</th>"
                        + "<th>Where</th></tr></thead>\n<tbody>\n");
                claimed.forEach((id, checks) -> html.append(rows(id, checks)));
                html.append("</tbody></table></div>\n");
            }
        }
        return Page.html("What was checked · Nabla", contents.append("</ul>\n").toString(), html.toString(), false);
    }

    private static String rows(String id, List<Check> checks) {
        StringBuilder html = new StringBuilder();
        for (Check check : checks) {
            boolean first = html.length() == 0;
            html.append(first ? "<tr id=\"%1$s\"><td>%1$s</td>".formatted(id) : "<tr><td></td>");
            html.append("<td>").append(check.whatHtml()).append("</td>");
            html.append("<td class=\"%s\">%s</td>"
                    .formatted(check.passed() ? "passed" : "failed", Html.escape(check.verdict())));
            html.append("<td class=\"n\">")
                    .append(Page.magnitude(check.error()))
                    .append("</td>");
            html.append("<td class=\"n\">")
                    .append(Page.magnitude(check.tolerance()))
                    .append("</td>");
            html.append("<td class=\"where\"><a href=\"%s\">%s, cell %d</a></td></tr>\n"
                    .formatted(Html.escape(check.link()), Html.escape(shortName(check.notebook())), check.cell()));
        }
        return html.toString();
    }

    /** The number that a notebook's name begins with, or the name where there is none. */
    private static String shortName(String notebook) {
        return notebook.replaceFirst("^(\\d+)-.*", "$1");
    }
}
