package nabla.bench;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.data.Digits;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Randoms;
import nabla.rbm.Rbm;
import nabla.recurrent.Lstm;
import nabla.recurrent.Readout;
import nabla.recurrent.Rnn;

/** The workloads at the sizes at which they are compared. */
final class Workloads {
    /** In the order in which they are run. */
    static final List<String> NAMES =
            List.of("rbm-digits", "rbm-784", "rnn", "lstm", "vae-784", "gan-ring", "ais-784", "ais-784-tuned", "log-z");

    private static final int SYMBOLS = 32;
    private static final int HIDDEN = 128;
    private static final int STEPS = 50;
    private static final int SEQUENCES = 32;

    private Workloads() {}

    /**
     * A new workload, with its data and its model at the start.
     *
     * @throws IOException if the digits cannot be read
     * @throws IllegalArgumentException if there is no workload of that name
     */
    static Workload named(String name) throws IOException {
        RandomGenerator rng = new SplittableRandom(1);
        return switch (name) {
            case "rbm-digits" -> new RbmEpoch(name, Digits.load().images(), 100, 10);
            case "rbm-784" -> new RbmEpoch(name, RbmEpoch.bits(10_000, 784, 0.2), 500, 100);
            case "rnn" ->
                new RecurrentStep(
                        name,
                        Rnn.forTraining(Activation.TANH, SYMBOLS, Initialization.glorot(), readout(rng), rng),
                        1,
                        STEPS,
                        SEQUENCES,
                        rng);
            case "lstm" ->
                new RecurrentStep(name, Lstm.forTraining(SYMBOLS, readout(rng), rng), 4, STEPS, SEQUENCES, rng);
            case "vae-784" -> new VaeEpoch(name, RbmEpoch.bits(10_000, 784, 0.2), 400, 20, 100);
            case "gan-ring" -> new GanStep(name, 64, 128);
            case "ais-784" -> new AnnealedLogZ(name, "NumPy", rbm(784, 500, rng), 100, 1000);
            case "ais-784-tuned" -> new AnnealedLogZ(name, "NumPy, tuned", rbm(784, 500, rng), 100, 1000);
            case "log-z" -> new ExactLogZ(name, rbm(784, 20, rng));
            default -> throw new IllegalArgumentException(unknown(name));
        };
    }

    /** What to say about a name that is none of these. */
    static String unknown(String name) {
        return "unknown workload '" + name + "'; there are " + String.join(", ", NAMES);
    }

    private static Readout readout(RandomGenerator rng) {
        return Readout.softmax(SYMBOLS, HIDDEN, rng);
    }

    /** Weights with deviation 0.05, biases with deviation 0.5. */
    static Rbm rbm(int visible, int hidden, RandomGenerator rng) {
        return new Rbm(
                Randoms.normal(visible, hidden, 0.05, rng),
                Randoms.normal(visible, 1, 0.5, rng),
                Randoms.normal(hidden, 1, 0.5, rng));
    }
}
