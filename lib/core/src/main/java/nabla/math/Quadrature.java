package nabla.math;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Integrals of smooth functions over an interval: Gauss-Legendre quadrature with 16 points on each of 128 pieces. */
public final class Quadrature {
    private static final int POINTS = 16;
    private static final int PIECES = 128;

    private Quadrature() {}

    /**
     * The integral of f, to some fourteen digits where f is smooth on the scale of a hundredth of the interval.
     *
     * @param from where it begins
     * @param to where it ends, above {@code from}; both finite
     * @throws IllegalArgumentException if the interval is empty or endless
     * @throws ArithmeticException if f is not finite at one of the points
     */
    public static double integral(DoubleUnaryOperator f, double from, double to) {
        Require.present("f", f);
        requireInterval(from, to);
        GaussIntegratorFactory rules = new GaussIntegratorFactory();
        double width = (to - from) / PIECES;
        double sum = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            GaussIntegrator rule = rules.legendre(POINTS, from + piece * width, from + (piece + 1) * width);
            sum += rule.integrate(f::applyAsDouble);
        }
        if (!Double.isFinite(sum)) {
            throw new ArithmeticException("f: expected a function that is finite between " + from + " and " + to);
        }
        return sum;
    }

    static void requireInterval(double from, double to) {
        Require.finite("from", from);
        if (!(to > from && Double.isFinite(to - from))) {
            throw new IllegalArgumentException("to: expected a number above " + from + ", got " + to);
        }
    }
}
