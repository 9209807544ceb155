package nabla.energy;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.math.Interrupts;
import nabla.math.LogSum;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.math.States;
import nabla.math.fast.Blas;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/**
 * A Boltzmann machine (Hinton and Sejnowski 1983): d units, any two of which may be coupled.
 *
 * <pre>E(x) = -x'Wx / 2 - b'x,    p(x) = exp(-E(x)) / Z</pre>
 *
 * <p>With W symmetric and zero on its diagonal every pair counts once. A unit is on with probability sigmoid(a_i) if units are 0 or 1,
 * and sigmoid(2 a_i) if they are -1 or 1, where a_i = sum over j of W_ij x_j + b_i. The last units may be hidden: then the data
 * are states of the others, which come first. The model is its parameters; it keeps no other state.
 */
public final class BoltzmannMachine implements BinaryModel, Sampled, Enumerable {
    /** Couplings, d x d, symmetric, zero on the diagonal. */
    public final SimpleMatrix W;

    /** Biases, d x 1. */
    public final SimpleMatrix b;

    private final double off;
    private final int hidden;

    private BoltzmannMachine(double off, SimpleMatrix W, SimpleMatrix b, int hidden) {
        this.off = off;
        this.W = W;
        this.b = b;
        this.hidden = hidden;
        Require.parameter("W", W);
        Require.parameter("b", b);
        Require.atLeast("rows of b", b.getNumRows(), 1);
        Require.shape("b", b, b.getNumRows(), 1);
        requireCouplings("W", W);
    }

    private void requireCouplings(String name, SimpleMatrix W) {
        Require.shape(name, W, units(), units());
        for (int i = 0; i < units(); i++) {
            for (int j = 0; j <= i; j++) {
                if (W.get(i, j) != W.get(j, i) || (i == j && W.get(i, i) != 0)) {
                    throw new IllegalArgumentException(
                            "%s: expected a symmetric matrix with a diagonal of zeros, got %s at (%d, %d) and %s at (%d, %d)"
                                    .formatted(name, W.get(i, j), i, j, W.get(j, i), j, i));
                }
            }
        }
    }

    /**
     * A machine of units that are 0 or 1, all of them visible. It holds the parameters (they are not copied).
     *
     * @param W d x d, symmetric, zero on the diagonal
     * @param b d x 1
     */
    public static BoltzmannMachine zeroOne(SimpleMatrix W, SimpleMatrix b) {
        return new BoltzmannMachine(0, W, b, 0);
    }

    /** As {@link #zeroOne}, of units that are -1 or 1. */
    public static BoltzmannMachine plusMinusOne(SimpleMatrix W, SimpleMatrix b) {
        return new BoltzmannMachine(-1, W, b, 0);
    }

    /**
     * The same machine, with the same parameters, of which the last units are hidden.
     *
     * @param count how many, less than all
     */
    public BoltzmannMachine withHidden(int count) {
        Require.between("count", count, 0, units() - 1);
        return new BoltzmannMachine(off, W, b, count);
    }

    @Override
    public int units() {
        return b.getNumRows();
    }

    /** The number of visible units, which come first. */
    @Override
    public int visible() {
        return units() - hidden;
    }

    @Override
    public double off() {
        return off;
    }

    @Override
    public double energy(double[] x) {
        Require.length("x", x, units());
        double energy = 0;
        for (int i = 0; i < units(); i++) {
            double pairs = 0;
            for (int j = 0; j < i; j++) {
                pairs += W.get(i, j) * x[j];
            }
            energy -= (pairs + b.get(i)) * x[i];
        }
        return energy;
    }

    /** a_i: the sum over j of W_ij x_j, plus b_i. */
    public double activation(int unit, double[] x) {
        Require.between("unit", unit, 0, units() - 1);
        Require.length("x", x, units());
        double activation = b.get(unit);
        for (int j = 0; j < units(); j++) {
            activation += W.get(unit, j) * x[j];
        }
        return activation;
    }

    @Override
    public double energyGap(int unit, double[] x) {
        return (1 - off) * activation(unit, x);
    }

    /**
     * The exact mean log-likelihood of visible states.
     *
     * @param V N x visible, each element one of the two values of a unit
     * @return nats per example
     * @throws IllegalArgumentException if the machine has more than 20 units
     */
    public double meanLogLikelihood(SimpleMatrix V) {
        double meanFreeEnergy = freeEnergy(V).elementSum() / V.getNumRows();
        return -meanFreeEnergy - logZ();
    }

    /**
     * The gradient of {@link #meanLogLikelihood}: statistics of the data minus statistics of the model, both exact (Ackley, Hinton and
     * Sejnowski 1985, <i>A Learning Algorithm for Boltzmann Machines</i>).
     *
     * @param V N x visible, each element one of the two values of a unit, not modified
     * @return in W the derivative by W_ij and W_ji together, since they are one parameter
     * @throws IllegalArgumentException if the machine has more than 20 units
     */
    public Direction gradient(SimpleMatrix V) {
        return dataStatistics(V).minus(modelStatistics());
    }

    /**
     * The positive phase: means over the examples, and over the hidden units given each example.
     *
     * @param V N x visible, each element one of the two values of a unit, not modified
     */
    public Direction dataStatistics(SimpleMatrix V) {
        requireVisible("V", V);
        SimpleMatrix weights = new SimpleMatrix(V.getNumRows(), 1);
        weights.fill(1.0 / V.getNumRows());
        Direction mean = Direction.zeros(parameters());
        addSlope(V, weights, mean);
        return mean;
    }

