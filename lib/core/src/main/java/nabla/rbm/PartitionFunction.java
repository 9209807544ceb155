package nabla.rbm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.LogSum;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import org.ejml.simple.SimpleMatrix;

/**
 * The exact partition function of an RBM: a sum over all states of one layer of the product over the units of the other, of
 * 1 + e<sup>input</sup>.
 *
 * <p>The enumerated layer is split in two halves. The input of a unit is the sum of what each half sends it, and
 * e<sup>input</sup> therefore the product of a factor of each half: no exponential is left in the inner loop, which multiplies
 * 1 + e<sup>one half</sup> e<sup>other half</sup>, for many states of the other half at once.
 */
final class PartitionFunction {
    private static final int LANES = 9; // units of the half whose states are computed side by side
    private static final int TOGETHER = 8; // states of the other half that share the factors in the cache
    private static final int BLOCK = 64; // units of the summed layer that are multiplied before exponents are taken out
    private static final double SAFE = 650; // exponents up to here, and half a dozen factors more, fit into a double
    private static final long ONE = Double.doubleToRawLongBits(1);
    private static final long MANTISSA = (1L << 52) - 1;
    private static final double LOG_2 = Math.log(2);

    private final SimpleMatrix W; // m x n, of which the n hidden units are enumerated
    private final SimpleMatrix a;
    private final SimpleMatrix b;
    private final int m;
    private final int n;
    private final int lanes; // states of the one half, of the first units
    private final double[][] factors; // by unit of the summed layer, then by state of the one half
    private final double[] laneBias; // by state of the one half: what its units' biases contribute

    private PartitionFunction(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        this.W = W;
        this.a = a;
        this.b = b;
        m = W.getNumRows();
        n = W.getNumCols();
        int units = Math.min(LANES, n);
        lanes = 1 << units;
        factors = new double[m][lanes];
        laneBias = new double[lanes];
        for (int state = 0; state < lanes; state++) {
            for (int u = 0; u < units; u++) {
                laneBias[state] += (state >> u & 1) * b.get(u);
            }
        }
        RowBuffer row = new RowBuffer();
        row.resize(lanes);
        for (int i = 0; i < m; i++) {
            for (int state = 0; state < lanes; state++) {
                double input = 0;
                for (int u = 0; u < units; u++) {
                    input += (state >> u & 1) * W.get(i, u);
                }
                row.elements()[state] = input;
            }
            row.exp();
            row.store(factors[i], 0);
        }
    }

    /**
     * log Z by enumeration of the hidden units, of which there may be at most 30.
     *
     * @return NaN where the weights are so large that exponentials of partial sums could overflow
     */
    static double log(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        PartitionFunction sum = new PartitionFunction(W, a, b);
        return sum.largestInput() < SAFE ? sum.log() : Double.NaN;
    }

    private double largestInput() {
        double largest = 0;
        for (int i = 0; i < m; i++) {
            double input = Math.abs(a.get(i));
            for (int u = 0; u < n; u++) {
                input += Math.abs(W.get(i, u));
            }
            largest = Math.max(largest, input);
        }
        return largest;
    }

    private double log() {
        int[] blocks = blocks();
        double[] logs = new double[1 << (n - Integer.numberOfTrailingZeros(lanes))];
        Parallel.forEach(logs.length, TOGETHER, (from, to) -> {
            Group group = new Group();
            for (int state = from; state < to; state += TOGETHER) {
                Interrupts.check("log Z interrupted");
                group.sum(state, Math.min(to, state + TOGETHER), blocks, logs);
            }
        });
        return Functions.logSumExp(logs);
    }

    /** Where blocks of units of the summed layer end, so that the product of no block overflows. */
    private int[] blocks() {
        List<Integer> ends = new ArrayList<>();
        int units = 0;
        double bound = 0;
        for (int i = 0; i < m; i++) {
            double largest = a.get(i);
            for (int u = 0; u < n; u++) {
                largest += Math.max(0, W.get(i, u));
            }
            double logFactor = Functions.softplus(largest);
            if (units == BLOCK || bound + logFactor > SAFE) {
                ends.add(i);
                units = 0;
                bound = 0;
            }
            units++;
            bound += logFactor;
        }
        ends.add(m);
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Some states of the other half, each with all states of the one half. */
    private final class Group {
        private final double[][] product = new double[TOGETHER][lanes]; // its mantissas, in [1, 2)
        private final long[][] power = new long[TOGETHER][lanes]; // and the powers of two
        private final double[][] ownFactor = new double[TOGETHER][m];
        private final double[] ownBias = new double[TOGETHER];
        private final RowBuffer row = new RowBuffer();

        /** Writes the log of the sum over all states of the one half to {@code logs}, for each state of the other half. */
        void sum(int from, int to, int[] blocks, double[] logs) {
            for (int state = from; state < to; state++) {
                begin(state, state - from);
            }
            int start = 0;
            for (int end : blocks) {
                for (int i = start; i < end; i += 4) {
                    for (int g = 0; g < to - from; g++) {
                        multiply(i, Math.min(end, i + 4), g);
                    }
                }
                for (int g = 0; g < to - from; g++) {
                    normalize(product[g], power[g]);
                }
                start = end;
            }
            for (int g = 0; g < to - from; g++) {
                LogSum sum = new LogSum();
                for (int lane = 0; lane < lanes; lane++) {
                    sum.add(LOG_2 * power[g][lane] + Math.log(product[g][lane]) + laneBias[lane]);
                }
                logs[from + g] = ownBias[g] + sum.log();
            }
        }

        private void begin(int state, int g) {
            int first = Integer.numberOfTrailingZeros(lanes);
            row.load(a.getDDRM().data, 0, m);
            ownBias[g] = 0;
            for (int u = first; u < n; u++) {
                if ((state >> (u - first) & 1) == 1) {
                    ownBias[g] += b.get(u);
                    for (int i = 0; i < m; i++) {
                        row.elements()[i] += W.get(i, u);
                    }
                }
            }
            row.exp();
            row.store(ownFactor[g], 0);
            Arrays.fill(product[g], 1);
            Arrays.fill(power[g], 0);
        }

        /** Multiplies by the factors of up to four units, from {@code i} to {@code end - 1}. */
        private void multiply(int i, int end, int g) {
            double[] e = ownFactor[g];
            multiply(
                    lanes,
                    e[i],
                    factors[i],
                    i + 1 < end ? e[i + 1] : 0,
                    factors[Math.min(i + 1, end - 1)],
                    i + 2 < end ? e[i + 2] : 0,
                    factors[Math.min(i + 2, end - 1)],
                    i + 3 < end ? e[i + 3] : 0,
                    factors[Math.min(i + 3, end - 1)],
                    product[g]);
        }

        private static void multiply(
                int lanes,
                double e0,
                double[] f0,
                double e1,
                double[] f1,
                double e2,
                double[] f2,
                double e3,
                double[] f3,
                double[] product) {
            for (int j = 0; j < lanes; j++) {
                product[j] *= (Math.fma(e0, f0[j], 1) * Math.fma(e1, f1[j], 1))
                        * (Math.fma(e2, f2[j], 1) * Math.fma(e3, f3[j], 1));
            }
        }

        /** Moves the exponents of the product into the powers. */
        private static void normalize(double[] product, long[] power) {
            for (int j = 0; j < product.length; j++) {
                power[j] += (Double.doubleToRawLongBits(product[j]) >>> 52) - 1023;
            }
            for (int j = 0; j < product.length; j++) {
                product[j] = Double.longBitsToDouble((Double.doubleToRawLongBits(product[j]) & MANTISSA) | ONE);
            }
        }
    }
}
