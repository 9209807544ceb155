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
    private static final double MOST = 1e6; // for a learning rate
    private static final int WORTH_SHARING = 1 << 14; // elements

    private final Schedule learningRate;
    private final Map<String, double[]> memories = new HashMap<>();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private int steps;

    ElementwiseOptimizer(Schedule learningRate) {
        Require.present("learningRate", learningRate);
        this.learningRate = learningRate;
    }

    /** A schedule of one learning rate, checked at once. */
    static Schedule constant(double learningRate) {
        Require.between("learningRate", learningRate, 0, MOST);
        return Schedule.constant(learningRate);
    }

    @Override
    public final void step(Learner model, Direction gradient) {
        step(model, gradient, 1, WeightDecay.NONE);
    }

    @Override
    public final void ascend(Learner model, Direction gradient) {
        step(model, gradient, -1, WeightDecay.NONE);
    }

    @Override
    public final Optimizer clippingNorm(double largest) {
        return new AdjustedOptimizer(this).clippingNorm(largest);
    }

    @Override
    public final Optimizer withWeightDecay(double decay, String... names) {
        return new AdjustedOptimizer(this).withWeightDecay(decay, names);
    }

    /** One step down {@code factor} times the gradient, and down the penalty of weight decay. */
    final void step(Learner model, Direction gradient, double factor, WeightDecay decay) {
        Require.present("model", model);
        Map<String, SimpleMatrix> parameters = model.parameters();
        Direction.requireFitting("gradient", gradient, parameters);
        requireSameModel(parameters);
        decay.requireParameters(parameters.keySet());
        int step = steps + 1;
        double eta = learningRate.at(step);
        Require.between("learning rate at step " + step, eta, 0, MOST);
        Require.between("learning rate times weight decay", eta * decay.decay(), 0, 1);
        prepare(step);
        double rate = isBounded() ? 0 : eta * Math.abs(factor);
        gradient.matrices().forEach((name, g) -> requireStep(name, g.getDDRM().data, g.getNumElements(), rate));
        steps = step;
        parameters.forEach((name, x) -> {
            sizes.put(name, x.getNumElements());
            Slope slope = new Slope(factor, decay.of(name));
            double[] g = gradient.of(name).getDDRM().data;
            Parallel.forEach(x.getNumElements(), WORTH_SHARING, update(name, x.getDDRM().data, g, slope, eta, step));
        });
    }

    private void requireSameModel(Map<String, SimpleMatrix> parameters) {
        if (!sizes.isEmpty() && !sizes.keySet().equals(parameters.keySet())) {
            throw new IllegalArgumentException("parameters: expected those of the earlier steps, " + sizes.keySet()
                    + ", got " + parameters.keySet());
        }
        parameters.forEach((name, x) -> {
            if (sizes.getOrDefault(name, x.getNumElements()) != x.getNumElements()) {
                throw new IllegalArgumentException(
                        name + ": expected the model of the earlier steps, got one with other sizes");
            }
        });
    }

    /** Checks that all elements of a gradient are finite, and {@code rate} times any of them is no step to infinity. */
    private static void requireStep(String name, double[] g, int size, double rate) {
        Parallel.forEach(size, WORTH_SHARING, (from, to) -> Norm.requireStep(name, g, from, to, rate));
    }

    /** Whether no gradient, however large, makes a step that ends at infinity. */
    abstract boolean isBounded();

    /** Looks up and checks what else changes from step to step. */
    void prepare(int step) {}

    /**
     * What moves the elements of one parameter, any of them by itself.
     *
     * @param x to be changed in place
     * @param g the gradient that {@code slope} is made of, not modified
     * @param slope what to go down, given elements of {@code g} and {@code x}
     * @param eta the learning rate of this step
     * @param step counted from 1
     */
    abstract Parallel.Work update(String name, double[] x, double[] g, Slope slope, double eta, int step);

    /** The same slope, but not so large that its square is infinite: a mean of squares would never be finite again. */
    static double withFiniteSquare(double g) {
        return Math.max(-LARGEST, Math.min(LARGEST, g));
    }

    /** What is remembered of a parameter under this name, one number for each of its elements, zero at first. */
    final double[] memory(String name, double[] x) {
        return memories.computeIfAbsent(name, key -> new double[x.length]);
    }
}
