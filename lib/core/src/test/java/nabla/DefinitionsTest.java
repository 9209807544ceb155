package nabla;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.deep.Dense;
import nabla.deep.ImageSize;
import nabla.energy.BoltzmannMachine;
import nabla.energy.ExactDistribution;
import nabla.estimate.ContrastiveDivergence;
import nabla.estimate.ExactGradient;
import nabla.latent.Posterior;
import nabla.math.Activation;
import nabla.optim.Adam;
import nabla.optim.Direction;
import nabla.optim.Sgd;
import nabla.rbm.EpochReport;
import nabla.rbm.LogPseudolikelihood;
import nabla.rbm.Rbm;
import nabla.rbm.RbmTrainer;
import nabla.rbm.TrainingOptions;
import nabla.rbm.VisibleChain;
import nabla.recurrent.Readout;
import nabla.sampling.Chains;
import nabla.sampling.Diagnostics;
import nabla.sampling.Gibbs;
import nabla.sampling.Tempering;
import nabla.sampling.TransitionMatrix;
import org.ejml.data.FMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** A figure outside its definition is refused, not approximated. */
class DefinitionsTest {
    private final SplittableRandom rng = new SplittableRandom(1);
    private final Rbm rbm = Rbm.random(3, 2, 1, rng);
    private final SimpleMatrix gray = new SimpleMatrix(new double[][] {{0.3, 0.6, 0.9}});
    private final SimpleMatrix beyond = new SimpleMatrix(new double[][] {{-3, 0, 1}});

    @Test
    void onlyStatesHaveALikelihood() {
        assertRefused(
                "V: expected states, got gray values or gaps, which have no likelihood",
                () -> rbm.meanLogLikelihood(gray));
        assertRefused("V: expected elements in [0, 1], got -3.0 at (0, 0)", () -> rbm.meanLogLikelihood(beyond));
        assertRefused("V: expected 0 or 1 everywhere, got 0.3", () -> LogPseudolikelihood.mean(rbm, gray));
        assertRefused("V: expected 0 or 1 everywhere, got 0.3", () -> new VisibleChain(rbm).distributionOf(gray));
        BoltzmannMachine machine = BoltzmannMachine.zeroOne(new SimpleMatrix(3, 3), new SimpleMatrix(3, 1));
        assertRefused("V: expected 0 or 1 everywhere, got 0.3", () -> machine.meanLogLikelihood(gray));
        assertRefused("V: expected 0 or 1 everywhere, got -3.0", () -> machine.gradient(beyond));
        BoltzmannMachine spins = BoltzmannMachine.plusMinusOne(new SimpleMatrix(3, 3), new SimpleMatrix(3, 1));
        SimpleMatrix bits = new SimpleMatrix(new double[][] {{0, 1, 1}});
        assertRefused("V: expected -1 or 1 everywhere, got 0.0", () -> spins.meanLogLikelihood(bits));
    }

    @Test
    void estimatorsNeedStatesOrProbabilities() {
        assertRefused("batch: expected elements in [0, 1], got -3.0 at (0, 0)", () -> new ContrastiveDivergence(1)
                .estimate(rbm, beyond, rng));
        assertRefused("batch: expected elements in [0, 1], got -3.0 at (0, 0)", () -> ExactGradient.of(rbm, beyond));
        assertRefused("batch: expected 0 or 1 everywhere, got 0.3", () -> VisibleChain.asEstimator(1)
                .estimate(rbm, gray, rng));
        assertRefused("k: expected at least 1, got -1", () -> VisibleChain.asEstimator(-1));
    }

