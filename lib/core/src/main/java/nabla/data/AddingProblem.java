package nabla.data;

import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997, section 5.4) in the form of fixed length of Le, Jaitly and Hinton
 * (2015): two numbers among many are marked, and their sum is asked at the end.
 *
 * <p>At each step there is a number, uniform in [0, 1), and a marker, which is 1 at two steps and 0 elsewhere: at one of the
 * first half of the steps (rounded down) and at one of the others, each uniformly. The mean squared error of always
 * answering 1, the best answer that ignores the sequence, is the variance of the sum, 1/6.
 */
public final class AddingProblem implements SequenceTask {
    /**
     * An answer that is off by more counts as wrong. The number is that of Hochreiter and Schmidhuber, whose targets lie in
     * [0, 1] while the sums here lie in [0, 2].
     */
    public static final double TOLERANCE = 0.04;

    private final int steps;

    /**
     * Sequences of one length.
     *
     * @param steps at least 2
     */
    public AddingProblem(int steps) {
        Require.atLeast("steps", steps, 2);
        this.steps = steps;
    }

    /** 2: the number and the marker. */
    @Override
    public int inputs() {
        return 2;
    }

    /** 1: the sum. */
    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public SequenceBatch batch(int size, RandomGenerator rng) {
        Require.size("size", size, "numbers", 2 * Math.min(steps, 1 << 29));
        Require.atLeast("size", size, 1);
        Require.present("rng", rng);
        SimpleMatrix stacked = new SimpleMatrix(steps * size, 2);
        SimpleMatrix sums = new SimpleMatrix(size, 1);
        for (int b = 0; b < size; b++) {
            Interrupts.check("batch interrupted at sequence %d", b);
            for (int t = 0; t < steps; t++) {
                stacked.set(t * size + b, 0, rng.nextDouble());
            }
            int half = steps / 2;
            for (int t : new int[] {rng.nextInt(half), half + rng.nextInt(steps - half)}) {
                stacked.set(t * size + b, 1, 1);
                sums.set(b, 0, sums.get(b, 0) + stacked.get(t * size + b, 0));
            }
        }
        return new SequenceBatch(Sequences.stacked(stacked, steps), Targets.lastValue(sums, steps));
    }

    /**
     * How many sequences are answered wrongly.
     *
     * @param answers B x 1, what the network says at the last step of each sequence
     * @param batch B sequences of this problem
     * @return from 0 to B
     * @throws IllegalArgumentException if there is not one finite answer per sequence, or if the batch asks for something
     *     other than one value
     */
    public static int wrong(SimpleMatrix answers, SequenceBatch batch) {
        Require.present("batch", batch);
        Targets y = batch.y();
        int B = y.batch();
        Require.shape("answers", answers, B, 1);
        if (y.areClasses() || y.width() != 1) {
            throw new IllegalArgumentException("batch: expected targets of one value, got "
                    + (y.areClasses() ? "classes" : y.width() + " values"));
        }
        SimpleMatrix sums = y.stacked().rows((y.steps() - 1) * B, y.steps() * B);
        int wrong = 0;
        for (int b = 0; b < B; b++) {
            wrong += Math.abs(answers.get(b, 0) - sums.get(b, 0)) > TOLERANCE ? 1 : 0;
        }
        return wrong;
    }
}
