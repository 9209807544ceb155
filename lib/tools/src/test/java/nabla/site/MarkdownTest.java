package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nabla.site.Markdown.Title;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void headingsAreAnchorsAndDifferOnOnePage() {
        Markdown markdown = new Markdown();
        assertTrue(markdown.render("# The *free* energy").contains("<h1 id=\"The-free-energy\">"));
        markdown.render("## Exercise\n\n### The phase $\\langle v_i h_j \\rangle$");
        markdown.render("## Exercise");
        assertEquals(
                List.of(
                        new Title(1, "The-free-energy", "The <em>free</em> energy"),
                        new Title(2, "Exercise", "Exercise"),
                        new Title(
                                3,
                                "The-phase-\\(\\langle-v_i-h_j-\\rangle\\)",
                                "The phase <span class=\"math\">\\(\\langle v_i h_j \\rangle\\)</span>"),
                        new Title(2, "Exercise-2", "Exercise")),
                markdown.titles());
    }

    @Test
    void linksToNotebooksLeadToTheirPages() {
        assertTrue(new Markdown().render("[a](02-x.ipynb)").contains("href=\"02-x.html\""));
        assertTrue(new Markdown().render("[a](02-x.ipynb#Part)").contains("href=\"02-x.html#Part\""));
        String elsewhere = "https://example.org/x.ipynb";
        assertTrue(new Markdown().render("[a](" + elsewhere + ")").contains("href=\"" + elsewhere + "\""));
    }

    @Test
    void detailsMayContainMarkdown() {
        String html = new Markdown().render("<details><summary>Solution</summary>\n\nIt is **two**.\n\n</details>");
        assertTrue(html.contains("<details>") && html.contains("<strong>two</strong>"), html);
    }

    @Test
    void detailsMayContainATable() {
        String html = new Markdown()
                .render(
                        "<details><summary>2 checks</summary>\n\n| | | reason | verdict |\n|-:|:-|:-|:-|\n| a | $b$ | c | ✓ |\n\n</details>");
        assertTrue(html.contains("<table class=\"four\">") && html.contains("\\(b\\)"), html);
        assertTrue(html.strip().endsWith("</details>"), html);
    }

    @Test
    void htmlInALineIsText() {
        assertEquals(
                "So &lt;b&gt; <em>a</em> <span class=\"math\">\\(x &lt; y\\)</span>",
                Markdown.inline("So <b> *a* $x < y$"));
        assertTrue(Markdown.inline("<script>alert(1)</script>").startsWith("&lt;script&gt;"));
        assertFalse(Markdown.inline("[a](javascript:alert)").contains("javascript"));
    }

    @Test
    void theFirstSentenceIsThatOfTheFirstParagraph() {
        assertEquals(
                "You can write <span class=\"math\">\\(p(v) &lt; 1\\)</span> down.",
                Markdown.firstSentence("# Title\n\nYou can *write* $p(v) < 1$\ndown. It follows Hinton."));
        assertEquals("", Markdown.firstSentence("# Title"));
    }
}
