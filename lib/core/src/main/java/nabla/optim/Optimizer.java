package nabla.optim;

import java.util.function.BiFunction;
import nabla.math.Require;

/**
 * Goes down a gradient. An optimiser remembers what it needs of earlier steps, by the names of the parameters; it belongs to one
 * training run of one model.
 */
public interface Optimizer {
    /**
     * One step that makes a loss smaller.
     *
     * @param model whose parameters are changed in place
     * @param gradient of the loss, with the same names and shapes; not modified
     * @throws IllegalArgumentException if names or shapes do not fit, before anything is changed
     * @throws ArithmeticException if the gradient is not finite, or so large that the step might end at infinity, before anything is
     *     changed; names the parameter
     */
    void step(Learner model, Direction gradient);

    /**
     * One step that makes a loss smaller, whose value is known too.
     *
     * @throws ArithmeticException as {@link #step(Learner, Direction)}, and if the loss is not finite
     */
    default void step(Learner model, LossGradient gradient) {
        Require.present("model", model);
        Require.present("gradient", gradient);
        if (!Double.isFinite(gradient.loss())) {
            throw new ArithmeticException(
                    "the loss is " + gradient.loss() + "; clipping the gradient, or a smaller learning rate, may help");
        }
        step(model, gradient.direction());
    }

    /**
     * One step up: makes larger what has this gradient, such as a log-likelihood. The same as a step down its negative.
     *
     * @param gradient not modified
     */
    default void ascend(Learner model, Direction gradient) {
        Require.present("model", model);
        Require.present("gradient", gradient);
        step(model, gradient.scale(-1));
    }

    /**
     * This optimiser, given gradients that are at most so long (Pascanu, Mikolov and Bengio 2013): a longer one is scaled down,
     * which keeps its direction. The length is the Euclidean norm over all parameters together.
     *
     * @param largest positive
     */
    default Optimizer clippingNorm(double largest) {
        Direction.requirePositive("largest", largest);
        return given((model, gradient) -> gradient.clipped(largest));
    }

    /**
     * This optimiser, which draws some parameters towards zero: it goes down the loss plus decay/2 times the sum of their squares, whose
     * slope decay x is added to the gradient (an L2 penalty; not the decoupled decay of AdamW, which is the same only for plain descent).
     * Biases are usually left out (Hinton 2012, section 10). The optimisers of this package clip the gradient before, in whichever order
     * the two are asked for.
     *
     * @param decay not negative; times the learning rate it is at most 1
     * @param names of the parameters, such as {@code W}; each step refuses those that the model does not have
     */
    default Optimizer withWeightDecay(double decay, String... names) {
        WeightDecay penalty = WeightDecay.of(decay, names);
        return given((model, gradient) -> gradient.plus(penalty.slope(model)));
    }

    /**
     * This optimiser, which draws some parameters towards zero by the same force whatever their size: it goes down the loss plus lambda
     * times the sum of their absolute values (Hinton 2012, section 10), whose slope lambda sign(x) is added to the gradient. It makes many
     * of them nearly zero; none stays at exactly zero.
     *
     * @param lambda not negative
     * @param names of the parameters, such as {@code W}; each step refuses those that the model does not have
     */
    default Optimizer withL1Penalty(double lambda, String... names) {
        L1Penalty penalty = L1Penalty.of(lambda, names);
        return given((model, gradient) -> gradient.plus(penalty.slope(model)));
    }

    /** This optimiser, given another gradient. */
    private Optimizer given(BiFunction<Learner, Direction, Direction> another) {
        return (model, gradient) -> {
            Require.present("model", model);
            Require.present("gradient", gradient);
            step(model, another.apply(model, gradient));
        };
    }
}
