package nabla.rbm;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import nabla.check.Numeric;
import nabla.energy.GibbsChains;
import nabla.energy.GradientEstimator;
import nabla.estimate.ContrastiveDivergence;
import nabla.estimate.ExactGradient;
import nabla.estimate.PersistentContrastiveDivergence;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Rows;
import nabla.optim.Direction;
import nabla.partition.AnnealedImportanceSampling;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of an RBM with visible units of every kind. */
class VisibleUnitsTest {
    /** A model and some of its data. */
    private record Case(String name, Rbm rbm, SimpleMatrix V) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> kinds() {
        SplittableRandom rng = new SplittableRandom(4);
        SimpleMatrix W = Randoms.normal(3, 2, 0.7, rng);
        SimpleMatrix b = Randoms.normal(2, 1, 0.7, rng);
        SimpleMatrix a = Randoms.normal(3, 1, 0.7, rng);
        SimpleMatrix real = Randoms.normal(6, 3, 1.5, rng);
        Rbm softmax = new Rbm(new Softmax(Randoms.normal(6, 1, 0.7, rng), 3), Randoms.normal(6, 2, 0.7, rng), b.copy());
        SimpleMatrix scores = softmax.sampleVisible(new SimpleMatrix(6, 2), rng);
        SimpleMatrix bits = Functions.map(real, x -> x > 0 ? 1 : 0);
        return Stream.of(
                new Case("binary", new Rbm(new Binary(a.copy()), W.copy(), b.copy()), bits),
                new Case("gaussian", new Rbm(new Gaussian(a.copy()), W.copy(), b.copy()), real),
                new Case("gaussian, sigma 0.6", new Rbm(new Gaussian(a.copy(), 0.6), W.copy(), b.copy()), real),
                new Case("softmax", softmax, scores));
    }

