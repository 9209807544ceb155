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
        String error = "error " + Verdict.number(gap.error());
        String remark = passed ? error : error + ", tolerance " + Verdict.number(tolerance) + ": " + gap.detail();
        int shown = passed ? right.placeOfLargest() : gap.element(); // where all agree, rounding decides which is worst
        return add(
                statement,
                "equal",
                right.shortly(shown),
                found.shortly(shown),
                remark,
                gap.error(),
                tolerance,
                passed,
                ids);
    }

    /** The value is larger than the bound. */
    public Claims above(String statement, double value, double bound, String... ids) {
        return bound(statement, "above", "> ", value, bound, bound - value, value > bound, ids);
    }

    /** The value is smaller than the bound. */
    public Claims below(String statement, double value, double bound, String... ids) {
        return bound(statement, "below", "< ", value, bound, value - bound, value < bound, ids);
    }

    private Claims bound(
            String statement,
            String verdict,
            String sign,
            double value,
            double bound,
            double excess,
            boolean passed,
            String... ids) {
        String remark = passed ? "" : "not " + sign + Verdict.sixDigits(bound);
        return add(
                statement,
                verdict,
                sign + Verdict.sixDigits(bound),
                Verdict.sixDigits(value),
                remark,
                excess,
                0,
                passed,
                ids);
    }

    /** A Monte-Carlo mean lies within 4 standard errors of the exact value, in every element. */
    public Claims inExpectation(String statement, Estimate estimate, Object exact, String... ids) {
        double z = estimate.zScore(exact);
        Quantity truth = Quantity.of(exact);
        Quantity mean = new Quantity(estimate.mean(), false);
        int shown = z <= 4 ? truth.placeOfLargest() : estimate.worstElement(exact);
        String remark = String.format(Locale.ROOT, "z = %.1f, %,d samples", z, estimate.samples());
        return add(
                statement,
                "equal in expectation",
                truth.shortly(shown),
                mean.shortly(shown),
                remark,
                z,
                4,
                z <= 4,
                ids);
    }

    /** A property holds. */
    public Claims holds(String statement, boolean property, String... ids) {
        return add(statement, "holds", "true", String.valueOf(property), "", property ? 0 : 1, 0, property, ids);
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
            String expected,
            String found,
            String remark,
            double error,
            double tolerance,
            boolean passed,
            String... ids) {
        String measured = found + ", expected " + expected + (remark.isEmpty() ? "" : ", " + remark);
        lines.add(new Report.Line(
                "", statement, true, "", verdict, measured, error, tolerance, passed, List.of(ids), expected, found));
        return this;
    }
}
