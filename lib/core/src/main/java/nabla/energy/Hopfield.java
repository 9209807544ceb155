package nabla.energy;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nabla.math.Interrupts;
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
 * <p>A unit takes the sign of its activation a_i = sum over j of W_ij x_j + b_i, and stays as it is where that is zero: where it is not larger
 * than the rounding of its d + 1 terms and of their sum can be, (d + 2) 2<sup>-53</sup> (|b_i| + sum over j of |W_ij|). One unit at a time,
 * the energy never rises, since W is symmetric and zero on its diagonal; all at once, it may, and the network may go round in circles.
 */
public final class Hopfield {
    private static final int MOST_SWEEPS = 10_000;
    private static final double UNIT_ROUNDOFF = 0x1p-53;

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

    /**
     * A network that remembers some patterns by the pseudo-inverse rule (Personnaz, Guyon and Dreyfus 1985): W = X<sup>+</sup>X, the
     * projection onto the patterns, without its diagonal, b = 0. Each pattern is at rest, however much they resemble each other, unless a
     * unit's part of the projection is 1, so that nothing is left to hold it: there are then about as many patterns as units.
     *
     * @param X the patterns, one per row, P x d, elements -1 or 1, not modified
     */
    public static Hopfield projecting(SimpleMatrix X) {
        Require.matrix("X", X);
        Require.exampleShape("X", X, Math.max(1, X.getNumCols()));
        Require.states("X", X, -1);
        int d = X.getNumCols();
        SimpleMatrix projection = X.pseudoInverse().mult(X);
        SimpleMatrix W = projection.plus(projection.transpose()).divide(2); // symmetric up to rounding, now exactly
        for (int i = 0; i < d; i++) {
            W.set(i, i, 0);
        }
        return new Hopfield(W, new SimpleMatrix(d, 1));
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
        boolean against = machine.activation(unit, x) * x[unit] < -rounding(unit);
        if (against) {
            x[unit] = -x[unit];
        }
        return against;
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
        double[] rounding = roundings();
        for (int e = 0; e < next.getNumElements(); e++) {
            int unit = e % units();
            double activation = next.get(e) + b.get(unit);
            next.set(e, Math.abs(activation) <= rounding[unit] ? X.get(e) : Math.signum(activation));
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
        double[] rounding = roundings();
        int changes = 0;
        for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
            Interrupts.check("recall interrupted at sweep %d", sweep);
            boolean changed = false;
            for (int unit : Randoms.permutation(units(), rng)) {
                // Each change has rounded the activations once more: where that may matter, update computes this one
                // anew.
                double margin = (2 + changes / (double) units()) * rounding[unit];
                if (activation[unit] * x[unit] < margin && update(unit, x)) {
                    addCouplings(2 * x[unit], unit, activation);
                    changed = true;
                    changes++;
                }
            }
            if (!changed) {
                return sweep;
            }
        }
        throw new ArithmeticException("recall: still changing after " + MOST_SWEEPS + " sweeps");
    }

    /** How large rounding can make an activation that is zero: of d + 1 terms, d additions, and one more for each term (Higham 2002, 4.2). */
    private double rounding(int unit) {
        double relative = (units() + 2) * UNIT_ROUNDOFF;
        double rounding = relative * Math.abs(b.get(unit));
        for (int j = 0; j < units(); j++) {
            rounding += relative * Math.abs(W.get(unit, j));
        }
        return rounding;
    }

    private double[] roundings() {
        return IntStream.range(0, units()).mapToDouble(this::rounding).toArray();
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
