package nabla.check;

import java.util.Locale;

/**
 * How one comparison went.
 *
 * @param passed whether it holds
 * @param error what was held against the tolerance
 * @param measured the result in a few words
 * @param where both values and their place, for the worst draw
 * @param draw the index of the worst draw
 */
record Verdict(boolean passed, double error, String measured, String where, int draw) {

    /** An error that must not be above a tolerance; NaN is. */
    static Verdict ofError(double error, double tolerance, String where, int draw) {
        return new Verdict(error <= tolerance, error, "error " + number(error), where, draw);
    }

    /** At a tolerance of 1/2 a value passes that is twice as large. */
    static void requireTolerance(double tolerance) {
        if (!(tolerance >= 0 && tolerance < 0.5)) {
            throw new IllegalArgumentException("tolerance: expected a number from 0 to below 0.5, got " + tolerance);
        }
    }

    Verdict withMeasured(String words) {
        return new Verdict(passed, error, words, where, draw);
    }

    /** Whether this verdict is the one to report of the two: a failure before a success, the larger error, NaN above all. */
    boolean worseThan(Verdict other) {
        return other == null || (passed == other.passed ? Double.compare(error, other.error) > 0 : !passed);
    }

    /** The error of a rejected mistake, in words. */
    String off() {
        return Double.isFinite(error) ? "off by " + number(error) : where;
    }

    /** Two significant digits: an error has no more. */
    static String number(double x) {
        if (x == 0) {
            return "0";
        }
        return format(Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5 ? "%.2g" : "%.0e", x);
    }

    /** Three significant digits, for the ends of a range. */
    static String threeDigits(double x) {
        return format("%.3g", x);
    }

    /** A value: at most six significant digits, without zeros at the end. */
    static String sixDigits(double x) {
        return digits(6, x);
    }

    /** A value: at most so many significant digits, without zeros at the end. */
    static String digits(int count, double x) {
        String text = format("%." + count + "g", x);
        return text.replaceFirst("(\\.\\d*?)0+(?=e|$)", "$1").replaceFirst("\\.(?=e|$)", "");
    }

    /** As {@link String#format}, but with 1e-5 in place of 1e-05. */
    private static String format(String pattern, double x) {
        return String.format(Locale.ROOT, pattern, x).replace("e-0", "e-").replace("e+0", "e+");
    }
}
