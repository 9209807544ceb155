package nabla.latent;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nabla.Checks;
import nabla.deep.Convolution;
import nabla.deep.Dense;
import nabla.deep.ImageSize;
import nabla.deep.MinibatchTrainer;
import nabla.deep.Network;
import nabla.deep.TransposedConvolution;
import nabla.deep.Window;
import nabla.math.Activation;
import nabla.math.Functions;
import nabla.math.Quadrature;
import nabla.math.Randoms;
import nabla.optim.Adam;
import nabla.optim.Batches;
import nabla.optim.LossGradient;
import nabla.optim.Schedule;
import nabla.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The variational autoencoder: gradients, a model of one number whose likelihood is known, and probabilistic principal components. */
class VaeTest {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    /** log N(1.3; 0, 2), the likelihood of {@link #oneNumber} with x = 1.3. */
    private static final double LOG_P = -1.6880121235;

    private static SimpleMatrix number(double x) {
        return new SimpleMatrix(1, 1).plus(x);
    }

    /** z ~ N(0, 1) and x | z ~ N(z, 1), so that x ~ N(0, 2) and z | x ~ N(x / 2, 1/2); q is the same for all x. */
    private static Vae oneNumber(double mean, double variance) {
        SimpleMatrix b = new SimpleMatrix(2, 1, true, mean, Math.log(variance));
        return new Vae(
                Network.of(new Dense(new SimpleMatrix(1, 2), b, Activation.IDENTITY)),
                Network.of(new Dense(number(1), number(0), Activation.IDENTITY)),
                Likelihood.gaussian(number(0)));
    }

