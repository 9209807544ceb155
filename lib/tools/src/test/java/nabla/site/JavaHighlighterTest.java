package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JavaHighlighterTest {
    @Test
    void keywordsNumbersStringsAndCommentsAreMarked() {
        assertEquals(
                "<span class=\"keyword\">double</span> x = <span class=\"number\">1e-3</span> &lt; <span class=\"number\">0xFFL</span>;"
                        + " <span class=\"comment\">// if &quot;so&quot;</span>\n"
                        + "print(<span class=\"string\">&quot;// \\&quot;new\\&quot;&quot;</span>)",
                JavaHighlighter.html("double x = 1e-3 < 0xFFL; // if \"so\"\nprint(\"// \\\"new\\\"\")"));
    }

    @Test
    void namesThatContainKeywordsOrDigitsAreNot() {
        assertEquals("format(h1, newW)", JavaHighlighter.html("format(h1, newW)"));
    }

    @Test
    void nothingOfTheSourceIsLost() {
        String source = "var s = \"\"\"\n    <b> & \"x\"\n    \"\"\"; /* open\n char c = '\\'';";
        String text = JavaHighlighter.html(source)
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
        assertEquals(source, text);
    }

    @Test
    void longStringsAreNotTooDeep() {
        String x = "x\\n".repeat(100_000);
        assertEquals("<span class=\"string\">&quot;" + x + "&quot;</span>;", JavaHighlighter.html("\"" + x + "\";"));
        assertEquals("<span class=\"string\">'" + x + "'</span>;", JavaHighlighter.html("'" + x + "';"));
        assertEquals("&quot;" + "x".repeat(100_000), JavaHighlighter.html("\"" + "x".repeat(100_000)));
    }
}
