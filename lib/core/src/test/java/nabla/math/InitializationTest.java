package nabla.math;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class InitializationTest {
    @Test
    void orthogonalMatricesAreOrthogonal() {
        SplittableRandom rng = new SplittableRandom(1);
        for (int n : new int[] {1, 2, 3, 10, 40}) {
            for (double scale : new double[] {1, 0.5, 3}) {
                SimpleMatrix Q = Initialization.orthogonal(scale).draw(n, n, rng);
                SimpleMatrix expected = SimpleMatrix.identity(n).scale(scale * scale);
                assertTrue(Q.mult(Q.transpose()).isIdentical(expected, 1e-12 * scale * scale));
                assertTrue(Q.transpose().mult(Q).isIdentical(expected, 1e-12 * scale * scale));
                for (double singular : Q.svd().getSingularValues()) {
                    assertEquals(scale, singular, 1e-12 * scale);
                }
            }
        }
    }

    /** Uniform over the orthogonal group: half the determinants are -1, elements have mean 0 and variance 1 / n. */
    @Test
    void orthogonalMatricesAreUniform() {
        SplittableRandom rng = new SplittableRandom(2);
        for (int n : new int[] {1, 2, 3}) {
            int draws = 4000;
            int negative = 0;
            SimpleMatrix sum = new SimpleMatrix(n, n);
            SimpleMatrix squares = new SimpleMatrix(n, n);
            double trace = 0;
            for (int draw = 0; draw < draws; draw++) {
                SimpleMatrix Q = Initialization.orthogonal(1).draw(n, n, rng);
                double determinant = Q.determinant();
                assertEquals(1, Math.abs(determinant), 1e-12);
                negative += determinant < 0 ? 1 : 0;
                sum = sum.plus(Q);
                squares = squares.plus(Q.elementMult(Q));
                trace += Q.trace();
            }
            assertEquals(draws / 2.0, negative, 4 * Math.sqrt(draws / 4.0)); // 4 standard errors
            for (int e = 0; e < n * n; e++) {
                assertEquals(0, sum.get(e) / draws, 4 / Math.sqrt((double) n * draws));
                // the variance of a squared element is 2 (n - 1) / (n^2 (n + 2))
                double error = Math.sqrt(2.0 * (n - 1) / (n * n * (n + 2.0)) / draws);
                assertEquals(1.0 / n, squares.get(e) / draws, 4 * error + 1e-12);
            }
            assertEquals(0, trace / draws, 4 / Math.sqrt(draws)); // mean 0, variance 1; without the signs it is not
        }
    }

    @Test
    void glorotHasItsBoundsAndVariance() {
        for (int[] shape : new int[][] {{100, 300}, {300, 100}, {1, 20_000}}) {
            SimpleMatrix W = Initialization.glorot().draw(shape[0], shape[1], new SplittableRandom(3));
            assertEquals(shape[0], W.getNumRows());
            assertEquals(shape[1], W.getNumCols());
            int count = W.getNumElements();
            double edge = Math.sqrt(6.0 / (shape[0] + shape[1]));
            assertTrue(W.elementMax() <= edge && W.elementMax() > 0.999 * edge);
            assertTrue(W.elementMin() >= -edge && W.elementMin() < -0.999 * edge);
            double variance = 2.0 / (shape[0] + shape[1]);
            assertEquals(0, W.elementSum() / count, 4 * Math.sqrt(variance / count));
            // 4 standard errors: the square of a uniform number in [-a, a] has the variance 4 a^4 / 45 = 0.8 variance^2
            double measured = W.elementMult(W).elementSum() / count;
            assertEquals(variance, measured, 4 * variance * Math.sqrt(0.8 / count));
        }
    }

    @Test
    void normalHasItsDeviation() {
        SimpleMatrix W = Initialization.normal(0.3).draw(200, 100, new SplittableRandom(4));
        int count = W.getNumElements();
        assertEquals(0, W.elementSum() / count, 4 * 0.3 / Math.sqrt(count));
        // 4 standard errors: the square of a normal number has the variance 2 sigma^4
        assertEquals(0.09, W.elementMult(W).elementSum() / count, 4 * 0.09 * Math.sqrt(2.0 / count));
    }

    @Test
    void heHasItsVariance() {
        for (int[] shape : new int[][] {{200, 50}, {50, 200}, {1, 20_000}}) {
            SimpleMatrix W = Initialization.he().draw(shape[0], shape[1], new SplittableRandom(9));
            assertEquals(shape[0], W.getNumRows());
            int count = W.getNumElements();
            double variance = 2.0 / shape[1];
            assertEquals(0, W.elementSum() / count, 4 * Math.sqrt(variance / count));
            // 4 standard errors: the square of a normal number has the variance 2 sigma^4
            assertEquals(variance, W.elementMult(W).elementSum() / count, 4 * variance * Math.sqrt(2.0 / count));
        }
    }

    @Test
    void identityIsTheIdentity() {
        SplittableRandom rng = new SplittableRandom(5);
        assertTrue(Initialization.identity(1).draw(4, 4, rng).isIdentical(SimpleMatrix.identity(4), 0));
        assertTrue(Initialization.identity(0.5)
                .draw(3, 3, rng)
                .isIdentical(SimpleMatrix.identity(3).scale(0.5), 0));
    }

    @Test
    void sameSeedSameWeights() {
        for (Initialization kind : new Initialization[] {
            Initialization.normal(1), Initialization.glorot(), Initialization.he(), Initialization.orthogonal(1)
        }) {
            SimpleMatrix one = kind.draw(4, 4, new SplittableRandom(6));
            assertTrue(one.isIdentical(kind.draw(4, 4, new SplittableRandom(6)), 0));
            assertFalse(one.isIdentical(kind.draw(4, 4, new SplittableRandom(7)), 1e-3));
        }
    }

    @Test
    void whatMustBeSquareIsRefusedOtherwise() {
        SplittableRandom rng = new SplittableRandom(8);
        assertRefused("orthogonal: expected a square matrix, got 3x4", () -> Initialization.orthogonal(1)
                .draw(3, 4, rng));
        assertRefused("identity: expected a square matrix, got 4x3", () -> Initialization.identity(1)
                .draw(4, 3, rng));
        assertRefused("rows: expected at least 1, got 0", () -> Initialization.orthogonal(1)
                .draw(0, 0, rng));
    }
}
