package nabla.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import nabla.site.Markdown.Title;

/** What the search box searches: titles, headings and statements, with their addresses. */
final class SearchIndex {
    private SearchIndex() {}

    /** A script that defines the index; a page opened from a file may load a script, but not JSON. */
    static String script(List<NotebookPage> pages, Inventory inventory) throws IOException {
        ArrayNode entries = NotebookFile.JSON.createArrayNode();
        for (NotebookPage page : pages) {
            String notebook = Html.text(page.title());
            add(entries, notebook, page.address(), "notebook");
            for (Title title : page.titles().stream().skip(1).toList()) {
                add(entries, Html.text(title.html()), page.address() + "#" + title.anchor(), notebook);
            }
        }
        for (Statement statement : inventory.all()) {
            String text = statement.isErratum() ? statement.text() + " → " + statement.right() : statement.text();
            String source = statement.author() + ", " + statement.slide();
            add(entries, statement.id() + " " + text, statement.link(), source);
        }
        return "window.nablaSearch = " + NotebookFile.JSON.writeValueAsString(entries) + ";\n";
    }

    private static void add(ArrayNode entries, String text, String link, String where) {
        entries.addArray().add(text).add(link).add(where);
    }
}
