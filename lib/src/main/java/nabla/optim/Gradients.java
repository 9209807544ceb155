package nabla.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;

/** Gradients as a whole: matrices by the names of the parameters. */
public final class Gradients {
    private Gradients() {}

    /**
     * The Euclidean norm over all elements of all matrices.
     *
     * @return NaN or infinity if an element is
     */
    public static double norm(Map<String, SimpleMatrix> gradient) {
        double largest = 0;
        for (SimpleMatrix g : gradient.values()) {
            for (int i = 0; i < g.getNumElements(); i++) {
                largest = Math.max(largest, Math.abs(g.get(i))); // unlike EJML's own, it does not skip NaN
            }
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (SimpleMatrix g : gradient.values()) {
            double length = g.divide(largest).normF(); // so that no square overflows
            sum += length * length;
        }
        return largest * Math.sqrt(sum);
    }

    /**
     * The gradient itself if its norm is at most {@code largest}, otherwise a shorter one in the same direction.
     *
     * @param gradient not modified
     * @throws ArithmeticException if an element is NaN or infinite; names the parameter
     */
    public static Map<String, SimpleMatrix> clipped(Map<String, SimpleMatrix> gradient, double largest) {
        requirePositive("largest", largest);
        requireFinite(gradient);
        double norm = norm(gradient);
        if (norm <= largest) {
            return gradient;
        }
        Map<String, SimpleMatrix> shorter = new LinkedHashMap<>();
        gradient.forEach((name, g) -> shorter.put(name, g.scale(largest / norm)));
        return shorter;
    }

    static void requireFinite(Map<String, SimpleMatrix> gradient) {
        gradient.forEach((name, g) -> {
            if (g.hasUncountable()) {
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
