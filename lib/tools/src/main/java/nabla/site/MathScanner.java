package nabla.site;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds the formulas of a Markdown text, in one pass over it: a text is cut into formulas and what lies between, code
 * included. Written by hand, because a regular expression for this recurses, and long texts are too deep for it.
 */
final class MathScanner {
    /** A piece of the text; {@code html} is null where it is no formula. */
    record Token(String source, String html) {
        boolean isFormula() {
            return html != null;
        }
    }

    private final String text;
    private final Set<String> missing = new HashSet<>();
    private int at;

    MathScanner(String text) {
        this.text = text;
    }

    /** The next piece, null at the end. */
    Token next() {
        if (at == text.length()) {
            return null;
        }
        int start = at;
        while (at < text.length()) {
            int code = code();
            if (code > at) {
                at = code;
                continue;
            }
            Token formula = formula();
            if (formula == null) {
                at += text.startsWith("\\$", at) ? 2 : 1;
            } else if (at == start) {
                at += formula.source().length();
                return formula;
            } else {
                break; // found again when it is asked for
            }
        }
        return new Token(text.substring(start, at), null);
    }

    /** The end of the code that begins here; here if none does. */
    private int code() {
        if (at == 0 || text.charAt(at - 1) == '\n') {
            int end = fenced();
            if (end > at) {
                return end;
            }
        }
        return text.charAt(at) == '`' ? ticked() : at;
    }

    /** A block between fences; without the second one, it goes to the end. */
    private int fenced() {
        int fence = indented(at);
        char mark = fence < text.length() ? text.charAt(fence) : ' ';
        int length = run(fence) - fence;
        int line = lineEnd(fence);
        if ((mark != '`' && mark != '~')
                || length < 3
                || (mark == '`' && text.substring(run(fence), line).contains("`"))) {
            return at;
        }
        while (line < text.length()) {
            int close = indented(line + 1);
            line = lineEnd(line + 1);
            if (close < text.length()
                    && text.charAt(close) == mark
                    && run(close) - close >= length
                    && text.substring(run(close), line).isBlank()) {
                return line;
            }
        }
        return text.length();
    }

    private int indented(int from) {
        int to = from;
        while (to < text.length() && to < from + 3 && text.charAt(to) == ' ') {
            to++;
        }
        return to;
    }

    /** Where the run of equal characters ends that begins here. */
    private int run(int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) == text.charAt(from)) {
            to++;
        }
        return to;
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Code in a line, to a run of as many ticks in the same paragraph; without one, the ticks are text. */
    private int ticked() {
        int open = run(at);
        int paragraph = closing("\n\n", open);
        int limit = paragraph < 0 ? text.length() : paragraph;
        int close = text.indexOf('`', open);
        while (close >= 0 && close < limit) {
            int end = run(close);
            if (end - close == open - at) {
                return end;
            }
            close = text.indexOf('`', end);
        }
        return open;
    }

    /** The formula that begins here, null if none does. */
    private Token formula() {
        char c = text.charAt(at);
        if (c == '$') {
            Token display = text.startsWith("$$", at) ? display("$$") : null;
            return display != null ? display : inline();
        }
        if (c != '\\') {
            return null;
        }
        if (text.startsWith("\\[", at)) {
            return display("\\]");
        }
        if (text.startsWith("\\(", at)) {
            int end = closing("\\)", at + 3);
            return end < 0 ? null : token(end + 2, Html.inlineMath(text.substring(at + 2, end)));
        }
        return text.startsWith("\\begin{", at) ? environment() : null;
    }

    private Token display(String close) {
        int end = closing(close, at + 3);
        return end < 0
                ? null
                : token(end + 2, Html.displayMath(text.substring(at + 2, end).strip()));
    }

    private Token environment() {
        int name = at + "\\begin{".length();
        int end = name;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        if (end == name) {
            return null;
        }
        end += text.startsWith("*", end) ? 1 : 0;
        String close = "\\end{" + text.substring(name, end) + "}";
        int from = text.startsWith("}", end) ? closing(close, end + 1) : -1;
        if (from < 0) {
            return null;
        }
        int to = from + close.length();
        return token(to, "<span class=\"math\">" + Html.escape(text.substring(at, to)) + "</span>");
    }

    /**
     * Between single dollars, in one paragraph. As in Jupyter and Pandoc: no space just inside, no digit just after, so that
     * "$5 and $6" is money.
     */
    private Token inline() {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '$' && !isBlankLine(i)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        boolean closed = i < text.length() && text.charAt(i) == '$' && i > at + 1;
        if (!closed
                || isSpace(text.charAt(at + 1))
                || isSpace(text.charAt(i - 1))
                || (i + 1 < text.length() && text.charAt(i + 1) >= '0' && text.charAt(i + 1) <= '9')) {
            return null;
        }
        return token(i + 1, Html.inlineMath(text.substring(at + 1, i)));
    }

    /** A line end, and up to the next one nothing but space. */
    private boolean isBlankLine(int i) {
        if (text.charAt(i) != '\n') {
            return false;
        }
        int next = i + 1;
        while (next < text.length() && text.charAt(next) != '\n' && isSpace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == '\n';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Where a delimiter stands; remembers the ones that come no more, so that no text is searched again and again. */
    private int closing(String delimiter, int from) {
        int found = missing.contains(delimiter) ? -1 : text.indexOf(delimiter, from);
        if (found < 0) {
            missing.add(delimiter);
        }
        return found;
    }

    private Token token(int end, String html) {
        return new Token(text.substring(at, end), html);
    }
}
