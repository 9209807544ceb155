package nabla.site;

import static nabla.site.NotebookFile.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import nabla.site.NotebookFile.Cell;

/**
 * One thing a notebook checked, from the record that its output carries.
 *
 * @param ids the rows of the inventory that it proves
 * @param what the expression, as TeX or in words (see {@link #whatHtml})
 * @param measured what was measured, in a few words; may be empty
 * @param error measured; NaN where there is none, such as for a z-score's verdict
 * @param tolerance the largest error allowed; NaN where there is none
 * @param record which output of all: checks of the same output have the same number
 */
record Check(
        String notebook,
        int cell,
        int record,
        String kind,
        String title,
        List<String> ids,
        String what,
        String verdict,
        String measured,
        double error,
        double tolerance,
        boolean passed) {

    /** The MIME type of the record. */
    private static final String TYPE = "application/vnd.nabla.checks+json";

    /**
     * What a whole output says beside its checks.
     *
     * @param seconds NaN if it does not say
     * @param tried deliberate mistakes put to the check
     * @param rejected those it noticed
     */
    record Summary(double seconds, int tried, int rejected) {}

    /** Everything checked in some notebooks: the checks in order, and by record number what each output says of itself. */
    record All(List<Check> checks, List<Summary> records) {
        int tried() {
            return records.stream().mapToInt(Summary::tried).sum();
        }

        int rejected() {
            return records.stream().mapToInt(Summary::rejected).sum();
        }

        List<Check> of(NotebookFile notebook) {
            return checks.stream()
                    .filter(c -> c.notebook().equals(notebook.name()))
                    .toList();
        }
    }

    static All in(List<NotebookFile> notebooks) {
        List<Check> checks = new ArrayList<>();
        List<Summary> records = new ArrayList<>();
        for (NotebookFile notebook : notebooks) {
            for (Cell cell : notebook.cells()) {
                for (JsonNode output : cell.outputs()) {
                    JsonNode record = output.path("data").path(TYPE);
                    if (isProof(record)) {
                        for (JsonNode line : record.path("checks")) {
                            Check check = of(notebook.name(), cell.number(), records.size(), record, line);
                            if (!check.isStart()) {
                                checks.add(check);
                            }
                        }
                        JsonNode mistakes = record.path("mistakes");
                        records.add(new Summary(
                                number(record.path("seconds")),
                                mistakes.path("tried").asInt(),
                                mistakes.path("rejected").asInt()));
                    }
                }
            }
        }
        return new All(List.copyOf(checks), List.copyOf(records));
    }

    /** The IDs that an output claims, in order. */
    static List<String> claims(JsonNode output) {
        JsonNode record = output.path("data").path(TYPE);
        List<String> ids = new ArrayList<>();
        if (isProof(record)) {
            record.path("checks").forEach(check -> ids.addAll(ids(check)));
        }
        return ids.stream().distinct().toList();
    }

    /** An exercise is the reader's to pass, not ours. */
    private static boolean isProof(JsonNode record) {
        return !record.isMissingNode() && !record.path("kind").asText().equals("exercise");
    }

    /** Whether an output carries a record of what was checked. */
    static boolean isReport(JsonNode output) {
        return output.path("data").has(TYPE);
    }

    /** The first line of a chain is no check, unless it claims a row: then the line after it proves it. */
    private boolean isStart() {
        return verdict.equals("start") && ids.isEmpty();
    }

    private static List<String> ids(JsonNode check) {
        List<String> ids = new ArrayList<>();
        check.path("ids").forEach(id -> ids.add(id.asText()));
        return List.copyOf(ids);
    }

    private static Check of(String notebook, int cell, int index, JsonNode record, JsonNode check) {
        return new Check(
                notebook,
                cell,
                index,
                record.path("kind").asText(),
                record.path("title").asText(),
                ids(check),
                text(check.path("what")),
                check.path("verdict").asText(),
                check.path("measured").asText(),
                number(check.path("error")),
                number(check.path("tolerance")),
                check.path("passed").asBoolean());
    }

    /** A number; NaN for none, which the records, having no infinity, also write as the largest number there is. */
    private static double number(JsonNode node) {
        return node.isNumber() && node.asDouble() < Double.MAX_VALUE ? node.asDouble() : Double.NaN;
    }

    /** The place in the site where one of its IDs is proved (see {@link StatementLinks}). */
    String link(String id) {
        return PageName.address(notebook) + "#" + id;
    }

    /** The cell's place for a reader: the notebook's number, or its name where that begins with none. */
    String place() {
        return notebook.replaceFirst("^(\\d+)-.*", "$1") + ", cell " + cell;
    }

    /** Steps of derivations and gradients are TeX; others are described in Markdown, which may contain mathematics. */
    String whatHtml() {
        boolean tex = (kind.equals("derivation") || kind.equals("gradient")) && !what.contains("$");
        return tex ? Html.inlineMath(what) : Markdown.inline(what);
    }
}
