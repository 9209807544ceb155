package nabla.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Both implementations against EJML's products. */
class BlasTest {
    private static final int[] SIZES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 64};

    private static DMatrixRMaj random(int rows, int columns, SplittableRandom rng) {
        return Randoms.normal(rows, columns, 1, rng).getDDRM();
    }

    private static DMatrixRMaj expected(boolean transA, boolean transB, DMatrixRMaj A, DMatrixRMaj B) {
        DMatrixRMaj a = transA ? CommonOps_DDRM.transpose(A, null) : A;
        DMatrixRMaj b = transB ? CommonOps_DDRM.transpose(B, null) : B;
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    private static void assertClose(String what, DMatrixRMaj expected, DMatrixRMaj actual) {
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertEquals(expected.data[i], actual.data[i], 1e-13 * Math.max(1, Math.abs(expected.data[i])), what);
        }
    }

    private static void assertProducts(Blas.Product product, int m, int n, int k, SplittableRandom rng) {
        for (int variant = 0; variant < 8; variant++) {
            boolean transA = (variant & 1) != 0;
            boolean transB = (variant & 2) != 0;
            boolean add = (variant & 4) != 0;
            DMatrixRMaj A = transA ? random(k, m, rng) : random(m, k, rng);
            DMatrixRMaj B = transB ? random(n, k, rng) : random(k, n, rng);
            DMatrixRMaj a = A.copy();
            DMatrixRMaj b = B.copy();
            DMatrixRMaj C = random(m, n, rng);
            DMatrixRMaj expected = expected(transA, transB, A, B);
            if (add) {
                CommonOps_DDRM.addEquals(expected, C);
            } else {
                C.fill(Double.NaN); // whatever was there must not matter
            }
            product.compute(
                    m,
                    n,
                    k,
                    transA ? Part.transposeOf(A) : Part.of(A),
                    transB ? Part.transposeOf(B) : Part.of(B),
                    add,
                    Part.of(C));
            String what = product.name() + " " + m + "x" + k + "x" + n + ", variant " + variant;
            assertClose(what, expected, C);
            assertTrue(Arrays.equals(a.data, A.data) && Arrays.equals(b.data, B.data), what);
        }
    }

    private static void assertAllShapes(Blas.Product product) {
        SplittableRandom rng = new SplittableRandom(1);
        for (int m : SIZES) {
            for (int n : SIZES) {
                for (int k : SIZES) {
                    if (m * n * k <= 64 * 64 * 9 || (m == 64 && n == 64)) {
                        assertProducts(product, m, n, k, rng);
                    }
                }
            }
        }
        assertProducts(product, 130, 71, 257, rng); // beyond the blocks of any kernel
    }

    /** No rows, no columns, or nothing to add up: the sum of no terms is zero. */
    private static void assertEmptyShapes(Blas.Product product) {
        SplittableRandom rng = new SplittableRandom(1);
        for (int zeros = 1; zeros < 8; zeros++) {
            int m = (zeros & 1) == 0 ? 3 : 0;
            int n = (zeros & 2) == 0 ? 4 : 0;
            int k = (zeros & 4) == 0 ? 5 : 0;
            assertProducts(product, m, n, k, rng);
        }
    }

    private static Blas.Product openBlas() {
        assumeTrue(loads(), "OpenBLAS does not load on this machine");
        return new OpenBlasProduct();
    }

    private static boolean loads() {
        try {
            double[] one = {0};
            Part two = new Part(new double[] {2}, 0, 1, false);
            new OpenBlasProduct().compute(1, 1, 1, two, two, false, new Part(one, 0, 1, false));
            return one[0] == 4;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    @Test
    void javaComputesAllShapes() {
        assertAllShapes(new JavaProduct());
    }

    @Test
    void javaComputesEmptyShapes() {
        assertEmptyShapes(new JavaProduct());
    }

    @Test
    void openBlasComputesAllShapes() {
        assertAllShapes(openBlas());
    }

    @Test
    void openBlasComputesEmptyShapes() {
        assertEmptyShapes(openBlas());
    }

    @Test
    void infinityAndNaNAreNotLost() {
        for (Blas.Product product : loads()
                ? new Blas.Product[] {new JavaProduct(), new OpenBlasProduct()}
                : new Blas.Product[] {new JavaProduct()}) {
            double[] C = new double[4];
            double[] A = {0, Double.NaN, 1, 2};
            double[] B = {Double.POSITIVE_INFINITY, 1, 1, 1};
            product.compute(
                    2, 2, 2, new Part(A, 0, 2, false), new Part(B, 0, 2, false), false, new Part(C, 0, 2, false));
            assertTrue(Double.isNaN(C[0]) && Double.isNaN(C[1]), product.name() + Arrays.toString(C));
            assertEquals(Double.POSITIVE_INFINITY, C[2]);
            assertEquals(3, C[3]);
        }
    }

    @Test
    void theFiveOperationsAreWhatTheySay() {
        SplittableRandom rng = new SplittableRandom(2);
        DMatrixRMaj A = random(5, 3, rng);
        DMatrixRMaj B = random(3, 4, rng);
        DMatrixRMaj At = CommonOps_DDRM.transpose(A, null);
        DMatrixRMaj Bt = CommonOps_DDRM.transpose(B, null);
        DMatrixRMaj AB = expected(false, false, A, B);
        DMatrixRMaj start = random(5, 4, rng);
        DMatrixRMaj sum = AB.copy();
        CommonOps_DDRM.addEquals(sum, start);
        DMatrixRMaj C = start.copy();
        Blas.mult(A, B, C);
        assertClose("mult", AB, C);
        C.setTo(start);
        Blas.multTransA(At, B, C);
        assertClose("multTransA", AB, C);
        C.setTo(start);
        Blas.multTransB(A, Bt, C);
        assertClose("multTransB", AB, C);
        C.setTo(start);
        Blas.multAdd(A, B, C);
        assertClose("multAdd", sum, C);
        C.setTo(start);
        Blas.multAddTransB(A, Bt, C);
        assertClose("multAddTransB", sum, C);
    }

    @Test
    void nameIsThatOfWhatIsChosen() {
        boolean java = System.getProperty("nabla.blas", "openblas").equals("java") || !loads();
        assertEquals(java ? "Java" : "OpenBLAS", Blas.name());
    }

    @Test
    void shapesThatDoNotFitAreNamedAndNothingIsWritten() {
        DMatrixRMaj A = new DMatrixRMaj(2, 3);
        DMatrixRMaj C = new DMatrixRMaj(2, 4);
        C.fill(7);
        assertRefused("product: 2x3 times 4x4 does not fit into 2x4", () -> Blas.mult(A, new DMatrixRMaj(4, 4), C));
        assertRefused("product: 2x3 times 3x5 does not fit into 2x4", () -> Blas.multAdd(A, new DMatrixRMaj(3, 5), C));
        assertRefused(
                "product: 3x2 times 2x4 does not fit into 2x4", () -> Blas.multTransA(A, new DMatrixRMaj(2, 4), C));
        assertRefused(
                "product: 2x3 times 4x4 does not fit into 2x4", () -> Blas.multTransB(A, new DMatrixRMaj(4, 4), C));
        assertRefused(
                "product: 2x3 times 3x2 does not fit into 2x4", () -> Blas.multAddTransB(A, new DMatrixRMaj(2, 3), C));
        assertEquals(56, Arrays.stream(C.data).sum());
    }

    @Test
    void theResultMustNotBeAFactor() {
        DMatrixRMaj A = new DMatrixRMaj(2, 2);
        DMatrixRMaj B = new DMatrixRMaj(2, 2);
        assertRefused("C: expected a matrix of its own, got one of the factors", () -> Blas.mult(A, B, A));
        assertRefused("C: expected a matrix of its own, got one of the factors", () -> Blas.multAddTransB(A, B, B));
        B.data[0] = 2;
        Blas.mult(B, B, A); // a square is allowed
        assertEquals(4, A.data[0]);
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
