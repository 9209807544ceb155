package nabla.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against EJML's products. */
class BinaryProductTest {
    private static final SplittableRandom RNG = new SplittableRandom(1);

    private static DMatrixRMaj binary(int rows, int columns, double p) {
        SimpleMatrix probabilities = new SimpleMatrix(rows, columns);
        probabilities.fill(p);
        return Randoms.bernoulli(probabilities, RNG).getDDRM();
    }

    private static DMatrixRMaj normal(int rows, int columns) {
        return Randoms.normal(rows, columns, 1, RNG).getDDRM();
    }

    private static DMatrixRMaj transposed(DMatrixRMaj x) {
        return CommonOps_DDRM.transpose(x, null);
    }

    private static void assertProducts(DMatrixRMaj V, DMatrixRMaj B) {
        DMatrixRMaj expected = new DMatrixRMaj(V.numRows, B.numCols);
        CommonOps_DDRM.mult(V, B, expected);
        DMatrixRMaj actual = new DMatrixRMaj(V.numRows, B.numCols);
        String what = V.numRows + "x" + V.numCols + "x" + B.numCols;
        actual.fill(Double.NaN);
        BinaryProduct.mult(V, B, actual);
        assertArrayEquals(expected.data, actual.data, 1e-12, "V B " + what);
        actual.fill(Double.NaN);
        BinaryProduct.multTransA(transposed(V), B, actual);
        assertArrayEquals(expected.data, actual.data, 1e-12, "V' B " + what);
        actual.fill(Double.NaN);
        BinaryProduct.multTransB(V, transposed(B), actual);
        assertArrayEquals(expected.data, actual.data, 1e-12, "V B' " + what);
    }

    @Test
    void allShapes() {
        for (int m : new int[] {1, 47, 48, 100}) {
            for (int k : new int[] {1, 4, 5, 19, 20, 21, 80, 81, 200}) {
                for (int n : new int[] {1, 127, 128, 300}) {
                    assertProducts(binary(m, k, 0.5), normal(k, n));
                }
            }
        }
        assertProducts(binary(60, 50, 0.2), normal(50, 1100)); // several blocks of columns
        assertProducts(binary(700, 100, 0.9), normal(100, 130));
    }

    @Test
    void noUnits() {
        DMatrixRMaj C = new DMatrixRMaj(50, 3);
        C.fill(7);
        BinaryProduct.mult(new DMatrixRMaj(50, 0), new DMatrixRMaj(0, 3), C);
        assertArrayEquals(new double[150], C.data);
    }

    @Test
    void aSingleElementInBetweenIsNoticedWhereverItStands() {
        for (int k : new int[] {5, 20, 103}) {
            DMatrixRMaj B = normal(k, 7);
            for (int unit = 0; unit < k; unit++) {
                for (double x : new double[] {0.5, -1, 2, 1e-300, Math.nextDown(1.0)}) {
                    DMatrixRMaj V = binary(50, k, 0.5);
                    V.set(unit % 50, unit, x);
                    assertProducts(V, B);
                }
            }
        }
    }

    @Test
    void notANumberIsNotLost() {
        DMatrixRMaj V = binary(50, 23, 0.5);
        V.set(3, 22, Double.NaN);
        DMatrixRMaj C = new DMatrixRMaj(50, 4);
        BinaryProduct.mult(V, normal(23, 4), C);
        assertTrue(Double.isNaN(C.get(3, 0)));
        assertTrue(!Double.isNaN(C.get(2, 0)));
    }

    @Test
    void noUnitOnIsExactlyZero() {
        DMatrixRMaj V = binary(64, 303, 0.5);
        for (int unit = 0; unit < 303; unit++) {
            V.set(17, unit, 0);
        }
        DMatrixRMaj C = new DMatrixRMaj(64, 200);
        BinaryProduct.mult(V, normal(303, 200), C);
        for (int j = 0; j < 200; j++) {
            assertEquals(0, C.get(17, j));
        }
    }

    @Test
    void theSameBitsWithOneThreadAndMore() {
        DMatrixRMaj V = binary(100, 211, 0.5);
        DMatrixRMaj B = normal(211, 301);
        DMatrixRMaj one = new DMatrixRMaj(100, 301);
        DMatrixRMaj more = new DMatrixRMaj(100, 301);
        int threads = Parallel.threads();
        try {
            Parallel.useThreads(1);
            BinaryProduct.mult(V, B, one);
        } finally {
            Parallel.useThreads(threads);
        }
        BinaryProduct.mult(V, B, more);
        assertArrayEquals(one.data, more.data, 0);
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        DMatrixRMaj C = new DMatrixRMaj(50, 4);
        assertEquals(
                "product: 50x3 times 4x4 does not fit into 50x4",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BinaryProduct.mult(new DMatrixRMaj(50, 3), new DMatrixRMaj(4, 4), C))
                        .getMessage());
        assertEquals(
                "C: expected a matrix of its own, got one of the factors",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BinaryProduct.multTransA(new DMatrixRMaj(50, 50), C, C))
                        .getMessage());
    }
}
