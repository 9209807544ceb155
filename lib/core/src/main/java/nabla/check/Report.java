package nabla.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @param expected of a claim: the value that it says, in words
     * @param found of a claim: the value that was computed, in words
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
            List<String> ids,
            String expected,
            String found) {

        /** A line that shows no two values: the step of a derivation, the block of a gradient. */
        Line(
                String relation,
                String tex,
                boolean words,
                String reason,
                String verdict,
                String measured,
                double error,
                double tolerance,
                boolean passed,
                List<String> ids) {
            this(relation, tex, words, reason, verdict, measured, error, tolerance, passed, ids, "", "");
        }

        /** Whether it begins a chain, and so is compared with nothing. */
        boolean starts() {
            return verdict.equals("start");
        }

        /** Whether it is a formula that is wrong: it stands outside the chain. */
        boolean printedWrongly() {
            return verdict.equals("differs");
        }

        /** What was measured in the fewest words, for where the column says the rest. */
        String remark() {
            if (!found.isEmpty()) {
                String values = found + ", expected " + expected;
                return measured.substring(values.length()).replaceFirst("^, ", "");
            }
            String shortly = passed ? measured.replaceFirst("^error ", "") : measured;
            return verdict.equals("confirmed") ? "confirmed, " + shortly : shortly;
        }
    }

    /**
     * A wrong formula and how far off it was.
     *
     * @param step the number of the step it was tried in, from 1
     * @param name what is wrong in it
     * @param named whether it is a mistake of this formula, and not one that can be made in any
     * @param measured by how much it was off, in words
     * @param rejected whether the check noticed
     */
    public record Mistake(int step, String name, boolean named, String measured, boolean rejected) {}

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

    /**
     * Markdown with mathematics between dollar signs. A derivation is a table for each of its chains, with formulas that are printed wrongly
     * below it and the mistakes folded; claims fold to one line with their number.
     */
    public String markdown() {
        String heading = "**" + title + "**" + (subject.isEmpty() ? "" : " · *" + subject + "*");
        return switch (kind) {
            case "check" -> claims();
            case "derivation" ->
                heading + "\n" + chains().stream().map(Report::chain).collect(Collectors.joining())
                        + mistakesInMarkdown();
            default -> heading + "\n" + chain(lines);
        };
    }

    private String claims() {
        long held = lines.stream().filter(Line::passed).count();
        String count = held == lines.size()
                ? held + (held == 1 ? " check" : " checks")
                : held + " of " + lines.size() + " checks";
        StringBuilder md = new StringBuilder(passed() ? "<details>" : "<details open>");
        md.append("<summary>").append(passed() ? "✓ " : "✗ ").append(count).append(" passed: ");
        md.append(title.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</summary>\n\n| | expected | found | |\n|:---|:---|:---|:---|\n");
        for (Line line : lines) {
            md.append("| ").append(cell(line.tex)).append(ids(line));
            md.append(" | ").append(numbers(cell(line.expected)));
            md.append(" | ").append(numbers(cell(line.found)));
            md.append(" | ")
                    .append(mark(line))
                    .append(numbers(cell(line.remark())))
                    .append(" |\n");
        }
        return md.append("\n</details>\n").toString();
    }

    /** The lines of each chain, the first of which is its start. */
    private List<List<Line>> chains() {
        List<List<Line>> chains = new ArrayList<>();
        for (Line line : lines) {
            if (line.starts() || chains.isEmpty()) {
                chains.add(new ArrayList<>());
            }
            chains.get(chains.size() - 1).add(line);
        }
        return chains;
    }

    private static String chain(List<Line> chain) {
        StringBuilder md = new StringBuilder("\n| | | reason | |\n|---:|:---|:---|:---|\n");
        for (Line line : chain) {
            if (!line.printedWrongly()) {
                md.append("| ").append(line.relation.isEmpty() ? "" : math(line.relation));
                md.append(" | ").append(line.words ? cell(line.tex) : math(line.tex));
                md.append(" | ").append(cell(line.reason)).append(ids(line));
                md.append(" | ").append(mark(line));
                md.append(line.starts() ? "" : numbers(cell(line.remark()))).append(" |\n");
            }
        }
        for (Line line : chain) {
            if (line.printedWrongly()) {
                md.append("\n✗ Not so: ").append(math(line.tex));
                md.append(line.reason.isEmpty() ? "" : ", " + line.reason);
                md.append(" (")
                        .append(numbers(line.measured))
                        .append(')')
                        .append(ids(line))
                        .append('\n');
            }
        }
        return md.toString();
    }

    /** The named mistakes one by one; of those that can be made in any formula, how many. */
    private String mistakesInMarkdown() {
        if (mistakes.isEmpty()) {
            return "";
        }
        long rejected = mistakes.stream().filter(Mistake::rejected).count();
        StringBuilder md = new StringBuilder("\n<details><summary>Can this check fail? ").append(mistakes.size());
        md.append(" mistakes tried, ").append(rejected).append(" rejected</summary>\n\n");
        List<Mistake> told =
                mistakes.stream().filter(m -> m.named || !m.rejected).toList();
        if (!told.isEmpty()) {
            md.append("| step | mistake | found |\n|---:|:---|:---|\n");
            for (Mistake m : told) {
                md.append("| ").append(m.step).append(" | ").append(cell(m.name));
                md.append(" | ")
                        .append(m.rejected ? "✗ " : "**accepted** ")
                        .append(numbers(cell(m.measured)))
                        .append(" |\n");
            }
            md.append('\n');
        }
        String others = mistakes.stream()
                .filter(m -> !m.named)
                .map(Mistake::name)
                .distinct()
                .collect(Collectors.joining(", "));
        long count = mistakes.stream().filter(m -> !m.named).count();
        if (count > 0) {
            md.append(told.isEmpty() ? "" : "And ")
                    .append(count)
                    .append(" that can be made in any formula: ")
                    .append(others)
                    .append(".\n\n");
        }
        return md.append("</details>\n").toString();
    }

    /** The formulas with their verdicts as one LaTeX display. */
    public String latex() {
        StringBuilder tex = new StringBuilder("$$\\begin{array}{rlll}\n");
        for (Line line : lines) {
            tex.append(line.relation).append(" & ");
            tex.append(line.words ? "\\text{" + line.tex + "}" : "\\displaystyle " + line.tex);
            tex.append(" & \\text{").append(line.reason).append("} & ");
            if (!line.starts()) {
                tex.append(line.passed && !line.printedWrongly() ? "\\checkmark" : "\\times");
                tex.append("\\ \\text{")
                        .append(line.measured.replace("%", "\\%"))
                        .append('}');
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
            text.append(String.format(Locale.ROOT, "%n%12s %s", sign(line), line.tex));
            String remarks = Stream.of(line.reason, verdictInText(line))
                    .filter(remark -> !remark.isEmpty())
                    .collect(Collectors.joining("; "));
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

    private static String verdictInText(Line line) {
        if (line.starts()) {
            return "";
        } else if (line.printedWrongly()) {
            return line.measured;
        } else if (line.verdict.equals("confirmed")) {
            return (line.passed ? "confirmed, " : "FAILED, ") + line.measured;
        }
        return (line.passed ? "ok, " : "FAILED, ") + line.measured;
    }

    /**
     * What was checked, for programs: only maps, lists, strings, numbers and booleans. Every line is in it. The start of a chain is an
     * expression, which the comparison with the next one proves: it has the figures of that one.
     */
    public Map<String, Object> record() {
        List<Object> checks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            Line proof = line.starts() ? proofOf(i) : line;
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("ids", line.ids);
            check.put("what", (line.relation + " " + line.tex).strip());
            check.put("reason", line.reason);
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

    /** The line that is compared with the start of a chain, or the start itself if there is none. */
    private Line proofOf(int start) {
        for (Line line : lines.subList(start + 1, lines.size())) {
            if (line.starts()) {
                break;
            } else if (!line.printedWrongly()) {
                return line;
            }
        }
        return lines.get(start);
    }

    /** JSON has no infinity. */
    private static double finite(double x) {
        return Double.isFinite(x) ? x : Double.MAX_VALUE;
    }

    private static String mark(Line line) {
        return line.starts() ? "" : line.passed ? "✓\u00a0" : "✗\u00a0";
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

    private static String sign(Line line) {
        return switch (line.relation) {
            case "\\propto" -> "proportional";
            case "\\ge" -> ">=";
            case "\\le" -> "<=";
            case "\\ne" -> "not";
            case "\\approx" -> "about";
            default -> line.relation;
        };
    }
}
