package nabla.math;

import java.util.Arrays;

/**
 * Products in plain Java. A panel of B is copied, a row to an array, small enough for the processor's second cache; then each row of C
 * gets its share of the panel, four rows of B at a time, in a loop that the JIT compiler turns into vector instructions. (It does so
 * because all arrays are read and written at the same index; at different offsets of one array it would have to fear that they overlap.)
 */
final class JavaProduct implements Blas.Product {
    private static final int DEPTH = 64; // rows of B in a panel, a multiple of 4
    private static final int WIDTH = 512; // columns of a panel

    private static final ThreadLocal<Panel> PANEL = ThreadLocal.withInitial(Panel::new);

    @Override
    public void compute(Part A, Part B, boolean add, Part C) {
        int m = C.rows;
        int n = C.columns;
        int k = A.columns;
        Panel panel = PANEL.get();
        if (!add) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(C.data, C.start + i * C.width, C.start + i * C.width + n, 0);
            }
        }
        for (int column = 0; column < n; column += WIDTH) {
            int width = Math.min(WIDTH, n - column);
            for (int row = 0; row < k; row += DEPTH) {
                int depth = Math.min(DEPTH, k - row);
                panel.copy(B.rows(row, row + depth).columns(column, column + width));
                panel.addTo(C.columns(column, column + width), A.columns(row, row + depth));
            }
        }
    }

    @Override
    public String name() {
        return "Java";
    }

    private static final class Panel {
        private final double[][] rows = new double[DEPTH][WIDTH];
        private final double[] total = new double[WIDTH];
        private final double[] factors = new double[DEPTH];
        private int depth;
        private int width;

        void copy(Part B) {
            depth = B.rows;
            width = B.columns;
            if (B.transposed) {
                for (int j = 0; j < width; j++) {
                    for (int p = 0; p < depth; p++) {
                        rows[p][j] = B.data[B.start + j * B.width + p];
                    }
                }
            } else {
                for (int p = 0; p < depth; p++) {
                    System.arraycopy(B.data, B.start + p * B.width, rows[p], 0, width);
                }
            }
            for (int p = depth; p % 4 != 0; p++) { // four at a time
                Arrays.fill(rows[p], 0, width, 0);
                factors[p] = 0;
            }
        }

        /** C = C + A panel. */
        void addTo(Part C, Part A) {
            int nextRow = A.nextRow();
            int nextColumn = A.nextColumn();
            for (int i = 0; i < C.rows; i++) {
                for (int p = 0; p < depth; p++) {
                    factors[p] = A.data[A.start + i * nextRow + p * nextColumn];
                }
                int start = C.start + i * C.width;
                System.arraycopy(C.data, start, total, 0, width);
                for (int p = 0; p < depth; p += 4) {
                    addRows(
                            width,
                            factors[p],
                            rows[p],
                            factors[p + 1],
                            rows[p + 1],
                            factors[p + 2],
                            rows[p + 2],
                            factors[p + 3],
                            rows[p + 3],
                            total);
                }
                System.arraycopy(total, 0, C.data, start, width);
            }
        }

        private static void addRows(
                int width,
                double a0,
                double[] b0,
                double a1,
                double[] b1,
                double a2,
                double[] b2,
                double a3,
                double[] b3,
                double[] total) {
            for (int j = 0; j < width; j++) {
                total[j] = Math.fma(a0, b0[j], Math.fma(a1, b1[j], Math.fma(a2, b2[j], Math.fma(a3, b3[j], total[j]))));
            }
        }
    }
}