    private static Vae dense(Likelihood likelihood) {
        SplittableRandom rng = new SplittableRandom(1);
        return new Vae(
                Network.of(
                        Dense.forTraining(12, 6, Activation.TANH, rng),
                        Dense.forTraining(6, 4, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(2, 5, Activation.SIGMOID, rng),
                        Dense.forTraining(5, 12, Activation.IDENTITY, rng)),
                likelihood);
    }

    private static Vae convolutional(Likelihood likelihood) {
        SplittableRandom rng = new SplittableRandom(2);
        ImageSize image = new ImageSize(4, 3, 1);
        Window window = new Window(3, 2, 1);
        Convolution down = Convolution.forTraining(image, window, 2, Activation.TANH, rng);
        return new Vae(
                Network.of(down, Dense.forTraining(down.outputs(), 6, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(3, down.outputs(), Activation.TANH, rng),
                        TransposedConvolution.forTraining(image, window, 2, Activation.IDENTITY, rng)),
                likelihood);
    }

    private static SimpleMatrix images(int N) {
        SplittableRandom rng = new SplittableRandom(3);
        return Functions.map(new SimpleMatrix(N, 12), zero -> rng.nextDouble());
    }

    /** The bounds of examples with this noise, number by number. */
    private static double[] bounds(Vae model, SimpleMatrix logVariance, SimpleMatrix X, SimpleMatrix epsilon) {
        int N = X.getNumRows();
        int k = epsilon.getNumCols();
        double[] bounds = new double[N];
        SimpleMatrix code = model.encoder.apply(X);
        SimpleMatrix Z = new SimpleMatrix(N, k);
        for (int row = 0; row < N; row++) {
            for (int j = 0; j < k; j++) {
                double mean = code.get(row, j);
                double variance = Math.exp(code.get(row, k + j));
                Z.set(row, j, mean + Math.sqrt(variance) * epsilon.get(row, j));
                bounds[row] -= (mean * mean + variance - 1 - Math.log(variance)) / 2;
            }
        }
        SimpleMatrix Y = model.decoder.apply(Z);
        for (int e = 0; e < X.getNumElements(); e++) {
            double x = X.get(e);
            if (logVariance == null) {
                double p = 1 / (1 + Math.exp(-Y.get(e)));
                bounds[e / X.getNumCols()] += x * Math.log(p) + (1 - x) * Math.log(1 - p);
            } else {
                double variance = Math.exp(logVariance.get(0));
                double distance = x - Y.get(e);
                bounds[e / X.getNumCols()] -=
                        Math.log(2 * Math.PI * variance) / 2 + distance * distance / (2 * variance);
            }
        }
        return bounds;
    }

    private static double mean(Vae model, SimpleMatrix logVariance, SimpleMatrix X, SimpleMatrix epsilon) {
        return Arrays.stream(bounds(model, logVariance, X, epsilon)).average().getAsDouble();
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        SimpleMatrix X = images(3);
        for (boolean isGaussian : new boolean[] {false, true}) {
            SimpleMatrix logVariance = isGaussian ? number(-0.7) : null;
            Likelihood likelihood = isGaussian ? Likelihood.gaussian(logVariance) : Likelihood.bernoulli();
            for (Vae model : List.of(dense(likelihood), convolutional(likelihood))) {
                SimpleMatrix epsilon = Randoms.normal(3, model.k(), 1, new SplittableRandom(4));
                SimpleMatrix before = epsilon.copy();
                LossGradient gradient = model.negativeBound().gradient(X, epsilon);
                assertEquals(-mean(model, logVariance, X, epsilon), gradient.loss(), 1e-12);
                assertGradients(
                        isGaussian ? "gaussian" : "bernoulli",
                        () -> -mean(model, logVariance, X, epsilon),
                        model.parameters(),
                        gradient.direction().matrices());
                assertArrayEquals(
                        bounds(model, logVariance, X, epsilon),
                        model.bound(X, epsilon).getDDRM().data,
                        1e-12);
                assertTrue(epsilon.isIdentical(before, 0));
            }
        }
    }

    @Test
    void anObjectiveUsedAgainGivesWhatANewOneGives() {
        Vae model = convolutional(Likelihood.gaussian(number(-0.7)));
        NegativeBound again = model.negativeBound();
        for (int N : new int[] {5, 2, 7}) {
            LossGradient expected = model.negativeBound().gradient(images(N), new SplittableRandom(N));
            LossGradient actual = again.gradient(images(N), new SplittableRandom(N));
            Checks.assertSame(
                    expected.direction().matrices(), actual.direction().matrices());
            assertEquals(expected.loss(), actual.loss());
        }
    }

    @Test
    void everyBatchGetsFreshNoise() {
        NegativeBound objective = dense(Likelihood.bernoulli()).negativeBound();
        SplittableRandom rng = new SplittableRandom(5);
        double first = objective.gradient(images(4), rng).loss();
        assertTrue(first != objective.gradient(images(4), rng).loss());
        SimpleMatrix epsilon = Randoms.normal(4, 2, 1, new SplittableRandom(5));
        assertEquals(first, objective.gradient(images(4), epsilon).loss());
    }

    /** The bound is quadratic in epsilon here, so that epsilon = -1 and 1 give its expectation. */
    @Test
    void theBoundOfOneNumber() {
        Vae model = oneNumber(0.4, 0.8);
        SimpleMatrix x = number(1.3);
        double L =
                (model.bound(x, number(1)).get(0) + model.bound(x, number(-1)).get(0)) / 2;
        assertEquals(-1.8155103089, L, 1e-10);
        // E_q log p(x | z) by quadrature, and the gap, KL[q || N(0.65, 0.5)], in closed form
        double expected = Quadrature.integral(
                z -> Math.exp(-(z - 0.4) * (z - 0.4) / 1.6)
                        / Math.sqrt(1.6 * Math.PI)
                        * -(LOG_2_PI + (1.3 - z) * (1.3 - z))
                        / 2,
                -12,
                12);
        assertEquals(expected - model.posterior(x).klFromPrior().get(0), L, 1e-10);
        assertEquals(LOG_P - L, ((0.8 + 0.25 * 0.25) / 0.5 - 1 - Math.log(0.8 / 0.5)) / 2, 1e-9);
        // L = E_q log p(x, z) + the entropy of q
        double entropy = (LOG_2_PI + 1 + Math.log(0.8)) / 2;
        double joint = -LOG_2_PI - (0.8 + 0.16 + 0.8 + 0.81) / 2;
        assertEquals(joint + entropy, L, 1e-12);
        double z = 0.4 + Math.sqrt(0.8);
        assertEquals(
                -LOG_2_PI - (z * z + (1.3 - z) * (1.3 - z)) / 2,
                model.logJoint(x, number(z)).get(0),
                1e-14);
    }

    @Test
    void importanceWeightsAreUnbiased() {
        Vae model = oneNumber(0.4, 0.8);
        int K = 100_000;
        SimpleMatrix X = new SimpleMatrix(K / 100, 1).plus(1.3); // the same example again and again
        SimpleMatrix w = model.logWeights(X, 100, new SplittableRandom(6)).elementExp();
        double mean = w.elementSum() / K;
        double error = Math.sqrt((w.elementMult(w).elementSum() / K - mean * mean) / K);
        assertTrue(error < 2e-3 * mean);
        assertEquals(Math.exp(LOG_P), mean, 4 * error); // 4 standard errors, of the weights themselves
        assertEquals(LOG_P, Math.log(mean), 4 * error / mean);
    }

    @Test
    void importanceBoundsRiseWithKOnTheSameWeights() {
        SimpleMatrix X = new SimpleMatrix(3, 1, true, 1.3, -0.4, 3);
        SimpleMatrix log = oneNumber(0.4, 0.8).logWeights(X, 64, new SplittableRandom(7));
        SimpleMatrix before = log.copy();
        SimpleMatrix last = Vae.importanceBound(log, 1);
        for (int K = 2; K <= 64; K *= 2) {
            SimpleMatrix bound = Vae.importanceBound(log, K);
            for (int row = 0; row < 3; row++) {
                assertTrue(bound.get(row) > last.get(row));
            }
            last = bound;
        }
        for (int row = 0; row < 3; row++) {
            double ofLogs = 0;
            double ofAll = 0;
            double ofTwo = 0;
            for (int s = 0; s < 64; s++) {
                ofLogs += log.get(row, s) / 64;
                ofAll += Math.exp(log.get(row, s)) / 64;
                ofTwo +=
                        s % 2 == 0 ? Math.log((Math.exp(log.get(row, s)) + Math.exp(log.get(row, s + 1))) / 2) / 32 : 0;
            }
            assertEquals(ofLogs, Vae.importanceBound(log, 1).get(row), 1e-13);
            assertEquals(ofTwo, Vae.importanceBound(log, 2).get(row), 1e-13);
            assertEquals(Math.log(ofAll), last.get(row), 1e-13);
        }
        assertTrue(log.isIdentical(before, 0));
    }

    @Test
    void weightsOfTheTruePosteriorAreAllTheLikelihood() {
        SimpleMatrix log = oneNumber(0.65, 0.5).logWeights(number(1.3), 12, new SplittableRandom(8));
        double logP = -Math.log(4 * Math.PI) / 2 - 1.3 * 1.3 / 4;
        assertEquals(LOG_P, logP, 1e-10);
        for (int K : new int[] {1, 2, 3, 4, 6, 12}) {
            assertEquals(logP, Vae.importanceBound(log, K).get(0), 1e-12);
        }
    }

    @Test
    void numbersOfWeightsThatDoNotFitAreNamed() {
        SimpleMatrix log = new SimpleMatrix(2, 12);
        for (int K : new int[] {0, -1, 5, 24}) {
            assertRefused("K: expected a divisor of the 12 weights, got " + K, () -> Vae.importanceBound(log, K));
        }
        assertRefused("samples: expected at least 1, got 0", () -> oneNumber(0, 1)
                .logWeights(number(1), 0, new SplittableRandom(9)));
        assertEquals(0, Vae.importanceBound(log, 12).get(1), 1e-15);
        SimpleMatrix tiny = log.minus(5000); // whose weights are below all numbers
        assertEquals(-5000, Vae.importanceBound(tiny, 12).get(0), 1e-11);
    }

    @Test
    void drawsHaveTheMomentsOfTheModel() {
        int N = 20_000;
        SimpleMatrix x = oneNumber(0.4, 0.8).draw(N, new SplittableRandom(10));
        // 4 standard errors for N(0, 2); the square of a normal number has the variance 2 sigma^4
        assertEquals(0, x.elementSum() / N, 4 * Math.sqrt(2.0 / N));
        assertEquals(2, x.elementMult(x).elementSum() / N, 4 * 2 * Math.sqrt(2.0 / N));
        SimpleMatrix bits = dense(Likelihood.bernoulli()).draw(50, new SplittableRandom(11));
        assertEquals(12, bits.getNumCols());
        for (int e = 0; e < bits.getNumElements(); e++) {
            assertTrue(bits.get(e) == 0 || bits.get(e) == 1);
        }
        assertRefused("count: expected at least 1, got 0", () -> oneNumber(0, 1).draw(0, new SplittableRandom(10)));
    }

    @Test
    void posteriorAndDecoderAreThoseOfTheNetworks() {
        SimpleMatrix X = images(3);
        Vae model = dense(Likelihood.bernoulli());
        SimpleMatrix outputs = model.encoder.apply(X);
        Posterior q = model.posterior(X);
        for (int row = 0; row < 3; row++) {
            assertEquals(outputs.get(row, 1), q.mean().get(row, 1));
            assertEquals(outputs.get(row, 2), q.logVariance().get(row, 0));
        }
        SimpleMatrix Z = q.mean();
        assertEquals(
                1 / (1 + Math.exp(-model.decoder.apply(Z).get(7))),
                model.decode(Z).get(7),
                1e-15);
        assertEquals(12, model.d());
        assertEquals(2, model.k());
    }

    @Test
    void parametersAreNamedAndCopiesIndependent() {
        Vae model = dense(Likelihood.gaussian(number(0)));
        assertEquals(
                List.of(
                        "encoder W1",
                        "encoder b1",
                        "encoder W2",
                        "encoder b2",
                        "decoder W1",
                        "decoder b1",
                        "decoder W2",
                        "decoder b2",
                        "logVariance"),
                new ArrayList<>(model.parameters().keySet()));
        assertEquals(8, dense(Likelihood.bernoulli()).parameters().size());
        Map<String, SimpleMatrix> before = Checks.copyOf(model.parameters());
        Vae copy = model.copy();
        Checks.assertSame(before, copy.parameters());
        copy.parameters().values().forEach(x -> x.fill(3));
        Checks.assertSame(before, model.parameters());
        assertEquals(8, dense(Likelihood.bernoulli()).copy().parameters().size());
        assertThrows(
                UnsupportedOperationException.class, () -> model.parameters().clear());
    }

    /**
     * A linear decoder with one variance is probabilistic principal component analysis; a linear encoder can be its exact posterior, with
     * columns of W at right angles, and then the bound is the likelihood (Lucas, Tucker, Grosse and Norouzi 2019). The bound is quadratic in
     * epsilon, so that each example with all of plus and minus sqrt(k) e_i gives its expectation.
     */
    @Test
    void theLinearModelReachesPrincipalComponents() {
        int N = 15;
        int k = 2;
        SplittableRandom rng = new SplittableRandom(12);
        SimpleMatrix scales = SimpleMatrix.diag(1.8, 1.2, 0.6, 0.5, 0.5);
        SimpleMatrix X = Randoms.normal(N, 5, 1, rng).mult(scales).plus(0.3);
        Vae model = new Vae(
                Network.of(Dense.forTraining(5, 2 * k, Activation.IDENTITY, rng)),
                Network.of(Dense.forTraining(k, 5, Activation.IDENTITY, rng)),
                Likelihood.gaussian(number(0)));
        SimpleMatrix stacked = X.concatRows(X, X, X);
        SimpleMatrix epsilon = new SimpleMatrix(4 * N, k);
        for (int row = 0; row < 4 * N; row++) {
            int which = row / N;
            epsilon.set(row, which / 2, which % 2 == 0 ? Math.sqrt(k) : -Math.sqrt(k));
        }
        NegativeBound objective = model.negativeBound();
        Adam adam = new Adam(Schedule.linear(0.03, 0, 3000));
        double bound = 0;
        for (int step = 1; step <= 3000; step++) {
            LossGradient gradient = objective.gradient(stacked, epsilon);
            bound = -gradient.loss();
            adam.step(model, gradient);
        }
        assertEquals(probabilisticPrincipalComponents(X, k), bound, 1e-3);
    }

    /** The largest mean log-likelihood (Tipping and Bishop 1999, section 3.2). */
    private static double probabilisticPrincipalComponents(SimpleMatrix X, int k) {
        int N = X.getNumRows();
        int d = X.getNumCols();
        SimpleMatrix centred = X.minus(new SimpleMatrix(N, N).plus(1.0 / N).mult(X));
        double[] eigenvalues = centred.transpose().mult(centred).scale(1.0 / N).eig().getEigenvalues().stream()
                .mapToDouble(e -> e.real)
                .sorted()
                .toArray();
        double rest = 0;
        double sumOfLogs = 0;
        for (int i = 0; i < d; i++) {
            if (i < d - k) {
                rest += eigenvalues[i] / (d - k);
            } else {
                sumOfLogs += Math.log(eigenvalues[i]);
            }
        }
        return -(d * LOG_2_PI + sumOfLogs + (d - k) * Math.log(rest) + d) / 2;
    }

    @Test
    void sameSeedSameModelAndOneThreadOrTwo() {
        SimpleMatrix X = images(120);
        SplittableRandom rng = new SplittableRandom(13);
        Vae start = new Vae(
                Network.of(
                        Dense.forTraining(12, 301, Activation.RELU, rng),
                        Dense.forTraining(301, 14, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(7, 301, Activation.LEAKY_RELU, rng),
                        Dense.forTraining(301, 12, Activation.IDENTITY, rng)),
                Likelihood.gaussian(number(0)));
        Checks.assertSameBitsWithTwoThreads(() -> {
            Vae model = start.copy();
            new MinibatchTrainer(new Adam(0.01), 50)
                    .train(model.negativeBound(), Batches.of(X), 2, new SplittableRandom(14), report -> true);
            return model.parameters();
        });
    }

    @Test
    void badDataAreRefusedBeforeAnythingChanges() {
        Vae model = dense(Likelihood.bernoulli());
        Map<String, SimpleMatrix> before = Checks.copyOf(model.parameters());
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 1);
        SimpleMatrix X = images(12);
        X.set(7, 3, -0.01);
        assertRefused(
                "X: expected elements in [0, 1], got -0.01 at (7, 3)",
                () -> trainer.train(model.negativeBound(), Batches.of(X), 1, new SplittableRandom(15), report -> true));
        assertRefused("X: expected elements in [0, 1], got -0.01 at (7, 3)", () -> model.negativeBound()
                .gradient(X, new SimpleMatrix(12, 2)));
        assertRefused("epsilon: expected 3x2, got 3x3", () -> model.negativeBound()
                .gradient(images(3), new SimpleMatrix(3, 3)));
        assertRefused("X: expected one example of 12 columns per row, got 3x11", () -> model.negativeBound()
                .gradient(new SimpleMatrix(3, 11), new SimpleMatrix(3, 2)));
        Checks.assertSame(before, model.parameters());
    }

    /** Log-variances whose exponential is infinite: the codes would be no numbers. */
    @Test
    void codesThatOverflowAreDivergence() {
        Vae model = dense(Likelihood.bernoulli());
        model.encoder.layers().get(1).b.set(3, 1500);
        Map<String, SimpleMatrix> before = Checks.copyOf(model.parameters());
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> new MinibatchTrainer(new Sgd(0.1), 4)
                .train(model.negativeBound(), Batches.of(images(12)), 1, new SplittableRandom(15), report -> true));
        assertEquals("training diverged in epoch 1: the KL divergence is Infinity", e.getMessage());
        Checks.assertSame(before, model.parameters());
        Vae narrow = dense(Likelihood.gaussian(number(-1000))); // 1 / variance is infinite
        e = assertThrows(ArithmeticException.class, () -> new MinibatchTrainer(new Sgd(0.1), 4)
                .train(narrow.negativeBound(), Batches.of(images(12)), 1, new SplittableRandom(15), report -> true));
        assertEquals(
                "training diverged in epoch 1: the loss is Infinity; clipping the gradient, or a smaller learning rate, may help",
                e.getMessage());
    }

    @Test
    void networksThatDoNotFitAreRefused() {
        SplittableRandom rng = new SplittableRandom(16);
        Network odd = Network.of(Dense.forTraining(5, 3, Activation.IDENTITY, rng));
        Network four = Network.of(Dense.forTraining(5, 4, Activation.IDENTITY, rng));
        Network back = Network.of(Dense.forTraining(4, 5, Activation.IDENTITY, rng));
        assertRefused(
                "encoder: expected an even number of outputs, means and log-variances, got 3",
                () -> new Vae(odd, back, Likelihood.bernoulli()));
        assertRefused(
                "decoder: expected 2 inputs and 5 outputs, got 4 and 5",
                () -> new Vae(four, back, Likelihood.bernoulli()));
        Network two = Network.of(Dense.forTraining(2, 5, Activation.SIGMOID, rng));
        assertRefused(
                "decoder: expected a last layer with activation IDENTITY, got SIGMOID",
                () -> new Vae(four, two, Likelihood.bernoulli()));
        new Vae(four, two, Likelihood.gaussian(number(0))); // makes sense: means between 0 and 1
        Network positive = Network.of(Dense.forTraining(5, 4, Activation.RELU, rng));
        assertRefused(
                "encoder: expected a last layer with activation IDENTITY, got RELU",
                () -> new Vae(positive, two, Likelihood.gaussian(number(0))));
    }

    @Test
    void anInterruptEndsImportanceSampling() {
        Thread.currentThread().interrupt();
        CancellationException end = assertThrows(CancellationException.class, () -> dense(Likelihood.bernoulli())
                .logWeights(images(3), 10, new SplittableRandom(17)));
        assertTrue(Thread.interrupted());
        assertEquals("importance sampling interrupted at sample 0", end.getMessage());
    }

    /** The data are sound, and are not to be blamed. */
    @Test
    void aLogVarianceThatHasRunAwayIsNamed() {
        Vae model = dense(Likelihood.bernoulli());
        model.encoder.layers().get(1).b.set(3, 1500);
        SimpleMatrix X = images(3);
        SimpleMatrix epsilon = new SimpleMatrix(3, 2);
        epsilon.fill(1);
        for (Executable call : List.<Executable>of(
                () -> model.bound(X, epsilon), () -> model.logWeights(X, 2, new SplittableRandom(1)))) {
            String message = assertThrows(ArithmeticException.class, call).getMessage();
            assertTrue(
                    message.startsWith("the codes are no longer finite: a log-variance of q(z | x) has become 1"),
                    message);
        }
        SimpleMatrix Z = new SimpleMatrix(3, 2);
        Z.set(1, 1, Double.NaN);
        assertRefused("Z: expected finite elements, got NaN at (1, 1)", () -> model.decode(Z));
        assertRefused("Z: expected finite elements, got NaN at (1, 1)", () -> model.logJoint(X, Z));
        assertRefused("Z: expected 3 rows as X has, got 2x2", () -> model.logJoint(X, new SimpleMatrix(2, 2)));
    }

    /** Two numbers of the code for each of two examples: log N(z; 0, I) + log N(x; z_1 + 2 z_2, 1), written out. */
    @Test
    void theJointDensityOfTwoCodes() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{1, 2}});
        Vae model = new Vae(
                Network.of(new Dense(new SimpleMatrix(1, 4), new SimpleMatrix(4, 1), Activation.IDENTITY)),
                Network.of(new Dense(W.transpose(), number(0), Activation.IDENTITY)),
                Likelihood.gaussian(number(0)));
        double[] x = {0.7, -1.2};
        double[][] z = {{0.3, -0.5}, {1.1, 0.2}};
        SimpleMatrix log = model.logJoint(new SimpleMatrix(2, 1, true, x), new SimpleMatrix(z));
        for (int i = 0; i < 2; i++) {
            double difference = x[i] - z[i][0] - 2 * z[i][1];
            double squares = z[i][0] * z[i][0] + z[i][1] * z[i][1] + difference * difference;
            assertEquals(-(3 * LOG_2_PI + squares) / 2, log.get(i), 1e-14);
        }
    }
}
