package nabla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nabla.adversarial.Gan;
import nabla.adversarial.GanTrainer;
import nabla.adversarial.GeneratorLoss;
import nabla.check.Estimate;
import nabla.check.Numeric;
import nabla.data.AddingProblem;
import nabla.data.GaussianMixture;
import nabla.data.PlantedRatings;
import nabla.data.Ratings;
import nabla.data.Sampler;
import nabla.deep.Dense;
import nabla.deep.Network;
import nabla.energy.BoltzmannMachine;
import nabla.estimate.ContrastiveDivergence;
import nabla.estimate.PersistentContrastiveDivergence;
import nabla.math.Activation;
import nabla.math.Functions;
import nabla.math.Initialization;
import nabla.math.Randoms;
import nabla.math.fast.Parallel;
import nabla.optim.Sgd;
import nabla.ratings.MatrixFactorization;
import nabla.ratings.RatingRbm;
import nabla.ratings.RatingTrainer;
import nabla.rbm.EpochReport;
import nabla.rbm.LogPseudolikelihood;
import nabla.rbm.Rbm;
import nabla.rbm.RbmTrainer;
import nabla.rbm.TrainingOptions;
import nabla.rbm.VisibleChain;
import nabla.recurrent.Lstm;
import nabla.recurrent.Readout;
import nabla.recurrent.Rnn;
import nabla.recurrent.SequenceTrainer;
import nabla.recurrent.SymbolSampler;
import nabla.sampling.Diagnostics;
import nabla.sampling.TransitionMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * What takes long ends soon after an interrupt, and keeps the flag: trainers with their reports, everything else with a
 * {@link CancellationException}. All of these would go on for far longer than is waited for here.
 */
class InterruptionTest {
    private static final long MOMENT = 200; // milliseconds
    private static final long PATIENCE = 15_000; // generous: the machine may have other things to do
    private final SplittableRandom rng = new SplittableRandom(1);

