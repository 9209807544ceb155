package nabla.estimate;

import static nabla.examples.Fixtures.d4;
import static nabla.examples.Fixtures.f43;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.Checks;
import nabla.check.Estimate;
import nabla.energy.BoltzmannMachine;
import nabla.energy.GibbsChains;
import nabla.energy.GradientEstimator;
import nabla.math.Randoms;
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
            GradientEstimator<? super Rbm> cd = new ContrastiveDivergence(k);
            Rbm rbm = f43();
            Direction expected = VisibleChain.asEstimator(k).estimate(rbm, d4(), UNUSED);
            for (String name : expected.names()) {
                Estimate some = Estimate.of(20_000, new SplittableRandom(k), rng -> cd.estimate(rbm, d4(), rng)
                        .of(name));
                assertTrue(some.zScore(expected.of(name)) < 4, name + ": z = " + some.zScore(expected.of(name)));
            }
            Estimate mean = Estimate.of(20_000, new SplittableRandom(k), rng -> cd.estimate(rbm, d4(), rng)
                    .of("W"));
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
        SimpleMatrix T = chain.transitionMatrix().matrix();
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

    /** CD-3 as its formulas, with the same random numbers, on more units than a product leaves to loops. */
    @Test
    void contrastiveDivergenceWrittenOut() {
        Rbm rbm = Rbm.random(90, 70, 0.3, new SplittableRandom(1));
        SimpleMatrix V = Randoms.bernoulli(half(100, 90), new SplittableRandom(2));
        for (int k : new int[] {1, 3}) {
            RandomGenerator rng = new SplittableRandom(3);
            SimpleMatrix v = V;
            for (int sweep = 1; sweep <= k; sweep++) {
                SimpleMatrix h = Randoms.bernoulli(rbm.hiddenProbabilities(v), rng);
                v = Randoms.bernoulli(rbm.visibleProbabilities(h), rng);
            }
            Direction expected =
                    rbm.statistics(V, rbm.hiddenProbabilities(V)).minus(rbm.statistics(v, rbm.hiddenProbabilities(v)));
            ContrastiveDivergence cd = new ContrastiveDivergence(k);
            assertClose(expected, cd.estimate(rbm, V, new SplittableRandom(3)));
            Direction again = Direction.zeros(rbm.parameters()).plus(expected); // overwritten, whatever is in it
            cd.estimate(rbm, V, new SplittableRandom(3), again);
            assertClose(expected, again);
        }
    }

    @Test
    void persistentChainsWrittenOut() {
        Rbm rbm = Rbm.random(9, 7, 0.3, new SplittableRandom(1));
        SimpleMatrix V = Randoms.bernoulli(half(5, 9), new SplittableRandom(2));
        PersistentContrastiveDivergence pcd = new PersistentContrastiveDivergence(2, 6);
        RandomGenerator fast = new SplittableRandom(3);
        RandomGenerator rng = new SplittableRandom(3);
        SimpleMatrix v = Randoms.bernoulli(half(6, 9), rng);
        SimpleMatrix h = Randoms.bernoulli(rbm.hiddenProbabilities(v), rng);
        for (int estimate = 0; estimate < 3; estimate++) {
            for (int sweep = 1; sweep <= 2; sweep++) {
                v = Randoms.bernoulli(rbm.visibleProbabilities(h), rng);
                h = Randoms.bernoulli(rbm.hiddenProbabilities(v), rng);
            }
            Direction expected =
                    rbm.statistics(V, rbm.hiddenProbabilities(V)).minus(rbm.statistics(v, rbm.hiddenProbabilities(v)));
            assertClose(expected, pcd.estimate(rbm, V, fast));
            assertTrue(v.isIdentical(pcd.chains(), 0));
            rbm.move(0.1, expected);
        }
        Rbm other = Rbm.random(4, 3, 1, new SplittableRandom(4)); // whose chains start anew
        pcd.estimate(other, d4(), fast);
        assertEquals(4, pcd.chains().getNumCols());
    }

    /** A machine whose units are all coupled, two of them hidden: the estimators know nothing of RBMs. */
    @Test
    void estimatorsWorkOnAnyMachine() {
        SimpleMatrix W = new SimpleMatrix(5, 5);
        SimpleMatrix b = new SimpleMatrix(5, 1);
        for (int i = 0; i < 5; i++) {
            b.set(i, 0.3 * Math.cos(i));
            for (int j = 0; j < i; j++) {
                W.set(i, j, 0.5 * Math.sin(i + 3 * j));
                W.set(j, i, W.get(i, j));
            }
        }
        BoltzmannMachine machine = BoltzmannMachine.plusMinusOne(W, b).withHidden(2);
        SimpleMatrix V = new SimpleMatrix(new double[][] {{1, -1, 1}, {1, 1, -1}, {-1, -1, 1}, {1, 1, 1}});
        Direction exact = machine.gradient(V);
        assertClose(exact, ExactGradient.of(machine, V));
        PersistentContrastiveDivergence pcd = new PersistentContrastiveDivergence(20, 10);
        SplittableRandom seed = new SplittableRandom(3);
        for (String name : exact.names()) {
            Estimate mean = Estimate.of(
                    1_000, seed, rng -> pcd.estimate(machine, V, rng).of(name));
            assertTrue(mean.zScore(exact.of(name)) < 4, name + ": z = " + mean.zScore(exact.of(name)));
        }
        Direction cd = new ContrastiveDivergence(1).estimate(machine, V, new SplittableRandom(5));
        machine.move(0.1, cd); // symmetric
        Direction many = new ContrastiveDivergence(300).estimate(machine, V, new SplittableRandom(5));
        assertTrue(many.of("b").elementMaxAbs() > 0);
    }

    @Test
    void visibleUnitsCannotBeDrawnBeforeTheHiddenOnes() {
        GibbsChains chains = f43().chains();
        chains.startAt(d4());
        assertThrows(IllegalStateException.class, () -> chains.drawVisible(UNUSED));
        assertThrows(IllegalArgumentException.class, () -> chains.startAt(f43().chains()));
    }

    private static SimpleMatrix half(int rows, int columns) {
        SimpleMatrix half = new SimpleMatrix(rows, columns);
        half.fill(0.5);
        return half;
    }

    private static void assertClose(Direction expected, Direction actual) {
        assertEquals(expected.names(), actual.names());
        expected.names().forEach(name -> Checks.assertClose(name, expected.of(name), actual.of(name), 1e-13));
    }

    /** As for W above, in the biases. */
    @Test
    void persistentChainsHaveTheGradientOfTheBiases() {
        Rbm rbm = f43();
        Direction exact = ExactGradient.of(rbm, d4());
        PersistentContrastiveDivergence pcd = new PersistentContrastiveDivergence(30, 7);
        for (String name : new String[] {"a", "b"}) {
            Estimate mean = Estimate.of(4_000, new SplittableRandom(3), rng -> pcd.estimate(rbm, d4(), rng)
                    .of(name));
            assertTrue(mean.zScore(exact.of(name)) < 4, name + ": z = " + mean.zScore(exact.of(name)));
        }
    }

    @Test
    void theExactGradientNeedsNoChance() {
        assertClose(ExactGradient.of(f43(), d4()), new ExactGradient().estimate(f43(), d4(), UNUSED));
    }

    @Test
    void badNumbersOfSweepsAndChainsAreNamed() {
        Checks.assertRefused("k: expected at least 1, got 0", () -> new ContrastiveDivergence(0));
        Checks.assertRefused("sweeps: expected at least 1, got 0", () -> new PersistentContrastiveDivergence(0, 1));
        Checks.assertRefused("chains: expected at least 1, got 0", () -> new PersistentContrastiveDivergence(1, 0));
        assertNull(new PersistentContrastiveDivergence(1, 1).chains());
    }
}
