package nabla.optim;

import nabla.math.Require;

/** An optimiser whose gradients are first clipped, and then penalised by weight decay, both without a copy. */
final class AdjustedOptimizer implements Optimizer {
    private final ElementwiseOptimizer optimizer;
    private final double largest;
    private final WeightDecay decay;

    /** Neither clipped nor penalised. */
    AdjustedOptimizer(ElementwiseOptimizer optimizer) {
        this(optimizer, Double.POSITIVE_INFINITY, WeightDecay.NONE);
    }

    private AdjustedOptimizer(ElementwiseOptimizer optimizer, double largest, WeightDecay decay) {
        this.optimizer = optimizer;
        this.largest = largest;
        this.decay = decay;
    }

    @Override
    public void step(Learner model, Direction gradient) {
        optimizer.step(model, gradient, clippingFactor(gradient), decay);
    }

    @Override
    public void ascend(Learner model, Direction gradient) {
        optimizer.step(model, gradient, -clippingFactor(gradient), decay);
    }

    private double clippingFactor(Direction gradient) {
        Require.present("gradient", gradient);
        return largest == Double.POSITIVE_INFINITY ? 1 : Norm.clippingFactor(gradient, largest);
    }

    @Override
    public Optimizer clippingNorm(double largest) {
        Direction.requirePositive("largest", largest);
        return new AdjustedOptimizer(optimizer, Math.min(largest, this.largest), decay);
    }

    @Override
    public Optimizer withWeightDecay(double decay, String... names) {
        if (!this.decay.equals(WeightDecay.NONE)) {
            throw new IllegalStateException("withWeightDecay: expected an optimiser that has none yet");
        }
        return new AdjustedOptimizer(optimizer, largest, WeightDecay.of(decay, names));
    }
}
