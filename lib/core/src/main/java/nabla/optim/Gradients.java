package nabla.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;

/** Gradients as a whole: matrices by the names of the parameters. */
public final class Gradients {
    /** With this factor, or divided by it, every finite number has a finite square with all its digits. */
    private static final double FAR = 0x1p600;

    private Gradients() {}

    /**
     * The Euclidean norm over all elements of all matrices.
     *
     * @return NaN or infinity if an element is; infinity also where the norm itself is too large for a number
     */
    public static double norm(Map<String, SimpleMatrix> gradient) {
        double squares = sumOfSquares(gradient, 1);
        if (squares == Double.POSITIVE_INFINITY) {
            return FAR * Math.sqrt(sumOfSquares(gradient, 1 / FAR));
        }
        if (squares < 1 / FAR) { // some squares are too small for all their digits
            return Math.sqrt(sumOfSquares(gradient, FAR)) / FAR;
        }
        return Math.sqrt(squares);
    }

    private static double sumOfSquares(Map<String, SimpleMatrix> gradient, double scale) {
        double sum = 0;
        for (SimpleMatrix g : gradient.values()) {
            sum += sumOfSquares(g, scale);
        }
        return sum;
    }

    /** Of all elements times {@code scale}; four sums, since each addition would otherwise wait for the one before it. */
    private static double sumOfSquares(SimpleMatrix matrix, double scale) {
        double[] g = matrix.getDDRM().data;
        int length = matrix.getNumElements();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            s0 += (scale * g[i]) * (scale * g[i]);
            s1 += (scale * g[i + 1]) * (scale * g[i + 1]);
            s2 += (scale * g[i + 2]) * (scale * g[i + 2]);
            s3 += (scale * g[i + 3]) * (scale * g[i + 3]);
        }
        for (; i < length; i++) {
            s0 += (scale * g[i]) * (scale * g[i]);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * The gradient itself if its norm is at most {@code largest}, otherwise a shorter one in the same direction.
     *
     * @param gradient not modified
     * @throws ArithmeticException if an element is NaN or infinite; names the parameter
     */
    public static Map<String, SimpleMatrix> clipped(Map<String, SimpleMatrix> gradient, double largest) {
        requirePositive("largest", largest);
        double factor = clippingFactor(gradient, largest);
        if (factor == 1) {
            return gradient;
        }
        Map<String, SimpleMatrix> shorter = new LinkedHashMap<>();
        gradient.forEach((name, g) -> shorter.put(name, g.scale(factor)));
        return shorter;
    }

    /**
     * What makes the norm at most {@code largest}: 1 if it already is.
     *
     * @throws ArithmeticException if an element is NaN or infinite; names the parameter
     */
    static double clippingFactor(Map<String, SimpleMatrix> gradient, double largest) {
        double norm = norm(gradient);
        if (norm <= largest) {
            return 1;
        }
        if (norm < Double.POSITIVE_INFINITY) {
            return largest / norm;
        }
        requireFinite(gradient); // so it is only too long for a number
        return largest / Math.sqrt(sumOfSquares(gradient, 1 / FAR)) / FAR;
    }

    static void requireFinite(Map<String, SimpleMatrix> gradient) {
        gradient.forEach((name, g) -> {
            if (!Double.isFinite(sumOfSquares(g, 1 / FAR))) {
                throw new ArithmeticException("the gradient of " + name
                        + " is no longer finite; clipping it earlier, or a smaller learning rate, may help");
            }
        });
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": expected a positive number, got " + value);
        }
    }
}
