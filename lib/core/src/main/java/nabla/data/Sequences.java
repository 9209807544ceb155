package nabla.data;

import java.util.List;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * A batch of B sequences, each of T steps of d numbers. Steps count from 1, as in x_1, ..., x_T; sequences from 0, as rows do.
 *
 * <p>All steps are kept below each other in one matrix, first the B rows of step 1, then those of step 2, and so on: a
 * product that is the same at every step is then one large product instead of T small ones.
 */
public final class Sequences {
    private final int steps;
    private final SimpleMatrix stacked;

    private Sequences(int steps, SimpleMatrix stacked) {
        this.steps = steps;
        this.stacked = stacked;
    }

    /**
     * Sequences given one by one. The numbers are copied.
     *
     * @param sequences one T x d matrix per sequence, a step per row, at least one sequence and one step
     * @throws IllegalArgumentException if the batch is ragged or a number is not finite; names the sequence
     */
    public static Sequences of(List<SimpleMatrix> sequences) {
        Require.present("sequences", sequences);
        Require.atLeast("sequences", sequences.size(), 1);
        Require.matrix("sequences[0]", sequences.get(0));
        int T = sequences.get(0).getNumRows();
        int d = sequences.get(0).getNumCols();
        Require.atLeast("steps of sequence 0", T, 1);
        Require.atLeast("columns of sequence 0", d, 1);
        int B = sequences.size();
        for (int b = 0; b < B; b++) {
            Require.shape("sequence " + b + " (all must be alike)", sequences.get(b), T, d);
        }
        SimpleMatrix stacked = new SimpleMatrix(T * B, d);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                stacked.setRow(t * B + b, sequences.get(b).getRow(t));
            }
        }
        return new Sequences(T, stacked);
    }

    /** One sequence, a step per row (T x d). The numbers are copied. */
    public static Sequences of(SimpleMatrix sequence) {
        Require.matrix("sequence", sequence);
        return of(List.of(sequence));
    }

    /**
     * Steps already below each other, as {@link #stacked} gives them.
     *
     * @param stacked (T B) x d; held, not copied
     * @param steps T, at least 1, a divisor of the number of rows
     */
    public static Sequences stacked(SimpleMatrix stacked, int steps) {
        Require.atLeast("steps", steps, 1);
        Require.matrix("stacked", stacked);
        Require.examples("stacked", stacked, Math.max(1, stacked.getNumCols()));
        if (stacked.getNumRows() % steps != 0) {
            throw new IllegalArgumentException("stacked: expected a multiple of " + steps
                    + " rows, as many for each step, got " + stacked.getNumRows());
        }
        return new Sequences(steps, stacked);
    }

    /** T, the number of steps. */
    public int steps() {
        return steps;
    }

    /** B, the number of sequences. */
    public int batch() {
        return stacked.getNumRows() / steps;
    }

    /** d, how many numbers there are at each step. */
    public int width() {
        return stacked.getNumCols();
    }

    /** All steps below each other, (T B) x d; row (t - 1) B + b is step t of sequence b. The matrix itself, not a copy. */
    public SimpleMatrix stacked() {
        return stacked;
    }

    /**
     * x_t of all sequences.
     *
     * @param t from 1 to T
     * @return a new B x d matrix
     */
    public SimpleMatrix step(int t) {
        Require.between("t", t, 1, steps);
        return stacked.rows((t - 1) * batch(), t * batch());
    }

    /**
     * One sequence.
     *
     * @param b from 0 to B - 1
     * @return a new T x d matrix, a step per row
     */
    public SimpleMatrix sequence(int b) {
        Require.between("b", b, 0, batch() - 1);
        SimpleMatrix sequence = new SimpleMatrix(steps, width());
        for (int t = 0; t < steps; t++) {
            sequence.setRow(t, stacked.getRow(t * batch() + b));
        }
        return sequence;
    }
}
