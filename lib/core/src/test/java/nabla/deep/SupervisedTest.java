package nabla.deep;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.math.Activation;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.optim.Batches;
import nabla.optim.Examples;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import nabla.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The losses of classifiers and regressions: by their definitions, finite differences, and a training loop written out. */
class SupervisedTest {
    private static Network network(int seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        return Network.of(Layers.dense(4, 5, Activation.TANH, rng), Layers.dense(5, 3, Activation.IDENTITY, rng));
    }

    private static SimpleMatrix inputs(int N) {
        return Randoms.normal(N, 4, 1, new SplittableRandom(2));
    }

    private static int[] labels(int N) {
        int[] labels = new int[N];
        for (int i = 0; i < N; i++) {
            labels[i] = (i * i + 1) % 3;
        }
        return labels;
    }

    /** A network of one layer whose outputs are its inputs. */
    private static Network identity(int k) {
        return Network.of(new Dense(SimpleMatrix.identity(k), new SimpleMatrix(k, 1), Activation.IDENTITY));
    }

    @Test
    void crossEntropyByItsDefinition() {
        double[][] y = {{1, 2, -1}, {0, 0.5, 3}};
        SimpleMatrix T = new SimpleMatrix(new double[][] {{0, 1, 0}, {0.2, 0.3, 0.5}});
        double expected = 0;
        for (int row = 0; row < 2; row++) {
            double Z = Math.exp(y[row][0]) + Math.exp(y[row][1]) + Math.exp(y[row][2]);
            for (int j = 0; j < 3; j++) {
                expected -= T.get(row, j) * Math.log(Math.exp(y[row][j]) / Z) / 2;
            }
        }
        Examples data = new Examples(new SimpleMatrix(y), T);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(identity(3));
        assertEquals(expected, loss.loss(data), 1e-14);
        assertEquals(expected, loss.gradient(data, new SplittableRandom(1)).loss(), 1e-14);
        Checks.assertClose(
                "p",
                new SimpleMatrix(1, 3, true, Functions.softmax(y[1])),
                loss.probabilities(data.X()).getRow(1),
                1e-15);
        Examples ignorant = Examples.labelled(new SimpleMatrix(5, 7), new int[] {0, 6, 3, 3, 1}, 7);
        assertEquals(Math.log(7), new SoftmaxCrossEntropy(identity(7)).loss(ignorant), 1e-14);
    }

    @Test
    void surelyWrongIsDearAndFinite() {
        Examples data = Examples.labelled(new SimpleMatrix(new double[][] {{0, 5000}}), new int[] {0}, 2);
        Network network = identity(2);
        LossGradient gradient = new SoftmaxCrossEntropy(network).gradient(data, new SplittableRandom(1));
        assertEquals(5000, gradient.loss(), 1e-9);
        assertEquals(-1, gradient.direction().of("b1").get(0), 1e-12);
        assertEquals(1, gradient.direction().of("b1").get(1), 1e-12);
    }

    @Test
    void squaredErrorByItsDefinition() {
        Examples data = new Examples(
                new SimpleMatrix(new double[][] {{1, 2}, {3, -1}}), new SimpleMatrix(new double[][] {{0, 4}, {3, 1}}));
        SquaredError loss = new SquaredError(identity(2));
        assertEquals((1 + 4 + 0 + 4) / 2.0, loss.loss(data), 1e-14);
        assertEquals(4.5, loss.gradient(data, new SplittableRandom(1)).loss(), 1e-14);
    }

    @Test
    void gradientsAgainstFiniteDifferences() {
        Network classifier = network(1);
        SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy(classifier);
        SimpleMatrix soft = new SimpleMatrix(new double[][] {{0.2, 0.3, 0.5}, {1, 0, 0}, {0, 0.5, 0.5}});
        for (Examples data :
                new Examples[] {Examples.labelled(inputs(8), labels(8), 3), new Examples(inputs(3), soft)}) {
            Checks.assertGradients(
                    "cross-entropy",
                    () -> entropy.loss(data),
                    classifier.parameters(),
                    entropy.gradient(data, new SplittableRandom(1))
                            .direction()
                            .copy()
                            .matrices());
        }
        Network regression = network(3);
        SquaredError error = new SquaredError(regression);
        Examples data = new Examples(inputs(8), Randoms.normal(8, 3, 1, new SplittableRandom(4)));
        Checks.assertGradients(
                "squared error",
                () -> error.loss(data),
                regression.parameters(),
                error.gradient(data, new SplittableRandom(1)).direction().copy().matrices());
    }

