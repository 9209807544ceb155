package nabla.deep;

import nabla.math.Activation;
import nabla.math.fast.Parallel;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * One layer at work on a batch: forward from X to Y = f(Z), back from dC/dY to dC/dZ, and from there to all gradients. The same matrices
 * are used for one batch after the other.
 */
abstract class LayerWorkspace {
    private static final int WORTH_SHARING = 1 << 13; // elements

    /** The outputs, N x outputs. */
    final DMatrixRMaj Y = new DMatrixRMaj(0, 0);

    /** Before {@link #backward} dC/dY, afterwards dC/dZ, N x outputs. */
    final DMatrixRMaj dZ = new DMatrixRMaj(0, 0);

    /** The inputs of the latest forward pass, N x inputs. */
    DMatrixRMaj X;

    private final Layer layer;

    // Null before they are first asked for: many passes only go forward.
    private SimpleMatrix dW;
    private SimpleMatrix db;

    LayerWorkspace(Layer layer) {
        this.layer = layer;
    }

    /** dC/dW, filled by {@link #parameterGradients}. */
    final SimpleMatrix dW() {
        if (dW == null) {
            dW = new SimpleMatrix(layer.W.getNumRows(), layer.W.getNumCols());
        }
        return dW;
    }

    /** dC/db, filled by {@link #parameterGradients}. */
    final SimpleMatrix db() {
        if (db == null) {
            db = new SimpleMatrix(layer.b.getNumRows(), 1);
        }
        return db;
    }

    /**
     * Computes Y.
     *
     * @param X N x inputs, held until the way back has been gone, not modified
     */
    final void forward(DMatrixRMaj X) {
        this.X = X;
        Y.reshape(X.numRows, layer.outputs());
        dZ.reshape(X.numRows, layer.outputs());
        affine();
        Activation f = layer.activation();
        Parallel.forEach(X.numRows, rows(), (from, to) -> f.apply(Y.data, from * Y.numCols, to * Y.numCols));
    }

    /** Turns dC/dY into dC/dZ, in place. */
    final void backward() {
        Activation f = layer.activation();
        Parallel.forEach(
                X.numRows, rows(), (from, to) -> f.timesSlope(Y.data, dZ.data, from * Y.numCols, to * Y.numCols));
    }

    private int rows() {
        return Math.max(1, WORTH_SHARING / layer.outputs());
    }

    /** Y = A(X), the affine map. */
    abstract void affine();

    /** dW and db, from dC/dZ. */
    abstract void parameterGradients();

    /**
     * dC/dX, from dC/dZ.
     *
     * @param dX N x inputs, overwritten
     */
    abstract void inputGradient(DMatrixRMaj dX);

    /** The same numbers (not a copy) in rows of another length, such as one row for each place of each image. */
    static DMatrixRMaj asRows(DMatrixRMaj matrix, int columns) {
        return DMatrixRMaj.wrap(matrix.getNumElements() / columns, columns, matrix.data);
    }
}
