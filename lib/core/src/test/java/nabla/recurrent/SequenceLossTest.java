package nabla.recurrent;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Randoms;
import nabla.optim.Adam;
import nabla.optim.Optimizer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against forward and gradient in fresh matrices: the same bits, whatever the matrices held before. */
class SequenceLossTest {
    private static List<RecurrentNetwork> networks(boolean softmax) {
        List<RecurrentNetwork> networks = new ArrayList<>();
        for (Activation f : Activation.values()) {
            networks.add(Fixtures.randomRnn(f, softmax, 11));
        }
        networks.add(Fixtures.randomLstm(softmax, 12));
        return networks;
    }

    /** Classes for a softmax, some of them not asked, and values for a linear read-out. */
    private static Targets targets(int T, int B, boolean softmax, long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        if (!softmax) {
            return Targets.values(Sequences.stacked(Randoms.normal(T * B, 3, 1, rng), T));
        }
        int[][] classes = new int[B][T];
        for (int[] sequence : classes) {
            for (int t = 0; t < T; t++) {
                sequence[t] = rng.nextInt(4) - 1; // -1 asks for nothing
            }
        }
        classes[0][0] = 1;
        return Targets.classes(classes, 3);
    }

    private static void assertIdentical(String what, SimpleMatrix expected, SimpleMatrix actual) {
        assertEquals(expected.getNumCols(), actual.getNumCols(), what);
        assertArrayEquals(expected.getDDRM().getData(), actual.getDDRM().getData(), what);
    }

    private static void assertIdentical(int T, RecurrentGradient expected, RecurrentGradient actual) {
        assertEquals(expected.loss(), actual.loss());
        assertEquals(
                new ArrayList<>(expected.direction().names()),
                new ArrayList<>(actual.direction().names()));
        expected.direction().matrices().forEach((name, g) -> assertIdentical(name, g, actual.of(name)));
        for (int t = 0; t <= T; t++) {
            assertIdentical("state " + t, expected.state(t), actual.state(t));
        }
        assertIdentical("inputs", expected.inputs(), actual.inputs());
    }

    @Test
    void sameBitsAsFreshMatricesWhileTheNetworkLearnsAndSizesChange() {
        int[][] sizes = {{6, 4}, {6, 4}, {6, 4}, {3, 4}, {3, 19}, {6, 4}, {12, 2}, {2, 12}};
        for (boolean softmax : new boolean[] {true, false}) {
            for (RecurrentNetwork network : networks(softmax)) {
                SequenceLoss pass = new SequenceLoss(network);
                Optimizer optimizer = new Adam(0.1);
                for (int i = 0; i < sizes.length; i++) {
                    int T = sizes[i][0];
                    int B = sizes[i][1];
                    Sequences x = Fixtures.randomInputs(T, B, i);
                    Targets y = targets(T, B, softmax, i);
                    RecurrentGradient gradient = pass.gradient(x, y);
                    assertIdentical(T, network.forward(x).gradient(y), gradient);
                    optimizer.step(network, gradient.direction());
                }
            }
        }
    }

    /** After a pass in which nothing was a number, whatever is not overwritten would spoil the next. */
    @Test
    void nothingIsRememberedOfAnEarlierBatch() {
        Sequences x = Fixtures.randomInputs(5, 3, 1);
        for (boolean softmax : new boolean[] {true, false}) {
            Targets y = targets(5, 3, softmax, 2);
            for (RecurrentNetwork network : networks(softmax)) {
                SequenceLoss pass = new SequenceLoss(network);
                var parameters = Checks.copyOf(network.parameters());
                network.parameters().values().forEach(p -> p.fill(Double.NaN));
                RecurrentGradient spoilt = pass.gradient(x, y);
                assertTrue(Double.isNaN(spoilt.loss()));
                spoilt.direction().matrices().forEach((name, g) -> assertTrue(g.hasUncountable(), name));
                assertTrue(spoilt.state(0).hasUncountable());
                network.parameters().forEach((name, p) -> p.setTo(parameters.get(name)));
                assertIdentical(5, network.forward(x).gradient(y), pass.gradient(x, y));
            }
        }
    }

    @Test
    void whatIsNotAskedLeavesNoTrace() {
        Sequences x = Fixtures.randomInputs(5, 3, 1);
        for (RecurrentNetwork network : networks(true)) {
            Targets all = Targets.classes(new int[3][5], 3);
            SequenceLoss pass = new SequenceLoss(network);
            pass.gradient(x, all);
            RecurrentGradient last = pass.gradient(x, all.only(2));
            assertIdentical(5, network.forward(x).gradient(all.only(2)), last);
            assertEquals(0, last.state(4).elementMaxAbs(), 0.0);
        }
    }

    @Test
    void badInputLeavesTheLastGradientAsItIs() {
        for (RecurrentNetwork network : networks(true)) {
            SequenceLoss pass = new SequenceLoss(network);
            Sequences x = Fixtures.randomInputs(4, 2, 1);
            Targets y = targets(4, 2, true, 2);
            RecurrentGradient gradient = pass.gradient(x, y);
            Sequences wide = Sequences.of(new SimpleMatrix(4, 3));
            assertRefused("x: expected 2 numbers at each step, got 3", () -> pass.gradient(wide, y));
            Sequences late = Fixtures.randomInputs(4, 2, 3);
            late.stacked().set(5, 1, Double.NaN);
            assertRefused("x: expected finite elements, got NaN at (5, 1)", () -> pass.gradient(late, y));
            Sequences other = Fixtures.randomInputs(4, 2, 3);
            assertRefused(
                    "y: expected targets for 4 steps of 2 sequences and 3 outputs, got 3 steps of 2 and 3",
                    () -> pass.gradient(other, targets(3, 2, true, 2)));
            Sequences longer = Fixtures.randomInputs(5, 2, 3);
            assertRefused(
                    "y: expected targets for 5 steps of 2 sequences and 3 outputs, got 4 steps of 2 and 3",
                    () -> pass.gradient(longer, y));
            assertIdentical(4, network.forward(x).gradient(y), gradient);
        }
        RecurrentNetwork linear = Fixtures.randomLstm(false, 1);
        assertRefused("y: classes need a softmax read-out, this one is linear", () -> new SequenceLoss(linear)
                .gradient(Fixtures.randomInputs(4, 2, 1), targets(4, 2, true, 2)));
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    @Test
    void matricesAreTakenOnce() {
        Sequences x = Fixtures.randomInputs(20, 100, 1);
        Targets y = targets(20, 100, true, 2);
        for (RecurrentNetwork network : List.of(wideRnn(), wideLstm())) {
            SequenceLoss pass = new SequenceLoss(network);
            Optimizer optimizer = new Adam(0.1).clippingNorm(1e-3);
            Runnable step = () -> optimizer.step(network, pass.gradient(x, y).direction());
            long first = allocated(step);
            for (int i = 0; i < 3; i++) {
                step.run();
            }
            long later = allocated(step);
            assertTrue(first > 5_000_000, "" + first);
            assertTrue(later < first / 10, later + " of " + first);
        }
    }

    private static Rnn wideRnn() {
        SplittableRandom rng = new SplittableRandom(1);
        Readout readout = Readout.softmax(3, 200, rng);
        return Rnn.forTraining(Activation.TANH, 2, Initialization.glorot(), readout, rng);
    }

    private static Lstm wideLstm() {
        SplittableRandom rng = new SplittableRandom(1);
        return Lstm.forTraining(2, Readout.softmax(3, 200, rng), rng);
    }
}
