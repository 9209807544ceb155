package nabla.deep;

/**
 * How training with {@link EarlyStopping} stands after an epoch.
 *
 * @param epoch counted from 1
 * @param loss the mean over all training examples of the epoch, each at the parameters of its batch
 * @param heldOutLoss on held-out data, after the epoch
 * @param bestEpoch the epoch after which the loss on held-out data was least so far; 0 if it has never been a number
 */
public record HeldOutLoss(int epoch, double loss, double heldOutLoss, int bestEpoch) {}
