package nabla.site;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The solutions of one page. On the screen each is folded under its question; on paper, where nothing unfolds, they stand
 * at the end. So there are two copies, of which a reader sees one (see site.css).
 */
final class Solutions {
    /** A solution, which contains nothing folded; or what may be the heading of a question. */
    private static final Pattern SOLUTION_OR_QUESTION = Pattern.compile(
            "(?s)<details>\\s*<summary>(?<summary>(?:Solution|Answer)[^<]*)</summary>(?<text>.*?)</details>"
                    + "|<p><strong>(?<question>(?:Exercise )?\\d+\\..*?)</strong>");

    private final StringBuilder end = new StringBuilder();
    private String question = "";

    /** The same HTML with its solutions marked; they are remembered for the end. */
    String mark(String html) {
        Matcher m = SOLUTION_OR_QUESTION.matcher(html);
        return m.replaceAll(found -> {
            if (m.group("question") != null) {
                question = m.group("question");
                return Matcher.quoteReplacement(m.group());
            }
            String text = m.group("text");
            end.append("<h3>")
                    .append(question.isEmpty() ? m.group("summary") : question)
                    .append("</h3>\n");
            end.append(text.replaceAll(" id=\"[^\"]*\"", ""));
            return Matcher.quoteReplacement(
                    "<details class=\"solution\"><summary>" + m.group("summary") + "</summary>" + text + "</details>");
        });
    }

    /** The section at the end, for paper; empty if the page has no solutions. */
    String atTheEnd() {
        return end.length() == 0 ? "" : "<section class=\"solutions\">\n<h2>Solutions</h2>\n" + end + "</section>\n";
    }
}
