package nabla.site;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps mathematics out of Markdown's hands. To Markdown, {@code $a_1 * b_1 * c$} is emphasis and {@code |} ends a table
 * cell; so each formula is replaced by a placeholder before, and put back after. Code is left alone: in it, a dollar is a
 * dollar.
 */
final class MathGuard {
    /** Placeholders are numbers between two characters of the private use area, which no text contains. */
    private static final char OPEN = '\uE000';

    private static final char CLOSE = '\uE001';

    private static final Pattern PLACEHOLDER = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

    private static final Pattern TOKEN = Pattern.compile(
            String.join(
                    "|",
                    "(?<code>^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n(?:.*?\\n)?? {0,3}\\k<fence>[`~]*[ \\t]*(?=\\n|\\z)"
                            + "|(?<!`)(?<ticks>`+)(?!`)(?:(?!\\n\\n).)*?(?<!`)\\k<ticks>(?!`))",
                    "\\$\\$(?<dollars>.+?)\\$\\$",
                    "\\\\\\[(?<brackets>.+?)\\\\\\]",
                    "(?<environment>\\\\begin\\{(?<name>[a-zA-Z]+\\*?)\\}.*?\\\\end\\{\\k<name>\\})",
                    "\\\\\\((?<parens>.+?)\\\\\\)",
                    // As in Jupyter and Pandoc: no space just inside, no digit just after, so that "$5 and $6" is
                    // money.
                    "\\$(?!\\s)(?<inline>(?:\\\\.|(?!\\n\\s*\\n)[^$\\\\])+?)(?<!\\s)\\$(?!\\d)",
                    "(?<escaped>\\\\\\$)"),
            Pattern.DOTALL | Pattern.MULTILINE);

    private final List<String> formulas = new ArrayList<>();

    /** The Markdown text with a placeholder for each formula. */
    String protect(String markdown) {
        Matcher m = TOKEN.matcher(markdown);
        return m.replaceAll(found -> Matcher.quoteReplacement(replacement(m)));
    }

    /** The HTML with each formula in place of its placeholder. */
    String restore(String html) {
        return PLACEHOLDER
                .matcher(html)
                .replaceAll(found -> Matcher.quoteReplacement(formulas.get(Integer.parseInt(found.group(1)))));
    }

    private String replacement(Matcher m) {
        if (m.group("code") != null || m.group("escaped") != null) {
            return m.group();
        }
        if (m.group("inline") != null) {
            return keep(Html.inlineMath(m.group("inline")));
        }
        if (m.group("parens") != null) {
            return keep(Html.inlineMath(m.group("parens")));
        }
        for (String display : List.of("dollars", "brackets")) {
            if (m.group(display) != null) {
                return keep(Html.displayMath(m.group(display).strip()));
            }
        }
        return keep("<span class=\"math\">" + Html.escape(m.group("environment")) + "</span>");
    }

    private String keep(String formula) {
        formulas.add(formula);
        return "" + OPEN + (formulas.size() - 1) + CLOSE;
    }
}
