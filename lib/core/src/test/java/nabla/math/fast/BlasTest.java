package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import nabla.math.Randoms;
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
            DMatrixRMaj one = new DMatrixRMaj(1, 1);
            Part two = Part.of(new DMatrixRMaj(new double[][] {{2}}));
            new OpenBlasProduct().compute(two, two, false, Part.of(one));
            return one.data[0] == 4;
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
            DMatrixRMaj A = new DMatrixRMaj(new double[][] {{0, Double.NaN}, {1, 2}});
            DMatrixRMaj B = new DMatrixRMaj(new double[][] {{Double.POSITIVE_INFINITY, 1}, {1, 1}});
            DMatrixRMaj C = new DMatrixRMaj(2, 2);
            product.compute(Part.of(A), Part.of(B), false, Part.of(C));
            assertTrue(Double.isNaN(C.get(0, 0)) && Double.isNaN(C.get(0, 1)), product.name() + C);
            assertEquals(Double.POSITIVE_INFINITY, C.get(1, 0));
            assertEquals(3, C.get(1, 1));
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

    /** Blocks in the middle of larger matrices: all of what is asked for is written, and nothing else. */
    private static void assertParts(Blas.Product product) {
        SplittableRandom rng = new SplittableRandom(3);
        for (int variant = 0; variant < 8; variant++) {
            boolean transA = (variant & 1) != 0;
            boolean transB = (variant & 2) != 0;
            boolean add = (variant & 4) != 0;
            DMatrixRMaj A = random(30, 30, rng);
            DMatrixRMaj B = random(40, 40, rng);
            DMatrixRMaj C = random(50, 50, rng);
            Part a = (transA ? Part.transposeOf(A) : Part.of(A)).rows(3, 20).columns(5, 16);
            Part b = Part.of(B).rows(7, 18).columns(1, 10);
            if (transB) {
                b = Part.of(B).rows(1, 10).columns(7, 18).transpose();
            }
            DMatrixRMaj expected = C.copy();
            DMatrixRMaj product17x9 = CommonOps_DDRM.extract(C, 2, 19, 4, 13);
            CommonOps_DDRM.scale(add ? 1 : 0, product17x9);
            CommonOps_DDRM.addEquals(
                    product17x9,
                    expected(
                            transA,
                            transB,
                            transA ? CommonOps_DDRM.extract(A, 5, 16, 3, 20) : CommonOps_DDRM.extract(A, 3, 20, 5, 16),
                            transB
                                    ? CommonOps_DDRM.extract(B, 1, 10, 7, 18)
                                    : CommonOps_DDRM.extract(B, 7, 18, 1, 10)));
            CommonOps_DDRM.insert(product17x9, expected, 2, 4);
            product.compute(a, b, add, Part.of(C).rows(2, 19).columns(4, 13));
            assertClose(product.name() + ", variant " + variant, expected, C);
        }
    }

    @Test
    void javaComputesParts() {
        assertParts(new JavaProduct());
    }

    @Test
    void openBlasComputesParts() {
        assertParts(openBlas());
    }

    @Test
    void partsMustLieWithinTheirMatrixAndBeApart() {
        DMatrixRMaj A = new DMatrixRMaj(4, 6);
        assertRefused("rows: expected a range of those from 0 up to 4, got 2 up to 5", () -> Part.of(A)
                .rows(2, 5));
        assertRefused("columns: expected a range of those from 0 up to 4, got -1 up to 2", () -> Part.transposeOf(A)
                .columns(-1, 2));
        assertRefused(
                "rows: expected a range of those from 0 up to 6, got 3 up to 2",
                () -> Part.of(A).transpose().rows(3, 2));
        Part block = Part.of(A).rows(0, 2).columns(0, 2);
        assertRefused(
                "C: expected a matrix of its own, got one of the factors",
                () -> Blas.mult(block, block, Part.of(A).rows(2, 4).columns(2, 4)));
        assertRefused(
                "C: expected no transpose", () -> Blas.mult(block, block, Part.transposeOf(new DMatrixRMaj(2, 2))));
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
        assertRefused(
                "product: A 2x3 times B 4x4 does not fit into C 2x4", () -> Blas.mult(A, new DMatrixRMaj(4, 4), C));
        assertRefused(
                "product: A 2x3 times B 3x5 does not fit into C 2x4", () -> Blas.multAdd(A, new DMatrixRMaj(3, 5), C));
        assertRefused(
                "product: A 3x2 times B 2x4 does not fit into C 2x4",
                () -> Blas.multTransA(A, new DMatrixRMaj(2, 4), C));
        assertRefused(
                "product: A 2x3 times B 4x4 does not fit into C 2x4",
                () -> Blas.multTransB(A, new DMatrixRMaj(4, 4), C));
        assertRefused(
                "product: A 2x3 times B 3x2 does not fit into C 2x4",
                () -> Blas.multAddTransB(A, new DMatrixRMaj(2, 3), C));
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
