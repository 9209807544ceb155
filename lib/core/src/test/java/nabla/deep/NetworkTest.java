package nabla.deep;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Layers one after the other: gradients through all of them, matrices that are used again, and refusals. */
class NetworkTest {
    private static Network dense(SplittableRandom rng) {
        return Network.of(
                Layers.dense(5, 4, Activation.TANH, rng),
                Layers.dense(4, 6, Activation.SIGMOID, rng),
                Layers.dense(6, 3, Activation.IDENTITY, rng));
    }

    /** From images of 4 x 3 with 2 channels over 2 x 2 and a code of 4 back to 4 x 3. */
    private static Network convolutional(Activation f, SplittableRandom rng) {
        ImageSize image = new ImageSize(4, 3, 2);
        Window window = new Window(3, 2, 1);
        Convolution down = Convolution.forTraining(image, window, 3, f, rng);
        return Network.of(
                down,
                Dense.forTraining(down.outputs(), 4, f, rng),
                Dense.forTraining(4, down.outputs(), f, rng),
                TransposedConvolution.forTraining(image, window, 3, Activation.IDENTITY, rng));
    }

    /** Everything that a pass computes, as copies. */
    private static Map<String, SimpleMatrix> everything(BackPropagation pass, SimpleMatrix X) {
        Map<String, SimpleMatrix> all = new LinkedHashMap<>();
        SimpleMatrix Y = pass.forward(X);
        all.put("Y", Y.copy());
        pass.backward(Randoms.normal(Y.getNumRows(), Y.getNumCols(), 1, new SplittableRandom(Y.getNumRows())));
        all.put("dX", pass.inputGradient().copy());
        all.putAll(Checks.copyOf(pass.gradient().matrices()));
        return all;
    }

    @Test
    void gradientsGoThroughAllLayers() {
        for (Network network :
                List.of(dense(new SplittableRandom(1)), convolutional(Activation.TANH, new SplittableRandom(2)))) {
            SplittableRandom rng = new SplittableRandom(3);
            SimpleMatrix X = Randoms.normal(3, network.inputs(), 1, rng);
            SimpleMatrix target = Randoms.normal(3, network.outputs(), 1, rng);
            BackPropagation pass = network.backPropagation();
            pass.backward(pass.forward(X).minus(target));
            Map<String, SimpleMatrix> variables = new LinkedHashMap<>(network.parameters());
            variables.put("X", X);
            Map<String, SimpleMatrix> gradients =
                    new LinkedHashMap<>(pass.gradient().matrices());
            gradients.put("X", pass.inputGradient());
            assertGradients("network", () -> halfSquares(network, X, target), variables, gradients);
        }
    }

    private static double halfSquares(Network network, SimpleMatrix X, SimpleMatrix target) {
        SimpleMatrix Y = network.apply(X);
        double sum = 0;
        for (int e = 0; e < Y.getNumElements(); e++) {
            sum += Math.pow(Y.get(e) - target.get(e), 2) / 2;
        }
        return sum;
    }

    @Test
    void aPassUsedAgainGivesWhatANewOneGives() {
        for (Network network : List.of(
                dense(new SplittableRandom(1)), convolutional(Activation.LEAKY_RELU, new SplittableRandom(2)))) {
            SplittableRandom rng = new SplittableRandom(4);
            BackPropagation again = network.backPropagation();
            for (int N : new int[] {7, 2, 9, 1, 7}) {
                SimpleMatrix X = Randoms.normal(N, network.inputs(), 1, rng);
                Checks.assertSame(everything(network.backPropagation(), X), everything(again, X));
            }
            network.parameters().get("W1").set(0, 3.0); // a pass takes the parameters as they are
            SimpleMatrix X = Randoms.normal(4, network.inputs(), 1, rng);
            Checks.assertSame(everything(network.backPropagation(), X), everything(again, X));
        }
    }

    /** In whatever order, and as often as they are asked for. */
    @Test
    void oneWayBackGivesBothGradients() {
        Network network = convolutional(Activation.TANH, new SplittableRandom(2));
        SimpleMatrix X = Randoms.normal(4, network.inputs(), 1, new SplittableRandom(5));
        Map<String, SimpleMatrix> expected = everything(network.backPropagation(), X);
        BackPropagation pass = network.backPropagation();
        SimpleMatrix Y = pass.forward(X);
        pass.backward(Y);
        pass.backward(Randoms.normal(4, Y.getNumCols(), 1, new SplittableRandom(4)));
        for (int repetition = 0; repetition < 2; repetition++) {
            pass.gradient().matrices().forEach((name, g) -> assertTrue(g.isIdentical(expected.get(name), 0), name));
            assertTrue(pass.inputGradient().isIdentical(expected.get("dX"), 0));
        }
    }

