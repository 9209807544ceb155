package nabla.site;

import java.util.regex.Pattern;

/**
 * How long a text takes to read: 200 words a minute, where a formula in the text is a word; and five seconds for each
 * formula on a line of its own. What is folded takes no time.
 */
final class ReadingTime {
    private static final Pattern FOLDED = Pattern.compile("(?s)<details.*?</details>");
    private static final Pattern CODE = Pattern.compile("(?s)<pre.*?</pre>");
    private static final Pattern OWN_LINE =
            Pattern.compile("(?s)<span class=\"math\">(?:\\\\\\[|\\\\begin|\\\\\\(\\\\displaystyle).*?</span>");
    private static final Pattern FORMULA = Pattern.compile("(?s)<span class=\"math\">.*?</span>");

    private int words;
    private int formulas;

    /** Adds a piece of HTML. */
    void add(String html) {
        String text = CODE.matcher(FOLDED.matcher(html).replaceAll(" ")).replaceAll(" ");
        formulas += (int) OWN_LINE.matcher(text).results().count();
        String lines = OWN_LINE.matcher(text).replaceAll(" ");
        String prose = FORMULA.matcher(lines)
                .replaceAll("x")
                .replaceAll("<[^>]*>", " ")
                .strip();
        words += prose.isEmpty() ? 0 : prose.split("\\s+").length;
    }

    /** Rounded, at least 1. */
    int minutes() {
        return (int) Math.max(1, Math.round(words / 200.0 + formulas * 5 / 60.0));
    }
}
