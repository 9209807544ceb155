package nabla.energy;

import java.util.random.RandomGenerator;
import nabla.math.Require;
import nabla.optim.Direction;
import nabla.optim.Learner;
import org.ejml.simple.SimpleMatrix;

/**
 * Answers one question: in which direction does the mean log-likelihood of a batch rise?
 *
 * <p>Every estimator answers with data statistics minus model statistics. They differ in where the model statistics come
 * from, and can be laid side by side on one model. Sampling chains, where there are any, belong to the estimator: the
 * model has none, and their number does not depend on the batch size.
 *
 * @param <M> the models that it works on
 */
@FunctionalInterface
public interface GradientEstimator<M extends Learner> {
    /**
     * The ascent direction of the mean log-likelihood of the batch, per example.
     *
     * @param model not modified
     * @param batch N x m, one state of the visible units per row, not modified
     * @param rng where the randomness comes from; an exact estimator does not touch it
     */
    Direction estimate(M model, SimpleMatrix batch, RandomGenerator rng);

    /**
     * The same, written into a direction that exists. This is what training asks for, again and again; estimators that can do
     * it in work space of their own do so.
     *
     * @param gradient in the shapes of the model's parameters, overwritten
     */
    default void estimate(M model, SimpleMatrix batch, RandomGenerator rng, Direction gradient) {
        Require.present("model", model);
        Direction.requireFitting("gradient", gradient, model.parameters());
        Direction estimate = estimate(model, batch, rng);
        gradient.matrices().forEach((name, x) -> x.setTo(estimate.of(name)));
    }
}