    @Test
    void whatIsGivenIsNotModified() {
        for (Network network :
                List.of(dense(new SplittableRandom(1)), convolutional(Activation.RELU, new SplittableRandom(2)))) {
            SplittableRandom rng = new SplittableRandom(6);
            SimpleMatrix X = Randoms.normal(4, network.inputs(), 1, rng);
            SimpleMatrix dY = Randoms.normal(4, network.outputs(), 1, rng);
            SimpleMatrix inputs = X.copy();
            SimpleMatrix derivatives = dY.copy();
            Map<String, SimpleMatrix> parameters = Checks.copyOf(network.parameters());
            BackPropagation pass = network.backPropagation();
            pass.forward(X);
            pass.backward(dY);
            pass.gradient();
            pass.inputGradient();
            assertTrue(X.isIdentical(inputs, 0));
            assertTrue(dY.isIdentical(derivatives, 0));
            Checks.assertSame(parameters, network.parameters());
            SimpleMatrix Y = network.apply(X);
            SimpleMatrix before = Y.copy();
            network.apply(dY.cols(0, 1).mult(new SimpleMatrix(1, network.inputs()).plus(1)));
            assertTrue(Y.isIdentical(before, 0)); // a matrix of its own
        }
    }

    @Test
    void oneThreadAndTwoGiveTheSameBits() {
        SplittableRandom rng = new SplittableRandom(7);
        ImageSize image = new ImageSize(13, 10, 3);
        Window window = new Window(4, 2, 1);
        for (Activation f : List.of(Activation.TANH, Activation.LEAKY_RELU)) {
            Convolution down = Convolution.forTraining(image, window, 9, f, rng);
            Network network = Network.of(
                    down,
                    Dense.forTraining(down.outputs(), 301, f, rng),
                    Dense.forTraining(301, down.outputs(), f, rng),
                    TransposedConvolution.forTraining(image, window, 9, f, rng));
            SimpleMatrix X = Randoms.normal(101, network.inputs(), 1, rng);
            Checks.assertSameBitsWithTwoThreads(() -> everything(network.backPropagation(), X));
        }
    }

    /** Large enough for every pass to be cut into pieces: what a batch gives is what its examples give one by one. */
    @Test
    void largeBatchesAreTheSumOfTheirExamples() {
        SplittableRandom rng = new SplittableRandom(10);
        ImageSize image = new ImageSize(12, 11, 2);
        Window window = new Window(4, 2, 1);
        for (Activation f : Activation.values()) {
            Convolution down = Convolution.forTraining(image, window, 9, f, rng);
            Network network = Network.of(
                    down,
                    Dense.forTraining(down.outputs(), 200, f, rng),
                    Dense.forTraining(200, down.outputs(), f, rng),
                    TransposedConvolution.forTraining(image, window, 9, f, rng));
            int N = 50;
            SimpleMatrix X = Randoms.normal(N, network.inputs(), 1, rng);
            SimpleMatrix dY = Randoms.normal(N, network.outputs(), 1, rng);
            BackPropagation whole = network.backPropagation();
            SimpleMatrix Y = whole.forward(X);
            whole.backward(dY);
            SimpleMatrix dX = whole.inputGradient();
            Map<String, SimpleMatrix> gradient = whole.gradient().matrices();
            Map<String, SimpleMatrix> sum = new LinkedHashMap<>();
            BackPropagation single = network.backPropagation();
            for (int row = 0; row < N; row++) {
                Checks.assertClose("Y", single.forward(X.getRow(row)), Y.getRow(row), 1e-12);
                single.backward(dY.getRow(row));
                single.gradient().matrices().forEach((name, g) -> sum.merge(name, g.copy(), SimpleMatrix::plus));
                Checks.assertClose("dX", single.inputGradient(), dX.getRow(row), 1e-12);
            }
            sum.forEach((name, g) -> Checks.assertClose(name, g, gradient.get(name), 1e-11));
        }
    }

    /** A fifth of the inputs is 1, the rest 0, and the products are large enough for zeros to be left out. */
    @Test
    void sparseInputsGiveThePlainProducts() {
        SplittableRandom rng = new SplittableRandom(8);
        Dense layer = Layers.dense(203, 151, Activation.IDENTITY, rng);
        SimpleMatrix X = Randoms.bernoulli(new SimpleMatrix(67, 203).plus(0.2), rng);
        BackPropagation pass = Network.of(layer).backPropagation();
        SimpleMatrix Y = pass.forward(X);
        SimpleMatrix ones = new SimpleMatrix(67, 1).plus(1);
        Checks.assertClose("Y", X.mult(layer.W).plus(ones.mult(layer.b.transpose())), Y, 1e-12);
        SimpleMatrix dY = Randoms.normal(67, 151, 1, rng);
        pass.backward(dY);
        Checks.assertClose("dW", X.transpose().mult(dY), pass.gradient().of("W1"), 1e-12);
        Checks.assertClose("db", dY.transpose().mult(ones), pass.gradient().of("b1"), 1e-12);
        Checks.assertClose("dX", dY.mult(layer.W.transpose()), pass.inputGradient(), 1e-12);
    }

