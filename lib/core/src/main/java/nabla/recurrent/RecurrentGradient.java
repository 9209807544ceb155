package nabla.recurrent;

import nabla.math.Require;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/** The gradient of a loss with respect to everything it depends on: the parameters, the inputs and the states. */
public final class RecurrentGradient {
    private final double loss;
    private final Direction direction;
    private final BackPropagationThroughTime back;

    RecurrentGradient(double loss, Direction direction, BackPropagationThroughTime back) {
        this.loss = loss;
        this.direction = direction;
        this.back = back;
    }

    /** The loss itself. */
    public double loss() {
        return loss;
    }

    /** dC/dW and the like: the derivatives with respect to the parameters. */
    public Direction direction() {
        return direction;
    }

    /**
     * The derivative with respect to one parameter.
     *
     * @param name such as {@code W}
     * @throws IllegalArgumentException if there is no such parameter
     */
    public SimpleMatrix of(String name) {
        return direction.of(name);
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
