package nabla.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;

/**
 * The copying memory problem (after Hochreiter and Schmidhuber 1997; this form is that of Arjovsky, Shah and Bengio 2016):
 * random symbols are to be repeated in order, long after they were seen.
 *
 * <pre>
 * steps     input              answer
 * length    random symbols     nothing is asked
 * delay     blank              nothing is asked
 * 1         go                 nothing is asked
 * length    blank              the symbols again
 * </pre>
 *
 * <p>Inputs are one-hot: first the symbols, then the blank, then go. Without memory the best that can be done is to guess,
 * which loses length * log(symbols) nats per sequence.
 */
public final class CopyMemory implements SequenceTask {
    private final int symbols;
    private final int length;
    private final int delay;

    /**
     * Sequences of delay + 2 length + 1 steps.
     *
     * @param symbols how many different ones there are, at least 2
     * @param length how many are to be remembered, at least 1
     * @param delay how many blanks come before the go signal, 0 or more
     */
    public CopyMemory(int symbols, int length, int delay) {
        Require.atLeast("symbols", symbols, 2);
        Require.atLeast("length", length, 1);
        Require.atLeast("delay", delay, 0);
        this.symbols = symbols;
        this.length = length;
        this.delay = delay;
    }

    /** The symbols, the blank and the go signal. */
    @Override
    public int inputs() {
        return symbols + 2;
    }

    /** The symbols. */
    @Override
    public int outputs() {
        return symbols;
    }

    @Override
    public SequenceBatch batch(int size, RandomGenerator rng) {
        Require.atLeast("size", size, 1);
        Require.present("rng", rng);
        int blank = symbols;
        int go = symbols + 1;
        long numbers = (long) (symbols + 2) * (delay + 2L * length + 1);
        Require.size("size", size, "numbers of a sequence", (int) Math.min(numbers, Integer.MAX_VALUE));
        int[][] x = new int[size][delay + 2 * length + 1];
        int[][] y = new int[size][delay + 2 * length + 1];
        for (int b = 0; b < size; b++) {
            Interrupts.check("batch interrupted at sequence %d", b);
            Arrays.fill(x[b], blank);
            Arrays.fill(y[b], Targets.NONE);
            x[b][length + delay] = go;
            for (int i = 0; i < length; i++) {
                int symbol = rng.nextInt(symbols);
                x[b][i] = symbol;
                y[b][length + delay + 1 + i] = symbol;
            }
        }
        return new SequenceBatch(OneHot.of(x, inputs()), Targets.classes(y, outputs()));
    }
}
