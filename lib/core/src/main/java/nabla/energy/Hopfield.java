package nabla.energy;

import java.util.random.RandomGenerator;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.fast.Blas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A Hopfield network (Hopfield 1982): d units that are -1 or 1 and go downhill on
 *
 * <pre>E(x) = -x'Wx / 2 - b'x</pre>
 *
 * <p>A unit takes the sign of its activation a_i = sum over j of W_ij x_j + b_i, and stays as it is where that is zero. One unit at a time,
 * the energy never rises, since W is symmetric and zero on its diagonal; all at once, it may, and the network may go round in circles.
 */
public final class Hopfield {
    private static final int MOST_SWEEPS = 10_000;

    /** Couplings, d x d, symmetric, zero on the diagonal. */
    public final SimpleMatrix W;

    /** Biases, d x 1. */
    public final SimpleMatrix b;

    private final BoltzmannMachine machine;

    /**
     * A network with the given parameters, which it holds (they are not copied).
     *
     * @param W d x d, symmetric, zero on the diagonal
     * @param b d x 1
     */
    public Hopfield(SimpleMatrix W, SimpleMatrix b) {
        machine = BoltzmannMachine.plusMinusOne(W, b);
        this.W = W;
        this.b = b;
    }

    /**
     * A network that remembers some patterns by Hebb's rule: units that agree are coupled, W = X'X / d without its diagonal, b = 0.
     *
     * @param X the patterns, one per row, P x d, elements -1 or 1, not modified
     */
    public static Hopfield storing(SimpleMatrix X) {
        Require.matrix("X", X);
        Require.exampleShape("X", X, Math.max(1, X.getNumCols()));
        Require.states("X", X, -1);
        int d = X.getNumCols();
        SimpleMatrix W = new SimpleMatrix(d, d);
        Blas.multTransA(X.getDDRM(), X.getDDRM(), W.getDDRM());
        SimpleMatrix couplings = W.divide(d);
        for (int i = 0; i < d; i++) {
            couplings.set(i, i, 0);
        }
        return new Hopfield(couplings, new SimpleMatrix(d, 1));
    }

    /** The number of units, d. */
    public int units() {
        return machine.units();
    }

    /** E(x). */
    public double energy(double[] x) {
        return machine.energy(x);
    }

    /** The same network with units that follow their activations only by chance: at zero temperature it would be this one. */
    public BoltzmannMachine stochastic() {
        return machine;
    }

    /**
     * One unit takes the sign of its activation.
     *
     * @param x d numbers, each -1 or 1, changed in place
     * @return whether the unit changed
     */
    public boolean update(int unit, double[] x) {
        Require.between("unit", unit, 0, units() - 1);
        Require.state("x", x, units(), -1);
        if (machine.activation(unit, x) * x[unit] < 0) {
            x[unit] = -x[unit];
            return true;
        }
        return false;
    }

    /**
     * All units of each row take the signs of their activations at once.
     *
     * @param X N x d, elements -1 or 1, not modified
     * @return N x d
     */
    public SimpleMatrix updateAll(SimpleMatrix X) {
        Require.exampleShape("X", X, units());
        Require.states("X", X, -1);
        SimpleMatrix next = new SimpleMatrix(X.getNumRows(), units());
        Blas.mult(X.getDDRM(), W.getDDRM(), next.getDDRM());
        for (int e = 0; e < next.getNumElements(); e++) {
            double activation = next.get(e) + b.get(e % units());
            next.set(e, activation == 0 ? X.get(e) : Math.signum(activation));
        }
        return next;
    }

    /**
     * Updates unit after unit, in a new random order for each sweep, until none changes.
     *
     * @param x d numbers, each -1 or 1, changed in place: where the network comes to rest
     * @return how many times all units were visited, the last time without a change
     * @throws ArithmeticException if units still change after 10,000 sweeps, which only rounding can cause
     */
    public int recall(double[] x, RandomGenerator rng) {
        Require.state("x", x, units(), -1);
        Require.present("rng", rng);
        double[] activation = activations(x);
        for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
            boolean changed = false;
            for (int unit : Randoms.permutation(units(), rng)) {
                if (activation[unit] * x[unit] < 0) {
                    x[unit] = -x[unit];
                    addCouplings(2 * x[unit], unit, activation);
                    changed = true;
                }
            }
            if (!changed) {
                return sweep;
            }
        }
        throw new ArithmeticException("recall: still changing after " + MOST_SWEEPS + " sweeps");
    }

    private double[] activations(double[] x) {
        DMatrixRMaj activations = new DMatrixRMaj(1, units());
        Blas.mult(new DMatrixRMaj(1, units(), true, x), W.getDDRM(), activations);
        for (int i = 0; i < units(); i++) {
            activations.data[i] += b.get(i);
        }
        return activations.data;
    }

    /** Adds some times the couplings of one unit. */
    private void addCouplings(double times, int unit, double[] activation) {
        double[] w = W.getDDRM().data;
        int row = unit * units();
        for (int j = 0; j < activation.length; j++) {
            activation[j] += times * w[row + j];
        }
    }
}
