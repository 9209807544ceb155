package nabla.optim;

/**
 * A loss and where it rises.
 *
 * @param loss a mean over examples
 * @param direction its derivative with respect to every parameter
 */
public record LossGradient(double loss, Direction direction) {}
