package nabla.deep;

import static nabla.Checks.assertClose;
import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import nabla.deep.Layers.Geometry;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Every kind of layer with every nonlinearity, against loops over single numbers and finite differences. */
class LayersTest {
    private static final double CLEARANCE = 0.016;

    private static void assertForward(Layer layer, SimpleMatrix X, SimpleMatrix Z) {
        SimpleMatrix Y = Z.copy();
        for (int e = 0; e < Y.getNumElements(); e++) {
            Y.set(e, Layers.f(layer.activation(), Z.get(e)));
        }
        assertEquals(layer.inputs(), X.getNumCols());
        assertEquals(layer.outputs(), Z.getNumCols());
        assertClose(layer.toString(), Y, Network.of(layer).apply(X), 1e-12);
    }

    @Test
    void forwardIsWhatTheLoopsCompute() {
        SplittableRandom rng = new SplittableRandom(1);
        for (Activation f : Activation.values()) {
            for (int N : new int[] {1, 3}) {
                for (int[] shape : new int[][] {{1, 1}, {4, 3}, {2, 5}, {70, 66}}) {
                    Dense dense = Layers.dense(shape[0], shape[1], f, rng);
                    SimpleMatrix X = Randoms.normal(N, shape[0], 1, rng);
                    assertForward(dense, X, Layers.dense(dense, X));
                }
                for (Geometry geometry : Layers.GEOMETRIES) {
                    Convolution convolution = geometry.convolution(f, rng);
                    SimpleMatrix X = Randoms.normal(N, convolution.inputs(), 1, rng);
                    assertForward(convolution, X, Layers.convolution(convolution, geometry, X));
                    TransposedConvolution transposed = geometry.transposed(f, rng);
                    SimpleMatrix V = Randoms.normal(N, transposed.inputs(), 1, rng);
                    assertForward(transposed, V, Layers.transposed(transposed, geometry, V));
                }
            }
        }
    }

    /** The derivatives of a weighted sum of all outputs. */
    private static void assertDerivatives(Layer layer, SimpleMatrix X) {
        Network network = Network.of(layer);
        SimpleMatrix dY = Randoms.normal(X.getNumRows(), layer.outputs(), 1, new SplittableRandom(9));
        BackPropagation pass = network.backPropagation();
        pass.forward(X);
        pass.backward(dY);
        Map<String, SimpleMatrix> variables = new LinkedHashMap<>(network.parameters());
        variables.put("X", X);
        Map<String, SimpleMatrix> gradients =
                new LinkedHashMap<>(pass.gradient().matrices());
        gradients.put("X", pass.inputGradient());
        String what = layer.getClass().getSimpleName() + " " + layer.activation();
        assertGradients(what, () -> network.apply(X).elementMult(dY).elementSum(), variables, gradients);
    }

