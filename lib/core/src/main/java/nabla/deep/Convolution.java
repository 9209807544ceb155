package nabla.deep;

import java.util.random.RandomGenerator;
import nabla.math.Activation;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A convolution (strictly a correlation, as everywhere in this field): the same weights look through a {@link Window} at every place of the
 * image. With p the patch that the window sees at a place, z = W'p + b there. For K channels of the result, W is
 * (size size channels) x K, its rows in the order of an {@link ImageSize} of the window, and b is K x 1.
 */
public final class Convolution extends Layer {
    private final ImageSize image;
    private final Window window;
    private final ImageSize result;

    /**
     * A layer with the given parameters, which it holds (they are not copied).
     *
     * @param image what goes in
     * @param W (window.size() window.size() image.channels()) x K
     * @param b K x 1
     * @param f the nonlinearity
     * @throws IllegalArgumentException if a shape does not fit or an element is not finite
     */
    public Convolution(ImageSize image, Window window, SimpleMatrix W, SimpleMatrix b, Activation f) {
        super(W, b, f);
        Require.present("image", image);
        Require.present("window", window);
        Require.atLeast("columns of W", W.getNumCols(), 1);
        Require.shape("W", W, new Patches(image, window).elements(), W.getNumCols());
        Require.shape("b", b, W.getNumCols(), 1);
        this.image = image;
        this.window = window;
        result = window.over(image, W.getNumCols());
    }

    /**
     * A layer ready for training, its weights drawn as those of {@link Dense#forTraining}, with the elements of a patch as inputs.
     *
     * @param channels K, of the result, at least 1
     */
    public static Convolution forTraining(
            ImageSize image, Window window, int channels, Activation f, RandomGenerator rng) {
        Require.present("image", image);
        Require.present("window", window);
        Require.atLeast("channels", channels, 1);
        Require.size("channels", channels, "elements of a patch", new Patches(image, window).elements());
        Require.present("f", f);
        Require.present("rng", rng);
        SimpleMatrix W = Dense.weights(new Patches(image, window).elements(), channels, f, rng);
        return new Convolution(image, window, W, new SimpleMatrix(channels, 1), f);
    }

    /** The size of what comes out. */
    public ImageSize result() {
        return result;
    }

    @Override
    public int inputs() {
        return image.elements();
    }

    @Override
    public int outputs() {
        return result.elements();
    }

    @Override
    public Convolution copy() {
        return new Convolution(image, window, W.copy(), b.copy(), activation());
    }

    @Override
    LayerWorkspace workspace() {
        return new Workspace(this);
    }

    private static final class Workspace extends LayerWorkspace {
        private final Convolution layer;
        private final Patches patches;
        private final DMatrixRMaj P = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj dP = new DMatrixRMaj(0, 0);

        Workspace(Convolution layer) {
            super(layer);
            this.layer = layer;
            patches = new Patches(layer.image, layer.window);
        }

        @Override
        void affine() {
            patches.gather(X, P);
            DMatrixRMaj z = byChannel(Y);
            Part.of(z).setRows(layer.b.getDDRM().data);
            Blas.multAdd(P, layer.W.getDDRM(), z);
        }

        @Override
        void parameterGradients() {
            DMatrixRMaj dz = byChannel(dZ);
            Blas.multTransA(P, dz, dW().getDDRM());
            Part.of(dz).sumRows(db().getDDRM().data);
        }

        @Override
        void inputGradient(DMatrixRMaj dX) {
            dP.reshape(P.numRows, P.numCols);
            Blas.multTransB(byChannel(dZ), layer.W.getDDRM(), dP);
            dX.zero();
            patches.scatter(dP, dX);
        }

        private DMatrixRMaj byChannel(DMatrixRMaj images) {
            return asRows(images, layer.W.getNumCols());
        }
    }
}
