package nabla.latent;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.check.Numeric;
import nabla.math.Randoms;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Both losses and both likelihoods, against their definitions written as loops, and where logits are huge. */
class ReconstructionLossTest {
    private static SimpleMatrix gray(int rows, int columns, SplittableRandom rng) {
        SimpleMatrix X = new SimpleMatrix(rows, columns);
        for (int e = 0; e < X.getNumElements(); e++) {
            X.set(e, e % 5 == 0 ? 0 : e % 5 == 1 ? 1 : rng.nextDouble());
        }
        return X;
    }

    static double loss(ReconstructionLoss loss, SimpleMatrix X, SimpleMatrix Y, int row) {
        double sum = 0;
        for (int i = 0; i < X.getNumCols(); i++) {
            double x = X.get(row, i);
            double y = Y.get(row, i);
            if (loss == ReconstructionLoss.SQUARED_ERROR) {
                sum += (x - y) * (x - y);
            } else {
                double p = 1 / (1 + Math.exp(-y));
                sum -= x * Math.log(p) + (1 - x) * Math.log(1 - p);
            }
        }
        return sum;
    }

    @Test
    void lossesAndSlopesAreThoseOfTheDefinitions() {
        SplittableRandom rng = new SplittableRandom(1);
        for (ReconstructionLoss loss : ReconstructionLoss.values()) {
            for (int[] shape : new int[][] {{1, 1}, {4, 3}, {3, 1201}, {301, 97}}) {
                SimpleMatrix X = gray(shape[0], shape[1], rng);
                SimpleMatrix Y = Randoms.normal(shape[0], shape[1], 3, rng);
                SimpleMatrix losses = loss.perExample(X, Y);
                assertEquals(shape[0], losses.getNumRows());
                for (int row = 0; row < shape[0]; row++) {
                    double expected = loss(loss, X, Y, row);
                    assertEquals(expected, losses.get(row), 1e-12 * Math.max(1, expected), loss.name());
                }
                DMatrixRMaj dY = new DMatrixRMaj(0, 0);
                loss.gradient(X.getDDRM(), Y.getDDRM(), 0.5, dY);
                for (int e = 0; e < X.getNumElements(); e++) {
                    boolean isSquare = loss == ReconstructionLoss.SQUARED_ERROR;
                    double mean = isSquare ? Y.get(e) : 1 / (1 + Math.exp(-Y.get(e)));
                    assertEquals((isSquare ? 1 : 0.5) * (mean - X.get(e)), dY.data[e], 1e-14, loss.name());
                }
            }
        }
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        SplittableRandom rng = new SplittableRandom(2);
        for (ReconstructionLoss loss : ReconstructionLoss.values()) {
            SimpleMatrix X = gray(3, 4, rng);
            SimpleMatrix Y = Randoms.normal(3, 4, 2, rng);
            DMatrixRMaj dY = new DMatrixRMaj(0, 0);
            loss.gradient(X.getDDRM(), Y.getDDRM(), 0.3, dY);
            SimpleMatrix expected =
                    Numeric.gradient(() -> 0.3 * (loss(loss, X, Y, 0) + loss(loss, X, Y, 1) + loss(loss, X, Y, 2)), Y);
            Checks.assertClose(loss.name(), expected, SimpleMatrix.wrap(dY), 1e-8);
        }
    }

