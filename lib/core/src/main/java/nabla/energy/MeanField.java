package nabla.energy;

import nabla.math.Functions;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Naive mean field for a Boltzmann machine (Peterson and Anderson 1987): among the distributions q of independent units one that is closest
 * to the machine in KL(q || p), where each unit follows the means of the others:
 *
 * <pre>q(x_i is on) = sigmoid((1 - off) (sum over j of W_ij m_j + b_i)),    log Z &gt;= bound = H(q) - the mean under q of E(x)</pre>
 *
 * <p>There may be several such fixed points; which one is found depends on the start.
 *
 * @param on q(x_i is on), d x 1
 * @param means m, the means of the units, d x 1
 * @param bound minus the variational free energy, nats; less than log Z by KL(q || p)
 * @param sweeps how many times all units were visited
 */
public record MeanField(SimpleMatrix on, SimpleMatrix means, double bound, int sweeps) {
    private static final int MOST_SWEEPS = 100_000;
    private static final double TOLERANCE = 1e-14;

    /**
     * Updates unit after unit, which never lowers the bound, until none of the probabilities changes by more than 1e-14.
     *
     * @param start q(x_i is on) at the start, d x 1, elements in [0, 1], not modified
     * @throws ArithmeticException if that takes more than 100,000 sweeps
     */
    public static MeanField of(BoltzmannMachine machine, SimpleMatrix start) {
        Require.present("machine", machine);
        int d = machine.units();
        Require.shape("start", start, d, 1);
        Require.probabilities("start", start);
        double off = machine.off();
        SimpleMatrix on = start.copy();
        SimpleMatrix means = Functions.map(on, q -> off + (1 - off) * q);
        for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
            double change = 0;
            for (int i = 0; i < d; i++) {
                double activation = machine.W.rows(i, i + 1).mult(means).get(0) + machine.b.get(i);
                double q = Functions.sigmoid((1 - off) * activation);
                change = Math.max(change, Math.abs(q - on.get(i)));
                on.set(i, q);
                means.set(i, off + (1 - off) * q);
            }
            if (change <= TOLERANCE) {
                return new MeanField(on, means, bound(machine, on, means), sweep);
            }
        }
        throw new ArithmeticException("mean field: still changing after " + MOST_SWEEPS + " sweeps");
    }

    private static double bound(BoltzmannMachine machine, SimpleMatrix on, SimpleMatrix means) {
        double minusEnergy = means.dot(machine.W.mult(means)) / 2 + machine.b.dot(means);
        double entropy = 0;
        for (int i = 0; i < on.getNumRows(); i++) {
            entropy -= timesLog(on.get(i)) + timesLog(1 - on.get(i));
        }
        return entropy + minusEnergy;
    }

    private static double timesLog(double q) {
        return q == 0 ? 0 : q * Math.log(q);
    }
}
