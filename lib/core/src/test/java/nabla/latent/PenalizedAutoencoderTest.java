package nabla.latent;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.SplittableRandom;
import nabla.deep.Dense;
import nabla.deep.Network;
import nabla.math.Activation;
import nabla.math.Randoms;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Penalties written out again by hand, and their gradients against finite differences. */
class PenalizedAutoencoderTest {
    private final SplittableRandom rng = new SplittableRandom(1);
    private final SimpleMatrix X = Randoms.normal(5, 4, 1, rng);

    private Autoencoder model(Activation f) {
        Dense code = new Dense(Randoms.normal(4, 3, 0.8, rng), Randoms.normal(3, 1, 0.5, rng), f);
        Dense back = new Dense(Randoms.normal(3, 4, 0.8, rng), Randoms.normal(4, 1, 0.5, rng), Activation.IDENTITY);
        return new Autoencoder(Network.of(code), Network.of(back), ReconstructionLoss.SQUARED_ERROR);
    }

    /** The Jacobian of the code by differences, squared and summed. */
    private double squaredJacobian(Autoencoder model) {
        double h = 1e-5;
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            SimpleMatrix up = X.copy();
            SimpleMatrix down = X.copy();
            for (int row = 0; row < 5; row++) {
                up.set(row, i, X.get(row, i) + h);
                down.set(row, i, X.get(row, i) - h);
            }
            SimpleMatrix slope = model.encode(up).minus(model.encode(down)).divide(2 * h);
            sum += slope.elementMult(slope).elementSum();
        }
        return sum / 5;
    }

    @Test
    void contractivePenaltyAndItsGradient() {
        for (Activation f : Activation.values()) {
            Autoencoder model = model(f);
            ContractiveAutoencoder objective = new ContractiveAutoencoder(model, 0.3);
            assertEquals(0.3 * squaredJacobian(model), objective.penalty(X), 1e-8);
            LossGradient gradient = objective.gradient(X, rng);
            assertEquals(model.loss(X) + objective.penalty(X), gradient.loss(), 1e-12);
            assertGradients(
                    "contractive, " + f,
                    () -> model.loss(X) + objective.penalty(X),
                    model.parameters(),
                    gradient.direction().matrices());
        }
    }

    @Test
    void sparsePenaltyAndItsGradient() {
        Autoencoder model = model(Activation.SIGMOID);
        SparseAutoencoder objective = new SparseAutoencoder(model, 0.1, 0.7);
        double expected = 0;
        SimpleMatrix Z = model.encode(X);
        for (int j = 0; j < 3; j++) {
            double q = Z.getColumn(j).elementSum() / 5;
            expected += 0.7 * (0.1 * Math.log(0.1 / q) + 0.9 * Math.log(0.9 / (1 - q)));
        }
        assertEquals(expected, objective.penalty(X), 1e-13);
        LossGradient gradient = objective.gradient(X, rng);
        assertEquals(model.loss(X) + expected, gradient.loss(), 1e-12);
        assertGradients(
                "sparse",
                () -> model.loss(X) + objective.penalty(X),
                model.parameters(),
                gradient.direction().matrices());
    }

    @Test
    void otherEncodersAreRefused() {
        Autoencoder tanh = model(Activation.TANH);
        assertRefused(
                "model: expected an encoder that ends with SIGMOID, got TANH",
                () -> new SparseAutoencoder(tanh, 0.1, 1));
        Network deep = Network.of(
                Dense.forTraining(4, 3, Activation.TANH, rng), Dense.forTraining(3, 3, Activation.TANH, rng));
        Autoencoder two = new Autoencoder(deep, tanh.decoder, ReconstructionLoss.SQUARED_ERROR);
        assertRefused(
                "model: expected an encoder of one Dense layer, got 2 layers, or one of another kind",
                () -> new ContractiveAutoencoder(two, 1));
    }

    @Test
    void badArgumentsAreRefused() {
        Autoencoder model = model(Activation.SIGMOID);
        assertRefused("model: expected one, got null", () -> new SparseAutoencoder(null, 0.1, 1));
        assertRefused(
                "rho: expected a number from 2.2250738585072014E-308 to 0.9999999999999999, got 0.0",
                () -> new SparseAutoencoder(model, 0, 1));
        assertRefused(
                "beta: expected a number from 0.0 to 1000000.0, got -1.0", () -> new SparseAutoencoder(model, 0.1, -1));
        assertRefused("model: expected one, got null", () -> new ContractiveAutoencoder(null, 1));
        assertRefused(
                "lambda: expected a number from 0.0 to 1000000.0, got -1.0",
                () -> new ContractiveAutoencoder(model, -1));
    }

    /** A trainer asks the objective for the model that it moves, and whether data fit, before it moves anything. */
    @Test
    void objectivesKnowTheirModelAndItsData() {
        Autoencoder model = model(Activation.SIGMOID);
        SimpleMatrix narrow = new SimpleMatrix(5, 3);
        for (Objective<SimpleMatrix> objective :
                List.of(new SparseAutoencoder(model, 0.1, 1), new ContractiveAutoencoder(model, 1))) {
            assertSame(model, objective.model());
            objective.requireData(X);
            assertRefused("X: expected one example of 4 columns per row, got 5x3", () -> objective.requireData(narrow));
        }
    }
}
