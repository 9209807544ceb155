package nabla.optim;

import nabla.math.fast.Parallel;

/** Stochastic gradient descent: x = x - eta g. */
public final class Sgd extends ElementwiseOptimizer {
    /** With a learning rate by step, counted from 1. */
    public Sgd(Schedule learningRate) {
        super(learningRate);
    }

    /** With a constant learning rate. */
    public Sgd(double learningRate) {
        this(constant(learningRate));
    }

    @Override
    boolean isBounded() {
        return false;
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, Slope slope, double eta, int step) {
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                x[i] -= eta * slope.of(g[i], x[i]);
            }
        };
    }
}