    /** Runs something in a thread of its own, interrupts it, and answers what it returned or threw. */
    private static Object interrupted(Supplier<?> work) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Object[] outcome = {null};
        boolean[] flag = {false};
        Thread thread = new Thread(() -> {
            started.countDown();
            try {
                outcome[0] = work.get();
            } catch (RuntimeException | Error e) {
                outcome[0] = e;
            }
            flag[0] = Thread.currentThread().isInterrupted();
        });
        thread.setDaemon(true);
        thread.start();
        assertTrue(started.await(PATIENCE, TimeUnit.MILLISECONDS));
        Thread.sleep(MOMENT);
        thread.interrupt();
        thread.join(PATIENCE);
        assertFalse(thread.isAlive(), "did not hear the interrupt");
        assertTrue(flag[0], "lost the interrupt: " + outcome[0]);
        return outcome[0];
    }

    private static void assertCancelled(Supplier<?> work) throws InterruptedException {
        assertInstanceOf(CancellationException.class, interrupted(work));
    }

    private SimpleMatrix bits(int rows, int columns) {
        return Functions.map(Randoms.normal(rows, columns, 1, rng), x -> x > 0 ? 1 : 0);
    }

    @Test
    void samplersHear() throws InterruptedException {
        Rbm rbm = Rbm.random(60, 50, 0.1, rng);
        SimpleMatrix V = bits(100, 60);
        assertCancelled(() -> rbm.gibbs(V, Integer.MAX_VALUE, rng));
        Rnn rnn = Rnn.forTraining(Activation.TANH, 5, Initialization.normal(0.1), Readout.softmax(5, 5, rng), rng);
        assertCancelled(() -> SymbolSampler.sample(rnn, new int[] {1}, 50_000_000, 1, rng));
        assertCancelled(() -> Estimate.of(Integer.MAX_VALUE, rng, random -> random.nextDouble()));
    }

    @Test
    void exactFiguresHear() throws InterruptedException {
        Rbm large = Rbm.random(1000, 1000, 0.01, rng);
        SimpleMatrix V = bits(6000, 1000);
        assertCancelled(() -> LogPseudolikelihood.mean(large, V));
        Rbm wide = Rbm.random(2000, 25, 0.1, rng);
        assertCancelled(wide::logZ);
        Rbm strong = Rbm.random(500, 25, 100, rng); // too strong for the fast way
        assertCancelled(strong::logZ);
        BoltzmannMachine machine = BoltzmannMachine.zeroOne(new SimpleMatrix(8, 8), new SimpleMatrix(8, 1));
        TransitionMatrix chain = TransitionMatrix.sweep(machine);
        SimpleMatrix start = new SimpleMatrix(256, 1);
        start.set(0, 1);
        assertCancelled(() -> chain.after(Integer.MAX_VALUE, start));
    }

    @Test
    void theVisibleChainHears() throws InterruptedException {
        VisibleChain chain = new VisibleChain(Rbm.random(10, 14, 1, rng));
        SimpleMatrix start = new SimpleMatrix(1024, 1);
        start.set(0, 1);
        assertCancelled(() -> {
            SimpleMatrix p = start;
            while (true) {
                p = chain.after(1, p);
            }
        });
    }

    @Test
    void diagnosticsHear() throws InterruptedException {
        double[] x = rng.doubles(400_000).toArray();
        assertCancelled(() -> Diagnostics.autocorrelation(x, x.length - 1));
    }

    @Test
    void numericGradientsHearAndPutTheParametersBack() throws InterruptedException {
        SimpleMatrix x = Randoms.normal(400, 400, 1, rng);
        SimpleMatrix before = x.copy();
        assertCancelled(() -> Numeric.gradient(() -> x.elementSum(), x));
        assertTrue(before.isIdentical(x, 0));
    }

    /** EJML's own concurrent products lose the flag. */
    @Test
    void largeProductsKeepTheFlag() throws InterruptedException {
        Rbm rbm = Rbm.random(400, 300, 0.1, rng);
        SimpleMatrix V = bits(1000, 400);
        SimpleMatrix H = bits(1000, 300);
        assertNull(interrupted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                rbm.energy(V, H);
                rbm.statistics(V, H);
                V.mult(rbm.W);
                V.transpose();
            }
            return null;
        }));
    }

    @Test
    void trainersReturnTheirReports() throws InterruptedException {
        SimpleMatrix V = bits(50, 100);
        for (var estimator :
                List.of(new ContrastiveDivergence(10_000_000), new PersistentContrastiveDivergence(10_000_000, 10))) {
            Rbm rbm = Rbm.forTraining(V, 50, rng);
            RbmTrainer trainer = new RbmTrainer(estimator, TrainingOptions.ofEpochs(2));
            assertEquals(
                    1,
                    assertInstanceOf(List.class, interrupted(() -> trainer.train(rbm, V, rng)))
                            .size());
        }
        Gan gan = new Gan(
                Network.of(Dense.forTraining(2, 2, Activation.IDENTITY, rng)),
                Network.of(Dense.forTraining(2, 1, Activation.IDENTITY, rng)),
                Sampler.normal(2));
        GanTrainer ofGan = new GanTrainer(GeneratorLoss.MINIMAX, 1_000_000_000, 4, new Sgd(1e-3), new Sgd(1e-3));
        assertEquals(List.of(), interrupted(() -> ofGan.train(gan, GaussianMixture.ring(4, 1, 0.1), 1, rng)));
        Lstm lstm = Lstm.forTraining(2, Readout.linear(1, 200, rng), rng);
        SequenceTrainer ofSequences = new SequenceTrainer(new Sgd(1e-3), 2);
        assertEquals(List.of(), interrupted(() -> ofSequences.train(lstm, new AddingProblem(5_000), 1, rng)));
    }

    @Test
    void monitoringManyRowsKeepsReportsAndFlag() throws InterruptedException {
        SimpleMatrix V = bits(2000, 400);
        Rbm rbm = Rbm.forTraining(V, 300, rng);
        TrainingOptions options =
                TrainingOptions.ofEpochs(1_000_000).withBatchSize(2000).withMonitoredExamples(2000);
        RbmTrainer trainer = new RbmTrainer(new ContrastiveDivergence(1), options);
        assertInstanceOf(List.class, interrupted(() -> trainer.train(rbm, V, V, rng, report -> true)));
    }

    @Test
    void ratingsHear() throws InterruptedException {
        Ratings ratings = PlantedRatings.draw(1_000, 100, 20_000, rng).ratings();
        RatingRbm rbm = RatingRbm.forTraining(ratings, 20, rng);
        RatingTrainer trainer = RatingTrainer.ofEpochs(2).withSweeps(Integer.MAX_VALUE);
        assertEquals(
                1,
                assertInstanceOf(List.class, interrupted(() -> trainer.train(rbm, ratings, rng)))
                        .size());
        assertCancelled(() -> MatrixFactorization.fit(ratings, 4, 0.1, 1, Integer.MAX_VALUE, rng));
        assertCancelled(() -> PlantedRatings.draw(2_000_000, 1_000, 200_000_000, rng));
    }

    /** A helper's piece hears the interrupt of the thread that it helps. */
    @Test
    void trainingsSideBySideAllEnd() throws InterruptedException {
        SimpleMatrix V = bits(50, 20);
        List<List<EpochReport>> reports = List.of(new ArrayList<>(), new ArrayList<>());
        assertNull(interrupted(() -> {
            Parallel.forEach(2, 1, (piece, end) -> {
                SplittableRandom own = new SplittableRandom(piece);
                RbmTrainer trainer =
                        new RbmTrainer(new ContrastiveDivergence(1), TrainingOptions.ofEpochs(2_000_000_000));
                reports.get(piece).addAll(trainer.train(Rbm.forTraining(V, 10, own), V, own));
            });
            return null;
        }));
    }
}
