package nabla.rbm;

import static nabla.examples.Fixtures.d4;
import static nabla.examples.Fixtures.f43;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.check.Estimate;
import nabla.check.Numeric;
import nabla.data.Npz;
import nabla.estimate.ExactGradient;
import nabla.examples.Fixtures;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.States;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers computed once by an independent program, and against sums over all states written out here. */
class RbmTest {
    /** The energy as two nested loops: no matrix product. */
    private static double energy(Rbm rbm, double[] v, double[] h) {
        double energy = 0;
        for (int i = 0; i < v.length; i++) {
            energy -= rbm.a.get(i) * v[i];
            for (int j = 0; j < h.length; j++) {
                energy -= v[i] * rbm.W.get(i, j) * h[j];
            }
        }
        for (int j = 0; j < h.length; j++) {
            energy -= rbm.b.get(j) * h[j];
        }
        return energy;
    }

    private static double[] bits(int code, int units) {
        double[] x = new double[units];
        for (int i = 0; i < units; i++) {
            x[i] = code >> i & 1;
        }
        return x;
    }

    private static double bruteForceZ(Rbm rbm) {
        double z = 0;
        for (int v = 0; v < 1 << rbm.m(); v++) {
            for (int h = 0; h < 1 << rbm.n(); h++) {
                z += Math.exp(-energy(rbm, bits(v, rbm.m()), bits(h, rbm.n())));
            }
        }
        return z;
    }

    @Test
    void partitionFunctionOfTheSmallModels() {
        assertEquals(Math.log(173.1520763434), f43().logZ(), 1e-12);
        assertEquals(Math.log(84.8504552614), Fixtures.rbm(3, 3).logZ(), 1e-12);
    }

    @Test
    void partitionFunctionAgreesWithTheSumOverAllPairsWhicheverLayerIsSmaller() {
        for (int[] size : new int[][] {{1, 1}, {1, 6}, {6, 1}, {5, 3}, {3, 5}, {4, 4}}) {
            Rbm rbm = Rbm.random(size[0], size[1], 2, new SplittableRandom(size[0]));
            assertEquals(Math.log(bruteForceZ(rbm)), rbm.logZ(), 1e-12);
        }
    }

    @Test
    void partitionFunctionDoesNotOverflow() {
        Rbm rbm = f43();
        rbm.W.setTo(rbm.W.scale(2000));
        // the state of lowest energy has all the weight, up to e^-(gap to the next one)
        double lowest = Double.POSITIVE_INFINITY;
        for (int v = 0; v < 16; v++) {
            for (int h = 0; h < 8; h++) {
                lowest = Math.min(lowest, energy(rbm, bits(v, 4), bits(h, 3)));
            }
        }
        assertEquals(-lowest, rbm.logZ(), 1e-9);
    }

    @Test
    void energyOfOneState() {
        assertEquals(0.4970718929, f43().energy(row(1, 0, 1, 1), row(1, 0, 1)).get(0), 1e-10);
        assertEquals(
                energy(f43(), new double[] {1, 0, 1, 1}, new double[] {1, 0, 1}),
                f43().energy(row(1, 0, 1, 1), row(1, 0, 1)).get(0),
                1e-15);
    }

    @Test
    void hiddenConditional() {
        SimpleMatrix p = f43().hiddenProbabilities(row(1, 0, 1, 1));
        assertEquals(0.8196462565, p.get(0), 1e-10);
        assertEquals(0.3702694619, p.get(1), 1e-10);
        assertEquals(0.1885655867, p.get(2), 1e-10);
    }

    @Test
    void bothConditionalsAgreeWithEnumeration() {
        Rbm rbm = f43();
        for (int code = 0; code < 16; code++) {
            double[] v = bits(code, 4);
            for (int j = 0; j < 3; j++) {
                double on = 0;
                double all = 0;
                for (int h = 0; h < 8; h++) {
                    double weight = Math.exp(-energy(rbm, v, bits(h, 3)));
                    all += weight;
                    on += weight * bits(h, 3)[j];
                }
                assertEquals(on / all, rbm.hiddenProbabilities(row(v)).get(j), 1e-14);
            }
        }
        for (int code = 0; code < 8; code++) {
            double[] h = bits(code, 3);
            for (int i = 0; i < 4; i++) {
                double on = 0;
                double all = 0;
                for (int v = 0; v < 16; v++) {
                    double weight = Math.exp(-energy(rbm, bits(v, 4), h));
                    all += weight;
                    on += weight * bits(v, 4)[i];
                }
                assertEquals(on / all, rbm.visibleProbabilities(row(h)).get(i), 1e-14);
            }
        }
    }

