package nabla.data;

import nabla.math.Require;

/**
 * A mini-batch: sequences and what should be answered to them.
 *
 * @param x the inputs
 * @param y the targets, for as many steps and sequences
 */
public record SequenceBatch(Sequences x, Targets y) {
    /** Checks that the two fit. */
    public SequenceBatch {
        Require.present("x", x);
        Require.present("y", y);
        if (x.steps() != y.steps() || x.batch() != y.batch()) {
            throw new IllegalArgumentException("y: expected targets for %d steps of %d sequences, got %d steps of %d"
                    .formatted(x.steps(), x.batch(), y.steps(), y.batch()));
        }
    }
}
