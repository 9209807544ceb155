package nabla.math.fast;

import java.util.Arrays;

/**
 * Products in plain Java. A panel of B is copied, a row to an array, small enough for the processor's second cache; then each row of C
 * gets its share of the panel, six rows of B at a time, in a loop that the JIT compiler turns into vector instructions. (It does so
 * because all arrays are read and written at the same index; at different offsets of one array it would have to fear that they overlap.)
 */
final class JavaProduct implements Blas.Product {
    private static final int DEPTH = 256; // rows of B in a panel
    private static final int WIDTH = 256; // columns of a panel
    private static final int BAND = 128; // rows of A that are prepared together, and use a panel one after the other
    private static final int AT_ONCE = 6; // rows of B that are added together

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
        for (int p = 0; p < k; p += DEPTH) {
            int depth = Math.min(DEPTH, k - p);
            for (int i = 0; i < m; i += BAND) {
                int rows = Math.min(BAND, m - i);
                panel.take(A, i, p, rows, depth, skipsZeros);
                for (int column = 0; column < n; column += WIDTH) {
                    int width = Math.min(WIDTH, n - column);
                    B.copyRows(p, column, depth, width, panel.rows);
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

        // Of each row of the band: the elements of A that count, and their columns; zeros up to a multiple of AT_ONCE.
        private final double[][] factors = new double[BAND][DEPTH + AT_ONCE];
        private final int[][] columns = new int[BAND][DEPTH + AT_ONCE];
        private final int[] counts = new int[BAND];

        private final double[][] few = new double[10][DEPTH]; // rows of A, copied

        void take(Part A, int firstRow, int firstColumn, int rowsOfA, int depth, boolean skipsZeros) {
            for (int from = 0; from < rowsOfA; from += few.length) {
                int count = Math.min(few.length, rowsOfA - from);
                A.copyRows(firstRow + from, firstColumn, count, depth, few);
                for (int i = 0; i < count; i++) {
                    counts[from + i] = take(few[i], depth, skipsZeros, factors[from + i], columns[from + i]);
                }
            }
        }

        /** Without a branch where a zero is or is not: it would often be guessed wrong. */
        private static int take(double[] a, int depth, boolean skipsZeros, double[] factors, int[] columns) {
            int count = 0;
            for (int p = 0; p < depth; p++) {
                factors[count] = a[p];
                columns[count] = p;
                count += skipsZeros ? oneUnlessZero(a[p]) : 1;
            }
            while (count % AT_ONCE != 0) {
                factors[count] = 0;
                columns[count] = DEPTH;
                count++;
            }
            return count;
        }

        private static int oneUnlessZero(double x) {
            long bits = Double.doubleToRawLongBits(x) << 1; // without the sign
            return (int) ((bits | -bits) >>> 63);
        }

        /** C = C + A panel, on so many rows and columns of C. */
        void addTo(Part C, int firstRow, int firstColumn, int rowsOfA, int width) {
            for (int i = 0; i < rowsOfA; i++) {
                int start = C.at(firstRow + i, firstColumn);
                double[] a = factors[i];
                int[] row = columns[i];
                System.arraycopy(C.data, start, total, 0, width);
                for (int q = 0; q < counts[i]; q += AT_ONCE) {
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
                            a[q + 4],
                            rows[row[q + 4]],
                            a[q + 5],
                            rows[row[q + 5]],
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
                double a4,
                double[] b4,
                double a5,
                double[] b5,
                double[] total) {
            for (int j = 0; j < width; j++) {
                double three = Math.fma(a0, b0[j], Math.fma(a1, b1[j], a2 * b2[j]));
                total[j] = Math.fma(a3, b3[j], Math.fma(a4, b4[j], Math.fma(a5, b5[j], total[j]))) + three;
            }
        }
    }
}
