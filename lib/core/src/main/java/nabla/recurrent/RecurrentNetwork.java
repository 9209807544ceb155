package nabla.recurrent;

import nabla.data.Sequences;
import nabla.optim.Learner;
import org.ejml.simple.SimpleMatrix;

/** A recurrent layer and its read-out: what training, sampling and checks need to know of it. */
public sealed interface RecurrentNetwork extends Learner permits Rnn, Lstm {
    /** d, how many numbers go in at each step. */
    int inputs();

    /** n, the length of h. */
    int hidden();

    /** How many numbers are carried from one step to the next: n for h, 2n for h and C. */
    int stateSize();

    /** The layer that turns h_t into an answer. */
    Readout readout();

    /** k, how many numbers come out at each step. */
    default int outputs() {
        return readout().outputs();
    }

    /** A network with the same parameters that shares nothing with this one. */
    RecurrentNetwork copy();

    /** The forward pass from a state of zeros. */
    UnrolledNetwork forward(Sequences x);

    /**
     * The forward pass.
     *
     * @param x T steps of B sequences of d numbers, not modified
     * @param initialState B x stateSize, a row for each sequence, not modified; the {@link UnrolledNetwork#lastState} of an earlier pass
     *     carries on where that one ended
     * @throws IllegalArgumentException if a size does not fit or a number is not finite
     */
    UnrolledNetwork forward(Sequences x, SimpleMatrix initialState);
}
