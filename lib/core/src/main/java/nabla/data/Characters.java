package nabla.data;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import nabla.math.Require;

/**
 * A text as sequences of characters, for models that tell the next character. A character is a Unicode code point; the k
 * different ones of the text are numbered from 0 in the order of their code points.
 */
public final class Characters {
    private final int[] vocabulary;
    private final int[] text;

    /**
     * All of a text.
     *
     * @param text at least one character
     */
    public Characters(String text) {
        Require.present("text", text);
        Require.atLeast("length of text", text.length(), 1);
        this.vocabulary = text.codePoints().sorted().distinct().toArray();
        this.text = encode(text);
    }

    /** The different characters of the text, each as a string; the place in the list is the number. */
    public List<String> vocabulary() {
        return Arrays.stream(vocabulary).mapToObj(Character::toString).toList();
    }

    /**
     * The numbers of characters.
     *
     * @param string may be empty
     * @return from 0 to k - 1, one for each character
     * @throws IllegalArgumentException if a character is not in the vocabulary; names it and its place, counted from 0
     */
    public int[] encode(String string) {
        Require.present("string", string);
        int[] points = string.codePoints().toArray();
        int[] numbers = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            numbers[i] = Arrays.binarySearch(vocabulary, points[i]);
            if (numbers[i] < 0) {
                throw new IllegalArgumentException("string: expected characters of the text, got '%s' (U+%04X) at %d"
                        .formatted(Character.toString(points[i]), points[i], i));
            }
        }
        return numbers;
    }

    /**
     * The characters of numbers, {@link #encode} undone.
     *
     * @param numbers each from 0 to k - 1
     */
    public String decode(int... numbers) {
        Require.present("numbers", numbers);
        StringBuilder string = new StringBuilder();
        for (int number : numbers) {
            Require.between("number", number, 0, vocabulary.length - 1);
            string.appendCodePoint(vocabulary[number]);
        }
        return string.toString();
    }

    /**
     * One sequence of one-hot characters, such as the beginning of a text that a model is to continue.
     *
     * @param string at least one character
     * @return as many steps as characters, of k columns
     * @throws IllegalArgumentException if a character is not in the vocabulary; names it and its place
     */
    public Sequences oneHot(String string) {
        Require.atLeast("length of string", string.length(), 1);
        return OneHot.of(new int[][] {encode(string)}, vocabulary.length);
    }

    /**
     * The task of telling the next character, on windows from anywhere in the text.
     *
     * @param length steps of each window, from 1 to the characters of the text less one
     */
    public SequenceTask windows(int length) {
        Require.between("length", length, 1, text.length - 1);
        return new Windows(length);
    }

    /**
     * The text cut into long streams that run beside each other: each batch goes on where the one before it stopped, so that
     * the state of a network can be carried over (truncated backpropagation through time).
     *
     * <p>Sequence b of all batches together is the b-th part of the text. All parts have the same length; what is left over
     * at the end of the text, fewer characters than there are streams, is not used. The last batch may have fewer steps than the
     * others.
     *
     * @param batch how many streams, from 1 to the characters of the text less one
     * @param length steps of each batch, at least 1
     * @return the batches in order, each made when it is asked for
     */
    public List<SequenceBatch> streams(int batch, int length) {
        Require.between("batch", batch, 1, text.length - 1);
        Require.atLeast("length", length, 1);
        return new Streams(batch, length);
    }

    /** Next-character prediction from each of some places on. */
    private SequenceBatch batch(int[] starts, int steps) {
        List<int[]> sequences = new ArrayList<>();
        for (int start : starts) {
            sequences.add(Arrays.copyOfRange(text, start, start + steps + 1));
        }
        return OneHot.predictNext(sequences, vocabulary.length);
    }

    private final class Windows implements SequenceTask {
        private final int length;

        Windows(int length) {
            this.length = length;
        }

        @Override
        public int inputs() {
            return vocabulary.length;
        }

        @Override
        public int outputs() {
            return vocabulary.length;
        }

        @Override
        public SequenceBatch batch(int size, RandomGenerator rng) {
            Require.atLeast("size", size, 1);
            Require.present("rng", rng);
            return Characters.this.batch(rng.ints(size, 0, text.length - length).toArray(), length);
        }
    }

    private final class Streams extends AbstractList<SequenceBatch> {
        private final int batch;
        private final int length;

        /** Steps of a whole stream; the character after the last of them is still in the text. */
        private final int steps;

        Streams(int batch, int length) {
            this.batch = batch;
            this.length = length;
            this.steps = (text.length - 1) / batch;
        }

        @Override
        public int size() {
            return (steps - 1) / length + 1;
        }

        @Override
        public SequenceBatch get(int index) {
            Objects.checkIndex(index, size());
            int first = index * length;
            int[] starts = new int[batch];
            for (int b = 0; b < batch; b++) {
                starts[b] = b * steps + first;
            }
            return Characters.this.batch(starts, Math.min(length, steps - first));
        }
    }
}
