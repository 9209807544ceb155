package nabla.deep;

import java.util.random.RandomGenerator;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import nabla.math.fast.SparseProduct;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Every output sees every input: z = W'x + b for d inputs and n outputs. W is d x n, as in a restricted Boltzmann machine. */
public final class Dense extends Layer {
    /**
     * A layer with the given parameters, which it holds (they are not copied).
     *
     * @param W d x n
     * @param b n x 1
     * @param f the nonlinearity
     * @throws IllegalArgumentException if a shape does not fit or an element is not finite
     */
    public Dense(SimpleMatrix W, SimpleMatrix b, Activation f) {
        super(W, b, f);
        Require.atLeast("rows of W", W.getNumRows(), 1);
        Require.atLeast("columns of W", W.getNumCols(), 1);
        Require.shape("b", b, W.getNumCols(), 1);
    }

    /**
     * A layer ready for training: weights as He and his colleagues draw them for rectifiers, as Glorot and Bengio do otherwise, biases zero.
     *
     * @param inputs d, at least 1
     * @param outputs n, at least 1
     */
    public static Dense forTraining(int inputs, int outputs, Activation f, RandomGenerator rng) {
        Require.atLeast("inputs", inputs, 1);
        Require.atLeast("outputs", outputs, 1);
        Require.size("inputs", inputs, "outputs", outputs);
        Require.present("f", f);
        Require.present("rng", rng);
        return new Dense(weights(inputs, outputs, f, rng), new SimpleMatrix(outputs, 1), f);
    }

    /** Weights for training of so many inputs (the rows) and outputs. */
    static SimpleMatrix weights(int inputs, int outputs, Activation f, RandomGenerator rng) {
        Initialization start = isRectifier(f) ? Initialization.he() : Initialization.glorot();
        return start.draw(outputs, inputs, rng).transpose();
    }

    static boolean isRectifier(Activation f) {
        return f == Activation.RELU || f == Activation.LEAKY_RELU;
    }

    @Override
    public int inputs() {
        return W.getNumRows();
    }

    @Override
    public int outputs() {
        return W.getNumCols();
    }

    @Override
    public Dense copy() {
        return new Dense(W.copy(), b.copy(), activation());
    }

    @Override
    LayerWorkspace workspace() {
        return new Workspace(this);
    }

    private static final class Workspace extends LayerWorkspace {
        private final DMatrixRMaj W;
        private final double[] b;

        Workspace(Dense layer) {
            super(layer);
            W = layer.W.getDDRM();
            b = layer.b.getDDRM().data;
        }

        @Override
        void affine() {
            Part.of(Y).setRows(b);
            SparseProduct.multAdd(X, W, Y);
        }

        @Override
        void parameterGradients() {
            SparseProduct.multTransA(X, dZ, dW().getDDRM());
            Part.of(dZ).sumRows(db().getDDRM().data);
        }

        @Override
        void inputGradient(DMatrixRMaj dX) {
            Blas.multTransB(dZ, W, dX);
        }
    }
}
