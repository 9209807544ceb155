package nabla.site;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.site.MathScanner.Token;

/**
 * Keeps mathematics out of Markdown's hands. To Markdown, {@code $a_1 * b_1 * c$} is emphasis and {@code |} ends a table
 * cell; so each formula is replaced by a placeholder before, and put back after. Code is left alone: in it, a dollar is a
 * dollar.
 */
final class MathGuard {
    /** Placeholders are numbers between two characters of the private use area. Where a text has these, they are kept, too. */
    private static final char OPEN = '\uE000';

    private static final char CLOSE = '\uE001';

    private static final Pattern PLACEHOLDER = Pattern.compile(OPEN + "(\\d{1,9})" + CLOSE);

    /** What was replaced: as it was, and as it is to be shown. */
    private record Kept(String source, String html) {}

    private final List<Kept> kept = new ArrayList<>();

    /** The Markdown text with a placeholder for each formula. */
    String protect(String markdown) {
        StringBuilder text = new StringBuilder();
        MathScanner scanner = new MathScanner(markdown);
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            text.append(token.isFormula() ? keep(token.source(), token.html()) : shield(token.source()));
        }
        return text.toString();
    }

    private String shield(String text) {
        if (text.indexOf(OPEN) < 0 && text.indexOf(CLOSE) < 0) {
            return text;
        }
        StringBuilder shielded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shielded.append(c == OPEN || c == CLOSE ? keep("" + c, "" + c) : c);
        }
        return shielded.toString();
    }

    /** The HTML with each formula in place of its placeholder. */
    String restore(String html) {
        return replaced(html, Kept::html);
    }

    /** Text with each formula as it was written, for where there can be no HTML, such as an attribute. */
    String unprotect(String text) {
        return replaced(text, Kept::source);
    }

    private String replaced(String text, Function<Kept, String> form) {
        Matcher placeholders = PLACEHOLDER.matcher(text);
        return placeholders.replaceAll(found -> {
            int number = Integer.parseInt(found.group(1));
            return Matcher.quoteReplacement(number < kept.size() ? form.apply(kept.get(number)) : found.group());
        });
    }

    private String keep(String source, String html) {
        kept.add(new Kept(source, html));
        return "" + OPEN + (kept.size() - 1) + CLOSE;
    }
}
