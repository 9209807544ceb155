package nabla.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import nabla.math.LogNumber;
import org.junit.jupiter.api.Test;

/** What each mistake makes of a value, by hand. */
class MutationTest {
    private static void assertMakes(Mutation mutation, Object value, double... expected) {
        Quantity quantity = Quantity.of(value);
        assertArrayEquals(expected, mutation.of(quantity, quantity).values().getDDRM().data, 1e-15);
    }

    @Test
    void theLargestElementIsDroppedWhereverItStands() {
        assertMakes(Mutation.DROPPED, new double[] {1, -3, 2}, 1, 0, 2);
        assertMakes(Mutation.DROPPED, new double[] {1, 2, 3}, 1, 2, 0);
    }

    @Test
    void onlyOneOfTwoLargestIsDropped() {
        assertMakes(Mutation.DROPPED, new double[] {3, -3}, 0, -3);
    }

    @Test
    void aSingleNumberIsNotDropped() {
        assertMakes(Mutation.DROPPED, 5, 5);
    }

    @Test
    void aThousandthOfTheLargestIsAddedToAll() {
        assertMakes(Mutation.SHIFTED, new double[] {1, -4}, 1.004, -3.996);
    }

    @Test
    void zeroAndLogarithmsAreShiftedByAThousandth() {
        assertMakes(Mutation.SHIFTED, new double[] {0, 0}, 0.001, 0.001);
        assertMakes(Mutation.SHIFTED, new LogNumber(7), 7.001);
    }
}
