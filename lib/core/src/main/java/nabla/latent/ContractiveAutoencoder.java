package nabla.latent;

import java.util.random.RandomGenerator;
import nabla.deep.Dense;
import nabla.math.Activation;
import nabla.math.Functions;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.optim.Direction;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.simple.SimpleMatrix;

/**
 * The reconstruction loss of an autoencoder plus a penalty on how much the code follows small changes of an example (Rifai, Vincent, Muller,
 * Glorot and Bengio 2011, <i>Contractive Auto-Encoders</i>, equation 4):
 *
 * <pre>lambda times the mean over the batch of |dz/dx|^2 = sum over j of f'(a_j)^2 times the sum over i of W_ij^2</pre>
 *
 * <p>with the Frobenius norm of the Jacobian of the code z = f(a), a = W'x + b.
 */
public final class ContractiveAutoencoder implements Objective<SimpleMatrix> {
    private final Autoencoder model;
    private final double lambda;
    private final Dense layer;
    private final Objective<SimpleMatrix> reconstruction;

    /**
     * The objective of a model, which it trains.
     *
     * @param model whose encoder is one {@link Dense} layer, as in the paper
     * @param lambda the weight of the penalty, not negative
     * @throws IllegalArgumentException if the encoder is another
     */
    public ContractiveAutoencoder(Autoencoder model, double lambda) {
        Require.present("model", model);
        Require.between("lambda", lambda, 0, 1e6);
        if (model.encoder.layers().size() != 1 || !(model.encoder.layers().get(0) instanceof Dense dense)) {
            throw new IllegalArgumentException("model: expected an encoder of one Dense layer, got "
                    + model.encoder.layers().size() + " layers, or one of another kind");
        }
        this.model = model;
        this.lambda = lambda;
        layer = dense;
        reconstruction = model.reconstruction();
    }

    @Override
    public Learner model() {
        return model;
    }

    @Override
    public void requireData(SimpleMatrix X) {
        reconstruction.requireData(X);
    }

    /** The penalty of a batch, N x d. */
    public double penalty(SimpleMatrix X) {
        return lambda * squaredSlopes(model.encode(X)).dot(squaredColumns());
    }

    /** The mean over the batch of f'(a_j)^2, k x 1. */
    private SimpleMatrix squaredSlopes(SimpleMatrix Z) {
        return Rows.mean(Functions.map(Z, this::squaredSlope));
    }

    private double squaredSlope(double z) {
        double slope = layer.activation().slope(z);
        return slope * slope;
    }

    /** The sum over i of W_ij^2, k x 1. */
    private SimpleMatrix squaredColumns() {
        int d = layer.W.getNumRows();
        return Rows.mean(layer.W.elementMult(layer.W)).scale(d);
    }

    @Override
    public LossGradient gradient(SimpleMatrix X, RandomGenerator rng) {
        LossGradient loss = reconstruction.gradient(X, rng);
        int N = X.getNumRows();
        SimpleMatrix Z = model.encode(X);
        SimpleMatrix columns = squaredColumns();
        SimpleMatrix slopes = squaredSlopes(Z);
        // f'^2 changes with a by 2 f' f'', and f'' is f' times a number known from z
        SimpleMatrix dA = Z.elementOp(
                (row, j, z) -> 2 * lambda / N * columns.get(j) * squaredSlope(z) * curvature(layer.activation(), z));
        SimpleMatrix dW = layer.W
                .elementOp((i, j, w) -> 2 * lambda * w * slopes.get(j))
                .plus(X.transpose().mult(dA));
        Direction slope = Direction.zeros(model.parameters());
        slope.of("encoder W1").setTo(dW);
        slope.of("encoder b1").setTo(Rows.mean(dA).scale(N));
        double penalty = lambda * slopes.dot(columns);
        return new LossGradient(loss.loss() + penalty, loss.direction().plus(slope));
    }

    /** f''(a) / f'(a), given z = f(a). */
    private static double curvature(Activation f, double z) {
        return switch (f) {
            case SIGMOID -> 1 - 2 * z;
            case TANH -> -2 * z;
            case RELU, LEAKY_RELU, IDENTITY -> 0;
        };
    }
}
