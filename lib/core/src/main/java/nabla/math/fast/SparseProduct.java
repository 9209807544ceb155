package nabla.math.fast;

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
    private static final int LOOKS = 1000;
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
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
        product(V, Part.of("V", V), Part.of("B", B), false, C);
    }

    /** C = C + V B. */
    public static void multAdd(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        product(V, Part.of("V", V), Part.of("B", B), true, C);
    }

    /**
     * C = V' B.
     *
     * @param V k x m, not modified
     * @param B k x n, finite, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void multTransA(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        product(V, Part.transposeOf("V", V), Part.of("B", B), false, C);
    }

    /** C = C + V' B. */
    public static void multAddTransA(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        product(V, Part.transposeOf("V", V), Part.of("B", B), true, C);
    }

    /**
     * C = V B'.
     *
     * @param V m x k, not modified
     * @param B n x k, finite, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void multTransB(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        product(V, Part.of("V", V), Part.transposeOf("B", B), false, C);
    }

    private static void product(DMatrixRMaj V, Part first, Part second, boolean add, DMatrixRMaj C) {
        Part into = Part.of("C", C);
        Blas.requireFitting("V", first, second, into);
        Blas.multiply(isWorthIt(V, C.numCols) ? KERNEL : Blas.product(), first, second, add, into);
    }

    private static boolean isWorthIt(DMatrixRMaj V, int n) {
        int size = V.getNumElements();
        return (long) size * n >= WORTH_IT && shareNotZero(V.data, size) <= MOST_ON;
    }

    /** The share of elements that are not zero, from a look at some of them, at places without any regularity that V might share. */
    private static double shareNotZero(double[] x, int size) {
        int notZero = 0;
        double place = 0;
        for (int look = 0; look < LOOKS; look++) {
            notZero += x[(int) (place * size)] == 0 ? 0 : 1;
            place += GOLDEN_RATIO;
            place -= Math.floor(place);
        }
        return (double) notZero / LOOKS;
    }
}
