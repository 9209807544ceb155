package nabla.recurrent;

import static nabla.Checks.assertRefused;
import static nabla.recurrent.Fixtures.assertUnchanged;
import static nabla.recurrent.Fixtures.lstm;
import static nabla.recurrent.Fixtures.lstmWeights;
import static nabla.recurrent.Fixtures.pair;
import static nabla.recurrent.Fixtures.pairTargets;
import static nabla.recurrent.Fixtures.seq4;
import static nabla.recurrent.Fixtures.seq4U;
import static nabla.recurrent.Fixtures.seq4V;
import static nabla.recurrent.Fixtures.seq4W;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.data.SequenceBatch;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Initialization;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Bad input is refused by name, and changes nothing. */
class RecurrentArgumentsTest {
    private static SimpleMatrix withNaN(int rows, int columns) {
        SimpleMatrix x = new SimpleMatrix(rows, columns);
        x.set(rows - 1, columns - 1, Double.NaN);
        return x;
    }

    private static Readout readout() {
        return Fixtures.readoutWithBias();
    }

    @Test
    void parametersOfTheRnn() {
        SimpleMatrix b = new SimpleMatrix(3, 1);
        assertRefused(
                "U: expected 3x2, got 4x2",
                () -> new Rnn(Activation.TANH, new SimpleMatrix(4, 2), seq4W(), b, readout()));
        assertRefused(
                "columns of U: expected at least 1, got 0",
                () -> new Rnn(Activation.TANH, new SimpleMatrix(3, 0), seq4W(), b, readout()));
        assertRefused(
                "W: expected 3x3, got 3x4",
                () -> new Rnn(Activation.TANH, seq4U(), new SimpleMatrix(3, 4), b, readout()));
        assertRefused(
                "b: expected 3x1, got 1x3",
                () -> new Rnn(Activation.TANH, seq4U(), seq4W(), new SimpleMatrix(1, 3), readout()));
        assertRefused(
                "U: expected finite elements, got NaN at (2, 1)",
                () -> new Rnn(Activation.TANH, withNaN(3, 2), seq4W(), b, readout()));
        assertRefused(
                "W: expected finite elements, got NaN at (2, 2)",
                () -> new Rnn(Activation.TANH, seq4U(), withNaN(3, 3), b, readout()));
        assertRefused(
                "b: expected finite elements, got NaN at (2, 0)",
                () -> new Rnn(Activation.TANH, seq4U(), seq4W(), withNaN(3, 1), readout()));
        assertRefused("U: expected 3x2, got 2x2", () -> Rnn.withoutBiases(new SimpleMatrix(2, 2), seq4W(), seq4V()));
        SplittableRandom rng = new SplittableRandom(1);
        assertRefused(
                "inputs: expected at least 1, got 0",
                () -> Rnn.forTraining(Activation.TANH, 0, Initialization.glorot(), readout(), rng));
        assertRefused(
                "W: expected 3x3, got 3x4",
                () -> Rnn.forTraining(Activation.TANH, 2, (m, n, r) -> new SimpleMatrix(3, 4), readout(), rng));
    }

    @Test
    void parametersOfTheReadout() {
        assertRefused("c: expected 3x1, got 2x1", () -> Readout.softmax(seq4V(), new SimpleMatrix(2, 1)));
        assertRefused("c: expected 3x1, got 1x3", () -> Readout.linear(seq4V(), new SimpleMatrix(1, 3)));
        assertRefused(
                "V: expected finite elements, got NaN at (2, 2)",
                () -> Readout.linear(withNaN(3, 3), new SimpleMatrix(3, 1)));
        assertRefused("c: expected finite elements, got NaN at (2, 0)", () -> Readout.linear(seq4V(), withNaN(3, 1)));
        assertRefused(
                "rows of V: expected at least 1, got 0",
                () -> Readout.linear(new SimpleMatrix(0, 3), new SimpleMatrix(0, 1)));
        assertRefused(
                "columns of V: expected at least 1, got 0",
                () -> Readout.linear(new SimpleMatrix(3, 0), new SimpleMatrix(3, 1)));
    }

