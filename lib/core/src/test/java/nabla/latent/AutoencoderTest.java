package nabla.latent;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.deep.Convolution;
import nabla.deep.Dense;
import nabla.deep.EpochLoss;
import nabla.deep.ImageSize;
import nabla.deep.MinibatchTrainer;
import nabla.deep.Network;
import nabla.deep.TransposedConvolution;
import nabla.deep.Window;
import nabla.math.Activation;
import nabla.math.Randoms;
import nabla.optim.Adam;
import nabla.optim.Batches;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import nabla.optim.Schedule;
import nabla.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Gradients through encoder and decoder, and the linear autoencoder, whose least loss is known. */
class AutoencoderTest {
    private static final ImageSize IMAGE = new ImageSize(4, 3, 1);

    private static Autoencoder dense(ReconstructionLoss loss) {
        SplittableRandom rng = new SplittableRandom(1);
        return new Autoencoder(
                Network.of(
                        Dense.forTraining(12, 6, Activation.TANH, rng),
                        Dense.forTraining(6, 2, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(2, 5, Activation.SIGMOID, rng),
                        Dense.forTraining(5, 12, Activation.IDENTITY, rng)),
                loss);
    }

    private static Autoencoder convolutional(ReconstructionLoss loss) {
        SplittableRandom rng = new SplittableRandom(2);
        Window window = new Window(3, 2, 1);
        Convolution down = Convolution.forTraining(IMAGE, window, 2, Activation.TANH, rng);
        return new Autoencoder(
                Network.of(down, Dense.forTraining(down.outputs(), 3, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(3, down.outputs(), Activation.TANH, rng),
                        TransposedConvolution.forTraining(IMAGE, window, 2, Activation.IDENTITY, rng)),
                loss);
    }

    private static SimpleMatrix images(int N) {
        SplittableRandom rng = new SplittableRandom(3);
        SimpleMatrix X = new SimpleMatrix(N, 12);
        for (int e = 0; e < X.getNumElements(); e++) {
            X.set(e, rng.nextDouble());
        }
        return X;
    }

    private static double mean(Autoencoder model, ReconstructionLoss loss, SimpleMatrix seen, SimpleMatrix X) {
        SimpleMatrix Y = model.decoder.apply(model.encoder.apply(seen));
        double sum = 0;
        for (int row = 0; row < X.getNumRows(); row++) {
            sum += ReconstructionLossTest.loss(loss, X, Y, row);
        }
        return sum / X.getNumRows();
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        SimpleMatrix X = images(3);
        for (ReconstructionLoss loss : ReconstructionLoss.values()) {
            for (Autoencoder model : List.of(dense(loss), convolutional(loss))) {
                for (Corruption corruption :
                        List.of(Corruption.none(), Corruption.masking(0.4), Corruption.gaussian(0.5))) {
                    SimpleMatrix seen = corruption.of(X, new SplittableRandom(4));
                    LossGradient gradient = model.denoising(corruption).gradient(X, new SplittableRandom(4));
                    assertEquals(mean(model, loss, seen, X), gradient.loss(), 1e-12);
                    assertGradients(
                            loss.name(),
                            () -> mean(model, loss, seen, X),
                            model.parameters(),
                            gradient.direction().matrices());
                }
                assertEquals(mean(model, loss, X, X), model.loss(X), 1e-12);
                Map<String, SimpleMatrix> plain = Checks.copyOf(model.reconstruction()
                        .gradient(X, new SplittableRandom(4))
                        .direction()
                        .matrices());
                Checks.assertSame(
                        plain,
                        model.denoising(Corruption.none())
                                .gradient(X, new SplittableRandom(5))
                                .direction()
                                .matrices());
            }
        }
    }

    @Test
    void everyBatchIsCorruptedAfresh() {
        Autoencoder model = dense(ReconstructionLoss.SQUARED_ERROR);
        Objective<SimpleMatrix> objective = model.denoising(Corruption.masking(0.5));
        SplittableRandom rng = new SplittableRandom(5);
        SimpleMatrix X = images(4);
        SimpleMatrix before = X.copy();
        double first = objective.gradient(X, rng).loss();
        assertTrue(first != objective.gradient(X, rng).loss());
        assertTrue(X.isIdentical(before, 0));
    }

    @Test
    void codesAndReconstructions() {
        SimpleMatrix X = images(4);
        for (ReconstructionLoss loss : ReconstructionLoss.values()) {
            Autoencoder model = dense(loss);
            SimpleMatrix Z = model.encode(X);
            SimpleMatrix Y = model.decoder.apply(Z);
            assertEquals(2, Z.getNumCols());
            for (int e = 0; e < Y.getNumElements(); e++) {
                double expected = loss == ReconstructionLoss.SQUARED_ERROR ? Y.get(e) : 1 / (1 + Math.exp(-Y.get(e)));
                assertEquals(expected, model.decode(Z).get(e), 1e-14);
                assertEquals(expected, model.reconstruct(X).get(e), 1e-14);
            }
        }
    }

    @Test
    void parametersAreNamedByTheirNetwork() {
        Autoencoder model = dense(ReconstructionLoss.SQUARED_ERROR);
        assertEquals(
                List.of(
                        "encoder W1",
                        "encoder b1",
                        "encoder W2",
                        "encoder b2",
                        "decoder W1",
                        "decoder b1",
                        "decoder W2",
                        "decoder b2"),
                new ArrayList<>(model.parameters().keySet()));
        assertTrue(
                model.parameters().get("decoder b2") == model.decoder.layers().get(1).b);
        assertThrows(
                UnsupportedOperationException.class, () -> model.parameters().clear());
        assertSame(model, model.reconstruction().model());
    }

    /** With k codes the least loss is the sum of all but the k largest eigenvalues of the covariance matrix (Baldi and Hornik 1989). */
    @Test
    void theLinearAutoencoderLosesTheSmallEigenvalues() {
        int N = 30;
        SplittableRandom rng = new SplittableRandom(6);
        SimpleMatrix X = Randoms.normal(N, 5, 1, rng)
                .mult(Randoms.normal(5, 5, 0.7, rng))
                .plus(0.5);
        SimpleMatrix mean = new SimpleMatrix(N, N).plus(1.0 / N).mult(X);
        SimpleMatrix S = X.minus(mean).transpose().mult(X.minus(mean)).scale(1.0 / N);
        double[] eigenvalues = S.eig().getEigenvalues().stream()
                .mapToDouble(e -> e.real)
                .sorted()
                .toArray();
        Autoencoder model = new Autoencoder(
                Network.of(Dense.forTraining(5, 2, Activation.IDENTITY, rng)),
                Network.of(Dense.forTraining(2, 5, Activation.IDENTITY, rng)),
                ReconstructionLoss.SQUARED_ERROR);
        new MinibatchTrainer(new Adam(Schedule.step(0.02, 1500, 0.002)), N)
                .train(model.reconstruction(), Batches.of(X), 3000, rng, report -> true);
        double discarded = Arrays.stream(eigenvalues, 0, 3).sum();
        assertTrue(discarded > 0.1);
        assertEquals(discarded, model.loss(X), 1e-3);
    }

    @Test
    void trainingLowersTheLossOfAConvolutionalOne() {
        SimpleMatrix X = images(12);
        Autoencoder model = convolutional(ReconstructionLoss.CROSS_ENTROPY);
        double before = model.loss(X);
        List<EpochLoss> reports = new MinibatchTrainer(new Adam(0.03), 6)
                .train(
                        model.denoising(Corruption.gaussian(0.01)),
                        Batches.of(X),
                        60,
                        new SplittableRandom(7),
                        report -> true);
        assertTrue(model.loss(X) < before - 0.5, before + " to " + model.loss(X));
        assertEquals(model.loss(X), reports.get(59).loss(), 0.2);
    }

    /** One bad number, in whatever batch it comes, is found before the first step. */
    @Test
    void badDataAreRefusedBeforeAnythingChanges() {
        Autoencoder model = dense(ReconstructionLoss.CROSS_ENTROPY);
        Map<String, SimpleMatrix> before = Checks.copyOf(model.parameters());
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 1);
        SimpleMatrix X = images(12);
        X.set(7, 3, 1.01);
        assertRefused(
                "X: expected elements in [0, 1], got 1.01 at (7, 3)",
                () -> trainer.train(model.reconstruction(), Batches.of(X), 1, new SplittableRandom(8), report -> true));
        assertRefused("X: expected elements in [0, 1], got 1.01 at (7, 3)", () -> model.reconstruction()
                .gradient(X, new SplittableRandom(8)));
        assertRefused("X: expected one example of 12 columns per row, got 3x11", () -> model.reconstruction()
                .gradient(new SimpleMatrix(3, 11), new SplittableRandom(8)));
        Checks.assertSame(before, model.parameters());
    }

    @Test
    void codesThatOverflowAreDivergence() {
        Autoencoder model = dense(ReconstructionLoss.CROSS_ENTROPY);
        model.encoder.layers().get(0).b.fill(12); // whose tanh is 1
        model.encoder.layers().get(1).W.fill(1e308);
        Map<String, SimpleMatrix> before = Checks.copyOf(model.parameters());
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> new MinibatchTrainer(new Sgd(0.1), 4)
                .train(model.reconstruction(), Batches.of(images(12)), 1, new SplittableRandom(8), report -> true));
        assertEquals("training diverged in epoch 1: the outputs of the network are no longer finite", e.getMessage());
        Checks.assertSame(before, model.parameters());
    }