    /**
     * Draws a layer and inputs until no pre-activation is near 0, where rectifiers have no derivative, and checks the derivatives there. The
     * six smallest steps of the finite differences are at most 0.004 (times the number that is moved, where that is larger than 1), and a
     * pre-activation moves by at most some four times a step.
     */
    private static <L extends Layer> void assertDerivatives(
            Supplier<L> draw, BiFunction<L, SimpleMatrix, SimpleMatrix> affine, SplittableRandom rng) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            L layer = draw.get();
            SimpleMatrix X = Randoms.normal(2, layer.inputs(), 0.8, rng);
            SimpleMatrix Z = affine.apply(layer, X);
            if (IntStream.range(0, Z.getNumElements()).allMatch(e -> Math.abs(Z.get(e)) > CLEARANCE)
                    && Z.elementMax() > 0.5) { // some rectifier is on
                assertDerivatives(layer, X);
                return;
            }
        }
        throw new AssertionError("some pre-activation is always near 0");
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        SplittableRandom rng = new SplittableRandom(2);
        for (Activation f : Activation.values()) {
            for (int[] shape : new int[][] {{1, 1}, {4, 3}, {2, 5}}) {
                assertDerivatives(() -> Layers.dense(shape[0], shape[1], f, rng), Layers::dense, rng);
            }
            for (Geometry geometry : Layers.GEOMETRIES) {
                assertDerivatives(
                        () -> geometry.convolution(f, rng), (layer, X) -> Layers.convolution(layer, geometry, X), rng);
                assertDerivatives(
                        () -> geometry.transposed(f, rng), (layer, X) -> Layers.transposed(layer, geometry, X), rng);
            }
        }
    }

    /** The inner product of A x with y is that of x with A' y. */
    @Test
    void theTransposedConvolutionIsTheTransposeOfTheConvolution() {
        SplittableRandom rng = new SplittableRandom(3);
        for (Geometry geometry : Layers.GEOMETRIES) {
            SimpleMatrix W = Randoms.normal(geometry.patch(), geometry.K(), 1, rng);
            Convolution A = new Convolution(
                    geometry.image(), geometry.window(), W, new SimpleMatrix(geometry.K(), 1), Activation.IDENTITY);
            SimpleMatrix b = new SimpleMatrix(geometry.image().channels(), 1);
            TransposedConvolution transpose =
                    new TransposedConvolution(geometry.image(), geometry.window(), W, b, Activation.IDENTITY);
            assertEquals(A.result(), transpose.input());
            assertEquals(A.inputs(), transpose.outputs());
            SimpleMatrix x = Randoms.normal(1, A.inputs(), 1, rng);
            SimpleMatrix y = Randoms.normal(1, A.outputs(), 1, rng);
            double there = Network.of(A).apply(x).elementMult(y).elementSum();
            double back = Network.of(transpose).apply(y).elementMult(x).elementSum();
            assertEquals(there, back, 1e-12 * Math.max(1, Math.abs(there)), geometry.toString());
        }
    }

    @Test
    void patchesAreOverwrittenAlsoWhereTheWindowLooksBeyondTheImage() {
        SplittableRandom rng = new SplittableRandom(10);
        for (Geometry geometry : Layers.GEOMETRIES) {
            Patches patches = new Patches(geometry.image(), geometry.window());
            DMatrixRMaj X =
                    Randoms.normal(3, geometry.image().elements(), 1, rng).getDDRM();
            DMatrixRMaj clean = new DMatrixRMaj(0, 0);
            patches.gather(X, clean);
            DMatrixRMaj used = new DMatrixRMaj(3 * patches.places() + 1, patches.elements());
            used.fill(7);
            patches.gather(X, used);
            assertTrue(SimpleMatrix.wrap(used).isIdentical(SimpleMatrix.wrap(clean), 0), geometry.toString());
        }
    }

    @Test
    void sizesOfWhatComesOut() {
        assertEquals(new ImageSize(28, 20, 7), new Window(3, 1, 1).over(new ImageSize(28, 20, 2), 7));
        assertEquals(new ImageSize(14, 10, 1), new Window(4, 2, 1).over(new ImageSize(28, 20, 2), 1));
        assertEquals(new ImageSize(3, 2, 1), new Window(2, 2, 0).over(new ImageSize(7, 5, 1), 1));
        assertEquals(new ImageSize(1, 1, 1), new Window(7, 3, 0).over(new ImageSize(7, 7, 1), 1));
        assertEquals(560, new ImageSize(28, 20, 1).elements());
        assertEquals("28x20x3", new ImageSize(28, 20, 3).toString());
    }

    @Test
    void copiesAreIndependent() {
        SplittableRandom rng = new SplittableRandom(4);
        for (Layer layer : Layers.all(Activation.TANH, rng)) {
            SimpleMatrix X = Randoms.normal(2, layer.inputs(), 1, rng);
            Layer copy = layer.copy();
            SimpleMatrix before = Network.of(layer).apply(X);
            assertTrue(before.isIdentical(Network.of(copy).apply(X), 0));
            assertNotSame(layer.W, copy.W);
            assertNotSame(layer.b, copy.b);
            assertSame(layer.getClass(), copy.getClass());
            copy.W.fill(7);
            copy.b.fill(7);
            assertTrue(before.isIdentical(Network.of(layer).apply(X), 0));
        }
    }

    /** He's weights for rectifiers: variance 2 / inputs; Glorot's otherwise: 2 / (inputs + outputs). */
    @Test
    void weightsForTrainingHaveTheirVariance() {
        ImageSize image = new ImageSize(30, 20, 20);
        Window window = new Window(5, 1, 2);
        for (Activation f : Activation.values()) {
            boolean isRectifier = f == Activation.RELU || f == Activation.LEAKY_RELU;
            SplittableRandom rng = new SplittableRandom(5);
            assertWeights(Dense.forTraining(150, 90, f, rng), isRectifier ? 2.0 / 150 : 2.0 / 240);
            assertWeights(Convolution.forTraining(image, window, 30, f, rng), isRectifier ? 2.0 / 500 : 2.0 / 530);
            assertWeights(
                    TransposedConvolution.forTraining(image, window, 30, f, rng),
                    isRectifier ? 2.0 / (30 * 25) : 2.0 / 530);
        }
    }

    /** He's rule keeps what rectifiers let through: inputs of mean square 1 become pre-activations of mean square 2. */
    @Test
    void rectifiersOfTransposedConvolutionsStartAtTheRightSize() {
        SplittableRandom rng = new SplittableRandom(6);
        ImageSize image = new ImageSize(40, 40, 3);
        for (Window window : List.of(new Window(4, 2, 1), new Window(3, 1, 1), new Window(2, 2, 0))) {
            Layer he = TransposedConvolution.forTraining(image, window, 200, Activation.RELU, rng);
            Layer linear = new TransposedConvolution(image, window, he.W, he.b, Activation.IDENTITY);
            SimpleMatrix Z = Network.of(linear).apply(Randoms.normal(4, linear.inputs(), 1, rng));
            double meanSquare = Z.elementMult(Z).elementSum() / Z.getNumElements();
            // the weights, 2,400 to 9,600 of them, move it by some 4 %, the border by 5 % at most
            assertEquals(2, meanSquare, 0.3, window + "");
        }
    }

    private static void assertWeights(Layer layer, double variance) {
        int count = layer.W.getNumElements();
        // 4 standard errors: the square of a normal number has the variance 2 sigma^4, of a uniform one 0.8 sigma^4
        double measured = layer.W.elementMult(layer.W).elementSum() / count;
        assertEquals(variance, measured, 4 * variance * Math.sqrt(2.0 / count), layer.getClass() + "");
        assertEquals(0, layer.W.elementSum() / count, 4 * Math.sqrt(variance / count));
        assertEquals(0, layer.b.elementMaxAbs());
    }

    private static SimpleMatrix withNaN(int rows, int columns) {
        SimpleMatrix x = new SimpleMatrix(rows, columns);
        x.set(rows - 1, columns - 1, Double.NaN);
        return x;
    }

    @Test
    void badParametersAreNamed() {
        SimpleMatrix two = new SimpleMatrix(2, 1);
        assertRefused(
                "b: expected 2x1, got 1x2",
                () -> new Dense(new SimpleMatrix(3, 2), new SimpleMatrix(1, 2), Activation.TANH));
        assertRefused(
                "rows of W: expected at least 1, got 0", () -> new Dense(new SimpleMatrix(0, 2), two, Activation.TANH));
        assertRefused(
                "columns of W: expected at least 1, got 0",
                () -> new Dense(new SimpleMatrix(2, 0), two, Activation.TANH));
        assertRefused(
                "W: expected finite elements, got NaN at (2, 1)", () -> new Dense(withNaN(3, 2), two, Activation.TANH));
        assertRefused(
                "b: expected finite elements, got NaN at (1, 0)",
                () -> new Dense(new SimpleMatrix(3, 2), withNaN(2, 1), Activation.TANH));
        SplittableRandom rng = new SplittableRandom(6);
        assertRefused("inputs: expected at least 1, got 0", () -> Dense.forTraining(0, 1, Activation.TANH, rng));
        assertRefused("outputs: expected at least 1, got 0", () -> Dense.forTraining(1, 0, Activation.TANH, rng));

        ImageSize image = new ImageSize(5, 4, 2);
        Window window = new Window(3, 1, 0);
        SimpleMatrix W = new SimpleMatrix(18, 3);
        SimpleMatrix three = new SimpleMatrix(3, 1);
        assertRefused(
                "W: expected 18x3, got 9x3",
                () -> new Convolution(image, window, new SimpleMatrix(9, 3), three, Activation.TANH));
        assertRefused("b: expected 3x1, got 2x1", () -> new Convolution(image, window, W, two, Activation.TANH));
        assertRefused(
                "columns of W: expected at least 1, got 0",
                () -> new Convolution(image, window, new SimpleMatrix(18, 0), three, Activation.TANH));
        assertRefused(
                "W: expected finite elements, got NaN at (17, 2)",
                () -> new Convolution(image, window, withNaN(18, 3), three, Activation.TANH));
        assertRefused(
                "channels: expected at least 1, got 0",
                () -> Convolution.forTraining(image, window, 0, Activation.TANH, rng));
        assertRefused(
                "W: expected 18x3, got 9x3",
                () -> new TransposedConvolution(image, window, new SimpleMatrix(9, 3), two, Activation.TANH));
        assertRefused(
                "b: expected 2x1, got 3x1", () -> new TransposedConvolution(image, window, W, three, Activation.TANH));
        assertRefused(
                "columns of W: expected at least 1, got 0",
                () -> new TransposedConvolution(image, window, new SimpleMatrix(18, 0), two, Activation.TANH));
        assertRefused(
                "channels: expected at least 1, got 0",
                () -> TransposedConvolution.forTraining(image, window, 0, Activation.TANH, rng));
    }

    @Test
    void windowsAndImagesThatCannotBeAreNamed() {
        assertRefused("size: expected at least 1, got 0", () -> new Window(0, 1, 0));
        assertRefused("stride: expected at least 1, got 0", () -> new Window(3, 0, 0));
        assertRefused("padding: expected a number from 0 to 2, got 3", () -> new Window(3, 1, 3));
        assertRefused("padding: expected a number from 0 to 2, got -1", () -> new Window(3, 1, -1));
        assertRefused("height: expected at least 1, got 0", () -> new ImageSize(0, 1, 1));
        assertRefused("width: expected at least 1, got 0", () -> new ImageSize(1, 0, 1));
        assertRefused("channels: expected at least 1, got 0", () -> new ImageSize(1, 1, 0));
        String tooLarge = "window: expected at most 4 pixels, those of the image and its padding, got 5";
        ImageSize image = new ImageSize(6, 4, 1);
        SimpleMatrix W = new SimpleMatrix(25, 1);
        SimpleMatrix one = new SimpleMatrix(1, 1);
        Window window = new Window(5, 1, 0);
        assertRefused(tooLarge, () -> window.over(image, 1));
        assertRefused(tooLarge, () -> new Convolution(image, window, W, one, Activation.TANH));
        assertRefused(tooLarge, () -> new TransposedConvolution(image, window, W, one, Activation.TANH));
        assertRefused(
                tooLarge, () -> Convolution.forTraining(image, window, 1, Activation.TANH, new SplittableRandom(7)));
    }
}
