package nabla.math;

import org.ejml.data.DMatrixRMaj;

/**
 * Matrix products in double precision for where they must be fast: those of OpenBLAS if its native library loads on this
 * machine, otherwise our own in plain Java. Everywhere else EJML's own products read better.
 *
 * <p>The system property {@code nabla.blas} set to {@code java} asks for plain Java, whose results are the same on every
 * machine; those of OpenBLAS differ in the last digits from one kind of processor to the next.
 */
public final class Blas {
    private static final Product PRODUCT = choose();

    private Blas() {}

    /** One implementation of C = op(A) op(B) or C = C + op(A) op(B), row-major; op is nothing or the transpose. */
    interface Product {
        /**
         * Computes the product.
         *
         * @param m rows of op(A) and C
         * @param n columns of op(B) and C
         * @param k columns of op(A), rows of op(B)
         */
        void compute(
                boolean transA, boolean transB, int m, int n, int k, double[] A, double[] B, boolean add, double[] C);

        /** For {@link Blas#name}. */
        String name();
    }

    /** What computes the products: {@code OpenBLAS} or {@code Java}. */
    public static String name() {
        return PRODUCT.name();
    }

    /**
     * C = A B.
     *
     * @param A m x k, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void mult(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, false, C, false);
    }

    /** C = C + A B. */
    public static void multAdd(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, false, C, true);
    }

    /**
     * C = A' B.
     *
     * @param A k x m, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void multTransA(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, true, B, false, C, false);
    }

    /**
     * C = A B'.
     *
     * @param A m x k, not modified
     * @param B n x k, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void multTransB(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, true, C, false);
    }

    /** C = C + A B'. */
    public static void multAddTransB(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, true, C, true);
    }

    private static void multiply(
            DMatrixRMaj A, boolean transA, DMatrixRMaj B, boolean transB, DMatrixRMaj C, boolean add) {
        int m = transA ? A.numCols : A.numRows;
        int k = transA ? A.numRows : A.numCols;
        int n = transB ? B.numRows : B.numCols;
        int rowsOfB = transB ? B.numCols : B.numRows;
        if (rowsOfB != k || C.numRows != m || C.numCols != n) {
            throw new IllegalArgumentException("product: %dx%d times %dx%d does not fit into %dx%d"
                    .formatted(m, k, rowsOfB, n, C.numRows, C.numCols));
        }
        if (C == A || C == B) {
            throw new IllegalArgumentException("C: expected a matrix of its own, got one of the factors");
        }
        PRODUCT.compute(transA, transB, m, n, k, A.data, B.data, add, C.data);
    }

    private static Product choose() {
        String wanted = System.getProperty("nabla.blas", "openblas");
        if (!wanted.equals("java") && !wanted.equals("openblas")) {
            throw new IllegalArgumentException("nabla.blas: expected java or openblas, got " + wanted);
        }
        if (wanted.equals("java")) {
            return new JavaProduct();
        }
        try {
            Product product = new OpenBlasProduct();
            double[] two = {0};
            product.compute(false, false, 1, 1, 1, new double[] {1}, new double[] {2}, false, two);
            return two[0] == 2 ? product : new JavaProduct();
        } catch (RuntimeException | LinkageError e) {
            return new JavaProduct(); // no native library for this machine, or no place to unpack it
        }
    }
}
