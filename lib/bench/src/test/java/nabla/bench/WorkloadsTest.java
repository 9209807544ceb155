package nabla.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.fast.Parallel;
import nabla.rbm.Rbm;
import nabla.recurrent.Lstm;
import nabla.recurrent.Readout;
import nabla.recurrent.Rnn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private final int threads = Parallel.threads();

    @AfterEach
    void asManyThreadsAsBefore() {
        Parallel.useThreads(threads);
    }

    @Test
    void everyKindOfWorkRunsAtATinySize() {
        var rng = new SplittableRandom(3);
        Rbm rbm = Workloads.rbm(6, 4, rng);
        Readout readout = Readout.softmax(3, 5, rng);
        List<Workload> tiny = List.of(
                new RbmEpoch("rbm", RbmEpoch.bits(23, 6, 0.2), 4, 5),
                new RecurrentStep(
                        "rnn",
                        Rnn.forTraining(Activation.TANH, 3, Initialization.glorot(), readout, rng),
                        1,
                        7,
                        4,
                        rng),
                new RecurrentStep("lstm", Lstm.forTraining(3, readout, rng), 4, 7, 4, rng),
                new VaeEpoch("vae", RbmEpoch.bits(23, 6, 0.2), 4, 2, 5),
                new GanStep("gan", 4, 6),
                new AnnealedLogZ("ais", "NumPy", rbm, 10, 20),
                new ExactLogZ("log-z", rbm));
        for (Workload workload : tiny) {
            workload.run();
            workload.run();
            workload.products().ifPresent(Runnable::run);
            assertTrue(workload.description().matches(".*\\d.*"), workload.description());
        }
    }

    @Test
    void aMeasurementHasEveryNumberAsked() throws IOException, InterruptedException {
        Workload workload = new ExactLogZ("log-z", Workloads.rbm(6, 4, new SplittableRandom(3)));
        Measured row = Measurement.of(workload, 1, Optional.empty(), 3);
        assertEquals(3, row.ours().count());
        assertTrue(row.theirs().isEmpty() && row.products().isEmpty());
    }

    @Test
    void theEstimateOfLogZIsNearTheExactOne() {
        Rbm rbm = Workloads.rbm(12, 8, new SplittableRandom(4));
        ExactLogZ exact = new ExactLogZ("log-z", rbm);
        AnnealedLogZ estimate = new AnnealedLogZ("ais", "NumPy", rbm, 100, 200);
        exact.run();
        estimate.run();
        assertEquals(exact.logZ(), estimate.logZ(), 0.05);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        var problem = assertThrows(IllegalArgumentException.class, () -> Arguments.of("rbm-digits", "nothing"));
        assertTrue(problem.getMessage().contains("'nothing'"), problem.getMessage());
        assertTrue(problem.getMessage().contains("ais-784"), problem.getMessage());
    }

    @Test
    void theCommandLineIsUnderstood() {
        Arguments arguments = Arguments.of("lstm", "--repetitions", "3", "rnn", "--python", "python3");
        assertEquals(List.of("rnn", "lstm"), arguments.workloads());
        assertEquals(3, arguments.repetitions());
        assertEquals(Optional.of("python3"), arguments.python());
        assertEquals(Workloads.NAMES, Arguments.of().workloads());
        assertThrows(IllegalArgumentException.class, () -> Arguments.of("--repetitions", "0"));
        assertThrows(IllegalArgumentException.class, () -> Arguments.of("--repetitions"));
    }
}
