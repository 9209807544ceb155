package nabla.deep;

import java.util.random.RandomGenerator;
import nabla.math.Activation;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * The transpose of a {@link Convolution}, from its result back to its image: where the convolution gathers what its window sees, this one
 * scatters, every input x (K channels) adds W x to the patch at its place. With stride 2 images become twice as large.
 * W is (size size channels) x K as in the convolution that it is the transpose of, b is channels x 1, one for each channel of the image.
 */
public final class TransposedConvolution extends Layer {
    private final ImageSize image;
    private final Window window;
    private final ImageSize input;

    /**
     * A layer with the given parameters, which it holds (they are not copied).
     *
     * @param image what comes out
     * @param window of the convolution from there to here
     * @param W (window.size() window.size() image.channels()) x K
     * @param b image.channels() x 1
     * @param f the nonlinearity
     * @throws IllegalArgumentException if a shape does not fit or an element is not finite
     */
    public TransposedConvolution(ImageSize image, Window window, SimpleMatrix W, SimpleMatrix b, Activation f) {
        super(W, b, f);
        Require.present("image", image);
        Require.present("window", window);
        Require.atLeast("columns of W", W.getNumCols(), 1);
        Require.shape("W", W, new Patches(image, window).elements(), W.getNumCols());
        Require.shape("b", b, image.channels(), 1);
        this.image = image;
        this.window = window;
        input = window.over(image, W.getNumCols());
    }

    /**
     * A layer ready for training, its weights drawn as those of {@link Dense#forTraining}. For rectifiers the inputs of an output are counted
     * over all windows that meet there, K (size / stride)^2 on average.
     *
     * @param channels K, of what goes in, at least 1
     */
    public static TransposedConvolution forTraining(
            ImageSize image, Window window, int channels, Activation f, RandomGenerator rng) {
        Require.present("image", image);
        Require.present("window", window);
        Require.atLeast("channels", channels, 1);
        Require.size("channels", channels, "elements of a patch", new Patches(image, window).elements());
        Require.present("f", f);
        Require.present("rng", rng);
        SimpleMatrix W = Dense.weights(channels, new Patches(image, window).elements(), f, rng)
                .transpose();
        if (Dense.isRectifier(f)) {
            W = W.scale((double) window.stride() / window.size());
        }
        return new TransposedConvolution(image, window, W, new SimpleMatrix(image.channels(), 1), f);
    }

    /** The size of what goes in. */
    public ImageSize input() {
        return input;
    }

    @Override
    public int inputs() {
        return input.elements();
    }

    @Override
    public int outputs() {
        return image.elements();
    }

    @Override
    public TransposedConvolution copy() {
        return new TransposedConvolution(image, window, W.copy(), b.copy(), activation());
    }

    @Override
    LayerWorkspace workspace() {
        return new Workspace(this);
    }

    private static final class Workspace extends LayerWorkspace {
        private final TransposedConvolution layer;
        private final Patches patches;
        private final DMatrixRMaj P = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj dP = new DMatrixRMaj(0, 0);

        Workspace(TransposedConvolution layer) {
            super(layer);
            this.layer = layer;
            patches = new Patches(layer.image, layer.window);
        }

        @Override
        void affine() {
            DMatrixRMaj x = byChannel(X);
            P.reshape(x.numRows, patches.elements());
            Blas.multTransB(x, layer.W.getDDRM(), P);
            Part.of(asRows(Y, layer.image.channels())).setRows(layer.b.getDDRM().data);
            patches.scatter(P, Y);
        }

        @Override
        void parameterGradients() {
            patches.gather(dZ, dP);
            Blas.multTransA(dP, byChannel(X), dW().getDDRM());
            Part.of(asRows(dZ, layer.image.channels())).sumRows(db().getDDRM().data);
        }

        @Override
        void inputGradient(DMatrixRMaj dX) {
            patches.gather(dZ, dP);
            Blas.mult(dP, layer.W.getDDRM(), byChannel(dX));
        }

        private DMatrixRMaj byChannel(DMatrixRMaj images) {
            return asRows(images, layer.W.getNumCols());
        }
    }
}
