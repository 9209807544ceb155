package nabla.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.check.Numeric;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;

/** Small networks and sequences: irregular numbers, made without random ones unless a method says so, and ways to compare. */
final class Fixtures {
    private Fixtures() {}

    /** An element from its row and column, both counted from 1. */
    interface Entry {
        double of(int i, int j);
    }

    static SimpleMatrix matrix(int rows, int columns, Entry entry) {
        SimpleMatrix x = new SimpleMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.set(i, j, entry.of(i + 1, j + 1));
            }
        }
        return x;
    }

    static SimpleMatrix column(double... x) {
        return new SimpleMatrix(x.length, 1, true, x);
    }

    static SimpleMatrix row(double... x) {
        return new SimpleMatrix(1, x.length, true, x);
    }

    static SimpleMatrix seq4U() {
        return matrix(3, 2, (i, j) -> 0.6 * Math.sin(1 + i + 2 * j));
    }

    static SimpleMatrix seq4W() {
        return matrix(3, 3, (i, j) -> 0.8 * Math.cos(1 + 2 * i + 3 * j));
    }

    static SimpleMatrix seq4V() {
        return matrix(3, 3, (i, j) -> Math.sin(2 * i + 3 * j));
    }

    /** 4 steps, 2 inputs, 3 states, 3 classes; no biases. */
    static Rnn seq4() {
        return Rnn.withoutBiases(seq4U(), seq4W(), seq4V());
    }

    static Sequences seq4Inputs() {
        return Sequences.of(matrix(4, 2, (t, d) -> Math.cos(t + 2 * d)));
    }

    static Targets seq4Targets() {
        return Targets.classes(new int[][] {{0, 2, 1, 0}}, 3);
    }

    static SimpleMatrix seq4State() {
        return row(0.3, -0.2, 0.1);
    }

    /** Two sequences of the length of SEQ4, the first with its inputs. */
    static Sequences pair() {
        return Sequences.of(
                List.of(matrix(4, 2, (t, d) -> Math.cos(t + 2 * d)), matrix(4, 2, (t, d) -> Math.sin(2 * t + d))));
    }

    static Targets pairTargets() {
        return Targets.classes(new int[][] {{0, 2, 1, 0}, {1, 1, Targets.NONE, 2}}, 3);
    }

    static SimpleMatrix pairH() {
        return new SimpleMatrix(new double[][] {{0.3, -0.2, 0.1}, {-0.4, 0.5, 0.2}});
    }

    static SimpleMatrix pairC() {
        return new SimpleMatrix(new double[][] {{0.7, -1.1, 0.4}, {-0.3, 0.2, 1.5}});
    }

    static Readout readoutWithBias() {
        return Readout.softmax(seq4V(), matrix(3, 1, (i, j) -> 0.2 * Math.cos(i)));
    }

    /** The weights of SEQ4, with biases. */
    static Rnn rnn(Activation f) {
        return new Rnn(f, seq4U(), seq4W(), matrix(3, 1, (i, j) -> 0.3 * Math.sin(i)), readoutWithBias());
    }

    /** 2 inputs, 3 cells, 3 classes. */
    static Lstm lstm() {
        return new Lstm(lstmWeights(0.4), readoutWithBias());
    }

    static Map<String, SimpleMatrix> lstmWeights(double bias) {
        Map<String, SimpleMatrix> weights = new LinkedHashMap<>();
        String[] gates = {"f", "i", "C", "o"};
        for (int gate = 1; gate <= 4; gate++) {
            int q = gate;
            weights.put("W" + gates[gate - 1], matrix(3, 5, (i, j) -> 0.5 * Math.sin(q + 2 * i + 3 * j)));
            weights.put("b" + gates[gate - 1], matrix(3, 1, (i, j) -> bias * Math.cos(q + i)));
        }
        return weights;
    }

    /** A network of 2 inputs, 3 hidden units and 3 answers with random weights. */
    static Rnn randomRnn(Activation f, boolean softmax, long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        return new Rnn(
                f,
                Randoms.normal(3, 2, 0.7, rng),
                Randoms.normal(3, 3, 0.6, rng),
                Randoms.normal(3, 1, 0.5, rng),
                randomReadout(softmax, rng));
    }

    /** A network of 2 inputs, 3 cells and 3 answers with random weights. */
    static Lstm randomLstm(boolean softmax, long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        Map<String, SimpleMatrix> weights = new LinkedHashMap<>();
        for (String gate : new String[] {"f", "i", "C", "o"}) {
            weights.put("W" + gate, Randoms.normal(3, 5, 0.8, rng));
            weights.put("b" + gate, Randoms.normal(3, 1, 0.5, rng));
        }
        return new Lstm(weights, randomReadout(softmax, rng));
    }

    private static Readout randomReadout(boolean softmax, SplittableRandom rng) {
        SimpleMatrix V = Randoms.normal(3, 3, 0.8, rng);
        SimpleMatrix c = Randoms.normal(3, 1, 0.5, rng);
        return softmax ? Readout.softmax(V, c) : Readout.linear(V, c);
    }

    static Sequences randomInputs(int T, int B, long seed) {
        return Sequences.stacked(Randoms.normal(T * B, 2, 1, new SplittableRandom(seed)), T);
    }

    /** Steps {@code first} to {@code last} (from 1) of all sequences. */
    static Sequences part(Sequences x, int first, int last) {
        return Sequences.stacked(x.stacked().rows((first - 1) * x.batch(), last * x.batch()), last - first + 1);
    }

    /** The loss of one step, from the hidden states, as three loops. */
    static double lossOfStep(Readout readout, SimpleMatrix h, Targets y, int t) {
        double sum = 0;
        for (int b = 0; b < y.batch(); b++) {
            if (!y.isAsked(t, b)) {
                continue;
            }
            double[] answer = answers(readout, h.getRow(b).getDDRM().data);
            for (int k = 0; k < answer.length; k++) {
                double target = y.stacked().get((t - 1) * y.batch() + b, k);
                sum += y.areClasses() ? -target * Math.log(answer[k]) : (target - answer[k]) * (target - answer[k]);
            }
        }
        return sum / y.batch();
    }

    /** The answers to one hidden state, as two loops. */
    static double[] answers(Readout readout, double[] h) {
        double[] answer = new double[readout.V.getNumRows()];
        double sum = 0;
        for (int k = 0; k < answer.length; k++) {
            answer[k] = readout.c.get(k);
            for (int i = 0; i < h.length; i++) {
                answer[k] += readout.V.get(k, i) * h[i];
            }
            sum += Math.exp(answer[k]);
        }
        for (int k = 0; readout.isSoftmax() && k < answer.length; k++) {
            answer[k] = Math.exp(answer[k]) / sum;
        }
        return answer;
    }

    /** -log softmax of one class, without overflow. */
    static double crossEntropy(SimpleMatrix logits, int target) {
        double largest = logits.elementMax();
        double sum = 0;
        for (int k = 0; k < logits.getNumElements(); k++) {
            sum += Math.exp(logits.get(k) - largest);
        }
        return largest + Math.log(sum) - logits.get(target);
    }

    /** One number that changes with every element and every exchange of elements. */
    static double checksum(SimpleMatrix x) {
        double sum = 0;
        for (int e = 0; e < x.getNumElements(); e++) {
            sum += Math.sin(1 + e) * x.get(e);
        }
        return sum;
    }

    /** Checks a checksum and a norm. */
    static void assertSums(String what, double checksum, double norm, SimpleMatrix x) {
        assertEquals(checksum, checksum(x), 1e-13, what);
        assertEquals(norm, x.normF(), 1e-13, what);
    }

    /** Element by element, relative to the larger of 1 and the numbers. */
    static void assertClose(String what, SimpleMatrix expected, SimpleMatrix actual, double tolerance) {
        assertEquals(expected.getNumRows(), actual.getNumRows(), what);
        assertEquals(expected.getNumCols(), actual.getNumCols(), what);
        for (int e = 0; e < expected.getNumElements(); e++) {
            double scale = Math.max(1, Math.max(Math.abs(expected.get(e)), Math.abs(actual.get(e))));
            String where = what + ", element " + e;
            assertEquals(expected.get(e), actual.get(e), tolerance * scale, where);
        }
    }

    static void assertSame(Map<String, SimpleMatrix> expected, Map<String, SimpleMatrix> actual, double tolerance) {
        assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(actual.keySet()));
        expected.forEach((name, x) -> assertClose(name, x, actual.get(name), tolerance));
    }

    /** All gradients of a network against finite differences of a function of its parameters. */
    static void assertGradients(
            String what,
            java.util.function.DoubleSupplier f,
            RecurrentNetwork network,
            Map<String, SimpleMatrix> gradients) {
        assertEquals(network.parameters().keySet(), gradients.keySet());
        network.parameters()
                .forEach((name, x) ->
                        assertClose(what + ": " + name, Numeric.gradient(f, x), gradients.get(name), 1e-8));
    }

    /** Bit by bit. */
    static void assertUnchanged(Map<String, SimpleMatrix> before, RecurrentNetwork network) {
        network.parameters().forEach((name, x) -> assertTrue(x.isIdentical(before.get(name), 0), name));
    }
}
