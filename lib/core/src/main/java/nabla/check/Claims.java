package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Statements that are no chain of equations: a number that must come out, a property that must hold.
 *
 * <pre>{@code
 * Claims.of("The partition function")
 *         .equal("three ways of summing agree", 173.152, z, 1e-12, "RBM-36")
 *         .holds("every unit is 0 or 1", allBinary, "RBM-07")
 *         .check();
 * }</pre>
 */
public final class Claims {
    private final String title;
    private final List<Report.Line> lines = new ArrayList<>();
    private final long started = System.nanoTime();

    private Claims(String title) {
        this.title = title;
    }

    /** Begins a list of claims. */
    public static Claims of(String title) {
        return new Claims(title);
    }

    /**
     * Two values are equal: |x - y| / max(1, |x|, |y|) is at most the tolerance in every element.
     *
     * @param statement words, with mathematics between dollar signs
     * @param expected a number, {@code double[]}, matrix or {@link nabla.math.LogNumber}
     * @param actual the same kind and shape
     */
    public Claims equal(String statement, Object expected, Object actual, double tolerance, String... ids) {
        Quantity right = Quantity.of(expected);
        Quantity found = Quantity.of(actual);
        Quantity.Gap gap = right.gap(found);
        boolean passed = gap.error() <= tolerance;
        String value = found.size() == 1 && !found.logDomain() ? Verdict.sixDigits(found.get(0)) + ", " : "";
        String measured = passed
                ? value + "error " + Verdict.number(gap.error())
                : "error " + Verdict.number(gap.error()) + ", tolerance " + Verdict.number(tolerance) + ": "
                        + gap.detail();
        return add(statement, "equal", measured, gap.error(), tolerance, passed, ids);
    }

    /** The value is larger than the bound. */
    public Claims above(String statement, double value, double bound, String... ids) {
        return add(
                statement,
                "above",
                Verdict.sixDigits(value) + " > " + Verdict.sixDigits(bound),
                bound - value,
                0,
                value > bound,
                ids);
    }

    /** The value is smaller than the bound. */
    public Claims below(String statement, double value, double bound, String... ids) {
        return add(
                statement,
                "below",
                Verdict.sixDigits(value) + " < " + Verdict.sixDigits(bound),
                value - bound,
                0,
                value < bound,
                ids);
    }

    /** A Monte-Carlo mean lies within 4 standard errors of the exact value, in every element. */
    public Claims inExpectation(String statement, Estimate estimate, Object exact, String... ids) {
        double z = estimate.zScore(exact);
        String measured = String.format(Locale.ROOT, "z = %.1f, %,d samples", z, estimate.samples());
        return add(statement, "equal in expectation", measured, z, 4, z <= 4, ids);
    }

    /** A property holds. */
    public Claims holds(String statement, boolean property, String... ids) {
        return add(statement, "holds", property ? "true" : "false", property ? 0 : 1, 0, property, ids);
    }

    /**
     * The report of all claims.
     *
     * @throws CheckFailedException if a claim does not hold; names each such claim with its values
     */
    public Report check() {
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Report(title, "check", "", lines, List.of(), seconds).orThrow();
    }

    private Claims add(
            String statement,
            String verdict,
            String measured,
            double error,
            double tolerance,
            boolean passed,
            String... ids) {
        lines.add(new Report.Line("", statement, true, "", verdict, measured, error, tolerance, passed, List.of(ids)));
        return this;
    }
}
