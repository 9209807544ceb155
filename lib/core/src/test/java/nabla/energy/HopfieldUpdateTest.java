package nabla.energy;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.math.Functions;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** One unit at a time, all at once, and until nothing changes: on nets far above their capacity, and with biases. */
class HopfieldUpdateTest {
    private final SplittableRandom rng = new SplittableRandom(1);

    private SimpleMatrix signs(int rows, int units) {
        return Functions.map(new SimpleMatrix(rows, units), zero -> rng.nextBoolean() ? 1 : -1);
    }

    @Test
    void allAtOnceIsEachUnitAlone() {
        Hopfield hopfield = new Hopfield(Hopfield.storing(signs(4, 9)).W, Randoms.normal(9, 1, 1, rng));
        SimpleMatrix X = signs(50, 9);
        SimpleMatrix next = hopfield.updateAll(X);
        for (int row = 0; row < 50; row++) {
            double[] expected = new double[9];
            for (int unit = 0; unit < 9; unit++) {
                double[] x = X.getRow(row).getDDRM().data.clone();
                hopfield.update(unit, x);
                expected[unit] = x[unit];
            }
            assertArrayEquals(expected, next.getRow(row).getDDRM().data);
        }
    }

    @Test
    void afterARecallNothingChanges() {
        Hopfield hopfield = new Hopfield(Hopfield.storing(signs(30, 40)).W, Randoms.normal(40, 1, 0.3, rng));
        for (int start = 0; start < 100; start++) {
            double[] x = signs(1, 40).getDDRM().data;
            hopfield.recall(x, rng);
            for (int unit = 0; unit < 40; unit++) {
                assertFalse(hopfield.update(unit, x));
            }
        }
    }

    @Test
    void aZeroIsNoSign() {
        Hopfield hopfield = Hopfield.storing(signs(2, 3));
        assertThrows(IllegalArgumentException.class, () -> hopfield.recall(new double[] {1, 0, 1}, rng));
        assertThrows(IllegalArgumentException.class, () -> hopfield.updateAll(new SimpleMatrix(1, 3)));
    }

    /** Three units by hand: a = W x + b is (1 - 2 + 0.5, 1 + 3 + 0, 2 - 3 - 1) at x = (1, 1, -1), where W_13 = 2. */
    @Test
    void oneUnitTakesTheSignOfItsActivation() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{0, 1, 2}, {1, 0, -3}, {2, -3, 0}});
        Hopfield hopfield = new Hopfield(W, new SimpleMatrix(3, 1, true, 0.5, 0, -1));
        double[] x = {1, 1, -1};
        assertFalse(hopfield.update(1, x));
        assertFalse(hopfield.update(2, x));
        assertTrue(hopfield.update(0, x));
        assertArrayEquals(new double[] {-1, 1, -1}, x);
        assertArrayEquals(
                new double[] {-1, 1, -1},
                hopfield.updateAll(new SimpleMatrix(1, 3, true, 1.0, 1, -1)).getDDRM().data);
        assertRefused("unit: expected a number from 0 to 2, got 3", () -> hopfield.update(3, x));
        assertRefused("unit: expected a number from 0 to 2, got -1", () -> hopfield.update(-1, x));
    }

    @Test
    void oneUnitWithoutActivationStaysToo() {
        Hopfield nothing = new Hopfield(new SimpleMatrix(2, 2), new SimpleMatrix(2, 1));
        double[] x = {1, -1};
        assertFalse(nothing.update(0, x));
        assertFalse(nothing.update(1, x));
        assertArrayEquals(new double[] {1, -1}, x);
    }

    /** At a low temperature a unit of the stochastic network nearly always does what this one does: sigmoid(2 * 4 * 10) is 1 - 2e-35. */
    @Test
    void theStochasticNetworkHasTheSameEnergy() {
        Hopfield hopfield = new Hopfield(
                new SimpleMatrix(new double[][] {{0, 3}, {3, 0}}), new SimpleMatrix(new double[][] {{1}, {-2}}));
        assertEquals(-3 - 1 + 2, hopfield.energy(new double[] {1, 1}));
        assertEquals(-3 - 1 + 2, hopfield.stochastic().energy(new double[] {1, 1}));
        assertEquals(1, hopfield.stochastic().at(10).probability(0, new double[] {-1, 1}), 1e-15);
    }

    @Test
    void statesOfAnotherSizeAreRefused() {
        Hopfield hopfield = Hopfield.storing(signs(2, 3));
        assertRefused(
                "X: expected one example of 3 columns per row, got 1x2",
                () -> hopfield.updateAll(new SimpleMatrix(1, 2).plus(1)));
        assertRefused(
                "X: expected one example of 3 columns per row, got 0x3",
                () -> Hopfield.storing(new SimpleMatrix(0, 3)));
    }
}
