package nabla.check;

import java.util.List;
import java.util.StringJoiner;

/**
 * What is said of a reader's answer: to an exercise, or a derivation of their own.
 *
 * @param title what was asked for
 * @param lines what was judged in order, as far as it got: the lines of a derivation, the items of an exercise
 * @param outcome of the whole
 * @param remark what is left to say of the whole, or nothing
 */
public record Judgement(String title, List<Line> lines, Outcome outcome, String remark) {

    /** What an answer can come to. */
    public enum Outcome {
        NOT_DONE("Not done yet"),
        WRONG("Not right yet"),
        NOT_THERE("Right so far, but not there yet"),
        RIGHT("Right");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /**
     * One line, or one item.
     *
     * @param right whether it is right; the line of a derivation, whether it follows from the line before it
     * @param words what was asked for, or how the line stands to the line before it
     * @param hints what the mistake looks like, the likeliest first
     */
    public record Line(boolean right, String words, List<String> hints) {

        static Line follows(boolean afterMistake) {
            return new Line(
                    true, afterMistake ? "follows from the line before it, with its mistake" : "follows", List.of());
        }

        static Line backAgain() {
            return new Line(true, "does not follow from the line before it, but is right", List.of());
        }

        static Line threw(Throwable thrown) {
            String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
            List<String> hints = thrown instanceof IndexOutOfBoundsException
                    ? List.of("is an index off by one? In Java the first one is 0")
                    : List.of();
            return new Line(false, "threw " + thrown.getClass().getSimpleName() + message, hints);
        }

        static Line breaks(String before, double error, boolean oneNumber, List<String> hints) {
            String size = oneNumber ? "its size" : "the largest element";
            String off = Double.isFinite(error) ? " (off by " + Verdict.number(error) + " times " + size + ")" : "";
            return new Line(false, "does not follow from " + before + off, hints);
        }
    }

    public Judgement {
        lines = List.copyOf(lines);
    }

    /** Whether all is right and complete. */
    public boolean right() {
        return outcome == Outcome.RIGHT;
    }

    /** The number of the first line that is not right, from 1; 0 if there is none. */
    public int firstBroken() {
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).right()) {
                return i + 1;
            }
        }
        return 0;
    }

    private String headline() {
        return title + ": " + outcome.words + (remark.isEmpty() ? "." : ": " + remark + ".");
    }

    /** For a notebook: the outcome, and a list of the lines with hints below the one that breaks. */
    public String markdown() {
        StringBuilder md = new StringBuilder("**" + headline() + "**\n");
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            md.append("\n")
                    .append(i + 1)
                    .append(". ")
                    .append(line.right() ? "✓ " : "✗ ")
                    .append(line.words);
            line.hints.forEach(hint -> md.append("\n   - ").append(hint));
        }
        return md.append(lines.isEmpty() ? "" : "\n").toString();
    }

    /** The same for a terminal. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("\n");
        text.add(headline());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            text.add("  " + (i + 1) + (line.right() ? ". ✓ " : ". ✗ ") + line.words);
            line.hints.forEach(hint -> text.add("      " + hint));
        }
        return text.toString();
    }
}
