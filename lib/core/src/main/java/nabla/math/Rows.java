package nabla.math;

import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;

/** Rows of a matrix, that is, examples. */
public final class Rows {
    private static final int WORTH_SHARING = 1 << 14; // elements

    private Rows() {}

    /**
     * Copies some rows.
     *
     * @param X not modified
     * @param which the rows of X to take, counted from 0
     * @param from where in {@code which} to begin
     * @param to where to end, without it
     * @param chosen overwritten; gets {@code to - from} rows, and as many columns as X has; not X
     * @throws IllegalArgumentException if X has no such row
     */
    public static void copy(SimpleMatrix X, int[] which, int from, int to, SimpleMatrix chosen) {
        requireRows(X, which, from, to);
        Require.matrix("chosen", chosen);
        if (chosen == X) {
            throw new IllegalArgumentException("chosen: expected another matrix than X");
        }
        int width = X.getNumCols();
        chosen.getDDRM().reshape(to - from, width);
        double[] source = X.getDDRM().data;
        double[] target = chosen.getDDRM().data;
        Parallel.forEach(to - from, Math.max(1, WORTH_SHARING / Math.max(1, width)), (first, end) -> {
            for (int row = first; row < end; row++) {
                System.arraycopy(source, which[from + row] * width, target, row * width, width);
            }
        });
    }

    private static void requireRows(SimpleMatrix X, int[] which, int from, int to) {
        Require.matrix("X", X);
        Require.present("which", which);
        Require.between("from", from, 0, which.length);
        Require.between("to", to, from, which.length);
        for (int i = from; i < to; i++) {
            Require.between("row", which[i], 0, X.getNumRows() - 1);
        }
    }

    /**
     * Some rows, in the order that is asked for.
     *
     * @param X not modified
     * @param which the rows of X to take, counted from 0
     * @return a new matrix
     * @throws IllegalArgumentException if X has no such row
     */
    public static SimpleMatrix of(SimpleMatrix X, int... which) {
        Require.present("which", which);
        requireRows(X, which, 0, which.length);
        Require.size("rows of which", which.length, "columns of X", X.getNumCols());
        SimpleMatrix chosen = new SimpleMatrix(which.length, X.getNumCols());
        copy(X, which, 0, which.length, chosen);
        return chosen;
    }

    /**
     * The mean of the rows, as a column: one number for each column of X.
     *
     * @param X N x d, not modified
     * @return d x 1; NaN if there are no rows
     */
    public static SimpleMatrix mean(SimpleMatrix X) {
        Require.matrix("X", X);
        SimpleMatrix share = new SimpleMatrix(X.getNumRows(), 1);
        share.fill(1.0 / X.getNumRows());
        return X.transpose().mult(share);
    }
}
