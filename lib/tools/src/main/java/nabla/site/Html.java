package nabla.site;

import java.util.regex.Pattern;

/** Text to HTML. */
final class Html {
    private static final Pattern TERMINAL_CODES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

    private Html() {}

    /** Text that can stand between tags and inside a double-quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** What a program printed, without the codes that colour it in a terminal. */
    static String escapeTerminal(String text) {
        return escape(TERMINAL_CODES.matcher(text).replaceAll(""));
    }

    /** The text of some HTML of this package: what {@link #escape} and tags make of it, undone. */
    static String text(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    /** TeX for MathJax, which typesets nothing outside the class {@code math} (see math.js). */
    static String inlineMath(String tex) {
        return "<span class=\"math\">\\(" + escape(tex) + "\\)</span>";
    }

    static String displayMath(String tex) {
        return "<span class=\"math\">\\[" + escape(tex) + "\\]</span>";
    }
}