    @Test
    void networksThatDoNotFitAreRefused() {
        SplittableRandom rng = new SplittableRandom(9);
        Network five = Network.of(Dense.forTraining(5, 2, Activation.TANH, rng));
        Network back = Network.of(Dense.forTraining(2, 4, Activation.TANH, rng));
        assertRefused(
                "decoder: expected 2 inputs and 5 outputs, got 2 and 4",
                () -> new Autoencoder(five, back, ReconstructionLoss.SQUARED_ERROR));
        assertRefused(
                "decoder: expected 2 inputs and 5 outputs, got 5 and 2",
                () -> new Autoencoder(five, five, ReconstructionLoss.SQUARED_ERROR));
        Network squashed = Network.of(Dense.forTraining(2, 5, Activation.SIGMOID, rng));
        assertRefused(
                "decoder: expected a last layer with activation IDENTITY, got SIGMOID",
                () -> new Autoencoder(five, squashed, ReconstructionLoss.CROSS_ENTROPY));
        new Autoencoder(five, squashed, ReconstructionLoss.SQUARED_ERROR); // makes sense: no logits
    }

    @Test
    void aCopyHasParametersOfItsOwn() {
        SplittableRandom rng = new SplittableRandom(10);
        Autoencoder model = new Autoencoder(
                Network.of(Dense.forTraining(5, 2, Activation.TANH, rng)),
                Network.of(Dense.forTraining(2, 5, Activation.IDENTITY, rng)),
                ReconstructionLoss.CROSS_ENTROPY);
        Map<String, SimpleMatrix> before = Checks.copyOf(model.parameters());
        Autoencoder copy = model.copy();
        Checks.assertSame(before, copy.parameters());
        copy.parameters().values().forEach(x -> x.fill(3));
        Checks.assertSame(before, model.parameters());
    }
}
