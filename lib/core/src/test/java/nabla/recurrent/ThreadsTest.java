package nabla.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import nabla.data.SequenceBatch;
import nabla.data.SequenceTask;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Randoms;
import nabla.math.fast.Parallel;
import nabla.optim.Adam;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** One thread or two: the same bits. The sizes are large enough for work to be shared, and no multiples of anything. */
class ThreadsTest {
    private static final int T = 7;
    private static final int B = 40;
    private static final int D = 5;
    private static final int N = 67;
    private static final int K = 6;

    private static Rnn rnn() {
        SplittableRandom rng = new SplittableRandom(1);
        return Rnn.forTraining(Activation.TANH, D, Initialization.orthogonal(1), Readout.softmax(K, N, rng), rng);
    }

    private static Lstm lstm() {
        SplittableRandom rng = new SplittableRandom(1);
        return Lstm.forTraining(D, Readout.softmax(K, N, rng), rng);
    }

    private static SequenceBatch batch(int size, RandomGenerator rng) {
        int[][] y = new int[size][T];
        for (int[] sequence : y) {
            for (int t = 0; t < T; t++) {
                sequence[t] = rng.nextInt(K);
            }
        }
        Sequences x = Sequences.stacked(Randoms.normal(T * size, D, 1, rng), T);
        return new SequenceBatch(x, Targets.classes(y, K));
    }

    private static final class Noise implements SequenceTask {
        @Override
        public int inputs() {
            return D;
        }

        @Override
        public int outputs() {
            return K;
        }

        @Override
        public SequenceBatch batch(int size, RandomGenerator rng) {
            return ThreadsTest.batch(size, rng);
        }
    }

    private static Map<String, SimpleMatrix> everything(RecurrentNetwork network) {
        SequenceBatch batch = batch(B, new SplittableRandom(2));
        UnrolledNetwork pass = network.forward(batch.x());
        Map<String, SimpleMatrix> all = new LinkedHashMap<>();
        for (int window : new int[] {T, 3}) {
            RecurrentGradient gradient = pass.gradient(batch.y(), window);
            gradient.direction().matrices().forEach((name, g) -> all.put(name + window, g));
            all.put("inputs" + window, gradient.inputs());
            for (int t = 0; t <= T; t++) {
                all.put("derivative of state " + t + ", " + window, gradient.state(t));
            }
        }
        for (int t = 0; t <= T; t++) {
            all.put("state " + t, pass.state(t));
        }
        all.put("answers", pass.yHat());
        all.put("loss", new SimpleMatrix(1, 1, true, pass.loss(batch.y())));
        return all;
    }

    private static Map<String, SimpleMatrix> trained(RecurrentNetwork network) {
        SequenceTrainer trainer = new SequenceTrainer(new Adam(0.01).clippingNorm(0.1), B);
        List<StepReport> reports = trainer.train(network, new Noise(), 6, new SplittableRandom(3), r -> true);
        Map<String, SimpleMatrix> all = new LinkedHashMap<>(network.parameters());
        for (StepReport report : reports) {
            all.put("report " + report.step(), new SimpleMatrix(1, 2, true, report.loss(), report.gradientNorm()));
        }
        return all;
    }

    private static void assertSameBits(Supplier<Map<String, SimpleMatrix>> work) {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
        int before = Parallel.threads();
        try {
            Parallel.useThreads(1);
            Map<String, SimpleMatrix> alone = work.get();
            Parallel.useThreads(2);
            for (int repetition = 0; repetition < 3; repetition++) {
                Map<String, SimpleMatrix> shared = work.get();
                assertEquals(new ArrayList<>(alone.keySet()), new ArrayList<>(shared.keySet()));
                alone.forEach((name, x) -> assertArrayEquals(
                        x.getDDRM().getData(), shared.get(name).getDDRM().getData(), name));
            }
        } finally {
            Parallel.useThreads(before);
        }
    }

    @Test
    void passesAndGradientsOfTheRnn() {
        assertSameBits(() -> everything(rnn()));
    }

    @Test
    void passesAndGradientsOfTheLstm() {
        assertSameBits(() -> everything(lstm()));
    }

    @Test
    void trainingOfTheRnn() {
        assertSameBits(() -> trained(rnn()));
    }

    @Test
    void trainingOfTheLstm() {
        assertSameBits(() -> trained(lstm()));
    }
}
