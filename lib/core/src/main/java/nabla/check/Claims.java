package nabla.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

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
     * Two values are equal, up to the tolerance in every element. As in a {@link Derivation}, an element's error is relative to the larger of
     * the two; up to 2^-46 of the value's largest element it is rounding, and relative to that; and zero, which has no size, is held against 1.
     *
     * @param statement words, with mathematics between dollar signs
     * @param expected a number, {@code double[]}, matrix or {@link nabla.math.LogNumber}
     * @param actual the same kind and shape
     * @param tolerance at least 0 and below 1/2, at which a value passes that is twice as large
     */
    public Claims equal(String statement, Object expected, Object actual, double tolerance, String... ids) {
        Verdict.requireTolerance(tolerance);
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

    /**
     * A value is what was printed of it, rounded to the digits that stand there: 0.5724 rounds to 0.572. Zero has no digits to be held to:
     * see {@link #equal}.
     *
     * @param printed a number such as "0.572" or "3e-5", or several with commas between them
     * @param value a number, or as many as are printed, in the order of their rows
     */
    public Claims roundsTo(String statement, String printed, Object value, String... ids) {
        Quantity found = Quantity.of(value).plain();
        List<BigDecimal> numbers =
                Stream.of(printed.split(",\\s*", -1)).map(Claims::digits).toList();
        if (numbers.size() != found.size()) {
            throw new IllegalArgumentException(
                    "printed: expected " + found.size() + " numbers, got \"" + printed + "\"");
        }
        double worst = 0; // in units of the last digit
        StringJoiner shown = new StringJoiner(", "); // to two digits more than printed
        for (int i = 0; i < found.size(); i++) {
            BigDecimal number = numbers.get(i);
            double units =
                    Math.abs(found.get(i) - number.doubleValue()) / number.ulp().doubleValue();
            worst = Math.max(worst, units); // NaN stays NaN
            shown.add(Verdict.digits(Math.max(6, number.precision() + 2), found.get(i)));
        }
        boolean passed = worst <= 0.5 + 1e-9; // half a unit, as far as binary numbers know halves
        String remark = passed ? "" : "off by " + Verdict.number(worst) + " units of the last digit";
        return add(statement, "rounds to", printed, shown.toString(), remark, worst, 0.5, passed, ids);
    }

    private static BigDecimal digits(String number) {
        BigDecimal digits;
        try {
            digits = new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("printed: expected a number, got \"" + number + "\"", e);
        }
        if (digits.signum() == 0) {
            throw new IllegalArgumentException("printed: expected a number other than zero, got \"" + number + "\"");
        }
        return digits;
    }

    /** The value is a number, and larger than the bound. */
    public Claims above(String statement, double value, double bound, String... ids) {
        return bound(
                statement, "above", "> ", value, bound, bound - value, value > bound && Double.isFinite(value), ids);
    }

    /** The value is a number, and smaller than the bound. */
    public Claims below(String statement, double value, double bound, String... ids) {
        return bound(
                statement, "below", "< ", value, bound, value - bound, value < bound && Double.isFinite(value), ids);
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

    /**
     * A Monte-Carlo mean lies within 4 standard errors of the exact value, in every element. The samples must be so many that a mistake could
     * be found: in some element the exact value is more than 8 standard errors; where it is zero, there are more than 64 samples.
     */
    public Claims inExpectation(String statement, Estimate estimate, Object exact, String... ids) {
        double z = estimate.zScore(exact);
        boolean couldFail = estimate.couldFindAMistakeIn(exact);
        Quantity truth = Quantity.of(exact);
        Quantity mean = new Quantity(estimate.mean(), false);
        int shown = z <= Estimate.STANDARD_ERRORS ? truth.placeOfLargest() : estimate.worstElement(exact);
        String remark = String.format(Locale.ROOT, "z = %.1f, %,d samples", z, estimate.samples())
                + (couldFail ? "" : ": so few that no mistake could be found");
        return add(
                statement,
                "equal in expectation",
                truth.shortly(shown),
                mean.shortly(shown),
                remark,
                z,
                Estimate.STANDARD_ERRORS,
                couldFail && z <= Estimate.STANDARD_ERRORS,
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
        if (lines.isEmpty()) {
            throw new IllegalStateException(title + ": expected at least one claim");
        }
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
