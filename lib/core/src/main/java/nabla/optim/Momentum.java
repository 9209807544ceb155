package nabla.optim;

import nabla.math.Require;
import nabla.math.fast.Parallel;

/** Gradient descent with momentum (Polyak 1964): v = mu v - eta g, x = x + v. */
public final class Momentum extends ElementwiseOptimizer {
    private final Schedule momentum;
    private double mu; // in this step

    /**
     * With a learning rate and a momentum by step, counted from 1.
     *
     * @param mu the share of the last step that is repeated, in [0, 1); such as 0.5 at first and 0.9 later (Hinton 2012, section 9)
     */
    public Momentum(Schedule learningRate, Schedule mu) {
        super(learningRate);
        Require.present("mu", mu);
        momentum = mu;
    }

    /** With a constant momentum. */
    public Momentum(Schedule learningRate, double mu) {
        this(learningRate, constantMomentum(mu));
    }

    /** With a constant learning rate and momentum. */
    public Momentum(double learningRate, double mu) {
        this(constant(learningRate), mu);
    }

    private static Schedule constantMomentum(double mu) {
        requireMomentum("mu", mu);
        return Schedule.constant(mu);
    }

    private static void requireMomentum(String name, double mu) {
        Require.between(name, mu, 0, Math.nextDown(1.0));
    }

    @Override
    void prepare(int step) {
        mu = momentum.at(step);
        requireMomentum("mu at step " + step, mu);
    }

    @Override
    boolean isBounded() {
        return false;
    }

    @Override
    Parallel.Work update(String name, double[] x, double[] g, Slope slope, double eta, int step) {
        double[] v = memory(name, x);
        double mu = this.mu;
        return (from, to) -> {
            for (int i = from; i < to; i++) {
                v[i] = mu * v[i] - eta * slope.of(g[i], x[i]);
                x[i] += v[i];
            }
        };
    }
}
