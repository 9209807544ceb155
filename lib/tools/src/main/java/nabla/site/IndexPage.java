package nabla.site;

import java.util.List;
import java.util.Optional;

/** The first page: what this is, the notebooks and how their run went, and how much of the lecture notes they prove. */
final class IndexPage {
    private static final String INTRODUCTION = """
            <h1>∇ Nabla</h1>
            <p class="lead">Lecture notes on deep generative models and recurrent networks whose every equation runs: every
            <em>=</em> in every derivation is executed, every gradient is checked against an independent number, every
            stochastic estimate stands beside its exact value, and every model is trained on real data.</p>
            """;

    private final List<NotebookFile> notebooks;
    private final List<NotebookPage> pages;
    private final Check.All checks;
    private final Coverage coverage;
    private final RunReport report;

    IndexPage(
            List<NotebookFile> notebooks,
            List<NotebookPage> pages,
            Check.All checks,
            Coverage coverage,
            RunReport report) {
        this.notebooks = notebooks;
        this.pages = pages;
        this.checks = checks;
        this.coverage = coverage;
        this.report = report;
    }

    String html() {
        return Page.html("Nabla", "", INTRODUCTION + facts() + warnings() + notebooks() + topics(), false);
    }

    private String facts() {
        long passed = checks.checks().stream().filter(Check::passed).count();
        double seconds = notebooks.stream().mapToDouble(report::seconds).sum();
        String html = "<ul class=\"facts\">\n" + fact(notebooks.size(), "notebooks")
                + fact(of(passed, checks.checks().size()), "<a href=\"coverage.html\">checks passed</a>")
                + fact(of(checks.rejected(), checks.tried()), "deliberate mistakes noticed");
        return html + (Double.isNaN(seconds) ? "" : fact(Page.seconds(seconds), "to run them all")) + "</ul>\n";
    }

    private static String fact(Object number, String what) {
        return "<li><b>%s</b> %s</li>\n".formatted(number, what);
    }

    /** "12", or "11 of 12" when some are missing. */
    private static String of(long some, long all) {
        return some == all ? Long.toString(all) : some + " of " + all;
    }

    private String warnings() {
        StringBuilder html = new StringBuilder();
        for (NotebookFile notebook : notebooks) {
            report.problem(notebook)
                    .ifPresent(problem -> html.append("<li><a href=\"%1$s.html\">%1$s</a> failed in %2$s</li>\n"
                            .formatted(Html.escape(notebook.name()), Html.escape(problem))));
        }
        coverage.warnings().forEach(w -> html.append("<li>" + Html.escape(w) + "</li>\n"));
        return html.length() == 0 ? "" : "<ul class=\"warnings\">\n" + html + "</ul>\n";
    }

    private String notebooks() {
        StringBuilder html = new StringBuilder("<h2 id=\"notebooks\">Notebooks</h2>\n<ol class=\"notebooks\">\n");
        for (int i = 0; i < pages.size(); i++) {
            NotebookFile notebook = notebooks.get(i);
            NotebookPage page = pages.get(i);
            List<Check> own = checks.of(notebook);
            long passed = own.stream().filter(Check::passed).count();
            long cells =
                    notebook.cells().stream().filter(NotebookFile.Cell::isCode).count();
            Optional<String> time = Optional.of(report.seconds(notebook))
                    .filter(s -> !Double.isNaN(s))
                    .map(s -> " · " + Page.seconds(s));
            html.append("<li>\n<a href=\"%s\">%s</a>\n".formatted(Html.escape(page.file()), page.title()));
            html.append("<p>").append(page.summary()).append("</p>\n");
            html.append("<p class=\"run\">%d code cells · %s checks passed%s</p>\n</li>\n"
                    .formatted(cells, of(passed, own.size()), time.orElse("")));
        }
        return html.append("</ol>\n").toString();
    }

    private String topics() {
        StringBuilder html = new StringBuilder("<h2 id=\"coverage\">Coverage by topic</h2>\n"
                + "<p>How many rows of the inventory of the lecture notes a check proves:"
                + " <a href=\"coverage.html\">every check</a>, or all of them for machines in"
                + " <a href=\"checks.json\">checks.json</a>.</p>\n<table class=\"topics\">\n<tbody>\n");
        int claimed = 0;
        int count = 0;
        for (Topic topic : coverage.topics()) {
            int proved = coverage.claimed(topic).size();
            claimed += proved;
            count += topic.count();
            html.append(row(topic.prefix(), Html.escape(topic.name()), proved, topic.count()));
        }
        return html.append("</tbody>\n<tfoot>\n" + row("", "All", claimed, count) + "</tfoot>\n</table>\n")
                .toString();
    }

    private static String row(String prefix, String name, int proved, int count) {
        String linked =
                proved > 0 && !prefix.isEmpty() ? "<a href=\"coverage.html#" + prefix + "\">" + name + "</a>" : name;
        return "<tr><td>%s</td><td>%s</td><td class=\"n\">%d of %d</td><td><meter max=\"%4$d\" value=\"%3$d\"></meter></td></tr>\n"
                .formatted(prefix, linked, proved, count);
    }
}
