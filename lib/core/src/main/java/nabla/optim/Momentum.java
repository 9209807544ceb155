package nabla.optim;

import nabla.math.Require;
import nabla.math.fast.Parallel;

/** Gradient descent with momentum (Polyak 1964): v = mu v - eta g, x = x + v. */
public final class Momentum extends ElementwiseOptimizer {
    private final double mu;

    /**
     * With a learning rate by step, counted from 1.
     *
     * @param mu the share of the last step that is repeated, in [0, 1)
     */
    public Momentum(Schedule learningRate, double mu) {
        super(learningRate);
        Require.between("mu", mu, 0, Math.nextDown(1.0));
        this.mu = mu;
    }

    /** With a constant learning rate. */
    public Momentum(double learningRate, double mu) {
        this(Schedule.constant(learningRate), mu);
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, double factor, double eta, int step) {
        double[] v = memory(name, x);
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                v[i] = mu * v[i] - eta * (factor * g[i]);
                x[i] += v[i];
            }
        };
    }
}
