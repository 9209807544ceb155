package nabla.math;

/**
 * A running log of a sum of exponentials: adds terms given by their logarithm, one at a time, and never overflows.
 *
 * <p>Keeps the largest term seen and the sum of all terms divided by it.
 */
public final class LogSum {
    private double largest = Double.NEGATIVE_INFINITY;
    private double scaledSum;

    /** Adds e<sup>logTerm</sup> to the sum. */
    public void add(double logTerm) {
        if (logTerm <= largest) {
            if (logTerm != Double.NEGATIVE_INFINITY) {
                scaledSum += Math.exp(logTerm - largest);
            }
        } else if (logTerm == Double.POSITIVE_INFINITY) {
            largest = logTerm;
            scaledSum = 1;
        } else {
            scaledSum = scaledSum * Math.exp(largest - logTerm) + 1;
            largest = logTerm;
        }
    }

    /** The logarithm of the sum so far; minus infinity before the first term. */
    public double log() {
        return scaledSum == 0 ? Double.NEGATIVE_INFINITY : largest + Math.log(scaledSum);
    }
}
