package nabla.energy;

import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * A Boltzmann machine whose units are -1 and 1 instead of 0 and 1, or the other way round, with the same distribution: off stays off.
 *
 * <pre>E(x) = E'(x') + constant,    log Z = log Z' - constant</pre>
 *
 * <p>From x = (1 + x')/2 follow W' = W/4, b' = b/2 + W1/4, constant = -1'W1/8 - 1'b/2, and from x = 2x' - 1 follow W' = 4W, b' = 2b - 2W1,
 * constant = -1'W1/2 + 1'b, where 1 is the vector of ones.
 *
 * @param machine that of E', with parameters of its own
 * @param constant nats
 */
public record OtherUnits(BoltzmannMachine machine, double constant) {
    /** The change of a machine to the units that it does not have; as many are hidden as before. */
    public static OtherUnits of(BoltzmannMachine machine) {
        Require.present("machine", machine);
        SimpleMatrix W = machine.W;
        SimpleMatrix b = machine.b;
        SimpleMatrix ones = new SimpleMatrix(machine.units(), 1);
        ones.fill(1);
        SimpleMatrix sums = W.mult(ones);
        double couplings = sums.elementSum(); // each pair counts twice
        double biases = b.elementSum();
        int hidden = machine.units() - machine.visible();
        if (machine.off() == 0) {
            SimpleMatrix bNew = b.scale(0.5).plus(0.25, sums);
            BoltzmannMachine other =
                    BoltzmannMachine.plusMinusOne(W.scale(0.25), bNew).withHidden(hidden);
            return new OtherUnits(other, -couplings / 8 - biases / 2);
        }
        SimpleMatrix bNew = b.scale(2).plus(-2, sums);
        BoltzmannMachine other = BoltzmannMachine.zeroOne(W.scale(4), bNew).withHidden(hidden);
        return new OtherUnits(other, biases - couplings / 2);
    }
}