    private static void assertGradient(Rbm rbm, java.util.function.DoubleSupplier f, Direction gradient) {
        for (Map.Entry<String, SimpleMatrix> parameter : rbm.parameters().entrySet()) {
            SimpleMatrix numeric = Numeric.gradient(f, parameter.getValue());
            double off = gradient.of(parameter.getKey()).minus(numeric).elementMaxAbs();
            assertTrue(off < 1e-9 * Math.max(1, numeric.elementMaxAbs()), parameter.getKey() + " is off by " + off);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theFreeEnergySumsOutTheHiddenUnits(Case c) {
        SimpleMatrix F = c.rbm.freeEnergy(c.V);
        for (int row = 0; row < c.V.getNumRows(); row++) {
            double sum = 0;
            for (double[] h : new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
                sum += Math.exp(-c.rbm.energy(c.V.getRow(row), new SimpleMatrix(new double[][] {h}))
                        .get(0));
            }
            assertEquals(-Math.log(sum), F.get(row), 1e-13);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void slopesOfTheFreeEnergy(Case c) {
        SimpleMatrix weights = Randoms.normal(c.V.getNumRows(), 1, 1, new SplittableRandom(5));
        Direction slope = Direction.zeros(c.rbm.parameters());
        c.rbm.addSlope(c.V, weights, slope);
        assertGradient(c.rbm, () -> -weights.dot(c.rbm.freeEnergy(c.V)), slope);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void slopesOfTheLogOfThePartitionFunction(Case c) {
        assertGradient(c.rbm, c.rbm::logZ, c.rbm.modelStatistics());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theExactGradientIsThatOfTheLikelihood(Case c) {
        Direction gradient = new ExactGradient().estimate(c.rbm, c.V, new SplittableRandom(1));
        assertGradient(c.rbm, () -> c.rbm.meanLogLikelihood(c.V), gradient);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneWeightForAllRowsOrOneForEach(Case c) {
        SimpleMatrix weights = new SimpleMatrix(c.V.getNumRows(), 1);
        weights.fill(0.3);
        Direction one = Direction.zeros(c.rbm.parameters());
        Direction each = Direction.zeros(c.rbm.parameters());
        c.rbm.visibleUnits().addSlope(0.3, c.V.getDDRM(), one);
        c.rbm.visibleUnits().addSlope(weights, c.V, each);
        assertTrue(one.minus(each).norm() < 1e-13, one + " and " + each);
    }

    /** 20,000 draws of p(v | h): their mean is the mean, to 4 standard errors. */
    @ParameterizedTest
    @MethodSource("kinds")
    void drawsHaveTheirMean(Case c) {
        SimpleMatrix H = new SimpleMatrix(20_000, 2);
        H.fill(1);
        SimpleMatrix V = c.rbm.sampleVisible(H, new SplittableRandom(6));
        SimpleMatrix mean = c.rbm.visibleProbabilities(H.getRow(0));
        SimpleMatrix found = Rows.mean(V);
        for (int i = 0; i < c.rbm.m(); i++) {
            int column = i;
            SimpleMatrix off = Functions.map(V.getColumn(i), x -> Math.pow(x - found.get(column), 2));
            double standardError = Math.sqrt(off.elementSum()) / 20_000;
            assertEquals(mean.get(i), found.get(i), 4 * standardError);
        }
    }

    /** Contrastive divergence compares the data with draws after k sweeps; once k is large, its mean is the gradient, to 4 standard errors. */
    @ParameterizedTest
    @MethodSource("kinds")
    void contrastiveDivergenceOfManySweepsIsTheGradient(Case c) {
        assertMeanIsTheGradient(c, new ContrastiveDivergence(40));
    }

    /** So do persistent chains, once they have forgotten their start: here after 40 sweeps. */
    @ParameterizedTest
    @MethodSource("kinds")
    void persistentChainsGiveTheGradient(Case c) {
        assertMeanIsTheGradient(
                c, (model, batch, rng) -> new PersistentContrastiveDivergence(40, 6).estimate(model, batch, rng));
    }

    private static void assertMeanIsTheGradient(Case c, GradientEstimator<? super Rbm> estimator) {
        Direction exact = new ExactGradient().estimate(c.rbm, c.V, new SplittableRandom(1));
        SplittableRandom rng = new SplittableRandom(7);
        int runs = 2_000;
        for (String name : exact.matrices().keySet()) {
            SimpleMatrix sum = exact.of(name).scale(0);
            SimpleMatrix squares = sum.copy();
            for (int run = 0; run < runs; run++) {
                SimpleMatrix estimate = estimator.estimate(c.rbm, c.V, rng).of(name);
                sum = sum.plus(estimate);
                squares = squares.plus(estimate.elementMult(estimate));
            }
            SimpleMatrix mean = sum.divide(runs);
            SimpleMatrix variance = squares.divide(runs).minus(mean.elementMult(mean));
            for (int e = 0; e < sum.getNumElements(); e++) {
                assertEquals(exact.of(name).get(e), mean.get(e), 4 * Math.sqrt(variance.get(e) / runs) + 1e-12);
            }
        }
    }

    /** The slope in W where the centred biases are held, not the biases: v - mu and h - lambda take the place of v and h in the pair term. */
    @ParameterizedTest
    @MethodSource("kinds")
    void theCentredGradientIsThatOfCentredParameters(Case c) {
        Rbm rbm = c.rbm.copy();
        SimpleMatrix mu = Rows.mean(c.V);
        SimpleMatrix lambda = Rows.mean(rbm.hiddenProbabilities(c.V));
        double perBias = rbm.visibleUnits() instanceof Gaussian g ? g.sigma() * g.sigma() : 1;
        SimpleMatrix heldA = rbm.a.plus(perBias, rbm.W.mult(lambda));
        SimpleMatrix heldB = rbm.b.plus(rbm.W.transpose().mult(mu));
        Direction centred = new CentredGradient(new ExactGradient()).estimate(rbm, c.V, new SplittableRandom(1));
        SimpleMatrix numeric = Numeric.gradient(
                () -> {
                    rbm.a.setTo(heldA.plus(-perBias, rbm.W.mult(lambda)));
                    rbm.b.setTo(heldB.minus(rbm.W.transpose().mult(mu)));
                    return rbm.meanLogLikelihood(c.V);
                },
                rbm.W);
        assertEquals(0, centred.of("W").minus(numeric).elementMaxAbs(), 1e-9);
        Direction plain = new ExactGradient().estimate(c.rbm, c.V, new SplittableRandom(1));
        SimpleMatrix moveOfA = plain.of("a").plus(-perBias, centred.of("W").mult(lambda));
        SimpleMatrix moveOfB = plain.of("b").minus(centred.of("W").transpose().mult(mu));
        assertEquals(0, centred.of("a").minus(moveOfA).elementMaxAbs(), 1e-12);
        assertEquals(0, centred.of("b").minus(moveOfB).elementMaxAbs(), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSparsityTargetIsAPartOfWhatRises(Case c) {
        SparsityTarget target = new SparsityTarget(new ExactGradient(), 0.1, 0.7);
        assertGradient(
                c.rbm,
                () -> c.rbm.meanLogLikelihood(c.V) - target.penalty(c.rbm, c.V),
                target.estimate(c.rbm, c.V, new SplittableRandom(1)));
    }

    /** Where chains were before tells nothing of where they start anywhere. */
    @ParameterizedTest
    @MethodSource("kinds")
    void chainsThatStartAnywhereForget(Case c) {
        GibbsChains fresh = c.rbm.chains();
        fresh.startAnywhere(6, new SplittableRandom(9));
        GibbsChains used = c.rbm.chains();
        used.startAt(c.V);
        used.drawHidden(new SplittableRandom(1));
        used.drawVisible(new SplittableRandom(1));
        used.startAnywhere(6, new SplittableRandom(9));
        assertTrue(fresh.states().isIdentical(used.states(), 0));
    }

    /** What is made for binary units says so. */
    @ParameterizedTest
    @MethodSource("kinds")
    void othersAreRefusedByWhatIsForBinaryUnits(Case c) {
        if (!c.rbm.isBinary()) {
            String message = "rbm: expected binary visible units, got "
                    + c.rbm.visibleUnits().getClass().getSimpleName() + " ones";
            assertRefused(message, () -> LogPseudolikelihood.mean(c.rbm, c.V));
            assertRefused(message, () -> new VisibleChain(c.rbm));
            assertRefused(message, () -> RbmFile.write(Path.of("never"), c.rbm));
            assertRefused(message, () -> new AnnealedImportanceSampling(10, new double[] {0, 1})
                    .estimate(c.rbm, c.rbm.a, new SplittableRandom(1)));
            assertThrows(IllegalStateException.class, c.rbm::transposed);
            assertThrows(IllegalStateException.class, c.rbm::joint);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void trainingRaisesTheLikelihood(Case c) {
        Rbm model = c.rbm.copy();
        double before = model.meanLogLikelihood(c.V);
        TrainingOptions options = TrainingOptions.ofEpochs(200).withBatchSize(6).withLearningRate(0.02);
        var reports = new RbmTrainer(new ExactGradient(), options).train(model, c.V, new SplittableRandom(8));
        assertTrue(model.meanLogLikelihood(c.V) > before + 0.1);
        assertEquals(model.meanLogLikelihood(c.V), reports.get(200).logLikelihood(), 1e-12);
        assertEquals(before, c.rbm.meanLogLikelihood(c.V), 0, "a copy shares nothing");
    }
}
