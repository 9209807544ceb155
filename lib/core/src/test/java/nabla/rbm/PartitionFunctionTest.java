package nabla.rbm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nabla.Checks;
import nabla.energy.ExactDistribution;
import nabla.math.LogSum;
import nabla.math.Randoms;
import nabla.math.States;
import nabla.math.fast.Parallel;
import nabla.optim.Direction;
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

    /**
     * With weights of 100 and 1,000, where the fast sum gives up, in blocks of a thousand states, whichever layer is enumerated: log Z, and the
     * means that are its gradient, against the sum over the 2^13 states of one layer, written out.
     */
    @Test
    void momentsOfModelsWithLargeWeights() {
        for (double deviation : new double[] {1, 100, 1000}) {
            Rbm rbm = new Rbm(
                    Randoms.normal(40, 13, deviation, new SplittableRandom(7)),
                    Randoms.normal(40, 1, 1, new SplittableRandom(8)),
                    Randoms.normal(13, 1, 1, new SplittableRandom(9)));
            double[] logs = new double[1 << 13];
            for (int state = 0; state < logs.length; state++) {
                for (int j = 0; j < 13; j++) {
                    logs[state] += (state >> j & 1) * rbm.b.get(j);
                }
                for (int i = 0; i < 40; i++) {
                    double x = input(rbm, i, state);
                    logs[state] += Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
                }
            }
            double largest = Arrays.stream(logs).max().getAsDouble();
            double logZ = largest
                    + Math.log(Arrays.stream(logs)
                            .map(log -> Math.exp(log - largest))
                            .sum());
            Direction expected = Direction.zeros(rbm.parameters());
            for (int state = 0; state < logs.length; state++) {
                double p = Math.exp(logs[state] - logZ);
                for (int j = 0; j < 13; j++) {
                    add(expected.of("b"), j, p * (state >> j & 1));
                }
                for (int i = 0; i < 40; i++) {
                    double mean = p / (1 + Math.exp(-input(rbm, i, state)));
                    add(expected.of("a"), i, mean);
                    for (int j = 0; j < 13; j++) {
                        add(expected.of("W"), 13 * i + j, mean * (state >> j & 1));
                    }
                }
            }
            assertEquals(deviation > 1, Double.isNaN(fast(rbm)));
            assertEquals(logZ, rbm.logZ(), 1e-12 * logZ);
            assertEquals(logZ, rbm.transposed().logZ(), 1e-12 * logZ);
            // a rounding error of log Z is one of all probabilities
            double tolerance = 1e-11 + 1e-15 * logZ;
            Direction actual = rbm.modelStatistics();
            Direction transposed = rbm.transposed().modelStatistics();
            Checks.assertClose("W", expected.of("W"), actual.of("W"), tolerance);
            Checks.assertClose("a", expected.of("a"), actual.of("a"), tolerance);
            Checks.assertClose("b", expected.of("b"), actual.of("b"), tolerance);
            Checks.assertClose("W'", expected.of("W").transpose(), transposed.of("W"), tolerance);
            Checks.assertClose("a'", expected.of("b"), transposed.of("a"), tolerance);
            Checks.assertClose("b'", expected.of("a"), transposed.of("b"), tolerance);
        }
    }

    private static double input(Rbm rbm, int i, int state) {
        double x = rbm.a.get(i);
        for (int j = 0; j < 13; j++) {
            x += (state >> j & 1) * rbm.W.get(i, j);
        }
        return x;
    }

    private static void add(SimpleMatrix x, int element, double term) {
        x.set(element, x.get(element) + term);
    }

    /** Added to what is there, times the weight, in both orders of the layers. */
    @Test
    void slopesOfLogZAreAdded() {
        for (int[] size : new int[][] {{5, 3}, {3, 5}}) {
            Rbm rbm = Rbm.random(size[0], size[1], 1, new SplittableRandom(1));
            Direction into = Direction.zeros(rbm.parameters());
            into.matrices().values().forEach(x -> x.fill(2));
            rbm.addSlopeOfLogZ(-3, into);
            Direction mean = rbm.modelStatistics();
            for (String name : mean.names()) {
                Checks.assertClose(name, mean.of(name).scale(-3).plus(2), into.of(name), 1e-12);
            }
        }
    }

    @Test
    void theSlowSumHearsAnInterrupt() {
        ExactSums sums =
                ExactSums.of(new Binary(new SimpleMatrix(17, 1)), new SimpleMatrix(17, 17), new SimpleMatrix(17, 1));
        assertEquals(34 * Math.log(2), sums.enumeratedLogZ(), 1e-10);
        Thread.currentThread().interrupt();
        CancellationException end = assertThrows(CancellationException.class, sums::enumeratedLogZ);
        assertTrue(Thread.interrupted());
        assertEquals("exact sums interrupted after 0 states", end.getMessage());
    }

    @Test
    void layersThatAreTooLargeAreRefused() {
        Rbm large = new Rbm(new SimpleMatrix(26, 26), new SimpleMatrix(26, 1), new SimpleMatrix(26, 1));
        assertThrows(IllegalStateException.class, large::logZ);
        assertThrows(IllegalStateException.class, large::modelStatistics);
    }

    /** 2^5 and 2^6 states of the other half: several groups of them; within other work, which is not shared again, all in one work space. */
    @Test
    void manyStatesOfTheOtherHalf() {
        for (int n : new int[] {14, 15}) {
            Rbm rbm = Rbm.random(70, n, 1, new SplittableRandom(n));
            double logZ = expected(rbm);
            assertEquals(logZ, fast(rbm), 1e-13 * logZ);
            double[] within = new double[2];
            Parallel.forEach(2, 1, (from, to) -> {
                for (int i = from; i < to; i++) {
                    within[i] = fast(rbm);
                }
            });
            assertEquals(logZ, within[0], 1e-13 * logZ);
            assertEquals(logZ, within[1], 1e-13 * logZ);
        }
    }
}
