package nabla.rbm;

import static nabla.Checks.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.check.Numeric;
import nabla.data.GaussianMixture;
import nabla.math.Functions;
import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianTest {
    private static final double STEP = 0.2;

    /** G22 of the notebooks. */
    private static Rbm g22(double sigma) {
        return new Rbm(
                new Gaussian(new SimpleMatrix(new double[][] {{0.3}, {-0.2}}), sigma),
                new SimpleMatrix(new double[][] {{1, 0.6}, {-0.5, 0.8}}),
                new SimpleMatrix(new double[][] {{0.2}, {-0.4}}));
    }

    private static SimpleMatrix row(double... x) {
        return new SimpleMatrix(new double[][] {x});
    }

    /** Points of a grid over all of the plane that matters: for normal laws a sum over them is the integral, to 1e-15 (trapezoidal rule). */
    private static SimpleMatrix grid() {
        SimpleMatrix points = new SimpleMatrix(161 * 161, 2);
        for (int i = 0; i < 161; i++) {
            for (int j = 0; j < 161; j++) {
                points.set(161 * i + j, 0, -16 + STEP * i);
                points.set(161 * i + j, 1, -16 + STEP * j);
            }
        }
        return points;
    }

    @Test
    void theEnergyIsThatOfTheNotes() {
        // |v - a|^2/2 = 0.26, v'Wh = 0.5 + 0.74, b'h = -0.2 at v = (0.7, 0.4), h = (1, 1)
        assertEquals(
                0.26 - 0.5 - 0.74 + 0.2, g22(1).energy(row(0.7, 0.4), row(1, 1)).get(0), 1e-15);
    }

    @Test
    void thePartitionFunctionInClosedForm() {
        assertEquals(64.2118577209, Math.exp(g22(1).logZ()), 1e-10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.4})
    void thePartitionFunctionIsTheIntegral(double sigma) {
        Rbm rbm = g22(sigma);
        double Z = STEP
                * STEP
                * Functions.map(rbm.freeEnergy(grid()), F -> Math.exp(-F)).elementSum();
        assertEquals(1, Z / Math.exp(rbm.logZ()), 1e-12);
    }

    @Test
    void hiddenUnitsGivenRealNumbers() {
        SimpleMatrix p = g22(1).hiddenProbabilities(row(0.7, 0.4));
        assertEquals(0.6681877722, p.get(0), 1e-10);
        assertEquals(0.5841905229, p.get(1), 1e-10);
    }

    /** E[v | h] by integrals over v. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.4})
    void theMeanGivenTheHiddenUnits(double sigma) {
        Rbm rbm = g22(sigma);
        SimpleMatrix V = grid();
        for (double[] h : new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
            SimpleMatrix H = SimpleMatrix.ones(V.getNumRows(), 1).mult(row(h));
            SimpleMatrix p = Functions.map(rbm.energy(V, H), E -> Math.exp(-E));
            SimpleMatrix mean = V.transpose().mult(p).divide(p.elementSum());
            SimpleMatrix found = rbm.visibleProbabilities(row(h)).transpose();
            assertTrue(mean.minus(found).elementMaxAbs() < 1e-12, mean + " and " + found);
        }
    }

    /** G22: weights and means of the four components, and the density that they mix. */
    @Test
    void theModelIsAMixture() {
        GaussianMixture mixture = g22(1).mixture();
        double[] weights = {0.09785, 0.11033, 0.33310, 0.45872};
        double[][] means = {{0.3, -0.2}, {0.9, 0.6}, {1.3, -0.7}, {1.9, 0.1}};
        for (int h = 0; h < 4; h++) {
            assertEquals(weights[h], mixture.weights().get(h), 5e-6);
            assertEquals(means[h][0], mixture.means().get(h, 0), 1e-15);
            assertEquals(means[h][1], mixture.means().get(h, 1), 1e-15);
        }
        for (double sigma : new double[] {0.5, 1, 1.4}) {
            SimpleMatrix V = grid().rows(12_000, 12_161);
            assertClose(
                    "log p(v)", g22(sigma).mixture().logDensity(V), g22(sigma).logLikelihood(V), 1e-13);
        }
        assertEquals(
                "expected a model of Gaussian visible units, this one has Binary ones",
                assertThrows(IllegalStateException.class, () -> Rbm.random(2, 2, 1, new SplittableRandom(1))
                                .mixture())
                        .getMessage());
        Rbm wide = Rbm.forTraining(new Gaussian(new SimpleMatrix(2, 1)), 17, new SplittableRandom(1));
        assertEquals(
                "a mixture needs at most 16 hidden units, this model has 17",
                assertThrows(IllegalStateException.class, wide::mixture).getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.4})
    void theScoreIsTheSlopeOfTheLogDensity(double sigma) {
        Rbm rbm = g22(sigma);
        SimpleMatrix v = row(0.7, 0.4);
        SimpleMatrix slope = Numeric.gradient(() -> rbm.meanLogLikelihood(v), v);
        assertClose("score", slope, rbm.score(v), 1e-9);
        assertThrows(IllegalStateException.class, () -> Rbm.random(2, 2, 1, new SplittableRandom(1))
                .score(v));
    }

    /** 40,000 draws given h: the variance of each unit is sigma², to 4 standard errors sqrt(2/N) sigma². */
    @Test
    void drawsHaveTheirVariance() {
        SimpleMatrix H = new SimpleMatrix(40_000, 2);
        SimpleMatrix V = g22(1.4).sampleVisible(H, new SplittableRandom(1));
        SimpleMatrix mean = Rows.mean(V);
        for (int i = 0; i < 2; i++) {
            double m = mean.get(i);
            double variance =
                    Functions.map(V.getColumn(i), x -> (x - m) * (x - m)).elementSum() / 40_000;
            assertEquals(1.96, variance, 4 * Math.sqrt(2.0 / 40_000) * 1.96);
        }
    }

    @Test
    void realNumbersHaveNoPseudolikelihoodHere() {
        Rbm rbm = g22(1);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> LogPseudolikelihood.mean(rbm, row(0.7, 0.4)))
                .getMessage();
        assertTrue(message.equals("rbm: expected binary visible units, got Gaussian ones"), message);
        EpochReport report = EpochReport.of(1, rbm, row(0.7, 0.4), new SimpleMatrix(0, 2));
        assertEquals(rbm.meanLogLikelihood(row(0.7, 0.4)), report.logLikelihood());
        assertTrue(!report.toString().contains("pseudoLikelihood"), report.toString());
    }

    @Test
    void aModelReadyForTraining() {
        Rbm rbm = Rbm.forTraining(new Gaussian(new SimpleMatrix(5, 1)), 3, new SplittableRandom(1));
        assertEquals(5, rbm.m());
        assertEquals(3, rbm.n());
        assertEquals(0, rbm.b.elementMaxAbs());
        assertTrue(rbm.W.elementMaxAbs() > 0 && rbm.W.elementMaxAbs() < 0.05);
    }

    @Test
    void badArgumentsAreRefused() {
        assertEquals(
                "sigma: expected a number from 1.0E-6 to 1000000.0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> new Gaussian(new SimpleMatrix(2, 1), 0))
                        .getMessage());
        assertEquals(
                "V: expected finite elements, got NaN at (0, 1)",
                assertThrows(IllegalArgumentException.class, () -> g22(1).freeEnergy(row(0, Double.NaN)))
                        .getMessage());
        assertThrows(IllegalStateException.class, () -> g22(1).transposed());
    }

    @Test
    void chainsStartAnywhere() {
        var chains = g22(1).chains();
        chains.startAnywhere(2_000, new SplittableRandom(3));
        SimpleMatrix V = chains.states();
        assertEquals(0, Rows.mean(V).get(0), 4 / Math.sqrt(2_000)); // 4 standard errors
        assertEquals(1, V.elementMult(V).elementSum() / 4_000, 4 * Math.sqrt(2.0 / 4_000));
    }
}
