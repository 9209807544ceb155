package nabla.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.site.Markdown.Title;
import nabla.site.NotebookFile.Cell;

/** A notebook as a page: its cells in order, and a table of contents. */
final class NotebookPage {
    private static final String SETUP = "%load boot.jshell";
    private static final Pattern READ_FIRST = Pattern.compile("(?s)Read first:[*\\s]*(.+?)\\s*(?:\\n\\s*\\n|\\z)");

    private static final String SHOW_CODE =
            "<label class=\"show-code\" hidden><input type=\"checkbox\"> show all code</label>\n";

    private final NotebookFile notebook;
    private final RunReport report;
    private final Markdown markdown = new Markdown();
    private final StatementLinks links;
    private final ReadingTime time = new ReadingTime();
    private final Solutions solutions = new Solutions();
    private final String cells;

    NotebookPage(NotebookFile notebook, RunReport report, Inventory inventory) {
        this.notebook = notebook;
        this.report = report;
        this.links = new StatementLinks(inventory);
        StringBuilder html = new StringBuilder();
        notebook.cells().forEach(cell -> html.append(cell.isCode() ? code(cell) : text(cell)));
        this.cells = html.toString();
    }

    /** The first heading, as HTML; the file's name if there is no heading. */
    String title() {
        return markdown.titles().stream().findFirst().map(Title::html).orElse(Html.escape(notebook.name()));
    }

    /** The headings, in order. */
    List<Title> titles() {
        return markdown.titles();
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

    /** What the notebook says is to be read before it, as HTML; empty if it says nothing. */
    String readFirst() {
        return notebook.cells().stream()
                .filter(cell -> !cell.isCode())
                .map(cell -> READ_FIRST.matcher(cell.source()))
                .filter(Matcher::find)
                .findFirst()
                .map(found -> Markdown.inline(found.group(1)))
                .orElse("");
    }

    /** The heading with this text. */
    Optional<Title> section(String heading) {
        return titles().stream().filter(t -> t.html().equalsIgnoreCase(heading)).findFirst();
    }

    /** How long it takes to read, in words. */
    String minutes() {
        return time.minutes() == 1 ? "1 minute" : time.minutes() + " minutes";
    }

    String file() {
        return PageName.of(notebook.name());
    }

    /** The page's address, for a link on another one. */
    String address() {
        return PageName.address(notebook.name());
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
        String title = Html.text(title());
        boolean figures = cells.contains("nabla-figure");
        String switches = cells.contains("<details class=\"code\">") ? SHOW_CODE : "";
        String main = switches + failure + cells + solutions.atTheEnd() + neighbours;
        return Page.html(title + " · Nabla", contents(), main, figures);
    }

    private String link(String relation, String text) {
        return "<a rel=\"%s\" href=\"%s\">%s</a>\n".formatted(relation, address(), text);
    }

    private String contents() {
        StringBuilder html = new StringBuilder("<p>" + minutes() + "</p>\n<ul>\n");
        for (Title title : markdown.titles()) {
            if (title.level() <= 3) {
                html.append("<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>\n"
                        .formatted(title.level(), Html.escape(title.anchor()), title.html()));
            }
        }
        return html.append("</ul>\n").toString();
    }

    private String text(Cell cell) {
        String html = markdown.render(cell.source());
        time.add(html);
        return solutions.mark(links.link(html));
    }

    private String code(Cell cell) {
        StringBuilder html = new StringBuilder("<section class=\"cell\" id=\"cell-" + cell.number() + "\">\n");
        double seconds = report.seconds(notebook, cell.number());
        String took = Double.isNaN(seconds) ? "" : " title=\"" + Page.seconds(seconds) + "\"";
        html.append("<a class=\"number\" href=\"#cell-%1$d\"%2$s>%1$d</a>\n".formatted(cell.number(), took));
        html.append(source(cell));
        StringBuilder outputs = new StringBuilder();
        cell.outputs().forEach(output -> outputs.append(output(output)));
        html.append(cell.outputsFolded() && outputs.length() > 0 ? folded("outputs", "output", outputs) : outputs);
        return html.append("</section>\n").toString();
    }

    private static String source(Cell cell) {
        String code = cell.source().strip();
        String html = "<pre class=\"source\"><code>" + JavaHighlighter.html(code) + "</code></pre>\n";
        if (code.equals(SETUP)) {
            return folded("setup", "Set-up", html);
        }
        long lines = code.lines().count();
        return cell.sourceFolded() ? folded("code", "code, " + lines + (lines == 1 ? " line" : " lines"), html) : html;
    }

    private static String folded(String kind, String summary, CharSequence html) {
        return "<details class=\"" + kind + "\"><summary>" + summary + "</summary>\n" + html + "</details>\n";
    }

    private String output(JsonNode output) {
        String html = Outputs.html(output, markdown);
        if (!Check.isReport(output)) {
            return html;
        }
        time.add(html);
        return "<div class=\"report\">\n" + links.link(html, Check.claims(output)) + "</div>\n";
    }
}
