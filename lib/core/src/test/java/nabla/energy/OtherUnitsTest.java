package nabla.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The change of units state by state, and mean field against sums over all states. */
class OtherUnitsTest {
    private final SplittableRandom rng = new SplittableRandom(1);

    private BoltzmannMachine machine(double off, double deviation) {
        SimpleMatrix half = Randoms.normal(5, 5, deviation, rng);
        SimpleMatrix W = half.plus(half.transpose());
        for (int i = 0; i < 5; i++) {
            W.set(i, i, 0);
        }
        SimpleMatrix b = Randoms.normal(5, 1, 1, rng);
        return off == 0 ? BoltzmannMachine.zeroOne(W, b) : BoltzmannMachine.plusMinusOne(W, b);
    }

    /** Two units with W = 4, b = (2, -2), E = -4 x1 x2 - 2 x1 + 2 x2: by hand W' = 1, b' = (2, 0), constant = -1. */
    @Test
    void twoUnitsByHand() {
        BoltzmannMachine two = BoltzmannMachine.zeroOne(
                new SimpleMatrix(new double[][] {{0, 4}, {4, 0}}), new SimpleMatrix(new double[][] {{2}, {-2}}));
        OtherUnits other = OtherUnits.of(two);
        assertEquals(1, other.machine().W.get(0, 1));
        assertEquals(2, other.machine().b.get(0));
        assertEquals(0, other.machine().b.get(1));
        assertEquals(-1, other.constant());
    }

    @Test
    void everyStateKeepsItsEnergyUpToTheConstant() {
        for (double off : new double[] {0, -1}) {
            BoltzmannMachine machine = machine(off, 1).withHidden(2);
            OtherUnits other = OtherUnits.of(machine);
            assertEquals(3, other.machine().visible());
            assertEquals(-1 - off, other.machine().off());
            SimpleMatrix here = machine.states().matrix();
            SimpleMatrix there = other.machine().states().matrix();
            for (int s = 0; s < 32; s++) {
                double[] x = here.getRow(s).getDDRM().data;
                double[] y = there.getRow(s).getDDRM().data;
                assertEquals(machine.energy(x), other.machine().energy(y) + other.constant(), 1e-13);
            }
            assertEquals(machine.logZ(), other.machine().logZ() - other.constant(), 1e-13);
            OtherUnits back = OtherUnits.of(other.machine());
            assertEquals(0, back.machine().W.minus(machine.W).elementMaxAbs(), 1e-14);
            assertEquals(0, back.machine().b.minus(machine.b).elementMaxAbs(), 1e-14);
            assertEquals(0, back.constant() + other.constant(), 1e-13);
        }
    }

    /** log Z - bound is KL(q || p), summed here over all states; a change of any one probability makes it larger. */
    @Test
    void meanFieldIsALowerBound() {
        for (double off : new double[] {0, -1}) {
            BoltzmannMachine machine = machine(off, 0.4);
            ExactDistribution exact = ExactDistribution.of(machine);
            SimpleMatrix half = new SimpleMatrix(5, 1);
            half.fill(0.5);
            MeanField field = MeanField.of(machine, half);
            double best = divergence(exact, field.on());
            assertEquals(exact.logZ() - field.bound(), best, 1e-12);
            assertTrue(best > 1e-3, "nothing was approximated");
            for (int i = 0; i < 5; i++) {
                assertEquals(off + (1 - off) * field.on().get(i), field.means().get(i), 1e-15);
                for (double change : new double[] {-1e-3, 1e-3}) {
                    SimpleMatrix q = field.on().copy();
                    q.set(i, q.get(i) + change);
                    assertTrue(divergence(exact, q) > best);
                }
            }
        }
    }

    private static double divergence(ExactDistribution exact, SimpleMatrix on) {
        double sum = 0;
        for (int s = 0; s < 32; s++) {
            double q = 1;
            for (int i = 0; i < 5; i++) {
                q *= (s >> (4 - i) & 1) == 1 ? on.get(i) : 1 - on.get(i);
            }
            sum += q * Math.log(q / exact.p().get(s));
        }
        return sum;
    }

    @Test
    void meanFieldOfUncoupledUnitsIsExact() {
        BoltzmannMachine machine =
                BoltzmannMachine.zeroOne(new SimpleMatrix(2, 2), new SimpleMatrix(new double[][] {{1}, {-10}}));
        MeanField field = MeanField.of(machine, new SimpleMatrix(2, 1));
        assertEquals(0.7310585786300049, field.on().get(0), 1e-15);
        assertEquals(4.539786870243439e-5, field.on().get(1), 1e-19);
        assertEquals(1.3132616875182228 + Math.log1p(Math.exp(-10)), field.bound(), 1e-14);
    }

    /** Ferromagnets of Curie and Weiss: m = tanh(2 m) for three units coupled by 1, which Newton's method puts at 0.9575040241. */
    @Test
    void meanFieldChoosesASide() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}});
        BoltzmannMachine machine = BoltzmannMachine.plusMinusOne(W, new SimpleMatrix(3, 1));
        SimpleMatrix up = new SimpleMatrix(new double[][] {{0.9}, {0.9}, {0.9}});
        SimpleMatrix down = new SimpleMatrix(new double[][] {{0.1}, {0.1}, {0.1}});
        assertEquals(0.9575040241, MeanField.of(machine, up).means().get(0), 1e-10);
        assertEquals(-0.9575040241, MeanField.of(machine, down).means().get(2), 1e-10);
    }
}