    /** The trainer may be given gray values; its reports then leave out what is defined for states only, and say so. */
    @Test
    void reportsOnGrayValuesHaveNoLikelihoods() {
        RbmTrainer trainer = new RbmTrainer(new ContrastiveDivergence(1), TrainingOptions.ofEpochs(1));
        EpochReport last = trainer.train(rbm, gray, rng).get(1);
        assertTrue(Double.isNaN(last.pseudoLikelihood()));
        assertTrue(Double.isNaN(last.logLikelihood()));
        assertTrue(Double.isFinite(last.reconstructionError()));
        assertTrue(
                last.toString()
                        .endsWith("no likelihood: gray values have none, and more than 16 units are not enumerated]"),
                last.toString());
        SimpleMatrix bits = new SimpleMatrix(new double[][] {{0, 1, 1}});
        assertFalse(trainer.train(rbm, bits, rng).get(1).toString().contains("gray"));
    }

    @Test
    void theNumberAfterTheLastOneIsRefused() {
        BoltzmannMachine machine = BoltzmannMachine.zeroOne(new SimpleMatrix(3, 3), new SimpleMatrix(3, 1));
        assertRefused("unit: expected a number from 0 to 2, got 3", () -> machine.activation(3, new double[3]));
        assertRefused("unit: expected a number from 0 to 2, got 3", () -> TransitionMatrix.site(machine, 3));
        assertEquals(Integer.MAX_VALUE, new ImageSize(1, Integer.MAX_VALUE, 1).elements());
        assertRefused(
                "height, width and channels: expected at most 2^31 - 1 elements, got 2x1073741824x1",
                () -> new ImageSize(2, 1 << 30, 1));
    }

    @Test
    void energiesAndRowsNeedWholeStates() {
        BoltzmannMachine machine = BoltzmannMachine.zeroOne(new SimpleMatrix(3, 3), new SimpleMatrix(3, 1));
        assertRefused("x: expected 3 numbers, got 2", () -> machine.energy(new double[2]));
        assertRefused("x: expected 5 numbers, got 2", () -> rbm.joint().energyGap(3, new double[2]));
        assertRefused(
                "unit: expected a number from 0 to 4, got 99", () -> rbm.joint().energyGap(99, new double[5]));
        assertRefused("x: expected 0 or 1 everywhere, got 3.0", () -> ExactDistribution.of(machine)
                .row(new double[] {0, 3, 1}));
        assertRefused(
                "a row of starts: expected 3 numbers, got 7",
                () -> Chains.run(Gibbs.systematic(machine), new SimpleMatrix(1, 7), 0, 2, rng));
        assertRefused(
                "each of betas: expected a number from 0.0 to 1.7976931348623157E308, got -5.0",
                () -> Tempering.run(
                        machine, b -> Gibbs.systematic(machine), new double[] {1, -5}, new double[3], 0, 3, rng));
    }

    @Test
    void chainsOverStatesNeedDistributions() {
        TransitionMatrix coin = new TransitionMatrix(SimpleMatrix.filled(2, 2, 0.5));
        assertRefused(
                "p: expected elements in [0, 1], got -3.0 at (0, 0)",
                () -> coin.after(1, new SimpleMatrix(new double[][] {{-3}, {4}})));
        assertRefused(
                "p: expected probabilities that add up to 1, got a sum of 0.0",
                () -> coin.after(1, new SimpleMatrix(2, 1)));
        assertRefused(
                "Q: expected elements in [0, 1], got 4.0 at (0, 0)",
                () -> TransitionMatrix.metropolis(
                        new SimpleMatrix(2, 1), new SimpleMatrix(new double[][] {{4, -3}, {-3, 4}})));
        assertRefused("sweeps: expected at least 0, got -1", () -> new VisibleChain(rbm)
                .after(-1, SimpleMatrix.filled(8, 1, 1.0 / 8)));
        assertEquals(
                "stationary: expected a chain with one stationary distribution, it has several",
                assertThrows(IllegalStateException.class, () -> new TransitionMatrix(SimpleMatrix.identity(2))
                                .stationary())
                        .getMessage());
    }

