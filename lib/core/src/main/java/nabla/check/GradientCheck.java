package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Holds derived gradients against numerical ones, block by block.
 *
 * <p>For each block of parameters the report names the worst element (the largest, if all are right), the ratio derived /
 * numerical there (2, -1 and the number of examples are the usual mistakes), and the slope of the Taylor remainder |f(x + t d) - f(x) - t g'd| against t
 * on logarithmic scales along a random direction d: 2 when the gradient g is right, 1 when it is wrong. When the finite
 * difference itself is in doubt, as at a kink, the report says that instead of blaming the gradient.
 */
public final class GradientCheck {
    private static final double DEFAULT_TOLERANCE = 1e-8;

    private final String title;
    private final DoubleSupplier f;
    private final List<Report.Line> lines = new ArrayList<>();
    private final long started = System.nanoTime();
    private double tolerance = DEFAULT_TOLERANCE;

    private GradientCheck(String title, DoubleSupplier f) {
        this.title = title;
        this.f = f;
    }

    /**
     * Begins a check.
     *
     * @param title what is checked
     * @param f the scalar function, reading the parameters that are given later
     */
    public static GradientCheck of(String title, DoubleSupplier f) {
        return new GradientCheck(title, f);
    }

    /** The largest relative error |x - y| / max(1, |x|, |y|) that passes in the blocks that follow; 1e-8 unless set. */
    public GradientCheck within(double tolerance) {
        Require.between("tolerance", tolerance, 0, 1);
        this.tolerance = tolerance;
        return this;
    }

    /**
     * Checks one block of parameters.
     *
     * @param name in TeX, such as {@code W}
     * @param x the parameters that {@code f} reads; moved one by one, and put back
     * @param gradient the derived gradient, the shape of {@code x}; not modified
     * @param ids the statements of the notes that it proves
     */
    public GradientCheck block(String name, SimpleMatrix x, SimpleMatrix gradient, String... ids) {
        Require.shape("gradient of " + name, gradient, x.getNumRows(), x.getNumCols());
        Numeric.Gradient numeric = Numeric.gradientWithError(f, x);
        Quantity derived = Quantity.of(gradient);
        Quantity expected = Quantity.of(numeric.value());
        Quantity.Gap gap = expected.gap(derived);
        double slope = taylorSlope(x, gradient);
        boolean passed = gap.error() <= tolerance;
        // Where all is well rounding alone decides which element is worst, so that the largest says more.
        int shown = passed ? expected.placeOfLargest() : gap.element();
        String measured = String.format(
                Locale.ROOT, "error %s, Taylor slope %s", Verdict.number(gap.error()), slopeInWords(slope));
        String detail = String.format(
                Locale.ROOT,
                "%d elements, %s%s: derived %.6g, numerical %.6g, ratio %.6g",
                x.getNumElements(),
                passed ? "largest" : "worst",
                expected.place(shown),
                gradient.get(shown),
                expected.get(shown),
                gradient.get(shown) / expected.get(shown));
        if (!passed) {
            measured += ", tolerance " + Verdict.number(tolerance) + ": "
                    + (hasKink(x, shown)
                            ? "the function has a kink here, no finite difference is reliable"
                            : blame(
                                    gradient.get(shown),
                                    expected.get(shown),
                                    numeric.error().get(shown)));
        }
        lines.add(new Report.Line(
                "",
                "\\nabla_{" + name + "}",
                false,
                detail,
                "equal",
                measured,
                gap.error(),
                tolerance,
                passed,
                List.of(ids)));
        return this;
    }

    /**
     * The report of all blocks.
     *
     * @throws CheckFailedException if a gradient is wrong; says in which element, by which ratio, and what may be wrong
     */
    public Report check() {
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Report(title, "gradient", "", lines, List.of(), seconds).orThrow();
    }

    /** Whether the slopes to the left and to the right of an element differ by more than curvature explains. */
    private boolean hasKink(SimpleMatrix x, int element) {
        double h = 1e-5;
        double original = x.get(element);
        double at = f.getAsDouble();
        x.set(element, original + h);
        double right = (f.getAsDouble() - at) / h;
        x.set(element, original - h);
        double left = (at - f.getAsDouble()) / h;
        x.set(element, original);
        return Math.abs(right - left) > 1e-3 * Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
    }

    private static String blame(double derived, double numerical, double numericalError) {
        if (numericalError >= 0.1 * Math.abs(derived - numerical)) {
            return "the finite difference is unreliable here, its own error is about " + Verdict.number(numericalError)
                    + ": is there noise in the function?";
        }
        double ratio = derived / numerical;
        String guess = Math.abs(ratio + 1) < 1e-6
                ? ", the sign is wrong"
                : Math.abs(ratio - Math.rint(ratio)) < 1e-6 && ratio > 1
                        ? ", counted " + Math.round(ratio) + " times, or a sum for a mean"
                        : "";
        return String.format(Locale.ROOT, "the gradient is wrong, ratio %.6g%s", ratio, guess);
    }

    /**
     * The slope of log |remainder| against log t between steps of 2^-4 and 2^-12 along a random direction, fitted by
     * least squares; NaN if the remainder is no more than rounding.
     */
    private double taylorSlope(SimpleMatrix x, SimpleMatrix gradient) {
        SimpleMatrix start = x.copy();
        SimpleMatrix direction = Randoms.normal(x.getNumRows(), x.getNumCols(), 1, new SplittableRandom(1));
        direction = direction.divide(direction.normF());
        double at = f.getAsDouble();
        double rise = gradient.elementMult(direction).elementSum();
        List<double[]> points = new ArrayList<>();
        for (int k = 4; k <= 12; k++) {
            double t = Math.pow(2, -k);
            x.setTo(start.plus(direction.scale(t)));
            double remainder = Math.abs(f.getAsDouble() - at - t * rise);
            if (remainder > 1e-13 * Math.max(1, Math.abs(at))) {
                points.add(new double[] {Math.log(t), Math.log(remainder)});
            }
        }
        x.setTo(start);
        if (points.size() < 3) {
            return Double.NaN;
        }
        double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        double covariance = points.stream()
                .mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY))
                .sum();
        double variance = points.stream()
                .mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX))
                .sum();
        return covariance / variance;
    }

    private static String slopeInWords(double slope) {
        return Double.isNaN(slope) ? "none (the function is linear here)" : String.format(Locale.ROOT, "%.2f", slope);
    }
}
