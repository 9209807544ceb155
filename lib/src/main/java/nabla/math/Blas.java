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
    private static final int WORTH_SHARING = 1 << 20; // multiplications, some 50 microseconds
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
        void compute(int m, int n, int k, Part A, Part B, boolean add, Part C);

        /** How much of the longer side of C is one piece of work. */
        default int block(int size) {
            int blocks = size >= 128 ? 4 : size >= 64 ? 2 : 1;
            return (size / blocks + 7) / 8 * 8;
        }

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
        multiply(A, false, B, false, false, C);
    }

    /** C = C + A B. */
    public static void multAdd(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, false, true, C);
    }

    /**
     * C = A' B.
     *
     * @param A k x m, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void multTransA(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, true, B, false, false, C);
    }

    /** C = C + A' B. */
    public static void multAddTransA(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, true, B, false, true, C);
    }

    /**
     * C = A B'.
     *
     * @param A m x k, not modified
     * @param B n x k, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void multTransB(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, true, false, C);
    }

    /** C = C + A B'. */
    public static void multAddTransB(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multiply(A, false, B, true, true, C);
    }

    private static void multiply(
            DMatrixRMaj A, boolean transA, DMatrixRMaj B, boolean transB, boolean add, DMatrixRMaj C) {
        multiply(PRODUCT, A, transA, B, transB, add, C);
    }

    /** Checks the shapes and shares the work: the longer side of C is cut, and each thread computes a block of C. */
    static void multiply(
            Product product, DMatrixRMaj A, boolean transA, DMatrixRMaj B, boolean transB, boolean add, DMatrixRMaj C) {
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
        Part a = transA ? Part.transposeOf(A) : Part.of(A);
        Part b = transB ? Part.transposeOf(B) : Part.of(B);
        Part c = Part.of(C);
        if ((long) m * n * k < WORTH_SHARING) {
            product.compute(m, n, k, a, b, add, c);
        } else if (n >= m) {
            Parallel.forEach(
                    n,
                    product.block(n),
                    (from, to) -> product.compute(m, to - from, k, a, b.from(0, from), add, c.from(0, from)));
        } else {
            Parallel.forEach(
                    m,
                    product.block(m),
                    (from, to) -> product.compute(to - from, n, k, a.from(from, 0), b, add, c.from(from, 0)));
        }
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
            product.compute(1, 1, 1, scalar(1), scalar(2), false, new Part(two, 0, 1, false));
            return two[0] == 2 ? product : new JavaProduct();
        } catch (RuntimeException | LinkageError e) {
            return new JavaProduct(); // no native library for this machine, or no place to unpack it
        }
    }

    private static Part scalar(double x) {
        return new Part(new double[] {x}, 0, 1, false);
    }
}
