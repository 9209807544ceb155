package nabla.latent;

import java.util.List;
import java.util.random.RandomGenerator;
import nabla.deep.BackPropagation;
import nabla.deep.Layer;
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
 * The reconstruction loss of an autoencoder plus a penalty that draws each unit of the code to a small mean activity (Ng 2011, <i>Sparse
 * Autoencoder</i>, section 3):
 *
 * <pre>beta times the sum over j of KL(rho || mean over the batch of z_j)</pre>
 *
 * <p>where KL is that of two coins. So the code may be larger than the data, and still means something.
 */
public final class SparseAutoencoder implements Objective<SimpleMatrix> {
    private final Autoencoder model;
    private final double rho;
    private final double beta;
    private final Objective<SimpleMatrix> reconstruction;
    private final BackPropagation encoder;

    /**
     * The objective of a model, which it trains.
     *
     * @param model whose code is that of logistic units
     * @param rho the target, between 0 and 1, such as 0.05
     * @param beta the weight of the penalty, not negative
     * @throws IllegalArgumentException if the last layer of the encoder is not logistic
     */
    public SparseAutoencoder(Autoencoder model, double rho, double beta) {
        Require.present("model", model);
        Require.between("rho", rho, Double.MIN_NORMAL, Math.nextDown(1.0));
        Require.between("beta", beta, 0, 1e6);
        List<Layer> layers = model.encoder.layers();
        Activation last = layers.get(layers.size() - 1).activation();
        if (last != Activation.SIGMOID) {
            throw new IllegalArgumentException("model: expected an encoder that ends with SIGMOID, got " + last);
        }
        this.model = model;
        this.rho = rho;
        this.beta = beta;
        reconstruction = model.reconstruction();
        encoder = model.encoder.backPropagation();
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
        return penaltyOf(Rows.mean(model.encode(X)));
    }

    private double penaltyOf(SimpleMatrix mean) {
        return beta
                * Functions.map(mean, q -> rho * Math.log(rho / q) + (1 - rho) * Math.log((1 - rho) / (1 - q)))
                        .elementSum();
    }

    @Override
    public LossGradient gradient(SimpleMatrix X, RandomGenerator rng) {
        LossGradient loss = reconstruction.gradient(X, rng);
        SimpleMatrix mean = Rows.mean(encoder.forward(X));
        SimpleMatrix dZ = new SimpleMatrix(X.getNumRows(), mean.getNumElements())
                .elementOp(
                        (row, j, zero) -> beta / X.getNumRows() * ((1 - rho) / (1 - mean.get(j)) - rho / mean.get(j)));
        encoder.backward(dZ);
        Direction slope = Direction.zeros(model.parameters());
        encoder.gradient().matrices().forEach((name, g) -> slope.of("encoder " + name)
                .setTo(g));
        return new LossGradient(loss.loss() + penaltyOf(mean), loss.direction().plus(slope));
    }
}
