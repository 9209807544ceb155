package nabla.math.fast;

import org.ejml.data.DMatrixRMaj;

/**
 * What a layer of binary units makes of its inputs, in place and in one pass over the matrix: a row for each example, a column for each
 * unit. Rows are shared between the processors.
 *
 * <p>Random numbers come from the stream that {@code key} names, the number of an element from the position of that element.
 */
public final class BinaryUnits {
    private static final int WORTH_SHARING = 1 << 13; // elements, some 20 microseconds
    private static final int TOGETHER = 512; // elements; the loops over a row take a while to get going
    private static final ThreadLocal<RowBuffer> ROW = ThreadLocal.withInitial(RowBuffer::new);

    private BinaryUnits() {}

    /** Some rows one after the other, taken from x and put back. */
    @FunctionalInterface
    private interface Pass {
        void on(RowBuffer rows, int first);
    }

    /**
     * x = sigmoid(x + bias): the probabilities that the units are on.
     *
     * @param x N x n
     * @param bias n x 1, not modified
     */
    public static void probabilities(DMatrixRMaj x, DMatrixRMaj bias) {
        requireFitting(x, bias);
        forEachRow(x, (rows, first) -> {
            rows.addToEach(bias.data, x.numCols);
            rows.sigmoid();
        });
    }

    /** x = 1 with probability x, otherwise 0. */
    public static void flip(DMatrixRMaj x, long key) {
        Part.requirePresent("x", x);
        forEachRow(x, (rows, first) -> rows.flip(key, (long) first * x.numCols));
    }

    /**
     * x = 1 with probability sigmoid(x + bias), otherwise 0: the states of the units.
     *
     * @param x N x n
     * @param bias n x 1, not modified
     */
    public static void states(DMatrixRMaj x, DMatrixRMaj bias, long key) {
        requireFitting(x, bias);
        forEachRow(x, (rows, first) -> {
            rows.addToEach(bias.data, x.numCols);
            rows.sigmoid();
            rows.flip(key, (long) first * x.numCols);
        });
    }

    /**
     * The sum over units of log(1 + e<sup>x + bias</sup>): the log of the sum over all states of the units, x being their inputs.
     *
     * @param x N x n, not modified
     * @param bias n x 1, not modified
     * @param sums N x 1, overwritten
     */
    public static void logSums(DMatrixRMaj x, DMatrixRMaj bias, DMatrixRMaj sums) {
        requireFitting(x, bias);
        Part.requirePresent("sums", sums);
        if (sums.numRows != x.numRows || sums.numCols != 1) {
            throw new IllegalArgumentException("sums: expected %dx1, a number for each row of x, got %dx%d"
                    .formatted(x.numRows, sums.numRows, sums.numCols));
        }
        Parallel.forEach(x.numRows, rows(x), (from, to) -> {
            RowBuffer row = ROW.get();
            for (int i = from; i < to; i++) {
                row.load(x.data, i * x.numCols, x.numCols);
                row.add(bias.data);
                sums.data[i] = row.softplusSum();
            }
        });
    }

    private static void requireFitting(DMatrixRMaj x, DMatrixRMaj bias) {
        Part.requirePresent("x", x);
        Part.requirePresent("bias", bias);
        if (bias.numRows != x.numCols || bias.numCols != 1) {
            throw new IllegalArgumentException("bias: expected %dx1, a number for each column of x, got %dx%d"
                    .formatted(x.numCols, bias.numRows, bias.numCols));
        }
    }

    private static void forEachRow(DMatrixRMaj x, Pass pass) {
        int together = Math.max(1, TOGETHER / Math.max(1, x.numCols));
        Parallel.forEach(x.numRows, rows(x), (from, to) -> {
            RowBuffer rows = ROW.get();
            for (int i = from; i < to; i += together) {
                rows.load(x.data, i * x.numCols, Math.min(together, to - i) * x.numCols);
                pass.on(rows, i);
                rows.store(x.data, i * x.numCols);
            }
        });
    }

    /** How many rows are worth the while of another thread. */
    private static int rows(DMatrixRMaj x) {
        return Math.max(1, WORTH_SHARING / Math.max(1, x.numCols));
    }
}
