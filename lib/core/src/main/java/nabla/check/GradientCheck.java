package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Holds derived gradients against numerical ones, block by block.
 *
 * <p>An element is right if it differs from the finite difference by no more than the tolerance, relative to the element itself, or by
 * what the finite difference may be off. It is wrong if it differs by clearly more, with two different series of steps. In between, or
 * where the finite difference is worse than the tolerance (relative to the block's largest element), nobody can tell here: the report
 * says why, a kink, a jump, noise or rounding. Only a block that is right everywhere passes.
 *
 * <p>For each block the report names the worst element (the largest, if all are right), the ratio derived / numerical there (2, -1 and
 * the number of examples are the usual mistakes), and the slope of the Taylor remainder |f(x + t d) - f(x) - t g'd| against t on
 * logarithmic scales along a random direction d: 2 when the gradient g is right, 1 when it is wrong. A slope below 1.4 does not pass
 * either.
 */
public final class GradientCheck {
    private static final double DEFAULT_TOLERANCE = 1e-8;
    private static final double OTHER_FIRST_STEP = 0.31;
    private static final double CLEARLY = 10; // so many times the error of the finite difference
    private static final double KNOWN_TO = 1e-5; // of an element that is small beside others
    private static final double LEAST_SLOPE = 1.4;

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

    /** The largest relative error that passes in the blocks that follow; 1e-8 unless set. */
    public GradientCheck within(double tolerance) {
        Require.between("tolerance", tolerance, 0, 1);
        this.tolerance = tolerance;
        return this;
    }

    /**
     * Checks one block of parameters.
     *
     * @param name in TeX, such as {@code W}
     * @param x the parameters that {@code f} reads; moved one by one, and put back whatever happens
     * @param gradient the derived gradient, the shape of {@code x}; not modified
     * @param ids the statements of the notes that it proves
     * @throws ArithmeticException if f is not finite however close to x
     */
    public GradientCheck block(String name, SimpleMatrix x, SimpleMatrix gradient, String... ids) {
        Require.shape("gradient of " + name, gradient, x.getNumRows(), x.getNumCols());
        SimpleMatrix derived = gradient.copy(); // it may be x itself
        SimpleMatrix numerical = new SimpleMatrix(x.getNumRows(), x.getNumCols());
        List<Differences> differences = new ArrayList<>();
        for (int i = 0; i < x.getNumElements(); i++) {
            differences.add(Numeric.differences(f, x, i));
            numerical.set(i, differences.get(i).derivative().value());
        }
        double size = x.getNumElements() == 0 ? 0 : Math.max(derived.elementMaxAbs(), numerical.elementMaxAbs());
        Finding worst = Finding.RIGHT;
        int shown = new Quantity(numerical, false)
                .placeOfLargest(); // where all is well, rounding decides which element is worst
        for (int i = 0; i < x.getNumElements(); i++) {
            Finding finding = finding(derived.get(i), differences.get(i), size, x, i);
            if (finding.severity > worst.severity) {
                worst = finding;
                shown = i;
            }
        }
        double slope = taylorSlope(x, derived);
        if (worst.isRight() && slope < LEAST_SLOPE) {
            worst = Finding.unknown("the Taylor remainder falls like a wrong gradient's");
        }
        double error = size == 0 ? 0 : largest(derived.minus(numerical)) / size;
        String measured =
                String.format(Locale.ROOT, "error %s, Taylor slope %s", Verdict.number(error), slopeInWords(slope));
        if (!worst.isRight()) {
            measured += ", tolerance " + Verdict.number(tolerance) + ": " + worst.words;
        }
        lines.add(new Report.Line(
                "",
                "\\nabla_{" + name + "}",
                false,
                inWords(derived, numerical, shown, worst.isRight()),
                "equal",
                measured,
                error,
                tolerance,
                worst.isRight(),
                List.of(ids)));
        return this;
    }

    /**
     * The report of all blocks.
     *
     * @throws CheckFailedException if a gradient is wrong, or nobody can tell; says in which element, by which ratio, and what may be wrong
     */
    public Report check() {
        if (lines.isEmpty()) {
            throw new IllegalStateException(title + ": expected at least one block");
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Report(title, "gradient", "", lines, List.of(), seconds).orThrow();
    }

    /** What can be said of one element. */
    private record Finding(int severity, String words) {
        static final Finding RIGHT = new Finding(0, "");

        boolean isRight() {
            return severity == 0;
        }

        static Finding unknown(String why) {
            return new Finding(1, "cannot tell here: " + why);
        }

        static Finding wrong(double derived, double numerical) {
            double ratio = derived / numerical;
            String guess = Math.abs(ratio + 1) < 1e-6
                    ? ", the sign is wrong"
                    : Math.abs(ratio - Math.rint(ratio)) < 1e-6 && ratio > 1
                            ? ", counted " + Math.round(ratio) + " times, or a sum for a mean"
                            : "";
            return new Finding(2, String.format(Locale.ROOT, "the gradient is wrong, ratio %.6g%s", ratio, guess));
        }
    }

    private Finding finding(double derived, Differences differences, double size, SimpleMatrix x, int element) {
        if (differences.shape() != Differences.Shape.SMOOTH) {
            return Finding.unknown(
                    "the function has a " + differences.shape().name().toLowerCase(Locale.ROOT) + " at this point");
        }
        if (differences.isNoisy()) {
            return Finding.unknown(whyUnknown(differences));
        }
        if (differences.isStaircase()) {
            return Finding.unknown("the function moves in stairs, as where it is rounded to single precision");
        }
        double numerical = differences.derivative().value();
        double error = differences.derivative().error();
        double difference = Math.abs(derived - numerical);
        double larger = Math.max(Math.abs(derived), Math.abs(numerical));
        double allowed = tolerance * larger;
        boolean isZero = larger <= 3 * error && error <= tolerance * Math.max(size, differences.largest());
        boolean isKnown = error <= Math.max(tolerance, KNOWN_TO) * larger && error <= tolerance * size;
        if (difference <= allowed + 2 * error && (isKnown || isZero)) {
            return Finding.RIGHT;
        }
        if (!(difference <= allowed + CLEARLY * error)) {
            Numeric.Derivative again =
                    Numeric.differences(f, x, element, OTHER_FIRST_STEP).derivative();
            boolean agree = Math.abs(again.value() - numerical) <= CLEARLY * (error + again.error()) + 0.1 * difference;
            if (agree && !(Math.abs(derived - again.value()) <= allowed + CLEARLY * again.error())) {
                return Finding.wrong(derived, numerical);
            }
        }
        return Finding.unknown(whyUnknown(differences));
    }

    private static String whyUnknown(Differences differences) {
        double error = differences.derivative().error();
        if (!Double.isFinite(error)) {
            return "differences with different steps do not agree (a kink nearby?)";
        }
        return (differences.isNoisy()
                        ? "noise in the function, of about " + Verdict.number(differences.noise())
                        : "rounding of the function, which is " + Verdict.number(differences.at()))
                + ", leaves the finite difference off by up to " + Verdict.number(error);
    }

    private static String inWords(SimpleMatrix derived, SimpleMatrix numerical, int shown, boolean passed) {
        if (derived.getNumElements() == 0) {
            return "no elements";
        }
        return String.format(
                Locale.ROOT,
                "%d elements, %s%s: derived %.6g, numerical %.6g, ratio %.6g",
                derived.getNumElements(),
                passed ? "largest" : "worst",
                new Quantity(numerical, false).place(shown),
                derived.get(shown),
                numerical.get(shown),
                derived.get(shown) / numerical.get(shown));
    }

    private static double largest(SimpleMatrix x) {
        return new Quantity(x, false).largest();
    }

    /**
     * The slope of log |remainder| against log t along a random direction, fitted by least squares, for steps from where the function is
     * seen to be smooth down to 1/256 of that, in units of the parameters; NaN if the remainder is no more than rounding.
     */
    private double taylorSlope(SimpleMatrix x, SimpleMatrix gradient) {
        if (x.getNumElements() == 0) {
            return Double.NaN;
        }
        SimpleMatrix start = x.copy();
        SimpleMatrix direction = Randoms.normal(x.getNumRows(), x.getNumCols(), 1, new SplittableRandom(1));
        double unit = x.normF() > 0 ? x.normF() : 1;
        SimpleMatrix d = direction.scale(unit / direction.normF());
        DoubleUnaryOperator along = t -> {
            x.setTo(start.plus(d.scale(t)));
            return f.getAsDouble();
        };
        try {
            Differences differences = Differences.of(along, 0);
            double rise = gradient.elementMult(d).elementSum();
            List<double[]> points = new ArrayList<>();
            for (int k = 0; k <= 8; k++) {
                double t = differences.narrowestStep() * Math.pow(2, -k);
                double remainder = Math.abs(along.applyAsDouble(t) - differences.at() - t * rise);
                if (remainder > 8 * differences.noise() + 8 * Differences.ROUNDING * t * Math.abs(rise)) {
                    points.add(new double[] {Math.log(t), Math.log(remainder)});
                }
            }
            return points.size() < 3 ? Double.NaN : leastSquaresSlope(points);
        } finally {
            x.setTo(start);
        }
    }

    private static double leastSquaresSlope(List<double[]> points) {
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