    /**
     * The negative phase: means over the model's own distribution.
     *
     * @throws IllegalArgumentException if the machine has more than 20 units
     */
    public Direction modelStatistics() {
        Direction mean = Direction.zeros(parameters());
        addSlopeOfLogZ(1, mean);
        return mean;
    }

    /** States: each element one of the two values of a unit. */
    @Override
    public void requireVisible(String name, SimpleMatrix V) {
        Require.exampleShape(name, V, visible());
        Require.states(name, V, off);
    }

    /** F(v) by enumeration of the hidden units. */
    @Override
    public SimpleMatrix freeEnergy(SimpleMatrix V) {
        requireVisible("V", V);
        SimpleMatrix F = new SimpleMatrix(V.getNumRows(), 1);
        for (int row = 0; row < V.getNumRows(); row++) {
            Interrupts.check("free energies interrupted at row %d", row);
            F.set(row, -logSum(completions(V, row)));
        }
        return F;
    }

    /** The slope of -F is the mean of the statistics over p(h | v), by enumeration of the hidden units. */
    @Override
    public void addSlope(SimpleMatrix V, SimpleMatrix weights, Direction into) {
        requireVisible("V", V);
        Require.sameRows("weights", weights, "V", V);
        Require.shape("weights", weights, V.getNumRows(), 1);
        Direction.requireFitting("into", into, parameters());
        for (int row = 0; row < V.getNumRows(); row++) {
            Interrupts.check("slope interrupted at row %d", row);
            double[][] states = completions(V, row);
            double logWeight = logSum(states);
            for (double[] x : states) {
                addStatistics(weights.get(row) * Math.exp(-energy(x) - logWeight), x, into);
            }
        }
    }

    @Override
    public GibbsChains chains() {
        return new SiteChains<>(this);
    }

    /**
     * The exact log of the partition function.
     *
     * @throws IllegalArgumentException if the machine has more than 20 units
     */
    @Override
    public double logZ() {
        return ExactDistribution.of(this).logZ();
    }

    @Override
    public void addSlopeOfLogZ(double weight, Direction into) {
        Require.finite("weight", weight);
        Direction.requireFitting("into", into, parameters());
        ExactDistribution exact = ExactDistribution.of(this);
        SimpleMatrix p = exact.p();
        SimpleMatrix states = exact.states();
        for (int s = 0; s < p.getNumRows(); s++) {
            Interrupts.check("slope interrupted at state %d", s);
            addStatistics(weight * p.get(s), states.getRow(s).getDDRM().data, into);
        }
    }

    /**
     * The statistics that the gradient of the likelihood compares, means over some states: in W the products x_i x_j, with zeros on the
     * diagonal, in b the units x_i.
     *
     * @param X N x d, not modified
     */
    public Direction statistics(SimpleMatrix X) {
        Require.exampleShape("X", X, units());
        Require.states("X", X, off);
        Direction mean = Direction.zeros(parameters());
        Blas.multTransA(X.getDDRM(), X.getDDRM(), mean.of("W").getDDRM());
        mean.of("W").setTo(mean.of("W").divide(X.getNumRows()));
        for (int i = 0; i < units(); i++) {
            mean.of("W").set(i, i, 0);
        }
        mean.of("b").setTo(Rows.mean(X));
        return mean;
    }

    /** The parameters by name, in the order {@code W}, {@code b}. The matrices themselves, not copies. */
    @Override
    public Map<String, SimpleMatrix> parameters() {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("W", W);
        named.put("b", b);
        return named;
    }

    /**
     * Takes one step, as all models do.
     *
     * @throws IllegalArgumentException also if the direction of W is not symmetric with a diagonal of zeros
     */
    @Override
    public void move(double rate, Direction direction) {
        Direction.requireFitting("direction", direction, parameters());
        requireCouplings("direction of W", direction.of("W"));
        Sampled.super.move(rate, direction);
    }

    /** Adds those of one state, {@code weight} times. */
    private static void addStatistics(double weight, double[] x, Direction sum) {
        SimpleMatrix W = sum.of("W");
        SimpleMatrix b = sum.of("b");
        for (int i = 0; i < x.length; i++) {
            b.set(i, b.get(i) + weight * x[i]);
            for (int j = 0; j < x.length; j++) {
                if (i != j) {
                    W.set(i, j, W.get(i, j) + weight * x[i] * x[j]);
                }
            }
        }
    }

    /** log of the sum of e<sup>-E</sup> over some states. */
    private double logSum(double[][] states) {
        LogSum sum = new LogSum();
        for (double[] x : states) {
            sum.add(-energy(x));
        }
        return sum.log();
    }

    /** All states of the machine whose visible units are those of a row. */
    private double[][] completions(SimpleMatrix V, int row) {
        SimpleMatrix h = (off == 0 ? States.binary(hidden) : States.plusMinusOne(hidden)).matrix();
        double[][] states = new double[h.getNumRows()][];
        for (int s = 0; s < states.length; s++) {
            states[s] = V.getRow(row).concatColumns(h.getRow(s)).getDDRM().data;
        }
        return states;
    }
}
