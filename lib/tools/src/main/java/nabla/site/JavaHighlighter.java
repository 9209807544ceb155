package nabla.site;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source to HTML with a class on comments, strings, keywords and numbers: colours without a script. */
final class JavaHighlighter {
    private static final String KEYWORDS = String.join(
            "|",
            "abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|enum|extends|final",
            "finally|float|for|if|implements|import|instanceof|int|interface|long|new|package|permits|private|protected",
            "public|record|return|sealed|short|static|super|switch|synchronized|this|throw|throws|transient|try|var|void",
            "volatile|while|yield|true|false|null");

    private static final List<String> KINDS = List.of("comment", "string", "keyword", "number");

    /** Repeated groups are possessive: the others are matched by recursion, which a long string would end. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>//[^\\n]*|/\\*.*?(?:\\*/|\\z))"
                    + "|(?<string>\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++')"
                    + "|(?<keyword>\\b(?:" + KEYWORDS + ")\\b)"
                    + "|(?<number>\\b(?:0[xXbB][0-9a-fA-F_]+|[0-9][0-9_]*(?:\\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?)[LlFfDd]?)",
            Pattern.DOTALL);

    private JavaHighlighter() {}

    static String html(String source) {
        StringBuilder html = new StringBuilder();
        Matcher m = TOKEN.matcher(source);
        int end = 0;
        while (m.find()) {
            html.append(Html.escape(source.substring(end, m.start())));
            String kind =
                    KINDS.stream().filter(k -> m.group(k) != null).findFirst().orElseThrow();
            html.append("<span class=\"").append(kind).append("\">");
            html.append(Html.escape(m.group())).append("</span>");
            end = m.end();
        }
        return html.append(Html.escape(source.substring(end))).toString();
    }
}
