package nabla.deep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.math.Activation;
import nabla.math.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A feed-forward network, one layer after the other: y = f_L(A_L( ... f_1(A_1(x)))). Gradients by back-propagation (Rumelhart, Hinton
 * and Williams 1986). The network is its layers; it keeps no other state.
 */
public final class Network {
    private final List<Layer> layers;

    private Network(List<Layer> layers) {
        this.layers = layers;
    }

    /**
     * The layers one after the other, held, not copied.
     *
     * @param layers at least one; each takes as many numbers as the one before it gives
     * @throws IllegalArgumentException if a layer does not fit to the one before it
     */
    public static Network of(Layer... layers) {
        Require.atLeast("number of layers", layers.length, 1);
        for (int i = 1; i < layers.length; i++) {
            if (layers[i].inputs() != layers[i - 1].outputs()) {
                throw new IllegalArgumentException(
                        "layer %d: expected %d inputs, as many as layer %d has outputs, got %d"
                                .formatted(i + 1, layers[i - 1].outputs(), i, layers[i].inputs()));
            }
        }
        return new Network(List.of(layers));
    }

    /** The layers, the first one first. */
    public List<Layer> layers() {
        return layers;
    }

    /** How many numbers of each example go in. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** How many come out. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /**
     * Checks that the last layer is linear: that what comes out can be any numbers, such as logits.
     *
     * @param name of this network, for the message
     * @throws IllegalArgumentException if it is not
     */
    public void requireLinearOutputs(String name) {
        Activation last = layers.get(layers.size() - 1).activation();
        if (last != Activation.IDENTITY) {
            throw new IllegalArgumentException(
                    name + ": expected a last layer with activation " + Activation.IDENTITY + ", got " + last);
        }
    }

    /** All parameters by name, W1, b1, W2, ..., with the number of their layer: the matrices themselves. */
    public Map<String, SimpleMatrix> parameters() {
        List<SimpleMatrix> W = new ArrayList<>();
        List<SimpleMatrix> b = new ArrayList<>();
        for (Layer layer : layers) {
            W.add(layer.W);
            b.add(layer.b);
        }
        return named(W, b);
    }

    private static Map<String, SimpleMatrix> named(List<SimpleMatrix> W, List<SimpleMatrix> b) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        for (int i = 0; i < W.size(); i++) {
            named.put("W" + (i + 1), W.get(i));
            named.put("b" + (i + 1), b.get(i));
        }
        return Collections.unmodifiableMap(named);
    }

    /** A network of the same shape with parameters of its own, equal to these. */
    public Network copy() {
        return new Network(layers.stream().map(Layer::copy).toList());
    }

    /**
     * What the network makes of some examples.
     *
     * @param X N x inputs, not modified
     * @return a new N x outputs matrix
     * @throws IllegalArgumentException if the shape does not fit or an element is not finite
     * @throws ArithmeticException if an output is not finite
     */
    public SimpleMatrix apply(SimpleMatrix X) {
        return new Pass(this).forward(X);
    }

    /** A way forward and back through this network, for one batch after the other. */
    public Pass pass() {
        return new Pass(this);
    }

    /**
     * Forward and back through a network:
     *
     * <pre>Y = pass.forward(X);  pass.backward(dC/dY);  pass.gradient(), pass.inputGradient()</pre>
     *
     * <p>All of its results are overwritten by the next call of the same method: getting new matrices for every batch would take longer
     * than filling them. A pass takes the parameters as they are when it is called. Not for several threads at once.
     */
    public static final class Pass {
        private final Network network;
        private final List<LayerPass> passes;
        private final DMatrixRMaj dX = new DMatrixRMaj(0, 0);
        private Map<String, SimpleMatrix> gradient; // null before it is first asked for
        private boolean isForward;
        private boolean isBack;

        private Pass(Network network) {
            this.network = network;
            passes = network.layers.stream().map(Layer::pass).toList();
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
            Require.examples("X", X, network.inputs());
            DMatrixRMaj x = X.getDDRM();
            for (LayerPass pass : passes) {
                pass.forward(x);
                x = pass.Y;
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
            LayerPass last = passes.get(passes.size() - 1);
            if (dY.getNumRows() != last.Y.numRows || dY.getNumCols() != last.Y.numCols) {
                throw new IllegalArgumentException("dY: expected %dx%d, got %dx%d"
                        .formatted(last.Y.numRows, last.Y.numCols, dY.getNumRows(), dY.getNumCols()));
            }
            last.dZ.setTo(dY.getDDRM());
            last.backward();
            for (int i = passes.size() - 1; i > 0; i--) {
                passes.get(i).inputGradient(passes.get(i - 1).dZ);
                passes.get(i - 1).backward();
            }
            isBack = true;
        }

        /** dC/dW1, dC/db1, ... by the names of the parameters. */
        public Map<String, SimpleMatrix> gradient() {
            requireBack();
            passes.forEach(LayerPass::parameterGradients);
            if (gradient == null) {
                gradient = named(
                        passes.stream().map(LayerPass::dW).toList(),
                        passes.stream().map(LayerPass::db).toList());
            }
            return gradient;
        }

        /** dC/dX, N x inputs. */
        public SimpleMatrix inputGradient() {
            requireBack();
            LayerPass first = passes.get(0);
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
}