    @Test
    void accuracyCountsHits() {
        SimpleMatrix Y = new SimpleMatrix(new double[][] {{1, 2, 0}, {5, 5, 1}, {-3, -2, -1}, {0, 0, 1e-9}});
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(identity(3));
        assertEquals(1, loss.accuracy(Examples.labelled(Y, new int[] {1, 0, 2, 2}, 3)));
        assertEquals(0.5, loss.accuracy(Examples.labelled(Y, new int[] {1, 1, 0, 2}, 3)));
    }

    /** As in the notebook on images: 1 is appended to every example, and the gradient is X'(T - P) / N. */
    @Test
    void softmaxRegressionIsTheLoopWrittenOut() {
        Examples data = Examples.labelled(inputs(20), labels(20), 3);
        Network network = Network.of(new Dense(new SimpleMatrix(4, 3), new SimpleMatrix(3, 1), Activation.IDENTITY));
        new MinibatchTrainer(new Sgd(0.5).withWeightDecay(1e-3, "W1", "b1"), 20)
                .train(new SoftmaxCrossEntropy(network), Batches.of(data), 50, new SplittableRandom(5));

        SimpleMatrix X = data.X().concatColumns(new SimpleMatrix(20, 1).plus(1));
        SimpleMatrix U = new SimpleMatrix(5, 3);
        for (int step = 0; step < 50; step++) {
            SimpleMatrix P = X.mult(U);
            for (int i = 0; i < 20; i++) {
                P.setRow(i, 0, Functions.softmax(P.getRow(i).getDDRM().data));
            }
            SimpleMatrix ascent = X.transpose().mult(data.Y().minus(P)).divide(20);
            U = U.plus(ascent.minus(U.scale(1e-3)).scale(0.5));
        }
        Checks.assertClose("W", U.rows(0, 4), network.parameters().get("W1"), 1e-12);
        Checks.assertClose("b", U.rows(4, 5).transpose(), network.parameters().get("b1"), 1e-12);
        assertTrue(U.elementMaxAbs() > 0.1);
    }

    @Test
    void badArgumentsChangeNothing() {
        Network network = network(1);
        Map<String, SimpleMatrix> before = Checks.copyOf(network.parameters());
        Objective<Examples> loss = new SoftmaxCrossEntropy(network);
        MinibatchTrainer trainer = new MinibatchTrainer(new Sgd(0.1), 4);
        SplittableRandom rng = new SplittableRandom(1);
        Examples numbers = new Examples(inputs(2), new SimpleMatrix(new double[][] {{0, 1, 0}, {0.4, 0.4, 0}}));
        assertRefused(
                "Y: expected probabilities that add up to 1 in every row, got 0.8 in row 1",
                () -> trainer.train(loss, Batches.of(numbers), 1, rng));
        assertRefused(
                "Y: expected one example of 3 columns per row, got 8x4",
                () -> trainer.train(loss, Batches.of(Examples.labelled(inputs(8), labels(8), 4)), 1, rng));
        assertRefused(
                "progress: expected one, got null",
                () -> trainer.train(loss, Batches.of(Examples.labelled(inputs(8), labels(8), 3)), 1, rng, null));
        assertRefused("optimizer: expected one, got null", () -> new MinibatchTrainer(null, 1));
        Network squashed = Network.of(Layers.dense(4, 3, Activation.SIGMOID, rng));
        assertRefused(
                "network: expected a last layer with activation IDENTITY, got SIGMOID",
                () -> new SoftmaxCrossEntropy(squashed));
        Checks.assertSame(before, network.parameters());
    }
}
