package nabla.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.math.Activation;
import nabla.math.Require;
import nabla.optim.Learner;
import org.ejml.simple.SimpleMatrix;

/**
 * A feed-forward network, one layer after the other: y = f_L(A_L( ... f_1(A_1(x)))). Gradients by back-propagation (Rumelhart, Hinton
 * and Williams 1986). The network is its layers; it keeps no other state.
 */
public final class Network implements Learner {
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
        Require.present("layers", layers);
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
    @Override
    public Map<String, SimpleMatrix> parameters() {
        List<SimpleMatrix> W = new ArrayList<>();
        List<SimpleMatrix> b = new ArrayList<>();
        for (Layer layer : layers) {
            W.add(layer.W);
            b.add(layer.b);
        }
        return Layer.named(W, b);
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
        return backPropagation().forward(X);
    }

    /** The way forward and back through this network, for one batch after the other. */
    public BackPropagation backPropagation() {
        return new BackPropagation(layers);
    }
}
