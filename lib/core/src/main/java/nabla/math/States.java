package nabla.math;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.simple.SimpleMatrix;

/**
 * All states of a few discrete units, one after the other: exact sums, the oracle that every sampled number is held
 * against.
 *
 * <p>The order is a reflected Gray code: from one state to the next exactly one unit changes, by one level, so that an
 * energy can be kept up to date instead of being computed anew (Knuth, <i>The Art of Computer Programming</i>, 7.2.1.1,
 * algorithm H). At most 2<sup>25</sup> states are enumerated.
 */
public final class States {
    /** The largest number of states that is enumerated. */
    public static final long MOST = 1L << 25;

    private final int units;
    private final double[] levels;
    private final boolean asColumns;

    private States(int units, double... levels) {
        this(units, levels, false);
    }

    private States(int units, double[] levels, boolean asColumns) {
        Require.atLeast("n", units, 0);
        this.units = units;
        this.levels = levels;
        this.asColumns = asColumns;
        if (Math.pow(levels.length, units) > MOST) {
            throw new IllegalArgumentException("n: " + units + " units with " + levels.length
                    + " levels (K) have too many states, at most 2^25 can be enumerated");
        }
    }

    /** The 2<sup>n</sup> states of {@code n} units that are 0 or 1. */
    public static States binary(int n) {
        return new States(n, 0, 1);
    }

    /** The 2<sup>n</sup> states of {@code n} units that are -1 or +1. */
    public static States plusMinusOne(int n) {
        return new States(n, -1, 1);
    }

    /** The K<sup>n</sup> states of {@code n} units that take the values 0, 1, ..., K - 1. */
    public static States categorical(int n, int K) {
        Require.between("K", K, 1, MOST);
        double[] levels = new double[K];
        for (int k = 0; k < K; k++) {
            levels[k] = k;
        }
        return new States(n, levels);
    }

    /** The same states, handed to functions as column vectors d x 1, for formulas such as x'Wx; {@link #matrix} keeps its rows. */
    public States columns() {
        return new States(units, levels, true);
    }

    /** How many states there are. */
    public long count() {
        return Math.round(Math.pow(levels.length, units));
    }

    /** What is done at each state. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called once for each state.
         *
         * @param state the units; the same array at every call, to be read only
         * @param changed the one unit in which this state differs from the one before, or -1 at the first state
         */
        void visit(double[] state, int changed);
    }

    /**
     * Visits every state once, in Gray-code order, from the state in which every unit has its lowest value.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public void forEach(Visitor visitor) {
        Require.present("visitor", visitor);
        int[] level = new int[units];
        int[] direction = new int[units];
        int[] focus = new int[units + 1];
        double[] state = new double[units];
        for (int i = 0; i < units; i++) {
            direction[i] = 1;
            focus[i] = i;
            state[i] = levels[0];
        }
        focus[units] = units;
        visitor.visit(state, -1);
        if (levels.length == 1) {
            return;
        }
        for (int visited = 1; ; visited++) {
            int unit = focus[0];
            focus[0] = 0;
            if (unit == units) {
                return;
            }
            level[unit] += direction[unit];
            if (level[unit] == 0 || level[unit] == levels.length - 1) {
                direction[unit] = -direction[unit];
                focus[unit] = focus[unit + 1];
                focus[unit + 1] = unit + 1;
            }
            state[unit] = levels[level[unit]];
            visitor.visit(state, unit);
            if ((visited & 0xf) == 0) { // a visit may take long
                Interrupts.check("enumeration interrupted after %d states", visited);
            }
        }
    }

    /** The sum of {@code f} over all states, each given as a new row vector. */
    public double sum(ToDoubleFunction<SimpleMatrix> f) {
        Require.present("f", f);
        double[] sum = {0};
        forEach((state, changed) -> sum[0] += f.applyAsDouble(vector(state)));
        return sum[0];
    }

    /** The sum of a vector or matrix over all states, each given as a new row vector. */
    public SimpleMatrix sumOf(Function<SimpleMatrix, SimpleMatrix> f) {
        Require.present("f", f);
        SimpleMatrix[] sum = {null};
        forEach((state, changed) -> {
            SimpleMatrix term = f.apply(vector(state));
            sum[0] = sum[0] == null ? term.copy() : sum[0].plus(term);
        });
        return sum[0];
    }

    /** log of the sum over all states of e to the {@code logWeight}, without overflow; each state a new row vector. */
    public double logSum(ToDoubleFunction<SimpleMatrix> logWeight) {
        Require.present("logWeight", logWeight);
        LogSum sum = new LogSum();
        forEach((state, changed) -> sum.add(logWeight.applyAsDouble(vector(state))));
        return sum.log();
    }

    /** The values of {@code f} at all states, each given as a row vector: a column, in the order of the rows of {@link #matrix}. */
    public SimpleMatrix table(ToDoubleFunction<SimpleMatrix> f) {
        Require.present("f", f);
        SimpleMatrix all = matrix();
        SimpleMatrix values = new SimpleMatrix(all.getNumRows(), 1);
        for (int i = 0; i < all.getNumRows(); i++) {
            Interrupts.check("enumeration interrupted after %d states", i);
            values.set(i, f.applyAsDouble(asColumns ? all.getRow(i).transpose() : all.getRow(i)));
        }
        return values;
    }

    /**
     * All states, one per row, in counting order: the last unit changes fastest.
     *
     * @throws IllegalArgumentException if there are more than 2<sup>20</sup> states
     */
    public SimpleMatrix matrix() {
        if (count() > 1 << 20) {
            throw new IllegalArgumentException("matrix of " + count() + " states: expected at most 2^20");
        }
        return matrix(0, count());
    }

    /**
     * Some of the rows of {@link #matrix()}, of which there may be any number in all.
     *
     * @param from the first
     * @param to the one after the last
     */
    public SimpleMatrix matrix(long from, long to) {
        Require.between("to", to, 0, count());
        Require.between("from", from, 0, to);
        SimpleMatrix some = new SimpleMatrix(Math.toIntExact(to - from), units);
        for (int row = 0; row < some.getNumRows(); row++) {
            long rest = from + row;
            for (int i = units - 1; i >= 0; i--) {
                some.set(row, i, levels[(int) (rest % levels.length)]);
                rest /= levels.length;
            }
        }
        return some;
    }

    private SimpleMatrix vector(double[] state) {
        int d = state.length;
        return asColumns ? new SimpleMatrix(d, 1, true, state) : new SimpleMatrix(1, d, true, state);
    }
}
