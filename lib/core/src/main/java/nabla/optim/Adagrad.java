package nabla.optim;

import nabla.math.fast.Parallel;

/**
 * Adagrad (Duchi, Hazan and Singer 2011): each element is divided by the root of the sum of all its squares so far, s = s + g^2,
 * x = x - eta g / (sqrt(s) + 1e-8). Steps only become smaller.
 */
public final class Adagrad extends ElementwiseOptimizer {
    private static final double EPSILON = 1e-8;

    /** With a learning rate by step, counted from 1. */
    public Adagrad(Schedule learningRate) {
        super(learningRate);
    }

    /** With a constant learning rate. */
    public Adagrad(double learningRate) {
        this(constant(learningRate));
    }

    @Override
    boolean isBounded() {
        return true;
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, Slope slope, double eta, int step) {
        double[] s = memory(name, x);
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                double gi = withFiniteSquare(slope.of(g[i], x[i]));
                s[i] += gi * gi;
                x[i] -= eta * gi / (Math.sqrt(s[i]) + EPSILON);
            }
        };
    }
}
