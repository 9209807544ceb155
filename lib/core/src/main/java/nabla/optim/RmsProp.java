package nabla.optim;

import nabla.math.Require;
import nabla.math.fast.Parallel;

/**
 * RMSProp (Tieleman and Hinton 2012, lecture 6.5 of <i>Neural Networks for Machine Learning</i>): each element is divided by the
 * root of a moving mean of its squares, s = rho s + (1 - rho) g^2, x = x - eta g / (sqrt(s) + 1e-8).
 */
public final class RmsProp extends ElementwiseOptimizer {
    private static final double EPSILON = 1e-8;

    private final double rho;

    /**
     * With a learning rate by step, counted from 1.
     *
     * @param rho how much of the mean is kept at each step, in [0, 1); usually 0.9
     */
    public RmsProp(Schedule learningRate, double rho) {
        super(learningRate);
        Require.between("rho", rho, 0, Math.nextDown(1.0));
        this.rho = rho;
    }

    /** With a constant learning rate and rho 0.9. */
    public RmsProp(double learningRate) {
        this(constant(learningRate), 0.9);
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
                s[i] = rho * s[i] + (1 - rho) * gi * gi;
                x[i] -= eta * gi / (Math.sqrt(s[i]) + EPSILON);
            }
        };
    }
}
