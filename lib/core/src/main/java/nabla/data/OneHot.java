package nabla.data;

import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/** Sequences of symbols as vectors. */
final class OneHot {
    private OneHot() {}

    /**
     * A 1 in the column of the symbol at each step of each sequence.
     *
     * @param symbols one row per sequence, all of the same length; each element from 0 to k - 1, or {@link Targets#NONE}
     *     for zeros only
     * @return B sequences of k columns
     */
    static Sequences of(int[][] symbols, int k) {
        int B = symbols.length;
        int T = symbols[0].length;
        SimpleMatrix stacked = new SimpleMatrix(T * B, k);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                if (symbols[b][t] != Targets.NONE) {
                    stacked.set(t * B + b, symbols[b][t], 1);
                }
            }
        }
        return Sequences.stacked(stacked, T);
    }

    /**
     * The task of telling the next symbol at every step. Shorter sequences are padded at the end, with zeros as inputs and
     * {@link Targets#NONE} as targets.
     *
     * @param sequences one array of at least two symbols, 0 to k - 1, per sequence
     * @return one step fewer than the longest sequence has symbols
     */
    static SequenceBatch predictNext(List<int[]> sequences, int k) {
        int B = sequences.size();
        int T = sequences.stream().mapToInt(symbols -> symbols.length).max().orElseThrow() - 1;
        int[][] x = new int[B][T];
        int[][] y = new int[B][T];
        for (int b = 0; b < B; b++) {
            int[] symbols = sequences.get(b);
            Arrays.fill(x[b], Targets.NONE);
            Arrays.fill(y[b], Targets.NONE);
            System.arraycopy(symbols, 0, x[b], 0, symbols.length - 1);
            System.arraycopy(symbols, 1, y[b], 0, symbols.length - 1);
        }
        return new SequenceBatch(of(x, k), Targets.classes(y, k));
    }
}