    @Test
    void freeEnergyIsMinusTheLogOfTheSumOverHiddenStates() {
        Rbm rbm = f43();
        for (int code = 0; code < 16; code++) {
            double sum = 0;
            for (int h = 0; h < 8; h++) {
                sum += Math.exp(-energy(rbm, bits(code, 4), bits(h, 3)));
            }
            assertEquals(-Math.log(sum), rbm.freeEnergy(row(bits(code, 4))).get(0), 1e-13);
        }
    }

    @Test
    void meanLogLikelihoodOfTheFourVectors() {
        assertEquals(-2.7941732603, f43().meanLogLikelihood(d4()), 1e-10);
    }

    @Test
    void probabilitiesSumToOne() {
        SimpleMatrix all = States.binary(4).matrix();
        double sum = 0;
        for (double logP : f43().logLikelihood(all).getDDRM().data) {
            sum += Math.exp(logP);
        }
        assertEquals(1, sum, 1e-14);
    }

    @Test
    void pseudoLikelihoodAgreesWithConditionalsOfTheEnumeratedDistribution() {
        Rbm rbm = f43();
        double expected = 0;
        for (int example = 0; example < 4; example++) {
            SimpleMatrix v = d4().getRow(example);
            for (int i = 0; i < 4; i++) {
                SimpleMatrix flipped = v.copy();
                flipped.set(i, 1 - v.get(i));
                double p = Math.exp(rbm.logLikelihood(v).get(0));
                expected +=
                        Math.log(p / (p + Math.exp(rbm.logLikelihood(flipped).get(0)))) / 4;
            }
        }
        assertEquals(expected, LogPseudolikelihood.mean(rbm, d4()), 1e-12);
    }

