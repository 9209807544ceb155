package nabla.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import nabla.site.Markdown.Title;
import nabla.site.NotebookFile.Cell;

/** A notebook as a page: its cells in order, and a table of contents. */
final class NotebookPage {
    private static final String SETUP = "%load boot.jshell";

    private final NotebookFile notebook;
    private final RunReport report;
    private final Markdown markdown = new Markdown();
    private final String cells;

    NotebookPage(NotebookFile notebook, RunReport report) {
        this.notebook = notebook;
        this.report = report;
        StringBuilder html = new StringBuilder();
        notebook.cells().forEach(cell -> html.append(cell.isCode() ? code(cell) : markdown.render(cell.source())));
        this.cells = html.toString();
    }

    /** The first heading, as HTML; the file's name if there is no heading. */
    String title() {
        return markdown.titles().stream().findFirst().map(Title::html).orElse(Html.escape(notebook.name()));
    }

    /** The first sentence of the text, as HTML. */
    String summary() {
        return notebook.cells().stream()
                .filter(cell -> !cell.isCode())
                .map(cell -> Markdown.firstSentence(cell.source()))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
    }

    String file() {
        return notebook.name() + ".html";
    }

    /** The whole page, with links to its neighbours. */
    String html(Optional<NotebookPage> previous, Optional<NotebookPage> next) {
        String neighbours = "<nav class=\"neighbours\">\n"
                + previous.map(p -> p.link("prev", "← " + p.title())).orElse("<span></span>\n")
                + next.map(p -> p.link("next", p.title() + " →")).orElse("")
                + "</nav>\n";
        String failure = report.problem(notebook)
                .map(problem -> "<pre class=\"output error\">This run failed in " + Html.escape(problem) + "</pre>\n")
                .orElse("");
        String title = title().replaceAll("<[^>]*>", "");
        boolean figures = cells.contains("nabla-figure");
        return Page.html(title + " · Nabla", contents(), failure + cells + neighbours, figures);
    }

    private String link(String relation, String text) {
        return "<a rel=\"%s\" href=\"%s\">%s</a>\n".formatted(relation, Html.escape(file()), text);
    }

    private String contents() {
        StringBuilder html = new StringBuilder("<p><a href=\"index.html\">∇ Nabla</a></p>\n<ul>\n");
        for (Title title : markdown.titles()) {
            if (title.level() <= 3) {
                html.append("<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>\n"
                        .formatted(title.level(), Html.escape(title.anchor()), title.html()));
            }
        }
        return html.append("</ul>\n").toString();
    }

    private String code(Cell cell) {
        String source = "<pre class=\"source\"><code>"
                + JavaHighlighter.html(cell.source().strip()) + "</code></pre>\n";
        if (cell.source().strip().equals(SETUP)) {
            source = "<details class=\"setup\"><summary>Set-up</summary>\n" + source + "</details>\n";
        }
        StringBuilder html = new StringBuilder("<section class=\"cell\" id=\"cell-" + cell.number() + "\">\n");
        double seconds = report.seconds(notebook, cell.number());
        String time = Double.isNaN(seconds) ? "" : " title=\"" + Page.seconds(seconds) + "\"";
        html.append("<a class=\"number\" href=\"#cell-%1$d\"%2$s>%1$d</a>\n".formatted(cell.number(), time));
        html.append(source);
        for (JsonNode output : cell.outputs()) {
            html.append(Outputs.html(output, markdown));
        }
        return html.append("</section>\n").toString();
    }
}
