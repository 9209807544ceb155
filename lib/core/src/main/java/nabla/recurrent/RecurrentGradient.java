package nabla.recurrent;

import java.util.Collections;
import java.util.Map;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** The gradient of a loss with respect to everything it depends on: the parameters, the inputs and the states. */
public final class RecurrentGradient {
    private final double loss;
    private final Map<String, SimpleMatrix> parameters;
    private final BackwardPass back;

    RecurrentGradient(double loss, Map<String, SimpleMatrix> parameters, BackwardPass back) {
        this.loss = loss;
        this.parameters = Collections.unmodifiableMap(parameters);
        this.back = back;
    }

    /** The loss itself. */
    public double loss() {
        return loss;
    }

    /** dC/dW and the like by the names of the parameters, each in the shape of its parameter. */
    public Map<String, SimpleMatrix> parameters() {
        return parameters;
    }

    /**
     * The gradient with respect to one parameter.
     *
     * @param name such as {@code W}
     * @throws IllegalArgumentException if there is no such parameter
     */
    public SimpleMatrix of(String name) {
        SimpleMatrix gradient = parameters.get(name);
        if (gradient == null) {
            throw new IllegalArgumentException("name: expected one of " + parameters.keySet() + ", got " + name);
        }
        return gradient;
    }

    /** dC/dx_t for all steps, stacked as the inputs are: (T B) x d. Computed at each call. */
    public SimpleMatrix inputs() {
        return back.inputGradient();
    }

    /**
     * dC/ds_t, the total derivative with respect to the state after step t: [dC/dh_t] or [dC/dh_t, dC/dC_t]. It counts every way from
     * that state to the loss that back-propagation followed.
     *
     * @param t from 0, the initial state, to T
     * @return a new matrix, B x stateSize
     */
    public SimpleMatrix state(int t) {
        Require.between("t", t, 0, back.steps());
        return back.state(t);
    }
}
