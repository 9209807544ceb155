package nabla.deep;

import java.util.List;
import nabla.math.Require;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Back-propagation (Rumelhart, Hinton and Williams 1986), forward and back through a network:
 *
 * <pre>Y = way.forward(X);  way.backward(dC/dY);  way.gradient(), way.inputGradient()</pre>
 *
 * <p>All of its results are overwritten by the next call of the same method: getting new matrices for every batch would take longer
 * than filling them. It takes the parameters as they are when it is called. Not for several threads at once.
 */
public final class BackPropagation {
    private final int inputs;
    private final List<LayerWorkspace> layers;
    private final DMatrixRMaj dX = new DMatrixRMaj(0, 0);
    private Direction gradient; // null before it is first asked for
    private boolean isForward;
    private boolean isBack;

    BackPropagation(List<Layer> layers) {
        inputs = layers.get(0).inputs();
        this.layers = layers.stream().map(Layer::workspace).toList();
    }

    /**
     * What the network makes of some examples.
     *
     * @param X N x inputs, not to be modified before the way back has been gone
     * @return N x outputs
     * @throws IllegalArgumentException if the shape does not fit or an element is not finite
     * @throws ArithmeticException if an output is not finite
     */
    public SimpleMatrix forward(SimpleMatrix X) {
        Require.examples("X", X, inputs);
        DMatrixRMaj x = X.getDDRM();
        for (LayerWorkspace layer : layers) {
            layer.forward(x);
            x = layer.Y;
        }
        isForward = true;
        isBack = false;
        SimpleMatrix Y = SimpleMatrix.wrap(x);
        if (Y.hasUncountable()) {
            throw new ArithmeticException("the outputs of the network are no longer finite");
        }
        return Y;
    }

    /**
     * Carries the derivative of a number C back from the outputs of the latest forward pass to the pre-activations of all layers, from
     * which every other derivative is one product away.
     *
     * @param dY dC/dY, N x outputs, not modified; what is not finite here is not finite in the gradient
     * @throws IllegalArgumentException if the shape does not fit
     * @throws IllegalStateException if there was no forward pass
     */
    public void backward(SimpleMatrix dY) {
        if (!isForward) {
            throw new IllegalStateException("backward: expected a forward pass before it");
        }
        Require.matrix("dY", dY);
        LayerWorkspace last = layers.get(layers.size() - 1);
        if (dY.getNumRows() != last.Y.numRows || dY.getNumCols() != last.Y.numCols) {
            throw new IllegalArgumentException("dY: expected %dx%d, got %dx%d"
                    .formatted(last.Y.numRows, last.Y.numCols, dY.getNumRows(), dY.getNumCols()));
        }
        last.dZ.setTo(dY.getDDRM());
        last.backward();
        for (int i = layers.size() - 1; i > 0; i--) {
            layers.get(i).inputGradient(layers.get(i - 1).dZ);
            layers.get(i - 1).backward();
        }
        isBack = true;
    }

    /** dC/dW1, dC/db1, ..., valid until the next call, which overwrites it. */
    public Direction gradient() {
        requireBack();
        layers.forEach(LayerWorkspace::parameterGradients);
        if (gradient == null) {
            gradient = Direction.of(Layer.named(
                    layers.stream().map(LayerWorkspace::dW).toList(),
                    layers.stream().map(LayerWorkspace::db).toList()));
        }
        return gradient;
    }

    /** dC/dX, N x inputs. */
    public SimpleMatrix inputGradient() {
        requireBack();
        LayerWorkspace first = layers.get(0);
        dX.reshape(first.X.numRows, first.X.numCols);
        first.inputGradient(dX);
        return SimpleMatrix.wrap(dX);
    }

    private void requireBack() {
        if (!isBack) {
            throw new IllegalStateException("gradient: expected a backward pass before it");
        }
    }
}
