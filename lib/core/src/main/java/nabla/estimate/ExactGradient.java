package nabla.estimate;

import java.util.random.RandomGenerator;
import nabla.energy.Enumerable;
import nabla.energy.GradientEstimator;
import nabla.math.Require;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/** The gradient itself: the model statistics are summed over all states. For models that can be enumerated. */
public final class ExactGradient implements GradientEstimator<Enumerable> {
    @Override
    public Direction estimate(Enumerable model, SimpleMatrix batch, RandomGenerator rng) {
        return of(model, batch);
    }

    /**
     * The gradient of the mean log-likelihood of the batch, which needs no randomness: d/dtheta of the mean of -F(v) - log Z.
     *
     * @throws RuntimeException if the model is too large
     */
    public static Direction of(Enumerable model, SimpleMatrix batch) {
        Require.present("model", model);
        model.requireVisible("batch", batch);
        SimpleMatrix weights = new SimpleMatrix(batch.getNumRows(), 1);
        weights.fill(1.0 / batch.getNumRows());
        Direction gradient = Direction.zeros(model.parameters());
        model.addSlope(batch, weights, gradient);
        model.addSlopeOfLogZ(-1, gradient);
        return gradient;
    }
}
