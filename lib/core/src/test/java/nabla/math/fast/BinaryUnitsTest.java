package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import nabla.math.Functions;
import nabla.math.Randoms;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class BinaryUnitsTest {
    private static final int ROWS = 90;
    private static final int UNITS = 33;

    private final DMatrixRMaj x =
            Randoms.normal(ROWS, UNITS, 3, new SplittableRandom(1)).getDDRM();
    private final DMatrixRMaj bias =
            Randoms.normal(UNITS, 1, 1, new SplittableRandom(2)).getDDRM();

    private double probability(int row, int unit) {
        return Functions.sigmoid(x.get(row, unit) + bias.get(unit));
    }

    @Test
    void probabilitiesAreSigmoids() {
        DMatrixRMaj p = x.copy();
        BinaryUnits.probabilities(p, bias);
        for (int row = 0; row < ROWS; row++) {
            for (int unit = 0; unit < UNITS; unit++) {
                assertEquals(probability(row, unit), p.get(row, unit), 1e-15);
            }
        }
    }

    /** The mean of 20,000 draws of each unit is within 5 of its standard errors; of 2,970 units none should be outside. */
    @Test
    void statesHaveTheirProbabilities() {
        int draws = 20_000;
        DMatrixRMaj sum = new DMatrixRMaj(ROWS, UNITS);
        SplittableRandom rng = new SplittableRandom(3);
        for (int draw = 0; draw < draws; draw++) {
            DMatrixRMaj states = x.copy();
            BinaryUnits.states(states, bias, rng.nextLong());
            for (int i = 0; i < states.getNumElements(); i++) {
                sum.data[i] += states.data[i];
            }
        }
        for (int row = 0; row < ROWS; row++) {
            for (int unit = 0; unit < UNITS; unit++) {
                double p = probability(row, unit);
                double error = Math.sqrt(p * (1 - p) / draws);
                assertEquals(p, sum.get(row, unit) / draws, 5 * error + 1e-3 / draws);
            }
        }
    }

    @Test
    void statesAreFlippedProbabilities() {
        DMatrixRMaj p = x.copy();
        BinaryUnits.probabilities(p, bias);
        BinaryUnits.flip(p, 7);
        DMatrixRMaj states = x.copy();
        BinaryUnits.states(states, bias, 7);
        assertArrayEquals(p.data, states.data);
    }

    @Test
    void theSameNumbersWithOneThreadAndMore() {
        DMatrixRMaj more = x.copy();
        BinaryUnits.states(more, bias, 5);
        DMatrixRMaj one = x.copy();
        int threads = Parallel.threads();
        try {
            Parallel.useThreads(1);
            BinaryUnits.states(one, bias, 5);
        } finally {
            Parallel.useThreads(threads);
        }
        assertArrayEquals(one.data, more.data);
    }

    @Test
    void logSumsAreSumsOfSoftplus() {
        DMatrixRMaj sums = new DMatrixRMaj(ROWS, 1);
        BinaryUnits.logSums(x, bias, sums);
        for (int row = 0; row < ROWS; row++) {
            double expected = 0;
            for (int unit = 0; unit < UNITS; unit++) {
                expected += Functions.softplus(x.get(row, unit) + bias.get(unit));
            }
            assertEquals(expected, sums.get(row), 1e-12);
        }
    }
}
