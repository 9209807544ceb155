package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.math.Randoms;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Against EJML's products. */
class SparseProductTest {
    private static final SplittableRandom RNG = new SplittableRandom(1);

    /** Normal numbers, but most of them replaced by zeros. */
    private static DMatrixRMaj sparse(int rows, int columns, double shareOfNonzeros) {
        DMatrixRMaj x = normal(rows, columns);
        for (int i = 0; i < x.getNumElements(); i++) {
            x.data[i] = RNG.nextDouble() < shareOfNonzeros ? x.data[i] : 0;
        }
        return x;
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
        SparseProduct.mult(V, B, actual);
        assertArrayEquals(expected.data, actual.data, 1e-12, "V B " + what);
        actual.fill(Double.NaN);
        SparseProduct.multTransA(transposed(V), B, actual);
        assertArrayEquals(expected.data, actual.data, 1e-12, "V' B " + what);
        actual.fill(Double.NaN);
        SparseProduct.multTransB(V, transposed(B), actual);
        assertArrayEquals(expected.data, actual.data, 1e-12, "V B' " + what);
        actual.fill(3);
        SparseProduct.multAdd(V, B, actual);
        CommonOps_DDRM.add(expected, 3);
        assertArrayEquals(expected.data, actual.data, 1e-12, "3 + V B " + what);
    }

    @Test
    void allShapes() {
        for (int m : new int[] {1, 7, 8, 9, 100}) {
            for (int k : new int[] {1, 3, 4, 255, 256, 257, 600}) {
                for (int n : new int[] {1, 127, 128, 300}) {
                    assertProducts(sparse(m, k, 0.2), normal(k, n));
                }
            }
        }
        assertProducts(sparse(60, 50, 0.2), normal(50, 1100)); // several blocks of columns
        assertProducts(sparse(1100, 50, 0.1), normal(50, 130)); // and of rows
    }

    @Test
    void allShares() {
        for (double share : new double[] {0, 0.01, 0.34, 0.36, 1}) {
            assertProducts(sparse(100, 211, share), normal(211, 140));
        }
    }

    @Test
    void noUnits() {
        DMatrixRMaj C = new DMatrixRMaj(50, 3);
        C.fill(7);
        SparseProduct.mult(new DMatrixRMaj(50, 0), new DMatrixRMaj(0, 3), C);
        assertArrayEquals(new double[150], C.data);
    }

    @Test
    void notANumberInVIsNotLost() {
        DMatrixRMaj V = sparse(100, 123, 0.1);
        V.set(3, 122, Double.NaN);
        DMatrixRMaj C = new DMatrixRMaj(100, 140);
        SparseProduct.mult(V, normal(123, 140), C);
        assertTrue(Double.isNaN(C.get(3, 0)));
        assertTrue(!Double.isNaN(C.get(2, 0)));
    }

    @Test
    void theSameBitsWithOneThreadAndMore() {
        DMatrixRMaj V = sparse(100, 211, 0.2);
        DMatrixRMaj B = normal(211, 301);
        DMatrixRMaj one = new DMatrixRMaj(100, 301);
        DMatrixRMaj more = new DMatrixRMaj(100, 301);
        int threads = Parallel.threads();
        try {
            Parallel.useThreads(1);
            SparseProduct.mult(V, B, one);
        } finally {
            Parallel.useThreads(threads);
        }
        SparseProduct.mult(V, B, more);
        assertArrayEquals(one.data, more.data, 0);
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        DMatrixRMaj C = new DMatrixRMaj(50, 4);
        assertEquals(
                "product: V 50x3 times B 4x4 does not fit into C 50x4",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SparseProduct.mult(new DMatrixRMaj(50, 3), new DMatrixRMaj(4, 4), C))
                        .getMessage());
        assertEquals(
                "C: expected a matrix of its own, got one of the factors",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SparseProduct.multTransA(new DMatrixRMaj(50, 50), C, C))
                        .getMessage());
    }
}
