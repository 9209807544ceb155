package nabla.math.fast;

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

    /** One implementation of C = A B or C = C + A B, where A and B may be transposes. */
    interface Product {
        /** Computes the product of parts that fit; C is not a transpose. */
        void compute(Part A, Part B, boolean add, Part C);

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
        mult(Part.of("A", A), Part.of("B", B), Part.of("C", C));
    }

    /** C = C + A B. */
    public static void multAdd(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multAdd(Part.of("A", A), Part.of("B", B), Part.of("C", C));
    }

    /**
     * C = A' B.
     *
     * @param A k x m, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void multTransA(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        mult(Part.transposeOf("A", A), Part.of("B", B), Part.of("C", C));
    }

    /** C = C + A' B. */
    public static void multAddTransA(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multAdd(Part.transposeOf("A", A), Part.of("B", B), Part.of("C", C));
    }

    /**
     * C = A B'.
     *
     * @param A m x k, not modified
     * @param B n x k, not modified
     * @param C m x n, overwritten; neither A nor B
     */
    public static void multTransB(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        mult(Part.of("A", A), Part.transposeOf("B", B), Part.of("C", C));
    }

    /** C = C + A B'. */
    public static void multAddTransB(DMatrixRMaj A, DMatrixRMaj B, DMatrixRMaj C) {
        multAdd(Part.of("A", A), Part.transposeOf("B", B), Part.of("C", C));
    }

    /**
     * C = A B, of blocks of matrices or transposes of blocks.
     *
     * @param A m x k, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; no transpose, and of a matrix of its own
     */
    public static void mult(Part A, Part B, Part C) {
        multiply(A, B, false, C);
    }

    /** C = C + A B, as {@link #mult(Part, Part, Part)}. */
    public static void multAdd(Part A, Part B, Part C) {
        multiply(A, B, true, C);
    }

    private static void multiply(Part A, Part B, boolean add, Part C) {
        multiply(PRODUCT, A, B, add, C);
    }

    /** Checks the shapes and shares the work: the longer side of C is cut, and each thread computes a block of C. */
    static void multiply(Product product, Part A, Part B, boolean add, Part C) {
        requireFitting(A, B, C);
        int m = C.rows;
        int n = C.columns;
        if ((long) m * n * A.columns < WORTH_SHARING) {
            product.compute(A, B, add, C);
        } else if (n >= m) {
            Parallel.forEach(
                    n,
                    product.block(n),
                    (from, to) -> product.compute(A, B.columns(from, to), add, C.columns(from, to)));
        } else {
            Parallel.forEach(
                    m, product.block(m), (from, to) -> product.compute(A.rows(from, to), B, add, C.rows(from, to)));
        }
    }

    private static void requireFitting(Part A, Part B, Part C) {
        requireFitting("A", A, B, C);
    }

    /** Checks the shapes of a product whose first factor has this name. */
    static void requireFitting(String first, Part A, Part B, Part C) {
        Part.requirePresent(first, A);
        Part.requirePresent("B", B);
        Part.requirePresent("C", C);
        if (B.rows != A.columns || C.rows != A.rows || C.columns != B.columns) {
            throw new IllegalArgumentException("product: %s %dx%d times B %dx%d does not fit into C %dx%d"
                    .formatted(first, A.rows, A.columns, B.rows, B.columns, C.rows, C.columns));
        }
        if (C.data == A.data || C.data == B.data) {
            throw new IllegalArgumentException("C: expected a matrix of its own, got one of the factors");
        }
        if (C.transposed) {
            throw new IllegalArgumentException("C: expected no transpose");
        }
    }

    /** What computes the products. */
    static Product product() {
        return PRODUCT;
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
            DMatrixRMaj two = scalar(0);
            product.compute(Part.of(scalar(1)), Part.of(scalar(2)), false, Part.of(two));
            return two.data[0] == 2 ? product : new JavaProduct();
        } catch (RuntimeException | LinkageError e) {
            return new JavaProduct(); // no native library for this machine, or no place to unpack it
        }
    }

    private static DMatrixRMaj scalar(double x) {
        return new DMatrixRMaj(new double[][] {{x}});
    }
}