    @Test
    void parametersAreTheLayersOwnByName() {
        Network network = dense(new SplittableRandom(1));
        assertEquals(
                List.of("W1", "b1", "W2", "b2", "W3", "b3"),
                new ArrayList<>(network.parameters().keySet()));
        assertTrue(network.parameters().get("W2") == network.layers().get(1).W);
        assertTrue(network.parameters().get("b3") == network.layers().get(2).b);
        assertThrows(
                UnsupportedOperationException.class, () -> network.parameters().remove("W1"));
        assertThrows(UnsupportedOperationException.class, () -> network.layers().remove(0));
        assertEquals(5, network.inputs());
        assertEquals(3, network.outputs());
    }

    @Test
    void copiesAreIndependent() {
        Network network = convolutional(Activation.RELU, new SplittableRandom(2));
        Map<String, SimpleMatrix> before = Checks.copyOf(network.parameters());
        Network copy = network.copy();
        Checks.assertSame(before, copy.parameters());
        copy.parameters().values().forEach(x -> x.fill(7));
        Checks.assertSame(before, network.parameters());
    }

    @Test
    void whatDoesNotFitIsNamed() {
        SplittableRandom rng = new SplittableRandom(9);
        assertRefused("number of layers: expected at least 1, got 0", () -> Network.of());
        Dense first = Layers.dense(3, 4, Activation.TANH, rng);
        Dense second = Layers.dense(5, 2, Activation.TANH, rng);
        assertRefused(
                "layer 2: expected 4 inputs, as many as layer 1 has outputs, got 5", () -> Network.of(first, second));
        Network network = Network.of(first);
        BackPropagation pass = network.backPropagation();
        assertRefused(
                "X: expected one example of 3 columns per row, got 2x4", () -> pass.forward(new SimpleMatrix(2, 4)));
        assertRefused(
                "X: expected one example of 3 columns per row, got 0x3", () -> pass.forward(new SimpleMatrix(0, 3)));
        assertRefused(
                "X: expected one example of 3 columns per row, got 0x3", () -> network.apply(new SimpleMatrix(0, 3)));
        SimpleMatrix bad = new SimpleMatrix(2, 3);
        bad.set(1, 0, Double.POSITIVE_INFINITY);
        assertRefused("X: expected finite elements, got Infinity at (1, 0)", () -> pass.forward(bad));
        assertRefused("X: expected finite elements, got Infinity at (1, 0)", () -> network.apply(bad));
        pass.forward(new SimpleMatrix(2, 3));
        assertRefused("dY: expected 2x4, got 3x4", () -> pass.backward(new SimpleMatrix(3, 4)));
        assertRefused("dY: expected 2x4, got 2x3", () -> pass.backward(new SimpleMatrix(2, 3)));
    }

    @Test
    void theOrderOfTheCallsIsChecked() {
        BackPropagation pass = dense(new SplittableRandom(1)).backPropagation();
        assertState("backward: expected a forward pass before it", () -> pass.backward(new SimpleMatrix(1, 3)));
        assertState("gradient: expected a backward pass before it", pass::gradient);
        pass.forward(new SimpleMatrix(1, 5));
        assertState("gradient: expected a backward pass before it", pass::gradient);
        assertState("gradient: expected a backward pass before it", pass::inputGradient);
        pass.backward(new SimpleMatrix(1, 3));
        pass.gradient();
        pass.inputGradient();
        pass.forward(new SimpleMatrix(2, 5));
        assertState("gradient: expected a backward pass before it", pass::gradient);
        assertState("gradient: expected a backward pass before it", pass::inputGradient);
    }

    private static void assertState(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }

    /** Bad input is an argument's fault; what overflows on the way is not. */
    @Test
    void outputsThatAreNotFiniteAreNoArgumentsFault() {
        SimpleMatrix W = new SimpleMatrix(2, 2).plus(1e200);
        Network network = Network.of(
                new Dense(W, new SimpleMatrix(2, 1), Activation.IDENTITY),
                new Dense(W, new SimpleMatrix(2, 1), Activation.IDENTITY));
        SimpleMatrix X = new SimpleMatrix(1, 2).plus(1);
        assertEquals(
                "the outputs of the network are no longer finite",
                assertThrows(ArithmeticException.class, () -> network.apply(X)).getMessage());
        BackPropagation pass = dense(new SplittableRandom(1)).backPropagation();
        pass.forward(new SimpleMatrix(1, 5));
        SimpleMatrix dY = new SimpleMatrix(1, 3);
        dY.set(1, Double.NaN);
        pass.backward(dY);
        SimpleMatrix db = pass.gradient().of("b3");
        assertArrayEquals(new double[] {0, Double.NaN, 0}, db.getDDRM().data);
    }
}
