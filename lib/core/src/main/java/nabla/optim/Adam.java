package nabla.optim;

import nabla.math.fast.Parallel;

/**
 * Adam (Kingma and Ba 2015, algorithm 1, with their constants 0.9, 0.999 and 1e-8): moving means m of the gradient and s of
 * its square, both corrected for their start at zero, x = x - eta m / (sqrt(s) + 1e-8).
 */
public final class Adam extends ElementwiseOptimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** With a learning rate by step, counted from 1. */
    public Adam(Schedule learningRate) {
        super(learningRate);
    }

    /** With a constant learning rate; 0.001 is the paper's. */
    public Adam(double learningRate) {
        this(Schedule.constant(learningRate));
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, double factor, double eta, int step) {
        double[] m = memory(name + " mean", x);
        double[] s = memory(name + " mean square", x);
        double toMean = 1 / (1 - Math.pow(BETA1, step));
        double toSquare = 1 / (1 - Math.pow(BETA2, step));
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                double gi = withFiniteSquare(factor * g[i]);
                m[i] = BETA1 * m[i] + (1 - BETA1) * gi;
                s[i] = BETA2 * s[i] + (1 - BETA2) * gi * gi;
                x[i] -= eta * (m[i] * toMean) / (Math.sqrt(s[i] * toSquare) + EPSILON);
            }
        };
    }
}
