package nabla.estimate;

import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.optim.Direction;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;

/** The gradient itself: the model statistics are summed over all states. For a layer of at most 25 units. */
public final class ExactGradient implements GradientEstimator<Rbm> {
    @Override
    public Direction estimate(Rbm rbm, SimpleMatrix batch, RandomGenerator rng) {
        return of(rbm, batch);
    }

    /**
     * The gradient of the mean log-likelihood of the batch, which needs no randomness.
     *
     * @throws IllegalStateException if the smaller layer has more than 25 units
     */
    public static Direction of(Rbm rbm, SimpleMatrix batch) {
        Direction data = rbm.statistics(batch, rbm.hiddenProbabilities(batch));
        return data.minus(rbm.modelStatistics());
    }
}