    @Test
    void parametersOfTheLstm() {
        for (String name : List.of("Wf", "Wi", "WC", "Wo", "bf", "bi", "bC", "bo")) {
            Map<String, SimpleMatrix> missing = lstmWeights(0.4);
            missing.remove(name);
            assertRefused(
                    "weights: expected Wf, Wi, WC, Wo, bf, bi, bC and bo, got only " + missing.keySet(),
                    () -> new Lstm(missing, readout()));
            boolean isWeight = name.startsWith("W");
            Map<String, SimpleMatrix> broken = lstmWeights(0.4);
            broken.put(name, withNaN(3, isWeight ? 5 : 1));
            assertRefused(
                    name + ": expected finite elements, got NaN at (2, " + (isWeight ? 4 : 0) + ")",
                    () -> new Lstm(broken, readout()));
            Map<String, SimpleMatrix> wrong = lstmWeights(0.4);
            wrong.put(name, new SimpleMatrix(2, isWeight ? 5 : 1));
            assertRefused(
                    name + (isWeight ? ": expected 3x5, got 2x5" : ": expected 3x1, got 2x1"),
                    () -> new Lstm(wrong, readout()));
        }
        Map<String, SimpleMatrix> noInputs = lstmWeights(0.4);
        noInputs.put("Wf", new SimpleMatrix(3, 3));
        assertRefused(
                "columns of Wf beyond those of h: expected at least 1, got 0", () -> new Lstm(noInputs, readout()));
        assertRefused(
                "inputs: expected at least 1, got 0", () -> Lstm.forTraining(0, readout(), new SplittableRandom(1)));
    }

    @Test
    void inputsAndInitialStates() {
        for (RecurrentNetwork network : List.of(seq4(), lstm())) {
            var before = Checks.copyOf(network.parameters());
            int size = network.stateSize();
            Sequences wide = Sequences.of(new SimpleMatrix(4, 3));
            assertRefused("x: expected 2 numbers at each step, got 3", () -> network.forward(wide));
            assertRefused(
                    "initialState: expected 2x" + size + ", got 1x" + size,
                    () -> network.forward(pair(), new SimpleMatrix(1, size)));
            assertRefused(
                    "initialState: expected 2x" + size + ", got 2x" + (size + 1),
                    () -> network.forward(pair(), new SimpleMatrix(2, size + 1)));
            assertRefused(
                    "initialState: expected finite elements, got NaN at (1, " + (size - 1) + ")",
                    () -> network.forward(pair(), withNaN(2, size)));
            Sequences late = pair(); // the inputs are held, so that a NaN can come later
            late.stacked().set(5, 1, Double.NaN);
            assertRefused("x: expected finite elements, got NaN at (5, 1)", () -> network.forward(late));
            assertUnchanged(before, network);
        }
    }

    @Test
    void sequences() {
        SimpleMatrix four = new SimpleMatrix(4, 2);
        assertRefused("sequences: expected at least 1, got 0", () -> Sequences.of(List.of()));
        assertRefused(
                "sequence 1 (all must be alike): expected 4x2, got 3x2",
                () -> Sequences.of(List.of(four, new SimpleMatrix(3, 2))));
        assertRefused(
                "sequence 1 (all must be alike): expected 4x2, got 4x3",
                () -> Sequences.of(List.of(four, new SimpleMatrix(4, 3))));
        assertRefused(
                "sequence 1 (all must be alike): expected finite elements, got NaN at (3, 1)",
                () -> Sequences.of(List.of(four, withNaN(4, 2))));
        assertRefused("steps of sequence 0: expected at least 1, got 0", () -> Sequences.of(new SimpleMatrix(0, 2)));
        assertRefused("columns of sequence 0: expected at least 1, got 0", () -> Sequences.of(new SimpleMatrix(2, 0)));
        assertRefused("steps: expected at least 1, got 0", () -> Sequences.stacked(four, 0));
        assertRefused(
                "stacked: expected a multiple of 3 rows, as many for each step, got 4",
                () -> Sequences.stacked(four, 3));
        assertRefused(
                "stacked: expected finite elements, got NaN at (3, 1)", () -> Sequences.stacked(withNaN(4, 2), 2));
    }

    @Test
    void stepsOfAPass() {
        for (RecurrentNetwork network : List.of(seq4(), lstm())) {
            UnrolledNetwork pass = network.forward(pair());
            assertRefused("t: expected a number from 0 to 4, got 5", () -> pass.h(5));
            assertRefused("t: expected a number from 0 to 4, got -1", () -> pass.state(-1));
            assertRefused("t: expected a number from 1 to 4, got 0", () -> pass.logits(0));
            assertRefused("t: expected a number from 1 to 4, got 5", () -> pass.yHat(5));
            assertRefused("t: expected a number from 1 to 4, got 0", () -> pass.loss(pairTargets(), 0));
            assertEquals(4, pass.steps());
            assertEquals(2, pass.batch());
        }
        UnrolledRnn pass = seq4().forward(pair());
        assertRefused("t: expected a number from 1 to 4, got 0", () -> pass.z(0));
        assertRefused("sequence: expected a number from 0 to 1, got 2", () -> pass.jacobian(2, 2, 1));
        assertRefused("t: expected a number from 0 to 4, got 5", () -> pass.jacobian(0, 5, 1));
        assertRefused("k: expected a number from 0 to 2, got 3", () -> pass.jacobian(0, 2, 3));
        assertRefused("k: expected a number from 0 to 2, got -1", () -> pass.jacobianBound(2, -1));
        UnrolledLstm cells = lstm().forward(pair());
        assertRefused("t: expected a number from 0 to 4, got 5", () -> cells.C(5));
        assertRefused("t: expected a number from 1 to 4, got 0", () -> cells.f(0));
    }

