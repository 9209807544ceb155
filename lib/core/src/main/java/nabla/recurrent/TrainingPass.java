package nabla.recurrent;

import nabla.data.Sequences;
import nabla.data.Targets;
import org.ejml.simple.SimpleMatrix;

/**
 * Forward and back through time for training: the same numbers as {@code network.forward(x).gradient(y)}, but in the same matrices again
 * and again. Getting new ones for every batch takes longer than filling them. Not for several threads at once.
 */
public final class TrainingPass {
    private final RecurrentNetwork network;
    private ForwardPass forward;
    private BackwardPass backward;
    private SimpleMatrix zeros;

    /**
     * Passes of one network.
     *
     * @param network held; every pass takes its parameters as they are then
     */
    public TrainingPass(RecurrentNetwork network) {
        this.network = network;
    }

    /**
     * The loss and its gradient, from a state of zeros.
     *
     * @param x T steps of B sequences, not modified; new matrices are taken when T or B change
     * @param y targets for as many steps and sequences, not modified
     * @return valid until the next call, which overwrites it
     * @throws IllegalArgumentException if a size does not fit or a number is not finite, before anything is overwritten
     */
    public RecurrentGradient gradient(Sequences x, Targets y) {
        ForwardPass.requireFitting(x, network);
        ForwardPass.requireFitting(y, x.steps(), x.batch(), network.readout());
        if (forward == null || forward.steps() != x.steps() || forward.batch() != x.batch()) {
            forward = ForwardPass.unroll(network, x.steps(), x.batch());
            backward = forward.backward();
            zeros = new SimpleMatrix(x.batch(), network.stateSize());
        }
        forward.run(x, zeros);
        return backward.run(y, x.steps());
    }
}
