package nabla.data;

import java.util.random.RandomGenerator;

/** A source of sequences to learn from. */
public interface SequenceTask {
    /** How many numbers a sequence has at each step. */
    int inputs();

    /** How many classes, or values, are asked for. */
    int outputs();

    /**
     * Fresh sequences with their targets.
     *
     * @param size how many, at least 1
     * @param rng the same seed gives the same batch
     */
    SequenceBatch batch(int size, RandomGenerator rng);
}
