package nabla.math;

import org.ejml.data.DMatrixRMaj;

/**
 * Products V B that leave out the zeros of V: units that are off, the dark parts of images. Each row of the product is a sum of the rows of
 * B where V is not zero. Where V has too few zeros, or the product is small, it is left to {@link Blas}, which is faster there.
 *
 * <p>B must be finite: what a zero is multiplied with is not looked at.
 */
public final class SparseProduct {
    private static final int WORTH_IT = 1 << 19; // multiplications
    private static final double MOST_ON = 0.35; // share of V that is not zero
    private static final Blas.Product KERNEL = new JavaProduct(true);

    private SparseProduct() {}

    /**
     * C = V B.
     *
     * @param V m x k, not modified
     * @param B k x n, finite, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void mult(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        if (isWorthIt(V, C.numCols)) {
            Blas.multiply(KERNEL, V, false, B, false, false, C);
        } else {
            Blas.mult(V, B, C);
        }
    }

    /**
     * C = V' B.
     *
     * @param V k x m, not modified
     * @param B k x n, finite, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void multTransA(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        if (isWorthIt(V, C.numCols)) {
            Blas.multiply(KERNEL, V, true, B, false, false, C);
        } else {
            Blas.multTransA(V, B, C);
        }
    }

    /**
     * C = V B'.
     *
     * @param V m x k, not modified
     * @param B n x k, finite, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void multTransB(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        if (isWorthIt(V, C.numCols)) {
            Blas.multiply(KERNEL, V, false, B, true, false, C);
        } else {
            Blas.multTransB(V, B, C);
        }
    }

    private static boolean isWorthIt(DMatrixRMaj V, int n) {
        int size = V.getNumElements();
        return (long) size * n >= WORTH_IT && notZero(V.data, size) <= MOST_ON * size;
    }

    private static int notZero(double[] x, int size) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += x[i] == 0 ? 0 : 1;
        }
        return count;
    }
}
