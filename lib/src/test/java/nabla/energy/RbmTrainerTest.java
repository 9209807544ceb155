package nabla.energy;

import static nabla.energy.Fixtures.d4;
import static nabla.energy.Fixtures.f43;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nabla.data.BarsAndStripes;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

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

        RbmGradient first = ExactGradient.of(start, d4());
        SimpleMatrix step = first.W().minus(start.W.scale(lambda)).scale(eta);
        Rbm middle = new Rbm(
                start.W.plus(step),
                start.a.plus(first.a().scale(eta)),
                start.b.plus(first.b().scale(eta)));
        RbmGradient second = ExactGradient.of(middle, d4());
        SimpleMatrix expectedW = middle.W
                .plus(step.scale(mu))
                .plus(second.W().minus(middle.W.scale(lambda)).scale(eta));
        SimpleMatrix expectedA =
                middle.a.plus(first.a().scale(eta * mu)).plus(second.a().scale(eta));
        assertTrue(expectedW.isIdentical(rbm.W, 1e-12));
        assertTrue(expectedA.isIdentical(rbm.a, 1e-12));
    }

    @Test
    void everyExampleIsUsedOnceInEveryEpochAlsoInTheLastShortBatch() {
        List<double[]> seen = new ArrayList<>();
        GradientEstimator spy = (rbm, batch, rng) -> {
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
        assertEquals(1, reports.size());
        assertTrue(rbm.W.isIdentical(f43().W, 0));
    }

    @Test
    void divergenceIsNamedAndLeavesTheLastGoodModel() {
        Rbm rbm = f43();
        GradientEstimator broken = (model, batch, rng) -> {
            RbmGradient gradient = new ExactGradient().estimate(model, batch, rng);
            gradient.b().set(1, Double.NaN);
            return gradient;
        };
        ArithmeticException e =
                assertThrows(ArithmeticException.class, () -> new RbmTrainer(broken, TrainingOptions.ofEpochs(5))
                        .train(rbm, d4(), new SplittableRandom(1)));
        assertTrue(e.getMessage().startsWith("training diverged in epoch 1: b "), e.getMessage());
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
        assertTrue(rbm.W.isIdentical(f43().W, 0));
    }
}
