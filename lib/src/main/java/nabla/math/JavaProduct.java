package nabla.math;

import java.util.Arrays;

/**
 * Products in plain Java. A panel of B is copied, a row to an array, small enough for the processor's second cache; then each row of C
 * gets its share of the panel, four rows of B at a time, in a loop that the JIT compiler turns into vector instructions. (It does so
 * because all arrays are read and written at the same index; at different offsets of one array it would have to fear that they overlap.)
 */
final class JavaProduct implements Blas.Product {
    private static final int DEPTH = 256; // rows of B in a panel
    private static final int WIDTH = 256; // columns of a panel
    private static final int ROWS = 8; // of A that are read together: where A is transposed, they share a cache line

    private static final ThreadLocal<Panel> PANEL = ThreadLocal.withInitial(Panel::new);

    private final boolean skipsZeros;

    /** With everything that is asked for, also zero times infinity. */
    JavaProduct() {
        this(false);
    }

    /** Without the rows of B that would be multiplied with zero, if so wanted. */
    JavaProduct(boolean skipsZeros) {
        this.skipsZeros = skipsZeros;
    }

    @Override
    public void compute(Part A, Part B, boolean add, Part C) {
        int m = C.rows;
        int n = C.columns;
        int k = A.columns;
        Panel panel = PANEL.get();
        if (!add) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(C.data, C.at(i, 0), C.at(i, 0) + n, 0);
            }
        }
        for (int column = 0; column < n; column += WIDTH) {
            int width = Math.min(WIDTH, n - column);
            for (int p = 0; p < k; p += DEPTH) {
                int depth = Math.min(DEPTH, k - p);
                B.copyRows(p, column, depth, width, panel.rows);
                for (int i = 0; i < m; i += ROWS) {
                    int rows = Math.min(ROWS, m - i);
                    panel.take(A, i, p, rows, depth, skipsZeros);
                    panel.addTo(C, i, column, rows, width);
                }
            }
        }
    }

    /** Fewer and larger pieces than natively: each copies its part of B. */
    @Override
    public int block(int size) {
        int blocks = size < 128 ? 1 : 2 * ((size + 2 * WIDTH - 1) / (2 * WIDTH));
        return (size + blocks - 1) / blocks;
    }

    @Override
    public String name() {
        return "Java";
    }

    private static final class Panel {
        private final double[][] rows = new double[DEPTH + 1][WIDTH]; // the last one is always zero
        private final double[] total = new double[WIDTH];

        // Of some rows of A: the elements in these columns of A that count, and their columns; zeros up to a multiple
        // of four.
        private final double[][] factors = new double[ROWS][DEPTH + 3];
        private final int[][] columns = new int[ROWS][DEPTH + 3];
        private final int[] counts = new int[ROWS];

        void take(Part A, int firstRow, int firstColumn, int rowsOfA, int depth, boolean skipsZeros) {
            Arrays.fill(counts, 0);
            for (int p = 0; p < depth; p++) {
                int at = A.at(firstRow, firstColumn + p);
                for (int i = 0; i < rowsOfA; i++) {
                    double factor = A.data[at + i * A.nextRow()];
                    int count = counts[i];
                    factors[i][count] = factor;
                    columns[i][count] = p;
                    counts[i] = skipsZeros && factor == 0 ? count : count + 1;
                }
            }
            for (int i = 0; i < rowsOfA; i++) {
                for (int count = counts[i]; count % 4 != 0; count++) {
                    factors[i][count] = 0;
                    columns[i][count] = DEPTH;
                }
            }
        }

        /** C = C + A panel, on so many rows and columns of C. */
        void addTo(Part C, int firstRow, int firstColumn, int rowsOfA, int width) {
            for (int i = 0; i < rowsOfA; i++) {
                int start = C.at(firstRow + i, firstColumn);
                double[] a = factors[i];
                int[] row = columns[i];
                System.arraycopy(C.data, start, total, 0, width);
                for (int q = 0; q < counts[i]; q += 4) {
                    add(
                            width,
                            a[q],
                            rows[row[q]],
                            a[q + 1],
                            rows[row[q + 1]],
                            a[q + 2],
                            rows[row[q + 2]],
                            a[q + 3],
                            rows[row[q + 3]],
                            total);
                }
                System.arraycopy(total, 0, C.data, start, width);
            }
        }

        private static void add(
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