    /** Small weights take the way of products, large ones that of logarithms. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 30, 300, 3000, 1e6})
    void pseudoLikelihoodForWeightsOfAnySize(double factor) {
        for (int n : new int[] {1, 2, 3}) {
            Rbm rbm = new Rbm(
                    f43().W.cols(0, n).scale(factor),
                    f43().a.scale(factor),
                    f43().b.rows(0, n).scale(factor));
            double expected = 0;
            for (int example = 0; example < 4; example++) {
                SimpleMatrix v = d4().getRow(example);
                for (int i = 0; i < 4; i++) {
                    SimpleMatrix flipped = v.copy();
                    flipped.set(i, 1 - v.get(i));
                    double rise =
                            rbm.freeEnergy(flipped).get(0) - rbm.freeEnergy(v).get(0);
                    expected += -Math.log1p(Math.exp(-Math.abs(rise))) / 4 + Math.min(rise, 0) / 4;
                }
            }
            assertEquals(expected, LogPseudolikelihood.mean(rbm, d4()), 1e-13 * Math.max(1, Math.abs(expected)));
        }
    }

    @Test
    void anRbmHasItsVisibleUnits() {
        assertEquals(4, f43().visible());
    }

    @Test
    void pseudoLikelihoodOfManyExamplesIsTheMeanOfThatOfEach() {
        SplittableRandom rng = new SplittableRandom(3);
        SimpleMatrix V = Functions.map(Randoms.normal(50, 4, 1, rng), x -> x > 0 ? 1 : 0);
        double sum = 0;
        for (int example = 0; example < 50; example++) {
            sum += LogPseudolikelihood.mean(f43(), V.getRow(example));
        }
        assertEquals(sum / 50, LogPseudolikelihood.mean(f43(), V), 1e-14);
    }

    @Test
    void gibbsSamplingLeavesTheModelsDistributionInPlace() {
        Rbm rbm = f43();
        SplittableRandom rng = new SplittableRandom(5);
        VisibleChain chain = new VisibleChain(rbm);
        // 20,000 independent chains, 30 sweeps from all zeros; each of 16 frequencies within 4 standard errors
        int chains = 20_000;
        SimpleMatrix end = chain.distributionOf(rbm.gibbs(new SimpleMatrix(chains, 4), 30, rng));
        SimpleMatrix p = chain.equilibrium();
        for (int state = 0; state < 16; state++) {
            double standardError = Math.sqrt(p.get(state) * (1 - p.get(state)) / chains);
            assertEquals(p.get(state), end.get(state), 4 * standardError);
        }
    }

    @Test
    void samplesAreBinaryWithTheRightMean() {
        Rbm rbm = f43();
        SimpleMatrix v = row(1, 0, 1, 1);
        Estimate mean = Estimate.of(20_000, new SplittableRandom(1), rng -> rbm.sampleHidden(v, rng));
        assertTrue(mean.zScore(rbm.hiddenProbabilities(v)) < 4);
        assertTrue(mean.zScore(rbm.hiddenProbabilities(row(1, 1, 1, 1))) > 4);
    }

    @Test
    void exactGradientIsTheGradientOfTheMeanLogLikelihood() {
        for (int[] size : new int[][] {{4, 3}, {4, 7}}) {
            Rbm rbm = Fixtures.rbm(size[0], size[1]);
            Direction gradient = ExactGradient.of(rbm, d4());
            assertClose(Numeric.gradient(() -> rbm.meanLogLikelihood(d4()), rbm.W), gradient.of("W"), 1e-10);
            assertClose(Numeric.gradient(() -> rbm.meanLogLikelihood(d4()), rbm.a), gradient.of("a"), 1e-10);
            assertClose(Numeric.gradient(() -> rbm.meanLogLikelihood(d4()), rbm.b), gradient.of("b"), 1e-10);
        }
    }

    @Test
    void slopesAreThoseOfTheFreeEnergyAndOfTheEnergy() {
        Rbm rbm = f43();
        SimpleMatrix weights = new SimpleMatrix(new double[][] {{0.5}, {-2}, {0}, {1}});
        Direction slope = Direction.zeros(rbm.parameters());
        rbm.addSlope(d4(), weights, slope);
        rbm.addSlope(d4(), weights, slope); // added to what is there
        rbm.parameters()
                .forEach((name, x) -> assertClose(
                        Numeric.gradient(() -> -2 * rbm.freeEnergy(d4()).dot(weights), x), slope.of(name), 1e-9));
        SimpleMatrix H = new SimpleMatrix(new double[][] {{1, 0, 1}, {0.5, 1, 0}, {0, 0, 1}, {1, 1, 0}});
        Direction mean = rbm.statistics(d4(), H);
        rbm.parameters()
                .forEach((name, x) -> assertClose(
                        Numeric.gradient(() -> -rbm.energy(d4(), H).elementSum() / 4, x), mean.of(name), 1e-9));
    }

    @Test
    void exactGradientHasThePublishedNumbers() {
        Rbm rbm = f43();
        Direction gradient = ExactGradient.of(rbm, d4());
        assertEquals(0.229468, gradient.of("W").elementMaxAbs(), 5e-7);
        assertEquals(0.5165902003, rbm.modelStatistics().of("W").get(0, 0), 1e-10);
    }

    @Test
    void trainingStartsFromTheDataMeans() {
        SimpleMatrix V = new SimpleMatrix(new double[][] {{1, 0, 1}, {1, 0, 0}, {1, 0, 0}});
        Rbm rbm = Rbm.forTraining(V, 2, new SplittableRandom(1));
        assertEquals(Math.log(3), rbm.a.get(0), 1e-12); // 3/4 for a unit that is always on in 3 rows
        assertEquals(-Math.log(3), rbm.a.get(1), 1e-12);
        assertEquals(Math.log(0.5), rbm.a.get(2), 1e-12);
    }

    @Test
    void badArgumentsAreNamed() {
        Rbm rbm = f43();
        assertMessage(
                "V: expected one example of 4 columns per row, got 4x1", () -> rbm.freeEnergy(new SimpleMatrix(4, 1)));
        assertMessage("H: expected 4x3, got 4x4", () -> rbm.energy(d4(), d4()));
        assertMessage(
                "a: expected 4x1, got 1x4",
                () -> new Rbm(new SimpleMatrix(4, 3), new SimpleMatrix(1, 4), new SimpleMatrix(3, 1)));
        assertMessage(
                "V: expected finite elements, got NaN at (0, 1)",
                () -> rbm.hiddenProbabilities(row(0, Double.NaN, 0, 0)));
        assertMessage("sweeps: expected at least 0, got -1", () -> rbm.gibbs(d4(), -1, new SplittableRandom(0)));
        Rbm large = new Rbm(new SimpleMatrix(26, 30), new SimpleMatrix(26, 1), new SimpleMatrix(30, 1));
        assertFalse(large.canEnumerate());
        assertThrows(IllegalStateException.class, large::logZ);
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertClose(SimpleMatrix expected, SimpleMatrix actual, double tolerance) {
        assertTrue(expected.isIdentical(actual, tolerance), () -> "expected " + expected + ", got " + actual);
    }

    private static SimpleMatrix row(double... x) {
        return new SimpleMatrix(1, x.length, true, x);
    }

    /** Two nested loops and a sigmoid: the mean over examples and units of (v - E[v | h = p(h | v)])^2. */
    @Test
    void reconstructionErrorIsThatOfTheFormula() {
        Rbm rbm = f43();
        double squares = 0;
        for (int example = 0; example < 4; example++) {
            double[] h = new double[3];
            for (int j = 0; j < 3; j++) {
                double input = rbm.b.get(j);
                for (int i = 0; i < 4; i++) {
                    input += d4().get(example, i) * rbm.W.get(i, j);
                }
                h[j] = 1 / (1 + Math.exp(-input));
            }
            for (int i = 0; i < 4; i++) {
                double input = rbm.a.get(i);
                for (int j = 0; j < 3; j++) {
                    input += rbm.W.get(i, j) * h[j];
                }
                double mean = 1 / (1 + Math.exp(-input));
                assertEquals(mean, rbm.reconstruct(d4()).get(example, i), 1e-14);
                squares += Math.pow(d4().get(example, i) - mean, 2);
            }
        }
        assertEquals(squares / 16, rbm.reconstructionError(d4()), 1e-14);
    }

