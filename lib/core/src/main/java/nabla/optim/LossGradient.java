package nabla.optim;

import nabla.math.Require;

/**
 * A loss and where it rises.
 *
 * @param loss a mean over examples
 * @param direction its derivative with respect to every parameter
 */
public record LossGradient(double loss, Direction direction) {
    /** Checks that there is a direction. */
    public LossGradient {
        Require.present("direction", direction);
    }
}
