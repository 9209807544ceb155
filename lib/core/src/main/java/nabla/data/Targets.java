package nabla.data;

import java.util.Arrays;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * What a recurrent network should answer to a batch of sequences: at every step, at the last step only, or wherever there is
 * a target. Classes are judged by the cross-entropy, values by the squared error.
 */
public final class Targets {
    /** In place of a class: nothing is asked here. */
    public static final int NONE = -1;

    private final int steps;
    private final boolean areClasses;
    private final SimpleMatrix y;
    private final boolean[] asked;

    private Targets(int steps, boolean areClasses, SimpleMatrix y, boolean[] asked) {
        this.steps = steps;
        this.areClasses = areClasses;
        this.y = y;
        this.asked = asked;
    }

    /**
     * A class for each step of each sequence.
     *
     * @param classes one row per sequence, all of the same length; each element from 0 to k - 1, or {@link #NONE}
     * @param k the number of classes, at least 1
     * @throws IllegalArgumentException if the batch is ragged, a class is out of range or nothing is asked; says where
     */
    public static Targets classes(int[][] classes, int k) {
        Require.present("classes", classes);
        Require.atLeast("sequences", classes.length, 1);
        Require.atLeast("k", k, 1);
        for (int b = 0; b < classes.length; b++) {
            Require.present("classes[" + b + "]", classes[b]);
        }
        int B = classes.length;
        int T = classes[0].length;
        Require.atLeast("steps of sequence 0", T, 1);
        Require.size("steps of all classes", Math.multiplyExact(T, B), "k", k);
        SimpleMatrix y = new SimpleMatrix(T * B, k);
        boolean[] asked = new boolean[T * B];
        for (int b = 0; b < B; b++) {
            if (classes[b].length != T) {
                throw new IllegalArgumentException(
                        "sequence " + b + ": expected " + T + " steps like the first, got " + classes[b].length);
            }
            for (int t = 0; t < T; t++) {
                int c = classes[b][t];
                if (c == NONE) {
                    continue;
                }
                if (c < 0 || c >= k) {
                    throw new IllegalArgumentException("target of sequence " + b + " at step " + (t + 1)
                            + ": expected a class from 0 to " + (k - 1) + ", got " + c);
                }
                y.set(t * B + b, c, 1);
                asked[t * B + b] = true;
            }
        }
        return new Targets(T, true, y, asked).orThrow();
    }

    /**
     * One class per sequence, asked at the last step.
     *
     * @param classes one per sequence, from 0 to k - 1, or {@link #NONE}
     */
    public static Targets lastClass(int[] classes, int steps, int k) {
        Require.present("classes", classes);
        Require.atLeast("steps", steps, 1);
        Require.atLeast("k", k, 1);
        Require.size("steps", steps, "classes", classes.length);
        int[][] all = new int[classes.length][steps];
        for (int b = 0; b < classes.length; b++) {
            Arrays.fill(all[b], NONE);
            all[b][steps - 1] = classes[b];
        }
        return classes(all, k);
    }

    /** Numbers at each step of each sequence, as many as the network has outputs. */
    public static Targets values(Sequences y) {
        Require.present("y", y);
        boolean[] asked = new boolean[y.steps() * y.batch()];
        Arrays.fill(asked, true);
        return new Targets(y.steps(), false, y.stacked(), asked);
    }

    /**
     * Numbers asked from one step on, after steps that only prepare for them.
     *
     * @param y a number for each step; those before {@code first} are not used. Copied
     * @param first from 1 to T
     */
    public static Targets values(Sequences y, int first) {
        Require.present("y", y);
        Require.between("first", first, 1, y.steps());
        int from = (first - 1) * y.batch();
        SimpleMatrix stacked = new SimpleMatrix(y.steps() * y.batch(), y.width());
        stacked.insertIntoThis(from, 0, y.stacked().rows(from, stacked.getNumRows()));
        boolean[] asked = new boolean[stacked.getNumRows()];
        Arrays.fill(asked, from, asked.length, true);
        return new Targets(y.steps(), false, stacked, asked);
    }

    /**
     * Numbers asked at the last step only.
     *
     * @param y B x k, one row per sequence; copied
     */
    public static Targets lastValue(SimpleMatrix y, int steps) {
        Require.atLeast("steps", steps, 1);
        Require.matrix("y", y);
        Require.examples("y", y, Math.max(1, y.getNumCols()));
        Require.size("steps", steps, "elements of y", y.getNumElements());
        int B = y.getNumRows();
        SimpleMatrix stacked = new SimpleMatrix(steps * B, y.getNumCols());
        stacked.insertIntoThis((steps - 1) * B, 0, y);
        boolean[] asked = new boolean[steps * B];
        Arrays.fill(asked, (steps - 1) * B, steps * B, true);
        return new Targets(steps, false, stacked, asked);
    }

    /**
     * The same targets at one step, nothing asked at the others: the loss is then C_t alone.
     *
     * @param t from 1 to T
     * @throws IllegalArgumentException if nothing is asked at that step
     */
    public Targets only(int t) {
        Require.between("t", t, 1, steps);
        boolean[] here = new boolean[asked.length];
        System.arraycopy(asked, (t - 1) * batch(), here, (t - 1) * batch(), batch());
        return new Targets(steps, areClasses, y, here).orThrow();
    }

    private Targets orThrow() {
        if (count() == 0) {
            throw new IllegalArgumentException("targets: expected at least one, got none at any step of any sequence");
        }
        return this;
    }

    /** Whether the targets are classes (cross-entropy) rather than values (squared error). */
    public boolean areClasses() {
        return areClasses;
    }

    /** T, the number of steps. */
    public int steps() {
        return steps;
    }

    /** B, the number of sequences. */
    public int batch() {
        return y.getNumRows() / steps;
    }

    /** k, the number of classes, or of values at each step. */
    public int width() {
        return y.getNumCols();
    }

    /** How many targets there are, over all steps and sequences. */
    public int count() {
        int count = 0;
        for (boolean isAsked : asked) {
            count += isAsked ? 1 : 0;
        }
        return count;
    }

    /**
     * The targets as vectors, stacked like {@link Sequences#stacked}: (T B) x k, classes one-hot. Where nothing
     * is asked the row means nothing. The matrix itself, not a copy.
     */
    public SimpleMatrix stacked() {
        return y;
    }

    /**
     * Whether something is asked.
     *
     * @param t from 1 to T
     * @param b from 0 to B - 1
     */
    public boolean isAsked(int t, int b) {
        Require.between("t", t, 1, steps);
        Require.between("b", b, 0, batch() - 1);
        return asked[(t - 1) * batch() + b];
    }
}
