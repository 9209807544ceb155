package nabla.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The first page: what this is, the notebooks and how their run went, and how much of the lecture notes they prove. */
final class IndexPage {
    private static final String INTRODUCTION = """
            <h1>∇ Nabla</h1>
            <p class="lead">Lecture notes on deep generative models and recurrent networks whose every equation runs: every
            <em>=</em> in every derivation is executed, every gradient is checked against an independent number, every
            stochastic estimate stands beside its exact value, and every model is trained on real data.</p>
            """;

    /** Two digits that are neither part of a longer number nor of a tag. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.#&-])\\d\\d(?![\\w.-]*>|[\\w-]|\\.\\d)");

    private final List<NotebookFile> notebooks;
    private final List<NotebookPage> pages;
    private final Check.All checks;
    private final Coverage coverage;
    private final RunReport report;
    private final Map<String, String> broken;

    /** @param broken what is wrong with the notebooks that have no page, by file name */
    IndexPage(
            List<NotebookFile> notebooks,
            List<NotebookPage> pages,
            Check.All checks,
            Coverage coverage,
            RunReport report,
            Map<String, String> broken) {
        this.notebooks = notebooks;
        this.pages = pages;
        this.checks = checks;
        this.coverage = coverage;
        this.report = report;
        this.broken = broken;
    }

    String html() {
        String main = INTRODUCTION + facts() + warnings() + notebooks() + examination() + notes() + topics();
        return Page.html("Nabla", "", main, false);
    }

    private String facts() {
        long passed = checks.checks().stream().filter(Check::passed).count();
        double seconds = notebooks.stream().mapToDouble(report::seconds).sum();
        String html = "<ul class=\"facts\">\n" + fact(notebooks.size(), "notebooks")
                + fact(of(passed, checks.checks().size()), "<a href=\"coverage.html\">checks passed</a>")
                + fact(of(checks.rejected(), checks.tried()), "deliberate mistakes noticed");
        return html + (Double.isNaN(seconds) ? "" : fact(Page.seconds(seconds), "of running, added up")) + "</ul>\n";
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
                    .ifPresent(problem -> html.append("<li><a href=\"%s\">%s</a> failed in %s</li>\n"
                            .formatted(
                                    PageName.address(notebook.name()),
                                    Html.escape(notebook.name()),
                                    Html.escape(problem))));
        }
        broken.forEach((file, problem) ->
                html.append("<li><b>%s</b> has no page: %s</li>\n".formatted(Html.escape(file), Html.escape(problem))));
        coverage.warnings().forEach(w -> html.append("<li>" + Html.escape(w) + "</li>\n"));
        return html.length() == 0 ? "" : "<ul class=\"warnings\">\n" + html + "</ul>\n";
    }

    private String notebooks() {
        StringBuilder html = new StringBuilder("""
                <h2 id="notebooks">Notebooks</h2>
                <p>In the order of the course. Each names what it builds on, so that you can also begin elsewhere.</p>
                <ol class="notebooks">
                """);
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
            html.append("<li>\n<a href=\"%s\">%s</a>\n".formatted(page.address(), page.title()));
            html.append("<p>").append(page.summary()).append("</p>\n");
            if (!page.readFirst().isEmpty()) {
                html.append("<p class=\"first\">Read first: " + linked(page.readFirst()) + "</p>\n");
            }
            html.append("<p class=\"run\"><b>%s</b> · %d code cells · %s checks passed%s</p>\n</li>\n"
                    .formatted(page.minutes(), cells, of(passed, own.size()), time.orElse("")));
        }
        return html.append("</ol>\n").toString();
    }

    /** Numbers of notebooks, as in "notebooks 09 and 10", become links to them. */
    private String linked(String html) {
        if (html.contains("<a ")) {
            return html;
        }
        return NUMBER.matcher(html).replaceAll(found -> pages.stream()
                .filter(page -> page.file().startsWith(found.group() + "-"))
                .findFirst()
                .map(page -> "<a href=\"%s\">%s</a>".formatted(page.address(), found.group()))
                .orElse(found.group()));
    }

    /** The way through the notebooks for somebody who has read them: only the cards and the exercises. */
    private String examination() {
        StringBuilder html = new StringBuilder();
        for (NotebookPage page : pages) {
            List<String> places = Stream.of("Summary card", "Exercises")
                    .flatMap(heading -> page.section(heading).stream())
                    .map(title -> "<a href=\"%s\">%s</a>"
                            .formatted(page.address() + "#" + Html.escape(title.anchor()), title.html()))
                    .toList();
            if (!places.isEmpty()) {
                html.append("<li><span>%s</span> <span>%s</span></li>\n"
                        .formatted(page.title(), String.join(" · ", places)));
            }
        }
        return html.length() == 0
                ? ""
                : "<h2 id=\"exam\">The night before the exam</h2>\n<p>Read the card of each notebook. What you could not write"
                        + " down yourself is one click further up the page; then do one exercise of each, on paper.</p>\n"
                        + "<ol class=\"exam\">\n" + html + "</ol>\n";
    }

    private String notes() {
        StringBuilder html = new StringBuilder("<h2 id=\"notes\">The lecture notes, slide by slide</h2>\n<ul>\n");
        for (Notes notes : Notes.values()) {
            html.append("<li><a href=\"%s\">%s</a>: %s</li>\n"
                    .formatted(notes.page(), Html.escape(notes.author()), Html.escape(notes.source())));
        }
        return html.append("</ul>\n<p><a href=\"errata.html\">All errata</a>, with by how much each is off.</p>\n")
                .toString();
    }

    private String topics() {
        StringBuilder html = new StringBuilder("<h2 id=\"coverage\">Coverage by topic</h2>\n"
                + "<p>How many statements of the lecture notes a check proves:"
                + " <a href=\"coverage.html\">every statement</a>, or every check for machines in"
                + " <a href=\"checks.json\">checks.json</a>.</p>\n<table class=\"topics\">\n<tbody>\n");
        int claimed = 0;
        int count = 0;
        for (Topic topic : Topic.all()) {
            List<Statement> statements = coverage.inventory().of(topic);
            int proved = coverage.proved(statements);
            claimed += proved;
            count += statements.size();
            html.append(row(topic.prefix(), Html.escape(topic.name()), proved, statements.size()));
        }
        return html.append("</tbody>\n<tfoot>\n" + row("", "All", claimed, count) + "</tfoot>\n</table>\n")
                .toString();
    }

    private static String row(String prefix, String name, int proved, int count) {
        String linked = !prefix.isEmpty() ? "<a href=\"coverage.html#" + prefix + "\">" + name + "</a>" : name;
        return "<tr><td>%s</td><td>%s</td><td class=\"n\">%d of %d</td><td><meter max=\"%4$d\" value=\"%3$d\"></meter></td></tr>\n"
                .formatted(prefix, linked, proved, count);
    }
}
