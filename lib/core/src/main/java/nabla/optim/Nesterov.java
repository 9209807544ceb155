package nabla.optim;

import nabla.math.Require;
import nabla.math.fast.Parallel;

/**
 * Nesterov's accelerated gradient (1983), as momentum whose gradient is taken where the momentum alone would lead: v = mu v - eta g,
 * x = x + mu v - eta g. Here x is that place ahead (Bengio, Boulanger-Lewandowski and Pascanu 2013, equation 7), so that a gradient at x is
 * all that a step needs.
 */
public final class Nesterov extends ElementwiseOptimizer {
    private final double mu;

    /**
     * With a learning rate by step, counted from 1.
     *
     * @param mu the share of the last step that is repeated, in [0, 1)
     */
    public Nesterov(Schedule learningRate, double mu) {
        super(learningRate);
        Require.between("mu", mu, 0, Math.nextDown(1.0));
        this.mu = mu;
    }

    /** With a constant learning rate. */
    public Nesterov(double learningRate, double mu) {
        this(constant(learningRate), mu);
    }

    @Override
    boolean isBounded() {
        return false;
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, Slope slope, double eta, int step) {
        double[] v = memory(name, x);
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                double move = -eta * slope.of(g[i], x[i]);
                v[i] = mu * v[i] + move;
                x[i] += mu * v[i] + move;
            }
        };
    }
}