    /** A bit that is wrong for sure costs its logit, one that is right nothing, also where the sum of the logits is not a number. */
    @Test
    void hugeLogitsAreFinite() {
        ReconstructionLoss loss = ReconstructionLoss.CROSS_ENTROPY;
        for (double size : new double[] {40, 800, 1e6, 1e300, 1e308}) {
            SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 0}, {0, 1}, {1, 1}, {1, 0.5}});
            SimpleMatrix Y = new SimpleMatrix(
                    new double[][] {{size, -size}, {0.4 * size, size}, {size, size}, {size, size / 2}});
            SimpleMatrix losses = loss.perExample(X, Y);
            double rest = Math.log1p(Math.exp(-size)); // 4e-18 for 40
            assertEquals(2 * rest, losses.get(0), 1e-15);
            assertEquals(0.4 * size, losses.get(1), Math.max(1e-6, 1e-15 * size));
            assertEquals(2 * rest, losses.get(2), 1e-15);
            assertEquals(size / 4, losses.get(3), Math.max(1e-6, 1e-15 * size));
            DMatrixRMaj dY = new DMatrixRMaj(0, 0);
            loss.gradient(X.getDDRM(), Y.getDDRM(), 1, dY);
            assertArrayEquals(new double[] {0, 0, 1, 0, 0, 0, 0, 0.5}, dY.data, 1e-6);
        }
        SimpleMatrix extremes = new SimpleMatrix(1, 3, true, 1e308, -1e308, 0);
        assertArrayEquals(
                new double[] {1, 0, 0.5}, loss.reconstruction(extremes).getDDRM().data, 1e-300);
    }

    @Test
    void reconstructionsAreNewMatrices() {
        SimpleMatrix Y = new SimpleMatrix(1, 2, true, 0, Math.log(3));
        SimpleMatrix same = ReconstructionLoss.SQUARED_ERROR.reconstruction(Y);
        assertTrue(same.isIdentical(Y, 0));
        same.fill(7);
        SimpleMatrix p = ReconstructionLoss.CROSS_ENTROPY.reconstruction(Y);
        assertArrayEquals(new double[] {0.5, 0.75}, p.getDDRM().data, 1e-15);
        assertArrayEquals(new double[] {0, Math.log(3)}, Y.getDDRM().data);
    }

    @Test
    void oneThreadAndTwoGiveTheSameBits() {
        SplittableRandom rng = new SplittableRandom(3);
        SimpleMatrix X = gray(301, 97, rng);
        SimpleMatrix Y = Randoms.normal(301, 97, 3, rng);
        for (ReconstructionLoss loss : ReconstructionLoss.values()) {
            Checks.assertSameBitsWithTwoThreads(() -> {
                DMatrixRMaj dY = new DMatrixRMaj(0, 0);
                loss.gradient(X.getDDRM(), Y.getDDRM(), 1.0 / 301, dY);
                return Map.of("losses", loss.perExample(X, Y), "dY", SimpleMatrix.wrap(dY));
            });
        }
    }

    @Test
    void likelihoodsAreThoseOfTheirDefinitions() {
        SplittableRandom rng = new SplittableRandom(4);
        SimpleMatrix X = gray(3, 4, rng);
        SimpleMatrix Y = Randoms.normal(3, 4, 1, rng);
        SimpleMatrix bits = Likelihood.bernoulli().log(X, Y);
        double variance = 0.3;
        SimpleMatrix normal = Likelihood.gaussian(logVariance(variance)).log(X, Y);
        for (int row = 0; row < 3; row++) {
            assertEquals(-loss(ReconstructionLoss.CROSS_ENTROPY, X, Y, row), bits.get(row), 1e-13);
            double density = 1;
            for (int i = 0; i < 4; i++) {
                double distance = X.get(row, i) - Y.get(row, i);
                density *= Math.exp(-distance * distance / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
            }
            assertEquals(Math.log(density), normal.get(row), 1e-12);
        }
        assertTrue(Likelihood.gaussian(logVariance(2)).mean(Y).isIdentical(Y, 0));
        assertEquals(
                1 / (1 + Math.exp(-Y.get(5))), Likelihood.bernoulli().mean(Y).get(5), 1e-15);
    }

    private static SimpleMatrix logVariance(double variance) {
        return new SimpleMatrix(1, 1).plus(Math.log(variance));
    }

    @Test
    void drawsHaveTheirMoments() {
        int N = 20_000;
        SplittableRandom rng = new SplittableRandom(5);
        SimpleMatrix Y = new SimpleMatrix(N, 2);
        for (int row = 0; row < N; row++) {
            Y.setRow(row, 0, -1, 0.7);
        }
        SimpleMatrix bits = Likelihood.bernoulli().draw(Y, rng);
        SimpleMatrix normal = Likelihood.gaussian(logVariance(0.3)).draw(Y, rng);
        for (int i = 0; i < 2; i++) {
            double p = 1 / (1 + Math.exp(-Y.get(0, i)));
            SimpleMatrix column = bits.getColumn(i);
            for (int row = 0; row < N; row++) {
                assertTrue(column.get(row) == 0 || column.get(row) == 1);
            }
            // 4 standard errors, also below; the square of a normal number has the variance 2 sigma^4
            assertEquals(p, column.elementSum() / N, 4 * Math.sqrt(p * (1 - p) / N));
            SimpleMatrix centred = normal.getColumn(i).minus(Y.get(0, i));
            assertEquals(0, centred.elementSum() / N, 4 * Math.sqrt(0.3 / N));
            assertEquals(0.3, centred.elementMult(centred).elementSum() / N, 4 * 0.3 * Math.sqrt(2.0 / N));
        }
    }

    @Test
    void badDataAreNamed() {
        SimpleMatrix X = new SimpleMatrix(2, 3);
        for (ReconstructionLoss loss : ReconstructionLoss.values()) {
            assertRefused("Y: expected 2x3, got 3x3", () -> loss.perExample(X, new SimpleMatrix(3, 3)));
            SimpleMatrix bad = X.copy();
            bad.set(1, 2, Double.NaN);
            assertRefused("Y: expected finite elements, got NaN at (1, 2)", () -> loss.perExample(X, bad));
            assertRefused("X: expected finite elements, got NaN at (1, 2)", () -> loss.perExample(bad, X));
        }
        SimpleMatrix large = X.copy();
        large.set(0, 1, 1.5);
        assertRefused(
                "X: expected elements in [0, 1], got 1.5 at (0, 1)",
                () -> ReconstructionLoss.CROSS_ENTROPY.perExample(large, X));
        assertRefused("X: expected elements in [0, 1], got 1.5 at (0, 1)", () -> Likelihood.bernoulli()
                .log(large, X));
        assertEquals(2.25, ReconstructionLoss.SQUARED_ERROR.perExample(large, X).get(0));
        assertRefused("logVariance: expected 1x1, got 2x1", () -> Likelihood.gaussian(new SimpleMatrix(2, 1)));
        SimpleMatrix nan = new SimpleMatrix(1, 1).plus(Double.NaN);
        assertRefused("logVariance: expected finite elements, got NaN at (0, 0)", () -> Likelihood.gaussian(nan));
    }
}
