package nabla.site;

import static nabla.site.NotebookFile.text;

import com.fasterxml.jackson.databind.JsonNode;

/** The outputs of a code cell to HTML: of the forms an output has, the one that a browser shows best. */
final class Outputs {
    private static final int MOST_CHARACTERS = 1_000_000; // of text in one output; more would only stop the browser

    private Outputs() {}

    static String html(JsonNode output, Markdown markdown) {
        return switch (output.path("output_type").asText()) {
            case "stream" -> pre(output.path("name").asText(), text(output.path("text")));
            case "error" -> pre("error", error(output));
            default -> data(output.path("data"), markdown);
        };
    }

    private static String data(JsonNode data, Markdown markdown) {
        if (data.has("text/html")) {
            return "<div class=\"output math\">" + text(data.get("text/html")) + "</div>\n";
        }
        if (data.has("text/markdown")) {
            return "<div class=\"output\">" + markdown.render(text(data.get("text/markdown"))) + "</div>\n";
        }
        if (data.has("text/latex")) {
            return "<div class=\"output math\">" + Html.escape(text(data.get("text/latex"))) + "</div>\n";
        }
        if (data.has("image/png")) {
            String base64 = Html.escape(text(data.get("image/png")).replaceAll("\\s", ""));
            String description = Html.escape(text(data.path("text/plain")));
            return "<div class=\"output\"><img src=\"data:image/png;base64," + base64 + "\" alt=\"" + description
                    + "\"></div>\n";
        }
        return data.has("text/plain") ? pre("plain", text(data.get("text/plain"))) : "";
    }

    /** The traceback usually begins with the message; where there is none, the message alone. */
    private static String error(JsonNode output) {
        StringBuilder trace = new StringBuilder();
        output.path("traceback").forEach(line -> trace.append(line.asText()).append('\n'));
        return trace.length() > 0
                ? trace.toString()
                : output.path("ename").asText() + ": " + output.path("evalue").asText();
    }

    private static String pre(String kind, String text) {
        String shown = text.stripTrailing();
        if (shown.length() > MOST_CHARACTERS) {
            shown = "%s\n... and %,d more characters, which are in the notebook"
                    .formatted(shown.substring(0, MOST_CHARACTERS), shown.length() - MOST_CHARACTERS);
        }
        return "<pre class=\"output " + Html.escape(kind) + "\">" + Html.escapeTerminal(shown) + "</pre>\n";
    }
}
