package nabla.energy;

import static nabla.Checks.assertRefused;
import static nabla.Checks.assertSame;
import static nabla.math.Functions.sigmoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.estimate.ExactGradient;
import nabla.math.Randoms;
import nabla.optim.Direction;
import nabla.rbm.Rbm;
import nabla.rbm.VisibleChain;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class BoltzmannMachineTest {
    private final SplittableRandom rng = new SplittableRandom(1);

    private SimpleMatrix couplings(int d, double deviation) {
        SimpleMatrix half = Randoms.normal(d, d, deviation, rng);
        SimpleMatrix W = half.plus(half.transpose());
        for (int i = 0; i < d; i++) {
            W.set(i, i, 0);
        }
        return W;
    }

    private SimpleMatrix biases(int d) {
        return Randoms.normal(d, 1, 1, rng);
    }

    /** Onsager's spins on a torus: each of 16 units is coupled with its four neighbours. */
    private static BoltzmannMachine ising(double beta) {
        SimpleMatrix W = new SimpleMatrix(16, 16);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                int unit = 4 * row + column;
                for (int next : new int[] {4 * ((row + 1) % 4) + column, 4 * row + (column + 1) % 4}) {
                    W.set(unit, next, beta);
                    W.set(next, unit, beta);
                }
            }
        }
        return BoltzmannMachine.plusMinusOne(W, new SimpleMatrix(16, 1));
    }

    /** Log Z and energy per site of the 4x4 torus, known to seven digits before there was any code; the next test has another way. */
    @Test
    void isingModelOnATorus() {
        double[][] expected = {
            {0.2, 11.7714704, -0.4561354}, {0.4406868, 15.5219155, -1.5656238}, {0.6, 20.0565329, -1.9080695}
        };
        for (double[] row : expected) {
            BoltzmannMachine machine = ising(row[0]);
            ExactDistribution exact = ExactDistribution.of(machine);
            assertEquals(row[1], exact.logZ(), 5e-7);
            assertEquals(row[2], exact.mean(machine::energy) / row[0] / 16, 5e-7);
        }
    }

    /** The trace of the fourth power of the 16 x 16 matrix that goes from one row of spins to the next is Z. */
    @Test
    void isingModelAgreesWithItsTransferMatrix() {
        double beta = 0.3;
        SimpleMatrix T = new SimpleMatrix(16, 16);
        for (int s = 0; s < 16; s++) {
            for (int t = 0; t < 16; t++) {
                double sum = 0;
                for (int i = 0; i < 4; i++) {
                    int spin = 2 * (s >> i & 1) - 1;
                    sum += spin * (2 * (s >> ((i + 1) % 4) & 1) - 1) + spin * (2 * (t >> i & 1) - 1);
                }
                T.set(s, t, Math.exp(beta * sum));
            }
        }
        double logZ = Math.log(T.mult(T).mult(T).mult(T).trace());
        assertEquals(logZ, ExactDistribution.of(ising(beta)).logZ(), 1e-11);
    }

    @Test
    void conditionalsAreThoseOfTheExactDistribution() {
        for (double off : new double[] {0, -1}) {
            SimpleMatrix W = couplings(5, 1);
            SimpleMatrix b = biases(5);
            BoltzmannMachine machine = off == 0 ? BoltzmannMachine.zeroOne(W, b) : BoltzmannMachine.plusMinusOne(W, b);
            ExactDistribution exact = ExactDistribution.of(machine);
            SimpleMatrix p = exact.p();
            SimpleMatrix states = exact.states();
            for (int s = 0; s < 32; s++) {
                for (int unit = 0; unit < 5; unit++) {
                    double[] x = states.getRow(s).getDDRM().data.clone();
                    x[unit] = 1;
                    double on = p.get(exact.row(x));
                    x[unit] = off;
                    double without = p.get(exact.row(x));
                    assertEquals(on / (on + without), machine.probability(unit, x), 1e-13);
                    double a = machine.activation(unit, x);
                    assertEquals(sigmoid(off == 0 ? a : 2 * a), machine.probability(unit, x), 1e-15);
                }
            }
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        for (double off : new double[] {0, -1}) {
            for (int hidden : new int[] {0, 2}) {
                SimpleMatrix W = couplings(5, 0.5);
                SimpleMatrix b = biases(5);
                BoltzmannMachine machine = (off == 0
                                ? BoltzmannMachine.zeroOne(W, b)
                                : BoltzmannMachine.plusMinusOne(W, b))
                        .withHidden(hidden);
                SimpleMatrix V = new SimpleMatrix(7, 5 - hidden);
                for (int e = 0; e < V.getNumElements(); e++) {
                    V.set(e, rng.nextBoolean() ? 1 : off);
                }
                Direction gradient = machine.gradient(V);
                double h = 1e-5;
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < i; j++) {
                        double up = moved(machine, V, i, j, h);
                        double down = moved(machine, V, i, j, -h);
                        assertEquals((up - down) / (2 * h), gradient.of("W").get(i, j), 1e-8);
                        assertEquals(
                                gradient.of("W").get(i, j), gradient.of("W").get(j, i), 1e-15);
                    }
                    double before = b.get(i);
                    b.set(i, before + h);
                    double up = machine.meanLogLikelihood(V);
                    b.set(i, before - h);
                    double down = machine.meanLogLikelihood(V);
                    b.set(i, before);
                    assertEquals((up - down) / (2 * h), gradient.of("b").get(i), 1e-8);
                }
            }
        }
    }

    private static double moved(BoltzmannMachine machine, SimpleMatrix V, int i, int j, double h) {
        double before = machine.W.get(i, j);
        machine.W.set(i, j, before + h);
        machine.W.set(j, i, before + h);
        double value = machine.meanLogLikelihood(V);
        machine.W.set(i, j, before);
        machine.W.set(j, i, before);
        return value;
    }

    @Test
    void aRestrictedMachineIsAMachine() {
        Rbm rbm = Rbm.random(4, 3, 1, rng);
        BoltzmannMachine machine = rbm.joint().asBoltzmannMachine();
        SimpleMatrix states = machine.states().matrix();
        for (int s = 0; s < 128; s++) {
            double[] x = states.getRow(s).getDDRM().data;
            SimpleMatrix v = states.getRow(s).cols(0, 4);
            SimpleMatrix h = states.getRow(s).cols(4, 7);
            double energy = rbm.energy(v, h).get(0);
            assertEquals(energy, machine.energy(x), 1e-14);
            assertEquals(energy, rbm.joint().energy(x), 1e-14);
            for (int unit = 0; unit < 7; unit++) {
                assertEquals(machine.energyGap(unit, x), rbm.joint().energyGap(unit, x), 1e-14);
            }
        }
        assertEquals(rbm.logZ(), ExactDistribution.of(rbm.joint()).logZ(), 1e-12);
        SimpleMatrix V = rbm.gibbs(new SimpleMatrix(20, 4), 5, rng);
        assertEquals(rbm.meanLogLikelihood(V), machine.meanLogLikelihood(V), 1e-12);
        Direction expected = ExactGradient.of(rbm, V);
        Direction gradient = machine.gradient(V);
        assertEquals(
                0,
                gradient.of("W")
                        .extractMatrix(0, 4, 4, 7)
                        .minus(expected.of("W"))
                        .elementMaxAbs(),
                1e-12);
        assertEquals(0, gradient.of("b").rows(0, 4).minus(expected.of("a")).elementMaxAbs(), 1e-12);
        assertEquals(0, gradient.of("b").rows(4, 7).minus(expected.of("b")).elementMaxAbs(), 1e-12);
    }

    @Test
    void aTemperatureScalesTheEnergy() {
        BoltzmannMachine machine = BoltzmannMachine.plusMinusOne(couplings(4, 1), biases(4));
        double[] x = {1, -1, -1, 1};
        assertEquals(0.3 * machine.energy(x), machine.at(0.3).energy(x), 1e-15);
        assertEquals(0.3 * machine.energyGap(2, x), machine.at(0.3).energyGap(2, x), 1e-15);
        assertEquals(4 * Math.log(2), ExactDistribution.of(machine.at(0)).logZ(), 1e-14);
    }

    @Test
    void marginalsAndMeansOfTheExactDistribution() {
        Rbm rbm = Rbm.random(3, 2, 1, rng);
        ExactDistribution exact = ExactDistribution.of(rbm.joint());
        SimpleMatrix v = new VisibleChain(rbm).equilibrium();
        assertEquals(0, exact.marginal(3).minus(v).elementMaxAbs(), 1e-13);
        Direction model = rbm.modelStatistics();
        assertEquals(model.of("W").get(2, 1), exact.mean(x -> x[2] * x[4]), 1e-13);
        SimpleMatrix units = exact.meanOf(x -> new SimpleMatrix(5, 1, true, x));
        assertEquals(0, units.minus(model.of("a").concatRows(model.of("b"))).elementMaxAbs(), 1e-13);
    }

    @Test
    void badParametersAreRefused() {
        SimpleMatrix W = couplings(3, 1);
        SimpleMatrix b = biases(3);
        W.set(0, 1, 7);
        IllegalArgumentException skew =
                assertThrows(IllegalArgumentException.class, () -> BoltzmannMachine.zeroOne(W, b));
        assertTrue(skew.getMessage().startsWith("W: expected a symmetric matrix"));
        SimpleMatrix diagonal = SimpleMatrix.identity(3);
        assertThrows(IllegalArgumentException.class, () -> BoltzmannMachine.plusMinusOne(diagonal, b));
        SimpleMatrix large = new SimpleMatrix(21, 21);
        BoltzmannMachine machine = BoltzmannMachine.zeroOne(large, new SimpleMatrix(21, 1));
        assertEquals(
                "model: expected at most 20 units, got 21",
                assertThrows(IllegalArgumentException.class, () -> ExactDistribution.of(machine))
                        .getMessage());
    }

    @Test
    void statisticsAreMeansOfProductsAndOfUnits() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 0, 1}, {1, 1, 1}, {0, 0, 1}, {1, 0, 0}});
        Direction mean = BoltzmannMachine.zeroOne(couplings(3, 1), biases(3)).statistics(X);
        double[][] products = {{0, 0.25, 0.5}, {0.25, 0, 0.25}, {0.5, 0.25, 0}};
        assertTrue(mean.of("W").isIdentical(new SimpleMatrix(products), 0));
        assertTrue(mean.of("b").isIdentical(new SimpleMatrix(new double[][] {{0.75}, {0.25}, {0.75}}), 0));
    }

    @Test
    void aStepIsThatOfTheFormula() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{0, 1}, {1, 0}});
        SimpleMatrix b = new SimpleMatrix(new double[][] {{2}, {3}});
        BoltzmannMachine machine = BoltzmannMachine.plusMinusOne(W, b);
        Direction direction = Direction.zeros(machine.parameters());
        direction.of("W").set(0, 1, 8);
        direction.of("W").set(1, 0, 8);
        direction.of("b").set(1, -4);
        machine.move(0.5, direction);
        assertTrue(W.isIdentical(new SimpleMatrix(new double[][] {{0, 5}, {5, 0}}), 0));
        assertTrue(b.isIdentical(new SimpleMatrix(new double[][] {{2}, {1}}), 0));
    }

    @Test
    void aStepThatWouldLeaveNoMachineIsRefused() {
        BoltzmannMachine machine = BoltzmannMachine.plusMinusOne(couplings(3, 1), biases(3));
        Map<String, SimpleMatrix> before = Checks.copyOf(machine.parameters());
        Direction skew = Direction.zeros(machine.parameters());
        skew.of("W").set(0, 1, 1);
        assertRefused(
                "direction of W: expected a symmetric matrix with a diagonal of zeros, got 0.0 at (1, 0) and 1.0 at (0, 1)",
                () -> machine.move(0.1, skew));
        Direction diagonal = Direction.zeros(machine.parameters());
        diagonal.of("W").set(1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> machine.move(0.1, diagonal));
        Direction notFinite = Direction.zeros(machine.parameters());
        notFinite.of("b").set(2, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> machine.move(0.1, notFinite));
        assertThrows(
                IllegalArgumentException.class, () -> machine.move(Double.NaN, Direction.zeros(machine.parameters())));
        assertSame(before, machine.parameters());
    }

    @Test
    void badArgumentsAreNamed() {
        BoltzmannMachine machine =
                BoltzmannMachine.zeroOne(couplings(3, 1), biases(3)).withHidden(1);
        SimpleMatrix narrow = new SimpleMatrix(2, 1);
        assertRefused("count: expected a number from 0 to 2, got 3", () -> machine.withHidden(3));
        assertRefused("count: expected a number from 0 to 2, got -1", () -> machine.withHidden(-1));
        assertRefused("V: expected one example of 2 columns per row, got 2x1", () -> machine.freeEnergy(narrow));
        Direction into = Direction.zeros(machine.parameters());
        SimpleMatrix two = new SimpleMatrix(2, 2);
        assertRefused(
                "V: expected one example of 2 columns per row, got 2x1",
                () -> machine.addSlope(narrow, new SimpleMatrix(2, 1), into));
        assertRefused(
                "weights: expected 2 rows as V has, got 3x1",
                () -> machine.addSlope(two, new SimpleMatrix(3, 1), into));
        assertRefused("X: expected one example of 3 columns per row, got 2x2", () -> machine.statistics(two));
        SimpleMatrix first = new SimpleMatrix(3, 3);
        first.set(0, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> BoltzmannMachine.zeroOne(first, biases(3)));
        ExactDistribution exact = ExactDistribution.of(machine);
        assertRefused("units: expected a number from 0 to 3, got 4", () -> exact.marginal(4));
        assertRefused("units: expected a number from 0 to 3, got -1", () -> exact.marginal(-1));
        assertThrows(IllegalArgumentException.class, () -> machine.at(-1));
        assertThrows(IllegalArgumentException.class, () -> machine.at(Double.NaN));
    }

    /** At another temperature, too, a unit that is off is -1: Z of two units at beta = 0.5 as a sum of four exponentials. */
    @Test
    void aTemperatureKeepsTheValuesOfUnits() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{0, 0.8}, {0.8, 0}});
        BoltzmannMachine machine = BoltzmannMachine.plusMinusOne(W, new SimpleMatrix(2, 1, true, 0.6, -0.4));
        double Z = Math.exp(0.5 * (0.8 + 0.2))
                + Math.exp(0.5 * (0.8 - 0.2))
                + Math.exp(0.5 * (-0.8 + 1))
                + Math.exp(0.5 * (-0.8 - 1));
        assertEquals(Math.log(Z), ExactDistribution.of(machine.at(0.5)).logZ(), 1e-14);
        assertEquals(-1, machine.at(0.5).off());
    }

    /** nextDouble answers 0 at the least, and a unit whose probability is 0 is off all the same. */
    @Test
    void whatIsImpossibleIsNotDrawn() {
        BoltzmannMachine never = BoltzmannMachine.zeroOne(new SimpleMatrix(1, 1), new SimpleMatrix(1, 1).plus(-1000));
        assertEquals(0, never.probability(0, new double[1]));
        assertEquals(0, never.draw(0, new double[1], () -> 0L));
    }
}
