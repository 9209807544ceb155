package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPolicyTest {
    /** A tag that acts: an element that is none of text, an event, or an address that runs a script. */
    private static final Pattern ACTS =
            Pattern.compile("(?i)<(?:script|iframe|object|embed|form|svg|style|link|meta|base)\\b"
                    + "|<\\w+(?:\\s[\\w-]+(?:=\"[^\"]*\")?)*\\s(?:(?:on\\w+|style)\\s*="
                    + "|(?:href|src)\\s*=\\s*\"[^\"]*(?:script|&[^\"]*):)");

    private static String render(String markdown) {
        return new Markdown().render(markdown).strip();
    }

    @Test
    void whatFormatsStays() {
        String html = "<details open><summary>a <b>b</b></summary> <img alt=\"x\" width=\"3\" src=\"a.png\"></details>";
        assertEquals(html, TextPolicy.passive(html));
        assertEquals("<a href=\"#x\">&lt; 3</a>", TextPolicy.passive("<a href='#x' onclick='go()'>< 3</a>"));
        String picture = "<img src=\"data:image/svg+xml,%3Csvg%3E\">";
        assertEquals(
                picture,
                TextPolicy.passive(
                        picture.replace(">", "/>").replace("%3E/>", "%3E>").replace("svg/>", "svg>")));
        assertEquals("ab", TextPolicy.passive("a<!-- <script> -->b"));
    }

    @Test
    void tagsOfOtherKindsAreText() {
        assertEquals(
                "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
                render("x <script>alert(1)</script>").replace("x ", ""));
        assertEquals("&lt;iframe src=&quot;x&quot;&gt;", render("<iframe src=\"x\">"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "java\tscript:alert(1)",
                " javascript:alert(1)",
                "&#106;avascript:alert(1)",
                "javascript&colon;alert(1)",
                "vbscript:x",
                "data:text/html,<script>alert(1)</script>",
                "data:image/svg+xml,<script>alert(1)</script>"
            })
    void addressesDoNotAct(String address) {
        assertEquals("<a href=\"\">", TextPolicy.passive("<a href=\"" + address + "\">"));
        String html = render("[a](<" + address + ">) and <a href='" + address + "'>b</a>");
        assertFalse(ACTS.matcher(html).find(), html);
    }

    @Test
    void addressesOfPagesStay() {
        for (String address :
                new String[] {"https://a.b/c?d=e:f", "mailto:a@b.c", "a.html#b:c", "#a:b", "../a b.png", ""}) {
            assertTrue(TextPolicy.passive("<a href=\"" + address + "\">").contains("\"" + address + "\""), address);
        }
    }

    @Test
    void nestingWithoutEndIsText() {
        assertTrue(render("> ".repeat(20_000) + "deep").contains("deep"));
        assertTrue(render("*a _b ".repeat(5_000) + "c" + "_ *".repeat(5_000)).contains("c"));
        assertTrue(render("*a **b ".repeat(3_000) + "c" + "** *".repeat(3_000)).contains("c"));
        assertTrue(render("[".repeat(20_000) + "c" + "](x)".repeat(20_000)).contains("c"));
        assertTrue(render("- ".repeat(20_000) + "c").contains("c"));
    }

    @Test
    void titlesHaveNeitherLinksNorHtml() {
        Markdown markdown = new Markdown();
        markdown.render("# A [*link*](x) to `<b>` <b> $x<y$ ![p](q)");
        assertEquals(
                "A <em>link</em> to <code>&lt;b&gt;</code>  <span class=\"math\">\\(x&lt;y\\)</span> p",
                markdown.titles().get(0).html());
    }

    /** Random texts of the pieces that mean something to Markdown, HTML or this site. */
    @Test
    void noTextEndsTheSiteOrActs() {
        String[] pieces =
                ("$ $$ \\( \\) \\[ \\] \\begin{a} \\end{a} ` ``` ~~~ \\ \" ' < > </ /> = & &#xE000; &lt; * ** _ [ ] ( ) ![ ]( # > - |"
                                + " 1. <script> </script> <img <a href= src= onerror= style= javascript: data:image/png, <b> </b> <!-- --> <details>"
                                + " <summary> </details> <p><strong> \uE000 \uE001 0 7 x xyz .ipynb E-33 `CD-06` <svg/onload=alert(1)> <![CDATA[ <?")
                        .split(" ", -1);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
                text.append(
                        switch (random.nextInt(6)) {
                            case 0 -> "\n";
                            case 1 -> "\n\n";
                            case 2, 3 -> " ";
                            default -> "";
                        });
            }
            Markdown markdown = new Markdown();
            String html = markdown.render(text.toString())
                    + Markdown.inline(text.toString())
                    + Markdown.firstSentence(text.toString())
                    + JavaHighlighter.html(text.toString())
                    + markdown.titles();
            assertFalse(ACTS.matcher(html).find(), () -> text + "\n=>\n" + html);
        }
    }
}