    @Test
    void visibleSamplesAreBinaryWithTheRightMean() {
        Rbm rbm = f43();
        SimpleMatrix h = row(1, 0, 1);
        Estimate mean = Estimate.of(20_000, new SplittableRandom(1), rng -> {
            SimpleMatrix v = rbm.sampleVisible(h, rng);
            for (double vi : v.getDDRM().data) {
                assertTrue(vi == 0 || vi == 1);
            }
            return v;
        });
        assertTrue(mean.zScore(rbm.visibleProbabilities(h)) < 4);
        assertTrue(mean.zScore(rbm.visibleProbabilities(row(1, 1, 1))) > 4);
    }

    /** Of 10,000 weights: the mean has the standard error 0.01 / 100, the deviation 0.01 / sqrt(20,000). */
    @Test
    void trainingStartsFromSmallWeights() {
        Rbm rbm = Rbm.forTraining(new SimpleMatrix(2, 100), 100, new SplittableRandom(1));
        double mean = rbm.W.elementSum() / 10_000;
        double deviation = Math.sqrt(rbm.W.minus(mean).elementPower(2).elementSum() / 10_000);
        assertEquals(0, mean, 4e-4);
        assertEquals(0.01, deviation, 0.04 / Math.sqrt(20_000));
        assertEquals(0, rbm.b.elementMaxAbs());
        assertEquals(100, rbm.n());
    }

