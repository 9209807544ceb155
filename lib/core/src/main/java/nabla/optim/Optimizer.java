package nabla.optim;

import java.util.Map;
import org.ejml.simple.SimpleMatrix;

/**
 * Goes down a gradient. An optimiser remembers what it needs of earlier steps, by the names of the parameters; it belongs to one
 * training run of one model.
 */
public interface Optimizer {
    /**
     * One step that makes a loss smaller.
     *
     * @param parameters by name; changed in place
     * @param gradient of the loss, with the same names and shapes; not modified
     * @throws IllegalArgumentException if names or shapes do not fit, before anything is changed
     * @throws ArithmeticException if the gradient is not finite, before anything is changed; names the parameter
     */
    void step(Map<String, SimpleMatrix> parameters, Map<String, SimpleMatrix> gradient);

    /**
     * This optimiser, given gradients that are at most so long (Pascanu, Mikolov and Bengio 2013): a longer one is scaled down,
     * which keeps its direction. The length is the Euclidean norm over all parameters together.
     *
     * @param largest positive
     */
    default Optimizer clippingNorm(double largest) {
        Gradients.requirePositive("largest", largest);
        return (parameters, gradient) -> step(parameters, Gradients.clipped(gradient, largest));
    }
}
