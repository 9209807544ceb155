package nabla.math;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ejml.data.DMatrixRMaj;

/**
 * Products V B that are faster if all elements of V are 0 or 1, as states of units are: five rows of B at a time have only 32 sums, which
 * are added up once and then looked up for every row of V (the method of the Four Russians: Arlazarov, Dinic, Kronrod and Faradzhev 1970).
 *
 * <p>With v = (1 + s) / 2 and s = -1 or 1, V B = (1 B + S B) / 2, where 1 is a matrix of ones: the sums come in pairs of opposite sign, and
 * half of them need not be kept.
 *
 * <p>Other products, and small ones, are those of {@link Blas}.
 */
public final class BinaryProduct {
    private static final int UNITS = 5; // that are looked up together
    private static final int SUMS = 1 << (UNITS - 1); // of these units, but for the sign
    private static final int GROUPS = 16; // of five units in a panel, a multiple of 4
    private static final int WIDTH = 256; // columns of a panel
    private static final int WORTH_IT = 48; // rows of V

    private static final ThreadLocal<Panel> PANEL = ThreadLocal.withInitial(Panel::new);
    private static final ThreadLocal<byte[]> PATTERNS = ThreadLocal.withInitial(() -> new byte[0]);

    private BinaryProduct() {}

    /**
     * C = V B.
     *
     * @param V m x k, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void mult(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        if (!multiply(Part.of(V), Part.of(B), Part.of(C))) {
            Blas.mult(V, B, C);
        }
    }

    /**
     * C = V' B.
     *
     * @param V k x m, not modified
     * @param B k x n, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void multTransA(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        if (!multiply(Part.transposeOf(V), Part.of(B), Part.of(C))) {
            Blas.multTransA(V, B, C);
        }
    }

    /**
     * C = V B'.
     *
     * @param V m x k, not modified
     * @param B n x k, not modified
     * @param C m x n, overwritten; neither V nor B
     */
    public static void multTransB(DMatrixRMaj V, DMatrixRMaj B, DMatrixRMaj C) {
        if (!multiply(Part.of(V), Part.transposeOf(B), Part.of(C))) {
            Blas.multTransB(V, B, C);
        }
    }

    /** Computes C, or answers false where V is small, not binary or has no units. */
    private static boolean multiply(Part V, Part B, Part C) {
        Blas.requireFitting(V, B, C);
        int groups = (V.columns + 4 * UNITS - 1) / (4 * UNITS) * 4; // the last ones may be empty
        byte[] patterns = V.rows < WORTH_IT || V.columns == 0 ? null : patterns(V, groups);
        if (patterns == null) {
            return false;
        }
        int n = C.columns;
        int blocks = n < 128 ? 1 : 2 * ((n + 2 * WIDTH - 1) / (2 * WIDTH));
        Parallel.forEach(n, (n + blocks - 1) / blocks, (from, to) -> {
            Panel panel = PANEL.get();
            for (int column = from; column < to; column += WIDTH) {
                int end = Math.min(to, column + WIDTH);
                panel.multiply(patterns, groups, B.columns(column, end), C.columns(column, end));
            }
        });
        return true;
    }

    /**
     * For each group of units and each row of V, which sum it needs: the number of a sum to add, or the complement of
     * the number of one to subtract. The patterns of a group stand beside each other. Null where V is not binary.
     */
    private static byte[] patterns(Part V, int groups) {
        int m = V.rows;
        if (PATTERNS.get().length < groups * m) {
            PATTERNS.set(new byte[groups * m]);
        }
        byte[] patterns = PATTERNS.get();
        AtomicBoolean binary = new AtomicBoolean(true);
        Parallel.forEach(groups, 16, (from, to) -> {
            for (int group = from; group < to; group++) {
                int units = Math.min(UNITS, V.columns - group * UNITS);
                int first = V.start + group * UNITS * V.nextColumn();
                for (int i = 0; i < m; i++) {
                    int start = first + i * V.nextRow();
                    int on = units == UNITS
                            ? fiveStates(V.data, start, V.nextColumn())
                            : states(V.data, start, V.nextColumn(), units);
                    if (on < 0) {
                        binary.set(false);
                        return;
                    }
                    patterns[group * m + i] = pattern(on);
                }
            }
        });
        return binary.get() ? patterns : null;
    }

    /** The states of some units as bits; negative if one is neither 0 nor 1. */
    private static int states(double[] v, int first, int next, int units) {
        int on = 0;
        for (int unit = 0; unit < units; unit++) {
            double state = v[first + unit * next];
            if (state != 0 && state != 1) {
                return -1;
            }
            on |= (int) state << unit;
        }
        return on;
    }

    /** The same for five units without a branch, in a third of the time: v² - v is zero for 0 and 1 alone. */
    private static int fiveStates(double[] v, int first, int next) {
        double v0 = v[first];
        double v1 = v[first + next];
        double v2 = v[first + 2 * next];
        double v3 = v[first + 3 * next];
        double v4 = v[first + 4 * next];
        double between = Math.abs(v0 * v0 - v0)
                + Math.abs(v1 * v1 - v1)
                + Math.abs(v2 * v2 - v2)
                + Math.abs(v3 * v3 - v3)
                + Math.abs(v4 * v4 - v4);
        return between == 0 ? (int) (v0 + 2 * v1 + 4 * v2 + 8 * v3 + 16 * v4) : -1;
    }

