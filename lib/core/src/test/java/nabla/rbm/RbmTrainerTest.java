package nabla.rbm;

import static nabla.Checks.assertRefused;
import static nabla.examples.Fixtures.d4;
import static nabla.examples.Fixtures.f43;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nabla.data.BarsAndStripes;
import nabla.data.Digits;
import nabla.energy.GradientEstimator;
import nabla.estimate.ContrastiveDivergence;
import nabla.estimate.ExactGradient;
import nabla.estimate.PersistentContrastiveDivergence;
import nabla.math.Randoms;
import nabla.math.fast.Parallel;
import nabla.optim.Adam;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RbmTrainerTest {
    @Test
    void oneStepIsMomentumGradientAndDecayWrittenOut() {
        Rbm rbm = f43();
        Rbm start = rbm.copy();
        double eta = 0.3;
        double mu = 0.6;
        double lambda = 0.01;
        TrainingOptions options = TrainingOptions.ofEpochs(2)
                .withBatchSize(4)
                .withLearningRate(eta)
                .withMomentum(mu)
                .withWeightDecay(lambda);
        new RbmTrainer(new ExactGradient(), options).train(rbm, d4(), new SplittableRandom(1));

        Direction first = ExactGradient.of(start, d4());
        SimpleMatrix step = first.of("W").minus(start.W.scale(lambda)).scale(eta);
        Rbm middle = new Rbm(
                start.W.plus(step),
                start.a.plus(first.of("a").scale(eta)),
                start.b.plus(first.of("b").scale(eta)));
        Direction second = ExactGradient.of(middle, d4());
        SimpleMatrix expectedW = middle.W
                .plus(step.scale(mu))
                .plus(second.of("W").minus(middle.W.scale(lambda)).scale(eta));
        SimpleMatrix expectedA =
                middle.a.plus(first.of("a").scale(eta * mu)).plus(second.of("a").scale(eta));
        assertTrue(expectedW.isIdentical(rbm.W, 1e-12));
        assertTrue(expectedA.isIdentical(rbm.a, 1e-12));
    }

    /** Two batches in each of three epochs, every element by the formula, bit by bit. */
    @Test
    void schedulesAreByEpoch() {
        double[] eta = {0.3, 0.2, 0.7};
        double[] mu = {0.5, 0.9, 0.1};
        double lambda = 0.01;
        List<SimpleMatrix> ofW = new ArrayList<>();
        List<SimpleMatrix> ofB = new ArrayList<>();
        GradientEstimator<Rbm> spy = (rbm, batch, rng) -> {
            Direction gradient = new ExactGradient().estimate(rbm, batch, rng);
            ofW.add(gradient.of("W").copy());
            ofB.add(gradient.of("b").copy());
            return gradient;
        };
        TrainingOptions options = TrainingOptions.ofEpochs(3)
                .withBatchSize(2)
                .withLearningRate(epoch -> eta[epoch - 1])
                .withMomentum(epoch -> mu[epoch - 1])
                .withWeightDecay(lambda);
        RbmTrainer trainer = new RbmTrainer(spy, options);
        for (int run = 0; run < 2; run++) { // the second one begins again without momentum
            ofW.clear();
            ofB.clear();
            Rbm rbm = f43();
            trainer.train(rbm, d4(), new SplittableRandom(1));
            assertEquals(6, ofW.size());
            assertTrue(stepped(f43().W, ofW, eta, mu, lambda).isIdentical(rbm.W, 0));
            assertTrue(stepped(f43().b, ofB, eta, mu, 0).isIdentical(rbm.b, 0));
        }
    }

    private static SimpleMatrix stepped(
            SimpleMatrix x, List<SimpleMatrix> gradients, double[] eta, double[] mu, double decay) {
        double[] step = new double[x.getNumElements()];
        for (int batch = 0; batch < gradients.size(); batch++) {
            int epoch = batch / 2;
            for (int i = 0; i < step.length; i++) {
                step[i] =
                        mu[epoch] * step[i] + eta[epoch] * (gradients.get(batch).get(i) - decay * x.get(i));
                x.set(i, x.get(i) + step[i]);
            }
        }
        return x;
    }

    /** Adam's first step is the learning rate, towards a larger likelihood, in every element. */
    @Test
    void anyOptimizerGoesUp() {
        Rbm rbm = f43();
        Direction gradient = ExactGradient.of(rbm, d4());
        List<EpochReport> reports =
                new RbmTrainer(new ExactGradient(), new Adam(0.01), 1, 4, 0).train(rbm, d4(), new SplittableRandom(1));
        assertEquals(2, reports.size());
        for (int i = 0; i < rbm.W.getNumElements(); i++) {
            assertEquals(
                    0.01 * Math.signum(gradient.of("W").get(i)),
                    rbm.W.get(i) - f43().W.get(i),
                    1e-7);
        }
        assertTrue(rbm.meanLogLikelihood(d4()) > f43().meanLogLikelihood(d4()));
    }

    @Test
    void everyExampleIsUsedOnceInEveryEpochAlsoInTheLastShortBatch() {
        List<double[]> seen = new ArrayList<>();
        GradientEstimator<Rbm> spy = (rbm, batch, rng) -> {
            for (int row = 0; row < batch.getNumRows(); row++) {
                seen.add(batch.getRow(row).getDDRM().data.clone());
            }
            return new ExactGradient().estimate(rbm, batch, rng);
        };
        TrainingOptions options = TrainingOptions.ofEpochs(3).withBatchSize(3);
        new RbmTrainer(spy, options).train(f43(), d4(), new SplittableRandom(1));
        assertEquals(12, seen.size());
        double sum = seen.subList(4, 8).stream()
                .mapToDouble(v -> v[0] + 2 * v[1] + 4 * v[2] + 8 * v[3])
                .sum();
        assertEquals(13 + 11 + 4 + 9, sum);
    }

    @Test
    void sameSeedSameModel() {
        Rbm one = f43();
        Rbm two = f43();
        TrainingOptions options = TrainingOptions.ofEpochs(5).withBatchSize(3);
        new RbmTrainer(new ContrastiveDivergence(1), options).train(one, d4(), new SplittableRandom(9));
        new RbmTrainer(new ContrastiveDivergence(1), options).train(two, d4(), new SplittableRandom(9));
        assertTrue(one.W.isIdentical(two.W, 0));
    }

    @Test
    void exactGradientAscentRaisesTheLikelihoodAtEveryStep() {
        TrainingOptions options =
                TrainingOptions.ofEpochs(100).withBatchSize(4).withMomentum(0).withWeightDecay(0);
        List<EpochReport> reports =
                new RbmTrainer(new ExactGradient(), options).train(f43(), d4(), new SplittableRandom(1));
        for (int epoch = 1; epoch <= 100; epoch++) {
            assertTrue(
                    reports.get(epoch).logLikelihood() > reports.get(epoch - 1).logLikelihood());
        }
    }

    @Test
    void exactTrainingLearnsSmallBarsAndStripes() {
        SimpleMatrix V = BarsAndStripes.all(3);
        SplittableRandom rng = new SplittableRandom(1);
        Rbm rbm = Rbm.random(9, 6, 0.1, rng);
        TrainingOptions options = TrainingOptions.ofEpochs(1500)
                .withBatchSize(16)
                .withLearningRate(0.2)
                .withMomentum(0.9)
                .withWeightDecay(0);
        new RbmTrainer(new ExactGradient(), options).train(rbm, V, rng);
        double best = BarsAndStripes.bestLogLikelihood(3);
        double reached = rbm.meanLogLikelihood(V);
        assertTrue(reached < best && reached > best - 0.35, reached + " of " + best);
    }

    @Test
    void progressStopsTheTraining() {
        TrainingOptions options = TrainingOptions.ofEpochs(100);
        List<EpochReport> reports = new RbmTrainer(new ExactGradient(), options)
                .train(f43(), d4(), new SimpleMatrix(0, 4), new SplittableRandom(1), report -> report.epoch() < 3);
        assertEquals(4, reports.size());
    }

    @Test
    void anInterruptStopsTheTrainingAndStaysSet() {
        Rbm rbm = f43();
        Thread.currentThread().interrupt();
        List<EpochReport> reports = new RbmTrainer(new ExactGradient(), TrainingOptions.ofEpochs(100))
                .train(rbm, d4(), new SplittableRandom(1));
        assertTrue(Thread.interrupted());
        assertEquals(0, reports.size());
        assertTrue(rbm.W.isIdentical(f43().W, 0));
    }

    @Test
    void divergenceIsNamedAndLeavesTheLastGoodModel() {
        Rbm rbm = f43();
        GradientEstimator<Rbm> broken = (model, batch, rng) -> {
            Direction gradient = new ExactGradient().estimate(model, batch, rng);
            gradient.of("b").set(1, Double.NaN);
            return gradient;
        };
        ArithmeticException e =
                assertThrows(ArithmeticException.class, () -> new RbmTrainer(broken, TrainingOptions.ofEpochs(5))
                        .train(rbm, d4(), new SplittableRandom(1)));
        assertTrue(e.getMessage().startsWith("training diverged in epoch 1: the gradient of b "), e.getMessage());
        assertTrue(rbm.W.isIdentical(f43().W, 0) && rbm.a.isIdentical(f43().a, 0));
    }

    @Test
    void freeEnergyGapComparesHeldOutWithTraining() {
        Rbm rbm = f43();
        SimpleMatrix heldOut = new SimpleMatrix(new double[][] {{1, 1, 1, 1}});
        List<EpochReport> reports = new RbmTrainer(new ExactGradient(), TrainingOptions.ofEpochs(1))
                .train(rbm, d4(), heldOut, new SplittableRandom(1), report -> false);
        // F differs from -log p by a constant
        double expected = f43().meanLogLikelihood(d4()) - f43().meanLogLikelihood(heldOut);
        assertEquals(expected, reports.get(0).freeEnergyGap(), 1e-12);
    }

    @Test
    void badInputChangesNothing() {
        Rbm rbm = f43();
        RbmTrainer trainer = new RbmTrainer(new ExactGradient(), TrainingOptions.ofEpochs(1));
        SimpleMatrix tooLarge = d4().scale(2);
        assertThrows(IllegalArgumentException.class, () -> trainer.train(rbm, tooLarge, new SplittableRandom(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer.train(rbm, new SimpleMatrix(0, 4), new SplittableRandom(1)));
        assertThrows(IllegalArgumentException.class, () -> TrainingOptions.ofEpochs(0));
        assertThrows(IllegalArgumentException.class, () -> TrainingOptions.ofEpochs(1)
                .withMomentum(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingOptions.ofEpochs(1).withLearningRate(3).withWeightDecay(0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer.train(rbm, d4(), new SimpleMatrix(0, 4), new SplittableRandom(1), null));
        assertTrue(rbm.W.isIdentical(f43().W, 0));
    }

    /** With batches large enough for shared products, and with small ones; with binary images and with gray ones. */
    @Test
    void theSameBitsWithOneThreadAndMore() throws IOException {
        int threads = Parallel.threads();
        for (int batchSize : new int[] {10, 90}) {
            for (SimpleMatrix images :
                    List.of(Digits.load().binary(), Digits.load().images())) {
                Rbm more = trained(images.rows(0, 270), batchSize);
                try {
                    Parallel.useThreads(1);
                    Rbm one = trained(images.rows(0, 270), batchSize);
                    assertTrue(one.W.isIdentical(more.W, 0) && one.a.isIdentical(more.a, 0));
                } finally {
                    Parallel.useThreads(threads);
                }
            }
        }
    }

    private static Rbm trained(SimpleMatrix images, int batchSize) {
        SplittableRandom rng = new SplittableRandom(3);
        Rbm rbm = Rbm.forTraining(images, 130, rng);
        TrainingOptions options = TrainingOptions.ofEpochs(2).withBatchSize(batchSize);
        new RbmTrainer(new PersistentContrastiveDivergence(1, batchSize), options).train(rbm, images, rng);
        new RbmTrainer(new ContrastiveDivergence(2), options).train(rbm, images, rng);
        return rbm;
    }

    @Test
    void withoutMonitoredExamplesThereAreNoFigures() {
        TrainingOptions options = TrainingOptions.ofEpochs(2).withMonitoredExamples(0);
        Rbm silent = f43();
        List<EpochReport> reports =
                new RbmTrainer(new ExactGradient(), options).train(silent, d4(), new SplittableRandom(1));
        assertEquals(3, reports.size());
        assertEquals(new EpochReport(2, Double.NaN, Double.NaN, Double.NaN, Double.NaN), reports.get(2));
        Rbm monitored = f43();
        new RbmTrainer(new ExactGradient(), TrainingOptions.ofEpochs(2))
                .train(monitored, d4(), new SplittableRandom(1));
        assertTrue(silent.W.isIdentical(monitored.W, 0));
    }

    /** Work space is used again: what an epoch allocates does not grow with the model, here 400 times as large as the bound. */
    @Test
    void anEpochAllocatesNextToNothing() {
        SplittableRandom rng = new SplittableRandom(1);
        SimpleMatrix V = Randoms.bernoulli(new SimpleMatrix(500, 300).plus(0.3), rng);
        Rbm rbm = Rbm.forTraining(V, 200, rng);
        TrainingOptions options = TrainingOptions.ofEpochs(6).withBatchSize(50).withMonitoredExamples(0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Long> allocated = new ArrayList<>();
        new RbmTrainer(new PersistentContrastiveDivergence(1, 50), options)
                .train(rbm, V, new SimpleMatrix(0, 300), rng, report -> {
                    allocated.add(threads.getCurrentThreadAllocatedBytes());
                    return true;
                });
        long lastEpoch = allocated.get(6) - allocated.get(5);
        assertTrue(lastEpoch < 100_000, lastEpoch + " bytes");
    }

    /** Of four examples the first and the third are monitored: the figures are those of these two alone. */
    @Test
    void figuresAreOfExamplesSpreadEvenly() {
        SimpleMatrix two = d4().rows(0, 1).concatRows(d4().rows(2, 3));
        TrainingOptions options = TrainingOptions.ofEpochs(1).withMonitoredExamples(2);
        EpochReport report = new RbmTrainer(new ExactGradient(), options)
                .train(f43(), d4(), d4(), new SplittableRandom(1), epoch -> false)
                .get(0);
        assertEquals(0, report.epoch());
        assertEquals(f43().reconstructionError(two), report.reconstructionError(), 1e-14);
        assertEquals(f43().meanLogLikelihood(two), report.logLikelihood(), 1e-13);
        assertEquals(LogPseudolikelihood.mean(f43(), two), report.pseudoLikelihood(), 1e-13);
        assertEquals(0, report.freeEnergyGap(), 1e-14);
        EpochReport alone = new RbmTrainer(new ExactGradient(), options)
                .train(f43(), d4(), new SplittableRandom(1))
                .get(0);
        assertEquals(0, alone.freeEnergyGap());
    }

    @Test
    void theLikelihoodIsReportedUpToSixteenUnits() {
        SimpleMatrix V = new SimpleMatrix(1, 17);
        double zero = -17 * Math.log(2); // every state is as probable as any other
        assertEquals(zero, EpochReport.of(0, plain(17, 16), V, V).logLikelihood(), 1e-10);
        assertTrue(Double.isNaN(EpochReport.of(0, plain(17, 17), V, V).logLikelihood()));
        SimpleMatrix narrow = new SimpleMatrix(1, 16);
        assertEquals(
                -16 * Math.log(2),
                EpochReport.of(0, plain(16, 17), narrow, narrow).logLikelihood(),
                1e-10);
    }

    private static Rbm plain(int m, int n) {
        return new Rbm(new SimpleMatrix(m, n), new SimpleMatrix(m, 1), new SimpleMatrix(n, 1));
    }

    @Test
    void everyOptionIsChecked() {
        TrainingOptions good = TrainingOptions.ofEpochs(3);
        SimpleMatrix none = new SimpleMatrix(0, 4);
        RbmTrainer trainer = new RbmTrainer(new ExactGradient(), good);
        for (Executable call : List.<Executable>of(
                () -> good.withEpochs(0),
                () -> good.withBatchSize(0),
                () -> good.withLearningRate(null),
                () -> good.withMomentum(null),
                () -> good.withWeightDecay(-1),
                () -> good.withLearningRate(-1),
                () -> good.withLearningRate(epoch -> epoch == 3 ? Double.NaN : 0.1),
                () -> good.withMomentum(epoch -> epoch == 3 ? 1 : 0.1),
                () -> good.withMonitoredExamples(-1),
                () -> new RbmTrainer(null, good),
                () -> new RbmTrainer(new ExactGradient(), null, 1, 1, 0),
                () -> new RbmTrainer(new ExactGradient(), new Adam(0.1), 0, 1, 0),
                () -> new RbmTrainer(new ExactGradient(), new Adam(0.1), 1, 0, 0),
                () -> new RbmTrainer(new ExactGradient(), new Adam(0.1), 1, 1, -1),
                () -> trainer.train(f43(), d4(), null),
                () -> trainer.train(f43(), new SimpleMatrix(2, 3), new SplittableRandom(1)),
                () -> trainer.train(f43(), d4(), new SimpleMatrix(0, 3), new SplittableRandom(1), report -> true),
                () -> trainer.train(f43(), d4().scale(1.5), none, new SplittableRandom(1), report -> true))) {
            assertThrows(IllegalArgumentException.class, call);
        }
        assertEquals(7, good.withEpochs(7).epochs());
        assertEquals(0.25, good.withMomentum(0.25).momentum().at(2));
        assertEquals(0.125, good.withLearningRate(0.125).learningRate().at(2));
        assertEquals(0.5, good.momentum().at(5));
        assertEquals(0.9, good.momentum().at(6));
    }

    /** A schedule that goes wrong in the middle, or in the last epoch of more than are looked at one by one. */
    @Test
    void schedulesAreLookedAtInEveryEpoch() {
        assertRefused(
                "learningRate in epoch 2: expected a number from 0.0 to 1000000.0, got -1.0",
                () -> TrainingOptions.ofEpochs(3).withLearningRate(epoch -> epoch == 2 ? -1 : 0.1));
        assertRefused(
                "learningRate in epoch 200000: expected a number from 0.0 to 1000000.0, got -1.0",
                () -> TrainingOptions.ofEpochs(200_000).withLearningRate(epoch -> epoch == 200_000 ? -1 : 0.1));
        assertRefused(
                "momentum in epoch 1: expected a number from 0.0 to 0.9999999999999999, got 1.0",
                () -> TrainingOptions.ofEpochs(3).withMomentum(epoch -> 1));
        assertRefused(
                "learningRate times weightDecay in epoch 3: expected a number from 0.0 to 1.0, got 2.0",
                () -> TrainingOptions.ofEpochs(3).withWeightDecay(4).withLearningRate(epoch -> epoch == 3 ? 0.5 : 0.1));
    }
}
