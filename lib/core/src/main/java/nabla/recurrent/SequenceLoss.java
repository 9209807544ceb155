package nabla.recurrent;

import java.util.random.RandomGenerator;
import nabla.data.SequenceBatch;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Require;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.simple.SimpleMatrix;

/**
 * The loss of a recurrent network on sequences, to be made small, by back-propagation through time: the same numbers as {@code network.forward(x).gradient(y)}, but in the same matrices again
 * and again. Getting new ones for every batch takes longer than filling them. Not for several threads at once.
 */
public final class SequenceLoss implements Objective<SequenceBatch> {
    private final RecurrentNetwork network;
    private UnrolledNetwork unrolled;
    private BackPropagationThroughTime backward;
    private SimpleMatrix zeros;

    /**
     * The loss of one network.
     *
     * @param network held; its parameters are taken as they are at every call
     */
    public SequenceLoss(RecurrentNetwork network) {
        Require.present("network", network);
        this.network = network;
    }

    @Override
    public Learner model() {
        return network;
    }

    @Override
    public void requireData(SequenceBatch batch) {
        Require.present("batch", batch);
        UnrolledNetwork.requireFitting(batch.x(), network);
        UnrolledNetwork.requireFitting(batch.y(), batch.x().steps(), batch.x().batch(), network.readout());
    }

    @Override
    public LossGradient gradient(SequenceBatch batch, RandomGenerator rng) {
        Require.present("batch", batch);
        RecurrentGradient gradient = gradient(batch.x(), batch.y());
        return new LossGradient(gradient.loss(), gradient.direction());
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
        UnrolledNetwork.requireFitting(x, network);
        UnrolledNetwork.requireFitting(y, x.steps(), x.batch(), network.readout());
        if (unrolled == null || unrolled.steps() != x.steps() || unrolled.batch() != x.batch()) {
            unrolled = UnrolledNetwork.unroll(network, x.steps(), x.batch());
            backward = unrolled.backward();
            zeros = new SimpleMatrix(x.batch(), network.stateSize());
        }
        unrolled.run(x, zeros);
        return backward.run(y, x.steps());
    }
}
