package nabla.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of one set of lecture notes: its slides in order, what each states, where that is proved, and its errata. */
final class NotesPage {
    private NotesPage() {}

    static String html(Notes notes, Coverage coverage) {
        StatementTable table = new StatementTable(coverage);
        Map<String, List<Statement>> slides = coverage.inventory().slides(notes);
        List<Statement> all = new ArrayList<>();
        slides.values().forEach(all::addAll);
        StringBuilder contents = new StringBuilder("<ul>\n");
        StringBuilder html =
                new StringBuilder("<h1>%s, slide by slide</h1>\n<p>%s. %d of %d statements and errata are proved.</p>\n"
                        .formatted(
                                Html.escape(notes.author()),
                                Html.escape(notes.source()),
                                coverage.proved(all),
                                all.size()));
        int number = 0;
        for (Map.Entry<String, List<Statement>> slide : slides.entrySet()) {
            String title = Html.escape(slide.getKey());
            String anchor = "slide-" + ++number;
            contents.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(anchor, title));
            html.append("<h2 id=\"%s\">%s</h2>\n".formatted(anchor, title));
            html.append(table.html(slide.getValue(), false, false));
        }
        return Page.html(
                notes.author() + ", slide by slide · Nabla",
                contents.append("</ul>\n").toString(),
                html.toString(),
                false);
    }
}