    @Test
    void windows() {
        for (RecurrentNetwork network : List.of(seq4(), lstm())) {
            UnrolledNetwork pass = network.forward(pair());
            for (int window : new int[] {0, -1, 5}) {
                assertRefused(
                        "window (at most the sequence's steps): expected a number from 1 to 4, got " + window,
                        () -> pass.gradient(pairTargets(), window));
            }
        }
    }

    @Test
    void targetsOfOtherSizes() {
        for (RecurrentNetwork network : List.of(seq4(), lstm())) {
            var before = Checks.copyOf(network.parameters());
            UnrolledNetwork pass = network.forward(pair());
            String expected = "y: expected targets for 4 steps of 2 sequences and 3 outputs, got ";
            Targets shorter = Targets.classes(new int[2][3], 3);
            Targets fewer = Targets.classes(new int[1][4], 3);
            Targets narrow = Targets.classes(new int[2][4], 2);
            assertRefused(expected + "3 steps of 2 and 3", () -> pass.loss(shorter));
            assertRefused(expected + "4 steps of 1 and 3", () -> pass.loss(fewer, 1));
            assertRefused(expected + "4 steps of 2 and 2", () -> pass.gradient(narrow));
            assertRefused(expected + "3 steps of 2 and 3", () -> pass.gradient(shorter, 2));
            assertUnchanged(before, network);
        }
        UnrolledRnn pass = seq4().forward(pair());
        assertRefused(
                "y: expected targets for 4 steps of 2 sequences and 3 outputs, got 4 steps of 1 and 3",
                () -> pass.contributions(Targets.classes(new int[1][4], 3)));
        assertRefused(
                "y: expected targets for 4 steps of 2 sequences, got 4 steps of 1",
                () -> new SequenceBatch(pair(), Targets.classes(new int[1][4], 3)));
    }

    @Test
    void classesNeedASoftmax() {
        for (RecurrentNetwork network :
                List.of(Fixtures.randomRnn(Activation.TANH, false, 1), Fixtures.randomLstm(false, 1))) {
            UnrolledNetwork pass = network.forward(pair());
            String message = "y: classes need a softmax read-out, this one is linear";
            assertRefused(message, () -> pass.loss(pairTargets()));
            assertRefused(message, () -> pass.loss(pairTargets(), 2));
            assertRefused(message, () -> pass.gradient(pairTargets()));
        }
    }

    @Test
    void targets() {
        assertRefused(
                "sequence 1: expected 2 steps like the first, got 3",
                () -> Targets.classes(new int[][] {{0, 1}, {0, 1, 1}}, 2));
        assertRefused(
                "target of sequence 1 at step 2: expected a class from 0 to 1, got 2",
                () -> Targets.classes(new int[][] {{0, 1}, {0, 2}}, 2));
        assertRefused(
                "target of sequence 0 at step 1: expected a class from 0 to 1, got -2",
                () -> Targets.classes(new int[][] {{-2, 1}}, 2));
        assertRefused("sequences: expected at least 1, got 0", () -> Targets.classes(new int[0][], 2));
        assertRefused("steps of sequence 0: expected at least 1, got 0", () -> Targets.classes(new int[1][0], 2));
        assertRefused("k: expected at least 1, got 0", () -> Targets.classes(new int[1][1], 0));
        String none = "targets: expected at least one, got none at any step of any sequence";
        assertRefused(none, () -> Targets.classes(new int[][] {{Targets.NONE}}, 2));
        assertRefused(none, () -> Targets.lastClass(new int[] {1}, 3, 2).only(2));
        assertRefused(
                "t: expected a number from 1 to 4, got 5", () -> pairTargets().only(5));
        assertRefused("steps: expected at least 1, got 0", () -> Targets.lastClass(new int[] {1}, 0, 2));
        assertRefused("steps: expected at least 1, got 0", () -> Targets.lastValue(new SimpleMatrix(1, 1), 0));
        assertRefused("y: expected finite elements, got NaN at (1, 2)", () -> Targets.lastValue(withNaN(2, 3), 4));
    }
}