    /**
     * The last of five units gives the sign. If it is on, the sum is wanted in which those that are off are subtracted; if it is off, the
     * negative of the sum in which those that are on are subtracted.
     */
    private static byte pattern(int on) {
        int others = on & (SUMS - 1);
        return (byte) (on >= SUMS ? SUMS - 1 - others : ~others);
    }

    /** The sums of some rows of B, in arrays that are all used at the same index: see {@link JavaProduct}. */
    private static final class Panel {
        private final double[][] sums = new double[GROUPS * SUMS][WIDTH];
        private final double[] unit = new double[WIDTH];
        private final double[] all = new double[WIDTH]; // 1 B
        private final double[] total = new double[WIDTH];

        /** Computes C of at most {@link #WIDTH} columns. */
        void multiply(byte[] patterns, int groups, Part B, Part C) {
            int m = C.rows;
            int width = C.columns;
            Arrays.fill(all, 0, width, 0);
            for (int first = 0; first < groups; first += GROUPS) {
                int here = Math.min(GROUPS, groups - first);
                for (int g = 0; g < here; g++) {
                    addUp(g * SUMS, B, (first + g) * UNITS, width);
                }
                for (int g = 0; g < here; g += 4) {
                    double[] s0 = sums[g * SUMS];
                    add(width, 1, s0, 1, sums[(g + 1) * SUMS], 1, sums[(g + 2) * SUMS], 1, sums[(g + 3) * SUMS], all);
                }
                for (int i = 0; i < m; i++) {
                    int start = C.start + i * C.width;
                    if (first == 0) {
                        Arrays.fill(total, 0, width, 0);
                    } else {
                        System.arraycopy(C.data, start, total, 0, width);
                    }
                    for (int g = 0; g < here; g += 4) {
                        lookUp(patterns, (first + g) * m + i, m, g * SUMS, width);
                    }
                    if (first + here == groups) {
                        addAllAndHalve(width);
                    }
                    System.arraycopy(total, 0, C.data, start, width);
                }
            }
        }

        /**
         * Fills {@code sums} from {@code at} on with the sums of five rows of B: the last one, plus each of the others, or minus it where the
         * number of the sum has that bit.
         */
        private void addUp(int at, Part B, int first, int width) {
            copyRow(B, first + UNITS - 1, sums[at], width);
            for (int bit = 0; bit < UNITS - 1; bit++) {
                copyRow(B, first + bit, unit, width);
                for (int sum = 0; sum < 1 << bit; sum++) {
                    plusAndMinus(width, unit, sums[at + sum], sums[at + sum + (1 << bit)]);
                }
            }
        }

        private static void copyRow(Part B, int row, double[] to, int width) {
            if (row >= B.rows) {
                Arrays.fill(to, 0, width, 0);
            } else if (B.transposed) {
                int start = B.start + row;
                for (int j = 0; j < width; j++) {
                    to[j] = B.data[start + j * B.width];
                }
            } else {
                System.arraycopy(B.data, B.start + row * B.width, to, 0, width);
            }
        }

        private static void plusAndMinus(int width, double[] y, double[] plus, double[] minus) {
            for (int j = 0; j < width; j++) {
                double x = plus[j];
                plus[j] = x + y[j];
                minus[j] = x - y[j];
            }
        }

        /** Adds the sums of four groups to the total, as the patterns of one row of V say. */
        private void lookUp(byte[] patterns, int pattern, int nextGroup, int at, int width) {
            int p0 = patterns[pattern];
            int p1 = patterns[pattern + nextGroup];
            int p2 = patterns[pattern + 2 * nextGroup];
            int p3 = patterns[pattern + 3 * nextGroup];
            add(
                    width,
                    sign(p0),
                    sums[at + number(p0)],
                    sign(p1),
                    sums[at + SUMS + number(p1)],
                    sign(p2),
                    sums[at + 2 * SUMS + number(p2)],
                    sign(p3),
                    sums[at + 3 * SUMS + number(p3)],
                    total);
        }

        private static int number(int pattern) {
            return pattern ^ (pattern >> 31);
        }

        private static double sign(int pattern) {
            return 1 | (pattern >> 31);
        }

        private static void add(
                int width,
                double s0,
                double[] x0,
                double s1,
                double[] x1,
                double s2,
                double[] x2,
                double s3,
                double[] x3,
                double[] total) {
            for (int j = 0; j < width; j++) {
                total[j] = Math.fma(s0, x0[j], Math.fma(s1, x1[j], Math.fma(s2, x2[j], Math.fma(s3, x3[j], total[j]))));
            }
        }

        private void addAllAndHalve(int width) {
            double[] total = this.total;
            double[] all = this.all;
            for (int j = 0; j < width; j++) {
                total[j] = 0.5 * (total[j] + all[j]);
            }
        }
    }
}