    /** All numbers alike tell nothing; chains that stay apart do not agree at all, and NaN would pass for agreement. */
    @Test
    void chainsThatAreStuck() {
        double[] one = new double[500];
        double[] other = new double[500];
        java.util.Arrays.fill(one, 0.1);
        java.util.Arrays.fill(other, 0.3);
        assertTrue(Double.isNaN(Diagnostics.effectiveSampleSize(one, one)));
        assertTrue(Double.isNaN(Diagnostics.bulkEffectiveSampleSize(one, one)));
        assertTrue(Double.isNaN(Diagnostics.standardError(one, one)));
        assertTrue(Double.isNaN(Diagnostics.rHat(one, one)));
        assertEquals(Double.POSITIVE_INFINITY, Diagnostics.rHat(one, other));
        assertTrue(Diagnostics.effectiveSampleSize(one, other) < 5);
    }

    /** Spins that are 1 in exactly half of the draws: their distances from the median are all alike, their places are not. */
    @Test
    void spinsInHalfOfTheDraws() {
        double[] x = new double[400];
        double[] y = new double[400];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 2 == 0 ? 1 : -1;
            y[i] = i % 4 < 2 ? 1 : -1;
        }
        // means of all halves are 0: R-hat^2 = (n - 1) / n with n = 200 numbers in a half
        assertEquals(Math.sqrt(199.0 / 200), Diagnostics.rHat(x, y), 1e-12);
    }

    @Test
    void parametersOfSinglePrecisionAreRefused() {
        SimpleMatrix floats = SimpleMatrix.wrap(new FMatrixRMaj(2, 1));
        String words = ": expected a matrix of double precision (DDRM), got FDRM;"
                + " numbers without a point, as in new SimpleMatrix(2, 1, true, 3, 4), are taken for floats";
        assertRefused("b" + words, () -> new Rbm(new SimpleMatrix(3, 2), new SimpleMatrix(3, 1), floats));
        assertRefused("b" + words, () -> new Dense(new SimpleMatrix(3, 2), floats, Activation.TANH));
        assertRefused("c" + words, () -> Readout.linear(new SimpleMatrix(2, 2), floats));
        assertRefused("b of matrices" + words, () -> Direction.of(Map.of("b", floats)));
        SimpleMatrix sparse = new SimpleMatrix(2, 1);
        sparse.convertToSparse();
        assertRefused(
                "b: expected a dense matrix of real numbers, got DSCC",
                () -> new Rbm(new SimpleMatrix(3, 2), new SimpleMatrix(3, 1), sparse));
    }

    @Test
    void stepsThatLeaveTheNumbersChangeNothing() {
        rbm.W.fill(1e308);
        Direction direction = Direction.zeros(rbm.parameters());
        direction.of("b").fill(1);
        direction.of("W").fill(1e308);
        double[] before = rbm.b.getDDRM().data.clone();
        assertEquals(
                "rate: expected a step after which W is finite, got 1.0",
                assertThrows(ArithmeticException.class, () -> rbm.move(1, direction))
                        .getMessage());
        assertArrayEquals(before, rbm.b.getDDRM().data);
        assertRefused("learningRate: expected a number from 0.0 to 1000000.0, got NaN", () -> new Sgd(Double.NaN));
        assertRefused("learningRate: expected a number from 0.0 to 1000000.0, got -1.0", () -> new Adam(-1));
    }

    @Test
    void anInfiniteDivergenceIsAnError() {
        Posterior far = new Posterior(SimpleMatrix.filled(1, 1, 1e200), new SimpleMatrix(1, 1));
        assertThrows(ArithmeticException.class, far::klFromPrior);
    }

    @Test
    void whatIsGivenForTrainingIsCheckedFirst() {
        RbmTrainer trainer = new RbmTrainer(new ContrastiveDivergence(1), TrainingOptions.ofEpochs(1));
        List<double[]> before = List.of(rbm.W.getDDRM().data.clone());
        assertRefused(
                "progress: expected one, got null", () -> trainer.train(rbm, gray, new SimpleMatrix(0, 3), rng, null));
        assertArrayEquals(before.get(0), rbm.W.getDDRM().data);
    }
}
