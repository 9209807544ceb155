package nabla.deep;

/**
 * How training stands after an epoch.
 *
 * @param epoch counted from 1
 * @param loss the mean over all examples of the epoch, each at the parameters of its batch
 */
public record EpochLoss(int epoch, double loss) {}
