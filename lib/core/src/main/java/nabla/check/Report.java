package nabla.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was checked and how it went: the steps of a derivation, the blocks of a gradient, a list of claims.
 *
 * <p>Knows how to say itself as Markdown with typeset mathematics, as LaTeX, as plain text, and as a record that
 * programs can read. It knows nothing of notebooks.
 *
 * @param title what was shown
 * @param kind {@code derivation}, {@code gradient} or {@code check}
 * @param subject on what it was shown, such as "20 random draws, seed 1"
 * @param lines the steps in order; a line without a verdict is the start of a chain
 * @param mistakes the wrong formulas that were tried and rejected, in order
 * @param seconds how long the checking took
 */
public record Report(
        String title, String kind, String subject, List<Line> lines, List<Mistake> mistakes, double seconds) {

    private static final Pattern POWER = Pattern.compile("(\\d)e([-+]?\\d+)");

    /**
     * One step.
     *
     * @param relation the sign in front of the formula in TeX ({@code =}, {@code \propto}, ...), empty at the start
     * @param tex the formula, or words with mathematics between dollar signs if {@code words} is set
     * @param words whether {@code tex} is prose
     * @param reason why the step holds; may contain mathematics between dollar signs
     * @param verdict what the check is, for programs: {@code start}, {@code equal}, {@code proportional}, ...
     * @param measured what was measured, in a few words, such as "error 2e-16"
     * @param error the number that was held against the tolerance
     * @param tolerance the largest error that passes
     * @param passed whether the step holds
     * @param ids the statements of the lecture notes that the step proves
     */
    public record Line(
            String relation,
            String tex,
            boolean words,
            String reason,
            String verdict,
            String measured,
            double error,
            double tolerance,
            boolean passed,
            List<String> ids) {}

    /**
     * A wrong formula and how far off it was.
     *
     * @param step the number of the step it was tried in, from 1
     * @param name what is wrong in it
     * @param measured by how much it was off, in words
     * @param rejected whether the check noticed
     */
    public record Mistake(int step, String name, String measured, boolean rejected) {}

    public Report {
        lines = List.copyOf(lines);
        mistakes = List.copyOf(mistakes);
    }

    /** Whether every line holds and every mistake was rejected. */
    public boolean passed() {
        return lines.stream().allMatch(Line::passed) && mistakes.stream().allMatch(Mistake::rejected);
    }

    /**
     * This report, if everything in it holds.
     *
     * @throws CheckFailedException otherwise
     */
    Report orThrow() {
        if (!passed()) {
            throw new CheckFailedException(this);
        }
        return this;
    }

    /** A Markdown table with mathematics between dollar signs, the mistakes folded below it. */
    public String markdown() {
        StringBuilder md = new StringBuilder("**" + title + "**");
        if (!subject.isEmpty()) {
            md.append(" · *").append(subject).append('*');
        }
        md.append("\n\n| | | checked | |\n|---:|:---|:---|:---|\n");
        for (Line line : lines) {
            String formula = line.words ? cell(line.tex) : math(line.tex);
            md.append("| ").append(line.relation.isEmpty() ? "" : math(line.relation));
            md.append(" | ").append(formula);
            md.append(" | ")
                    .append(mark(line))
                    .append(line.verdict.equals("start") ? "" : numbers(cell(line.measured)));
            md.append(" | ").append(cell(line.reason)).append(ids(line)).append(" |\n");
        }
        if (!mistakes.isEmpty()) {
            long rejected = mistakes.stream().filter(Mistake::rejected).count();
            md.append("\n<details><summary>Can this check fail? ").append(mistakes.size());
            md.append(" mistakes tried, ").append(rejected).append(" rejected</summary>\n\n");
            md.append("| step | mistake | found |\n|---:|:---|:---|\n");
            for (Mistake m : mistakes) {
                md.append("| ")
                        .append(m.step)
                        .append(" | ")
                        .append(cell(m.name))
                        .append(" | ");
                md.append(m.rejected ? "✗ " : "**accepted** ")
                        .append(cell(m.measured))
                        .append(" |\n");
            }
            md.append("\n</details>\n");
        }
        return md.toString();
    }

    /** The formulas with their verdicts as one LaTeX display. */
    public String latex() {
        StringBuilder tex = new StringBuilder("$$\\begin{array}{rll}\n");
        for (Line line : lines) {
            tex.append(line.relation).append(" & ");
            tex.append(line.words ? "\\text{" + line.tex + "}" : "\\displaystyle " + line.tex)
                    .append(" & ");
            if (!line.verdict.equals("start")) {
                tex.append(line.passed ? "\\checkmark" : "\\times")
                        .append("\\ \\text{")
                        .append(line.measured.replace("%", "\\%"));
                tex.append('}');
            }
            tex.append(" \\\\\n");
        }
        return tex.append("\\end{array}$$").toString();
    }

    /** Readable text for a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title);
        if (!subject.isEmpty()) {
            text.append(" (").append(subject).append(')');
        }
        for (Line line : lines) {
            String check = line.verdict.equals("start") ? "" : (line.passed ? "ok, " : "FAILED, ") + line.measured;
            text.append(String.format(Locale.ROOT, "%n%12s %s", sign(line.relation), line.tex));
            String remarks = String.join(
                    "; ",
                    List.of(check, line.reason).stream()
                            .filter(s -> !s.isEmpty())
                            .toList());
            if (!remarks.isEmpty()) {
                text.append(String.format(Locale.ROOT, "%n%16s%s", "", remarks));
            }
            if (!line.ids.isEmpty()) {
                text.append(" [").append(String.join(", ", line.ids)).append(']');
            }
        }
        if (!mistakes.isEmpty()) {
            long rejected = mistakes.stream().filter(Mistake::rejected).count();
            text.append(String.format(Locale.ROOT, "%n    %d mistakes tried, %d rejected", mistakes.size(), rejected));
        }
        return text.toString();
    }

    /** What was checked, for programs: only maps, lists, strings, numbers and booleans. */
    public Map<String, Object> record() {
        List<Object> checks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean start = line.verdict.equals("start");
            if (start && line.ids.isEmpty()) {
                continue;
            }
            // the start of a chain is an expression: what proves it is the comparison with the next one
            Line proof = start && i + 1 < lines.size() ? lines.get(i + 1) : line;
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("ids", line.ids);
            check.put("what", (line.relation + " " + line.tex).strip());
            check.put("verdict", line.verdict);
            check.put("measured", proof.measured);
            check.put("error", finite(proof.error));
            check.put("tolerance", finite(proof.tolerance));
            check.put("passed", proof.passed);
            checks.add(check);
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("title", title);
        record.put("kind", kind);
        record.put("passed", passed());
        record.put("seconds", Math.round(seconds * 1000) / 1000.0);
        record.put("checks", checks);
        if (!mistakes.isEmpty()) {
            long rejected = mistakes.stream().filter(Mistake::rejected).count();
            record.put("mistakes", Map.of("tried", mistakes.size(), "rejected", (int) rejected));
        }
        return record;
    }

    /** JSON has no infinity. */
    private static double finite(double x) {
        return Double.isFinite(x) ? x : Double.MAX_VALUE;
    }

    private static String mark(Line line) {
        return line.verdict.equals("start") ? "" : line.passed ? "✓\u00a0" : "✗\u00a0";
    }

    private static String ids(Line line) {
        StringBuilder ids = new StringBuilder();
        for (String id : line.ids) {
            ids.append(" `").append(id).append('`');
        }
        return ids.toString();
    }

    private static String math(String tex) {
        return "$\\displaystyle " + bars(tex.replace("\n", " ")) + "$";
    }

    /** Numbers such as 2e-16 with a raised exponent, and nothing in them that a narrow column could break. */
    private static String numbers(String text) {
        Matcher matcher = POWER.matcher(text.replace("error ", "error\u00a0"));
        return matcher.replaceAll(m -> m.group(1) + "·10" + raised(m.group(2).replaceFirst("^\\+", "")));
    }

    private static String raised(String digits) {
        return digits.chars()
                .mapToObj(c -> c == '-' ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹".substring(c - '0', c - '0' + 1))
                .collect(Collectors.joining());
    }

    /** A bar would end the cell of a Markdown table: in mathematics TeX has a word for it, in prose it is escaped. */
    private static String cell(String text) {
        String[] proseAndMath = text.replace("\n", " ").split("\\$", -1);
        for (int i = 0; i < proseAndMath.length; i++) {
            proseAndMath[i] = i % 2 == 1 ? bars(proseAndMath[i]) : proseAndMath[i].replace("|", "\\|");
        }
        return String.join("$", proseAndMath);
    }

    private static String bars(String tex) {
        return tex.replace("\\|", "\\Vert ").replace("|", "\\vert ");
    }

    private static String sign(String relation) {
        return switch (relation) {
            case "\\propto" -> "proportional";
            case "\\ge" -> ">=";
            case "\\le" -> "<=";
            case "\\ne" -> "not";
            case "\\approx" -> "about";
            default -> relation;
        };
    }
}
