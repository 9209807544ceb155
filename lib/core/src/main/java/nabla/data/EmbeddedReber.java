package nabla.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;

/**
 * To tell the next symbol of strings of the embedded Reber grammar (Hochreiter and Schmidhuber 1997, section 5.1) after
 * each of their symbols but the last. Columns and classes are the numbers of {@link ReberGrammar#SYMBOLS}.
 *
 * <p>The sum of the cross-entropies over a string is at best {@link ReberGrammar#entropy} on average.
 */
public final class EmbeddedReber implements SequenceTask {
    private static final int SHORTEST = 8; // steps of BTBTXSETE, of which each asks for the next symbol

    private final ReberGrammar grammar = ReberGrammar.embedded();

    /** 7, a symbol one-hot. */
    @Override
    public int inputs() {
        return ReberGrammar.SYMBOLS.length();
    }

    /** 7, the classes of the next symbol. */
    @Override
    public int outputs() {
        return ReberGrammar.SYMBOLS.length();
    }

    /** Random strings; padded as {@link #batch(List)} does. */
    @Override
    public SequenceBatch batch(int size, RandomGenerator rng) {
        Require.atLeast("size", size, 1);
        Require.size("size", size, "numbers of the shortest string", SHORTEST * outputs());
        Require.present("rng", rng);
        List<String> strings = new ArrayList<>();
        for (int b = 0; b < size; b++) {
            Interrupts.check("batch interrupted at string %d", b);
            strings.add(grammar.string(rng));
        }
        return batch(strings);
    }

    /**
     * Given strings, legal or not. After the end of the shorter ones the inputs are zero and nothing is asked.
     *
     * @param strings at least one, each of at least two of the seven symbols
     * @return as many steps as the longest string has symbols, less one
     * @throws IllegalArgumentException if a string is too short or has another symbol; says where
     */
    public SequenceBatch batch(List<String> strings) {
        Require.present("strings", strings);
        Require.atLeast("strings", strings.size(), 1);
        List<int[]> sequences = new ArrayList<>();
        for (int b = 0; b < strings.size(); b++) {
            Require.present("string " + b + " of strings", strings.get(b));
            Require.atLeast("length of string " + b, strings.get(b).length(), 2);
            sequences.add(numbers(b, strings.get(b)));
        }
        return OneHot.predictNext(sequences, outputs());
    }

    private static int[] numbers(int b, String string) {
        int[] numbers = new int[string.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ReberGrammar.SYMBOLS.indexOf(string.charAt(i));
            if (numbers[i] < 0) {
                throw new IllegalArgumentException("string %d: expected symbols of %s, got '%c' as symbol %d of \"%s\""
                        .formatted(b, ReberGrammar.SYMBOLS, string.charAt(i), i + 1, string));
            }
        }
        return numbers;
    }
}
