package nabla.deep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.math.Activation;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * One layer of a network: an affine map of every row, z = A(x), with weights W and biases b, then a nonlinearity of every number,
 * y = f(z). The layer is its parameters; it keeps no other state.
 */
public abstract sealed class Layer permits Dense, Convolution, TransposedConvolution {
    /** The weights; each kind of layer says their shape. */
    public final SimpleMatrix W;

    /** The biases, one for each output, or for each channel of the outputs: a column. */
    public final SimpleMatrix b;

    private final Activation f;

    Layer(SimpleMatrix W, SimpleMatrix b, Activation f) {
        Require.present("f", f);
        Require.parameter("W", W);
        Require.parameter("b", b);
        Require.finite("W", W);
        Require.finite("b", b);
        this.W = W;
        this.b = b;
        this.f = f;
    }

    /** How many numbers of each example go in. */
    public abstract int inputs();

    /** How many come out. */
    public abstract int outputs();

    /** The nonlinearity. */
    public final Activation activation() {
        return f;
    }

    /** A layer of the same shape with parameters of its own, equal to these. */
    public abstract Layer copy();

    /** What this layer works with, forward and back. */
    abstract LayerWorkspace workspace();

    /** W1, b1, W2, ..., of so many layers. */
    static Map<String, SimpleMatrix> named(List<SimpleMatrix> W, List<SimpleMatrix> b) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        for (int i = 0; i < W.size(); i++) {
            named.put("W" + (i + 1), W.get(i));
            named.put("b" + (i + 1), b.get(i));
        }
        return Collections.unmodifiableMap(named);
    }
}
