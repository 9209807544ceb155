package nabla.rbm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.energy.ExactDistribution;
import nabla.math.LogSum;
import nabla.math.Randoms;
import nabla.math.States;
import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against the sum over hidden states of exp(-F), written out. */
class PartitionFunctionTest {
    private static double fast(Rbm rbm) {
        return PartitionFunction.log(rbm.W, rbm.a, rbm.b);
    }

    private static double expected(Rbm rbm) {
        SimpleMatrix minusF =
                rbm.transposed().freeEnergy(States.binary(rbm.n()).matrix()).negative();
        LogSum sum = new LogSum();
        for (int state = 0; state < minusF.getNumElements(); state++) {
            sum.add(minusF.get(state));
        }
        return sum.log();
    }

    @Test
    void allSizesAroundTheSplitOfTheLayer() {
        SplittableRandom rng = new SplittableRandom(1);
        for (int n : new int[] {1, 2, 7, 8, 9, 13}) {
            for (int m : new int[] {1, 3, 4, 5, 31, 32, 33, 100}) {
                Rbm rbm = Rbm.random(m, n, 1, rng);
                double logZ = expected(rbm);
                assertEquals(logZ, fast(rbm), 1e-13 * logZ + 1e-13, m + " by " + n);
            }
        }
    }

    @Test
    void inputsOfAllSizes() {
        SplittableRandom rng = new SplittableRandom(2);
        for (double deviation : new double[] {1e-3, 5, 20}) {
            Rbm rbm = Rbm.random(90, 10, deviation, rng);
            double logZ = expected(rbm);
            assertEquals(logZ, fast(rbm), 1e-13 * logZ, "deviation " + deviation);
        }
    }

    @Test
    void inputsThatWouldOverflowAreLeftToTheSlowWay() {
        Rbm rbm = Rbm.random(30, 9, 150, new SplittableRandom(3));
        assertTrue(Double.isNaN(fast(rbm)));
        double logZ = expected(rbm);
        assertEquals(logZ, rbm.logZ(), 1e-12 * logZ);
        assertEquals(logZ, rbm.transposed().logZ(), 1e-12 * logZ);
    }

    /** Biases of the enumerated layer alone may be of any size. */
    @Test
    void largeBiasesOfTheEnumeratedLayer() {
        SplittableRandom rng = new SplittableRandom(4);
        Rbm rbm = new Rbm(
                Randoms.normal(20, 10, 1, rng), Randoms.normal(20, 1, 1, rng), Randoms.normal(10, 1, 2000, rng));
        double logZ = expected(rbm);
        assertEquals(logZ, fast(rbm), 1e-12 * logZ);
    }

    @Test
    void theSameBitsWithOneThreadAndMore() {
        Rbm rbm = Rbm.random(40, 14, 1, new SplittableRandom(5));
        double more = fast(rbm);
        int threads = Parallel.threads();
        try {
            Parallel.useThreads(1);
            assertEquals(fast(rbm), more);
        } finally {
            Parallel.useThreads(threads);
        }
    }

    /** The readable sum, which the fast one stands in for, and which is left where that would overflow. */
    @Test
    void theSumAsItIsDefined() {
        SplittableRandom rng = new SplittableRandom(6);
        for (int[] size : new int[][] {{5, 3}, {3, 5}, {20, 11}, {12, 40}}) {
            Rbm rbm = Rbm.random(size[0], size[1], 1, rng);
            ExactSums sums = ExactSums.of(new Binary(rbm.a), rbm.W, rbm.b);
            assertEquals(sums.logZ(), sums.enumeratedLogZ(), 1e-12);
            if (size[0] < 6) {
                assertEquals(ExactDistribution.of(rbm.joint()).logZ(), sums.enumeratedLogZ(), 1e-12);
            }
        }
    }
}
