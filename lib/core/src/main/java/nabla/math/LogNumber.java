package nabla.math;

/**
 * A positive number known by its natural logarithm, for quantities such as a partition function that do not fit into a
 * {@code double}.
 *
 * @param log the natural logarithm (nats)
 */
public record LogNumber(double log) {
    /** The number itself; infinity if it is too large for a {@code double}. */
    public double value() {
        return Math.exp(log);
    }

    @Override
    public String toString() {
        return "exp(" + log + ")";
    }
}
