package nabla.estimate;

import static nabla.rbm.Fixtures.d4;
import static nabla.rbm.Fixtures.f43;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.check.Estimate;
import nabla.energy.GradientEstimator;
import nabla.optim.Direction;
import nabla.rbm.Rbm;
import nabla.rbm.RbmTrainer;
import nabla.rbm.TrainingOptions;
import nabla.rbm.VisibleChain;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Sampled estimators against their exact expectations. */
class GradientEstimatorTest {
    private static final RandomGenerator UNUSED = new SplittableRandom(0);

    @Test
    void expectedContrastiveDivergenceApproachesTheGradient() {
        Direction exact = ExactGradient.of(f43(), d4());
        // independently computed: the worst entry of expected CD-k minus the exact gradient
        double[][] published = {{1, 0.0301, 5e-5}, {2, 0.0062, 5e-5}, {5, 6.3e-5, 5e-7}, {10, 2.9e-8, 5e-10}};
        for (double[] row : published) {
            Direction expected = VisibleChain.asEstimator((int) row[0]).estimate(f43(), d4(), UNUSED);
            assertEquals(row[1], expected.minus(exact).of("W").elementMaxAbs(), row[2]);
        }
    }

    @Test
    void contrastiveDivergenceHasItsExpectation() {
        // 20,000 estimates; every one of the 12 weights within 4 standard errors
        for (int k : new int[] {1, 3}) {
            GradientEstimator<Rbm> cd = new ContrastiveDivergence(k);
            Rbm rbm = f43();
            Estimate mean = Estimate.of(20_000, new SplittableRandom(k), rng -> cd.estimate(rbm, d4(), rng)
                    .of("W"));
            Direction expected = VisibleChain.asEstimator(k).estimate(rbm, d4(), UNUSED);
            assertTrue(mean.zScore(expected.of("W")) < 4, "z = " + mean.zScore(expected.of("W")));
            Direction exact = ExactGradient.of(rbm, d4());
            assertTrue(k > 1 || mean.zScore(exact.of("W")) > 4, "cannot tell CD-1 from the gradient");
        }
    }

    @Test
    void persistentChainsForgetTheirStart() {
        Rbm rbm = f43();
        PersistentContrastiveDivergence pcd = new PersistentContrastiveDivergence(50, 7);
        // 50 sweeps apart, F43's chains are independent; the number of chains is not the batch size
        Estimate mean = Estimate.of(4_000, new SplittableRandom(3), rng -> pcd.estimate(rbm, d4(), rng)
                .of("W"));
        assertTrue(mean.zScore(ExactGradient.of(rbm, d4()).of("W")) < 4);
        assertEquals(7, pcd.chains().getNumRows());
    }

    @Test
    void transitionMatrixIsStochasticAndLeavesTheModelInPlace() {
        VisibleChain chain = new VisibleChain(f43());
        SimpleMatrix T = chain.transitionMatrix();
        for (int row = 0; row < 16; row++) {
            assertEquals(1, T.getRow(row).elementSum(), 1e-14);
        }
        SimpleMatrix p = chain.equilibrium();
        assertTrue(T.transpose().mult(p).isIdentical(p, 1e-14));
    }

    @Test
    void twoHundredExpectedStepsRaiseTheLikelihood() {
        Rbm rbm = f43();
        TrainingOptions options = TrainingOptions.ofEpochs(200)
                .withBatchSize(4)
                .withLearningRate(0.1)
                .withMomentum(0)
                .withWeightDecay(0);
        var reports = new RbmTrainer(VisibleChain.asEstimator(1), options).train(rbm, d4(), UNUSED);
        assertEquals(-2.794, reports.get(0).logLikelihood(), 5e-4);
        assertEquals(-2.000, rbm.meanLogLikelihood(d4()), 5e-4);
    }
}
