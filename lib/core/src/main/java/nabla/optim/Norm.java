package nabla.optim;

import java.util.Map;
import org.ejml.simple.SimpleMatrix;

/** The Euclidean length of named matrices together, for numbers of any size. */
final class Norm {
    /** With this factor, or divided by it, every finite number has a finite square with all its digits. */
    private static final double FAR = 0x1p600;

    private static final double LONGEST_STEP = 1e280;

    private Norm() {}

    /** NaN or infinity if an element is; infinity also where the length itself is too large for a number. */
    static double of(Map<String, SimpleMatrix> matrices) {
        double squares = sumOfSquares(matrices, 1);
        if (squares == Double.POSITIVE_INFINITY) {
            return FAR * Math.sqrt(sumOfSquares(matrices, 1 / FAR));
        }
        if (squares < 1 / FAR) { // some squares are too small for all their digits
            return Math.sqrt(sumOfSquares(matrices, FAR)) / FAR;
        }
        return Math.sqrt(squares);
    }

    /**
     * What makes the length at most {@code largest}: 1 if it already is.
     *
     * @throws ArithmeticException if an element is NaN or infinite; names the parameter
     */
    static double clippingFactor(Direction gradient, double largest) {
        double norm = gradient.norm();
        if (norm <= largest) {
            return 1;
        }
        if (norm < Double.POSITIVE_INFINITY) {
            return largest / norm;
        }
        gradient.matrices().forEach((name, g) -> { // are they finite, and only too long for a number?
            requireFinite(name, sumOfSquares(g.getDDRM().data, 1 / FAR, 0, g.getNumElements()));
        });
        return largest / Math.sqrt(sumOfSquares(gradient.matrices(), 1 / FAR)) / FAR;
    }

    /**
     * Checks that some elements of a gradient are finite, and that {@code rate} times any of them is far below what could make a finite
     * number infinite (half the last place of the largest one is 1e292), also when very many such steps are added up.
     *
     * @throws ArithmeticException if not; names the parameter
     */
    static void requireStep(String name, double[] g, int from, int to, double rate) {
        double length = sumOfSizes(g, 1 / FAR, from, to);
        requireFinite(name, length);
        if (rate * length > LONGEST_STEP / FAR) {
            throw new ArithmeticException("the step of " + name + " would be " + FAR * rate * length
                    + " long; clipping the gradient, or a smaller learning rate, may help");
        }
    }

    static void requireFinite(String name, double length) {
        if (!Double.isFinite(length)) {
            throw new ArithmeticException("the gradient of " + name
                    + " is no longer finite; clipping it earlier, or a smaller learning rate, may help");
        }
    }

    /** At least the length, and found sooner. Eight sums, since each addition would otherwise wait for the one before it. */
    private static double sumOfSizes(double[] g, double scale, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            s0 += Math.abs(scale * g[i]);
            s1 += Math.abs(scale * g[i + 1]);
            s2 += Math.abs(scale * g[i + 2]);
            s3 += Math.abs(scale * g[i + 3]);
            s4 += Math.abs(scale * g[i + 4]);
            s5 += Math.abs(scale * g[i + 5]);
            s6 += Math.abs(scale * g[i + 6]);
            s7 += Math.abs(scale * g[i + 7]);
        }
        for (; i < to; i++) {
            s0 += Math.abs(scale * g[i]);
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    private static double sumOfSquares(Map<String, SimpleMatrix> matrices, double scale) {
        double sum = 0;
        for (SimpleMatrix g : matrices.values()) {
            sum += sumOfSquares(g.getDDRM().data, scale, 0, g.getNumElements());
        }
        return sum;
    }

    /** Of elements times {@code scale}; four sums, since each addition would otherwise wait for the one before it. */
    private static double sumOfSquares(double[] g, double scale, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += (scale * g[i]) * (scale * g[i]);
            s1 += (scale * g[i + 1]) * (scale * g[i + 1]);
            s2 += (scale * g[i + 2]) * (scale * g[i + 2]);
            s3 += (scale * g[i + 3]) * (scale * g[i + 3]);
        }
        for (; i < to; i++) {
            s0 += (scale * g[i]) * (scale * g[i]);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
