package nabla.rbm;

import java.util.random.RandomGenerator;
import org.ejml.simple.SimpleMatrix;

/**
 * Answers one question: in which direction does the mean log-likelihood of a batch rise?
 *
 * <p>Every estimator answers with data statistics minus model statistics. They differ in where the model statistics come
 * from, and can be laid side by side on one model. Sampling chains, where there are any, belong to the estimator: the
 * model has none, and their number does not depend on the batch size.
 */
@FunctionalInterface
public interface GradientEstimator {
    /**
     * The ascent direction of the mean log-likelihood of the batch, per example.
     *
     * @param rbm not modified
     * @param batch N x m, elements in [0, 1], not modified
     * @param rng where the randomness comes from; an exact estimator does not touch it
     */
    RbmGradient estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng);

    /**
     * The same, written into a gradient that exists. This is what training asks for, again and again; estimators that can do
     * it in work space of their own do so.
     *
     * @param gradient in the shapes of the model's parameters, overwritten
     */
    default void estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng, RbmGradient gradient) {
        RbmGradient estimate = estimate(rbm, batch, rng);
        gradient.W().setTo(estimate.W());
        gradient.a().setTo(estimate.a());
        gradient.b().setTo(estimate.b());
    }
}
