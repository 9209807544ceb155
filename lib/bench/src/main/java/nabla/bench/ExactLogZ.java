package nabla.bench;

import nabla.rbm.Rbm;

/** The exact log Z of an RBM by enumeration of its hidden states. */
final class ExactLogZ implements Workload {
    private final String name;
    private final Rbm rbm;
    private double logZ;

    ExactLogZ(String name, Rbm rbm) {
        this.name = name;
        this.rbm = rbm;
    }

    /** The last result, nats. */
    double logZ() {
        return logZ;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "the exact log Z: %d visible units, all states of %d hidden units".formatted(rbm.m(), rbm.n());
    }

    @Override
    public String peer() {
        return "NumPy";
    }

    @Override
    public void run() {
        logZ = rbm.logZ();
    }
}