    @Test
    void theOtherWayRoundAndCopied() {
        Rbm rbm = f43();
        SimpleMatrix v = row(1, 0, 1, 1);
        SimpleMatrix h = row(1, 0, 1);
        double energy = rbm.energy(v, h).get(0);
        Rbm transposed = rbm.transposed();
        Rbm copy = rbm.copy();
        assertEquals(energy, transposed.energy(h, v).get(0), 1e-15);
        assertEquals(energy, copy.energy(v, h).get(0), 0);
        rbm.parameters().values().forEach(SimpleMatrix::zero);
        assertEquals(0, rbm.energy(v, h).elementMaxAbs());
        assertEquals(energy, transposed.energy(h, v).get(0), 1e-15);
        assertEquals(energy, copy.energy(v, h).get(0), 0);
        assertEquals(List.of("W", "a", "b"), List.copyOf(rbm.parameters().keySet()));
    }

    @Test
    void noSweepLeavesTheStatesAsTheyAre() {
        assertTrue(f43().gibbs(d4(), 0, new SplittableRandom(1)).isIdentical(d4(), 0));
    }

    @Test
    void everyMethodChecksItsShapes() {
        Rbm rbm = f43();
        SimpleMatrix narrow = new SimpleMatrix(4, 2);
        SimpleMatrix H = new SimpleMatrix(4, 3);
        SplittableRandom rng = new SplittableRandom(1);
        Direction into = Direction.zeros(rbm.parameters());
        for (Executable call : List.<Executable>of(
                () -> rbm.energy(narrow, H),
                () -> rbm.energy(d4(), new SimpleMatrix(3, 3)),
                () -> rbm.addSlope(d4(), new SimpleMatrix(3, 1), into),
                () -> rbm.statistics(narrow, H),
                () -> rbm.statistics(d4(), narrow),
                () -> rbm.gibbs(narrow, 1, rng),
                () -> LogPseudolikelihood.mean(rbm, narrow),
                () -> Rbm.forTraining(new SimpleMatrix(0, 3), 2, rng),
                () -> Rbm.forTraining(new SimpleMatrix(3, 3).plus(1.5), 2, rng),
                () -> Rbm.forTraining(d4(), 0, rng),
                () -> new Rbm(new SimpleMatrix(4, 0), new SimpleMatrix(4, 1), new SimpleMatrix(0, 1)),
                () -> new Rbm(new SimpleMatrix(0, 3), new SimpleMatrix(0, 1), new SimpleMatrix(3, 1)),
                () -> new Rbm(new SimpleMatrix(4, 3), new SimpleMatrix(4, 1), new SimpleMatrix(2, 1)),
                () -> new Rbm(new Binary(new SimpleMatrix(5, 1)), new SimpleMatrix(4, 3), new SimpleMatrix(3, 1)),
                () -> new Binary(new SimpleMatrix(0, 1)),
                () -> new Binary(new SimpleMatrix(2, 2)))) {
            assertThrows(IllegalArgumentException.class, call);
        }
        String V = "V: expected one example of 4 columns per row, got 4x2";
        String H3 = "H: expected one example of 3 columns per row, got 4x2";
        assertMessage(V, () -> rbm.hiddenProbabilities(narrow));
        assertMessage(V, () -> rbm.sampleHidden(narrow, rng));
        assertMessage(H3, () -> rbm.visibleProbabilities(narrow));
        assertMessage(H3, () -> rbm.sampleVisible(narrow, rng));
        assertTrue(new Rbm(new SimpleMatrix(30, 25), new SimpleMatrix(30, 1), new SimpleMatrix(25, 1)).canEnumerate());
        assertTrue(new Rbm(new SimpleMatrix(25, 30), new SimpleMatrix(25, 1), new SimpleMatrix(30, 1)).canEnumerate());
    }

    @Test
    void aFileGivesBackTheSameModel(@TempDir Path folder) throws IOException {
        Rbm rbm = f43();
        Path file = folder.resolve("model.npz");
        RbmFile.write(file, rbm);
        Rbm read = RbmFile.read(file);
        rbm.parameters()
                .forEach((name, x) -> assertTrue(x.isIdentical(read.parameters().get(name), 0), name));
        Npz.write(file, Map.of("W", rbm.W, "a", rbm.a));
        IllegalArgumentException missing = assertThrows(IllegalArgumentException.class, () -> RbmFile.read(file));
        assertTrue(missing.getMessage().contains("model.npz: expected W, a and b"), missing.getMessage());
    }
}
