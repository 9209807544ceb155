package nabla.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
