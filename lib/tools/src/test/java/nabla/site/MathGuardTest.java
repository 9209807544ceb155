package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MathGuardTest {
    private static String render(String markdown) {
        return new Markdown().render(markdown).strip();
    }

    @Test
    void formulasReachTheBrowserUntouched() {
        assertEquals(
                "<p>so <span class=\"math\">\\(a_1 * b_1 * c_1\\)</span> holds</p>",
                render("so $a_1 * b_1 * c_1$ holds"));
        assertEquals("<p><span class=\"math\">\\(a_1 * b_1\\)</span></p>", render("\\(a_1 * b_1\\)"));
        assertEquals("<p><span class=\"math\">\\[a \\\\ b\\]</span></p>", render("$$\na \\\\ b\n$$"));
        assertEquals("<p><span class=\"math\">\\[a_i b_i\\]</span></p>", render("\\[ a_i b_i \\]"));
        assertEquals(
                "<p><span class=\"math\">\\begin{align*}x_1 &amp;&lt; 2 \\\\ y_1 &amp;= 3\\end{align*}</span></p>",
                render("\\begin{align*}x_1 &< 2 \\\\ y_1 &= 3\\end{align*}"));
    }

    @Test
    void aBarInAFormulaDoesNotEndATableCell() {
        String html = render("| a | b |\n|---|---|\n| $p(v|h)$ | $\\|x\\|$ |");
        assertEquals(2, html.split("<td>", -1).length - 1, html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "costs $5 and $6",
                "a $ b $ c",
                "a \\$x\\$ b",
                "`$x$`",
                "`` a ` $x$ ``",
                "```\n$x$\n```",
                "```java\nint $x = 1; // $\n```\n",
                "~~~\n$$x$$\n~~~",
                "one $\n\ntwo $"
            })
    void moneyAndCodeAreNotMathematics(String markdown) {
        assertEquals(-1, render(markdown).indexOf("math"), render(markdown));
    }

    @Test
    void mathematicsGoesOnAfterCode() {
        assertEquals("<p><code>$</code> <span class=\"math\">\\(x\\)</span> <code>$</code></p>", render("`$` $x$ `$`"));
    }

    @Test
    void longTextsAreNotTooDeep() {
        String letters = "x".repeat(100_000);
        assertEquals("<p>It costs $5 " + letters + "</p>", render("It costs $5 " + letters));
        assertEquals("<p><span class=\"math\">\\(" + letters + "\\)</span></p>", render("$" + letters + "$"));
    }

    /** Searching for ends that do not come took time with the square of the length. */
    @ParameterizedTest
    @ValueSource(strings = {"$", "$$ ", "\\[", "\\(", "\\begin{a}", "`` a ", "` ", "\\", "$\\$", "```\n"})
    void openEndsAreText(String part) {
        render(part.repeat(200_000 / part.length()));
    }

    @Test
    void privateCharactersAreText() {
        String text = "\uE000" + "99\uE001 \uE0000\uE001";
        assertEquals("<p>" + text + " <span class=\"math\">\\(x\\)</span></p>", render(text + " $x$"));
        assertEquals("<p><code>" + text + "</code></p>", render("`" + text + "`"));
        render("&#xE000;99&#xE001;");
    }

    @Test
    void aFormulaInAnAttributeIsText() {
        assertEquals(
                "<p><img src=\"a$b$.png\" alt=\"of $x$\" title=\"so &quot;$y$\" /></p>",
                render("![of $x$](a$b$.png 'so \"$y$')"));
    }

    @Test
    void aLongerFenceHoldsAShorterOne() {
        assertEquals(-1, render("````\n```\n$x$\n````").indexOf("math"));
        assertEquals(-1, render("```\n$x$ without an end").indexOf("math"));
    }
}
