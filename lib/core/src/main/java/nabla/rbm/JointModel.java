package nabla.rbm;

import nabla.energy.BinaryModel;
import nabla.energy.BoltzmannMachine;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Both layers of an RBM with binary units as one: a state is v followed by h. What samplers of single units and sums over all
 * states are given; it follows the RBM when that is changed.
 *
 * @param W weights, m x n
 * @param a visible biases, m x 1
 * @param b hidden biases, n x 1
 */
public record JointModel(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) implements BinaryModel {
    /** Checks the shapes. */
    public JointModel {
        Require.parameter("W", W);
        Require.parameter("a", a);
        Require.parameter("b", b);
        Require.finite("W", W);
        Require.sameRows("a", a, "W", W);
        Require.shape("a", a, W.getNumRows(), 1);
        Require.shape("b", b, W.getNumCols(), 1);
    }

    /** The number of all units, m + n. */
    @Override
    public int units() {
        return m() + n();
    }

    @Override
    public double off() {
        return 0;
    }

    @Override
    public double energy(double[] x) {
        Require.length("x", x, units());
        double energy = 0;
        for (int i = 0; i < m(); i++) {
            energy -= x[i] * energyGap(i, x);
        }
        for (int j = 0; j < n(); j++) {
            energy -= x[m() + j] * b.get(j);
        }
        return energy;
    }

    @Override
    public double energyGap(int unit, double[] x) {
        Require.between("unit", unit, 0, units() - 1);
        Require.length("x", x, units());
        if (unit < m()) {
            double gap = a.get(unit);
            for (int j = 0; j < n(); j++) {
                gap += W.get(unit, j) * x[m() + j];
            }
            return gap;
        }
        int j = unit - m();
        double gap = b.get(j);
        for (int i = 0; i < m(); i++) {
            gap += W.get(i, j) * x[i];
        }
        return gap;
    }

    /** The same distribution as a machine of m + n units: the visible ones, coupled with the hidden ones by W. Shares nothing with this one. */
    public BoltzmannMachine asBoltzmannMachine() {
        SimpleMatrix couplings = new SimpleMatrix(units(), units());
        couplings.insertIntoThis(0, m(), W);
        couplings.insertIntoThis(m(), 0, W.transpose());
        return BoltzmannMachine.zeroOne(couplings, a.concatRows(b)).withHidden(n());
    }

    private int m() {
        return W.getNumRows();
    }

    private int n() {
        return W.getNumCols();
    }
}
