package nabla.optim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.math.Require;
import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;

/** What the optimisers have in common: checks, the count of steps, and memories of the size of each parameter. */
abstract class ElementwiseOptimizer implements Optimizer {
    private static final double LARGEST = 1e150;
    private static final int WORTH_SHARING = 1 << 14; // elements

    private final Schedule learningRate;
    private final Map<String, double[]> memories = new HashMap<>();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private int steps;

    ElementwiseOptimizer(Schedule learningRate) {
        this.learningRate = learningRate;
    }

    @Override
    public final void step(Map<String, SimpleMatrix> parameters, Map<String, SimpleMatrix> gradient) {
        step(parameters, gradient, 1);
    }

    /** Without a copy of the gradient: what shortens it is handed on. */
    @Override
    public final Optimizer clippingNorm(double largest) {
        Gradients.requirePositive("largest", largest);
        return (parameters, gradient) -> step(parameters, gradient, Gradients.clippingFactor(gradient, largest));
    }

    private void step(Map<String, SimpleMatrix> parameters, Map<String, SimpleMatrix> gradient, double factor) {
        if (!parameters.keySet().equals(gradient.keySet())) {
            throw new IllegalArgumentException(
                    "gradient: expected " + parameters.keySet() + ", got " + gradient.keySet());
        }
        if (!sizes.isEmpty() && !sizes.keySet().equals(parameters.keySet())) {
            throw new IllegalArgumentException("parameters: expected those of the earlier steps, " + sizes.keySet()
                    + ", got " + parameters.keySet());
        }
        parameters.forEach((name, x) -> {
            SimpleMatrix g = gradient.get(name);
            if (sizes.getOrDefault(name, x.getNumElements()) != x.getNumElements()) {
                throw new IllegalArgumentException(
                        name + ": expected the model of the earlier steps, got one with other sizes");
            }
            if (g.getNumRows() != x.getNumRows() || g.getNumCols() != x.getNumCols()) {
                throw new IllegalArgumentException("gradient of %s: expected %dx%d, got %dx%d"
                        .formatted(name, x.getNumRows(), x.getNumCols(), g.getNumRows(), g.getNumCols()));
            }
        });
        Gradients.requireFinite(gradient);
        double eta = learningRate.at(steps + 1);
        Require.between("learning rate at step " + (steps + 1), eta, 0, 1e6);
        steps++;
        parameters.forEach((name, x) -> {
            sizes.put(name, x.getNumElements());
            Parallel.Work update =
                    update(name, x.getDDRM().data, gradient.get(name).getDDRM().data, factor, eta, steps);
            Parallel.forEach(x.getNumElements(), WORTH_SHARING, update);
        });
    }

    /**
     * What moves the elements of one parameter, any of them by itself.
     *
     * @param x to be changed in place
     * @param g the gradient but for the factor, not modified
     * @param factor of all elements of {@code g}
     * @param eta the learning rate of this step
     * @param step counted from 1
     */
    abstract Parallel.Work update(String name, double[] x, double[] g, double factor, double eta, int step);

    /** The same gradient, but not so large that its square is infinite: a mean of squares would never be finite again. */
    static double withFiniteSquare(double g) {
        return Math.max(-LARGEST, Math.min(LARGEST, g));
    }

    /** What is remembered of a parameter under this name, one number for each of its elements, zero at first. */
    final double[] memory(String name, double[] x) {
        return memories.computeIfAbsent(name, key -> new double[x.length]);
    }
}
