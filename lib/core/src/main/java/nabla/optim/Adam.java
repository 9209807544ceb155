package nabla.optim;

import nabla.math.Require;
import nabla.math.fast.Parallel;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): moving means m of the gradient and s of
 * its square, both corrected for their start at zero, x = x - eta m / (sqrt(s) + 1e-8).
 */
public final class Adam extends ElementwiseOptimizer {
    private static final double EPSILON = 1e-8;

    private final double beta1;
    private final double beta2;

    /**
     * With a learning rate by step, counted from 1.
     *
     * @param beta1 how much of m is kept at each step, in [0, 1); 0.9 in the paper
     * @param beta2 how much of s is kept, in [0, 1); 0.999 in the paper
     */
    public Adam(Schedule learningRate, double beta1, double beta2) {
        super(learningRate);
        Require.between("beta1", beta1, 0, Math.nextDown(1.0));
        Require.between("beta2", beta2, 0, Math.nextDown(1.0));
        this.beta1 = beta1;
        this.beta2 = beta2;
    }

    /** With a learning rate by step, counted from 1, and the paper's constants. */
    public Adam(Schedule learningRate) {
        this(learningRate, 0.9, 0.999);
    }

    /** With a constant learning rate; 0.001 is the paper's. */
    public Adam(double learningRate) {
        this(constant(learningRate));
    }

    @Override
    boolean isBounded() {
        return true;
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, Slope slope, double eta, int step) {
        double[] m = memory(name + " mean", x);
        double[] s = memory(name + " mean square", x);
        double beta1 = this.beta1;
        double beta2 = this.beta2;
        double toMean = 1 / (1 - Math.pow(beta1, step));
        double toSquare = 1 / (1 - Math.pow(beta2, step));
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                double gi = withFiniteSquare(slope.of(g[i], x[i]));
                m[i] = beta1 * m[i] + (1 - beta1) * gi;
                s[i] = beta2 * s[i] + (1 - beta2) * gi * gi;
                x[i] -= eta * (m[i] * toMean) / (Math.sqrt(s[i] * toSquare) + EPSILON);
            }
        };
    }
}
