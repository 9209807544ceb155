package nabla.rbm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import nabla.check.Numeric;
import nabla.estimate.ContrastiveDivergence;
import nabla.estimate.ExactGradient;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Rows;
import nabla.optim.Direction;
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
        SimpleMatrix bits = Functions.map(real, x -> x > 0 ? 1 : 0);
        return Stream.of(
                new Case("binary", new Rbm(new Binary(a.copy()), W.copy(), b.copy()), bits),
                new Case("gaussian", new Rbm(new Gaussian(a.copy()), W.copy(), b.copy()), real),
                new Case("gaussian, sigma 0.6", new Rbm(new Gaussian(a.copy(), 0.6), W.copy(), b.copy()), real));
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
        for (int i = 0; i < 3; i++) {
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
        SimpleMatrix exact = new ExactGradient()
                .estimate(c.rbm, c.V, new SplittableRandom(1))
                .of("W");
        SplittableRandom rng = new SplittableRandom(7);
        int runs = 2_000;
        SimpleMatrix sum = new SimpleMatrix(3, 2);
        SimpleMatrix squares = new SimpleMatrix(3, 2);
        for (int run = 0; run < runs; run++) {
            SimpleMatrix estimate =
                    new ContrastiveDivergence(40).estimate(c.rbm, c.V, rng).of("W");
            sum = sum.plus(estimate);
            squares = squares.plus(estimate.elementMult(estimate));
        }
        SimpleMatrix mean = sum.divide(runs);
        SimpleMatrix variance = squares.divide(runs).minus(mean.elementMult(mean));
        for (int e = 0; e < 6; e++) {
            assertEquals(exact.get(e), mean.get(e), 4 * Math.sqrt(variance.get(e) / runs));
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
