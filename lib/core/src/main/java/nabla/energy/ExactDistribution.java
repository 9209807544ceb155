package nabla.energy;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import nabla.math.Interrupts;
import nabla.math.LogSum;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** The distribution of a small model, state by state: what every sampler is held against. */
public final class ExactDistribution {
    private static final int MOST_UNITS = 20;

    private final BinaryModel model;
    private final SimpleMatrix states;
    private final SimpleMatrix p;
    private final double logZ;

    private ExactDistribution(BinaryModel model, SimpleMatrix states, SimpleMatrix p, double logZ) {
        this.model = model;
        this.states = states;
        this.p = p;
        this.logZ = logZ;
    }

    /**
     * Computes the energies of all states.
     *
     * @param model of at most 20 units
     * @throws IllegalArgumentException if it has more
     * @throws ArithmeticException if log Z is not finite, since energies are not
     */
    public static ExactDistribution of(BinaryModel model) {
        Require.present("model", model);
        if (model.units() > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "model: expected at most " + MOST_UNITS + " units, got " + model.units());
        }
        SimpleMatrix states = model.states().matrix();
        SimpleMatrix p = new SimpleMatrix(states.getNumRows(), 1);
        LogSum sum = new LogSum();
        for (int s = 0; s < p.getNumRows(); s++) {
            Interrupts.check("enumeration interrupted after %d states", s);
            p.set(s, -model.energy(state(states, s)));
            sum.add(p.get(s));
        }
        if (!Double.isFinite(sum.log())) {
            throw new ArithmeticException("model: expected finite energies, got log Z = " + sum.log());
        }
        for (int s = 0; s < p.getNumRows(); s++) {
            p.set(s, Math.exp(p.get(s) - sum.log()));
        }
        return new ExactDistribution(model, states, p, sum.log());
    }

    /** log Z, in nats. */
    public double logZ() {
        return logZ;
    }

    /**
     * All states, one per row, in counting order: the last unit changes fastest.
     *
     * @return a new 2^d x d matrix
     */
    public SimpleMatrix states() {
        return states.copy();
    }

    /**
     * The probabilities of the states.
     *
     * @return a new 2^d x 1 matrix
     */
    public SimpleMatrix p() {
        return p.copy();
    }

    /**
     * The row that a state has in {@link #states}.
     *
     * @param x d numbers, each one of the two values of a unit
     * @throws IllegalArgumentException if it is no state
     */
    public int row(double[] x) {
        Require.state("x", x, model.units(), model.off());
        int row = 0;
        for (double xi : x) {
            row = 2 * row + (xi == model.off() ? 0 : 1);
        }
        return row;
    }

    /** The mean of a function of the state. */
    public double mean(ToDoubleFunction<double[]> f) {
        Require.present("f", f);
        double mean = 0;
        for (int s = 0; s < p.getNumRows(); s++) {
            mean += p.get(s) * f.applyAsDouble(state(states, s));
        }
        return mean;
    }

    /** The mean of a vector or matrix that depends on the state. */
    public SimpleMatrix meanOf(Function<double[], SimpleMatrix> f) {
        Require.present("f", f);
        SimpleMatrix mean = null;
        for (int s = 0; s < p.getNumRows(); s++) {
            SimpleMatrix term = f.apply(state(states, s)).scale(p.get(s));
            mean = mean == null ? term : mean.plus(term);
        }
        return mean;
    }

    /**
     * The distribution of the first units alone.
     *
     * @param units how many, from 0 to d
     * @return 2^units x 1, in counting order
     */
    public SimpleMatrix marginal(int units) {
        Require.between("units", units, 0, model.units());
        int rest = 1 << (model.units() - units);
        SimpleMatrix marginal = new SimpleMatrix(1 << units, 1);
        for (int s = 0; s < p.getNumRows(); s++) {
            marginal.set(s / rest, marginal.get(s / rest) + p.get(s));
        }
        return marginal;
    }

    private static double[] state(SimpleMatrix states, int row) {
        int d = states.getNumCols();
        return Arrays.copyOfRange(states.getDDRM().data, row * d, (row + 1) * d);
    }
}
