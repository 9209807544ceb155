package nabla.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nabla.examples.Fixtures;
import nabla.math.Functions;
import nabla.math.fast.Parallel;
import nabla.partition.AnnealedImportanceSampling.Estimate;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class AnnealedImportanceSamplingTest {
    private static final SimpleMatrix BASE = new SimpleMatrix(7, 1, true, 0.5, -1, 0, 0.3, 2, -0.2, 0.1);

    private static Estimate run(Rbm rbm, int chains, int temperatures, int seed) {
        return new AnnealedImportanceSampling(chains, AnnealedImportanceSampling.evenly(temperatures))
                .estimate(rbm, BASE, new SplittableRandom(seed));
    }

    /** With 2,000 chains the estimate is normal enough for its own standard error; 4 of them for each of five seeds. */
    @Test
    void agreesWithTheExactLogZ() {
        Rbm rbm = Fixtures.rbm(7, 5);
        for (int seed = 1; seed <= 5; seed++) {
            Estimate estimate = run(rbm, 2000, 60, seed);
            assertTrue(estimate.relativeError() < 0.05, "relative error " + estimate.relativeError());
            assertEquals(1, Math.exp(estimate.logZ() - rbm.logZ()), 4 * estimate.relativeError());
        }
    }

    /** One step from base to model is plain importance sampling: the weight of each chain is p*(v) / p0(v), as recomputed here. */
    @Test
    void oneStepIsImportanceSampling() {
        Rbm rbm = Fixtures.rbm(7, 5);
        Estimate estimate = run(rbm, 4000, 2, 3);
        assertEquals(1, Math.exp(estimate.logZ() - rbm.logZ()), 4 * estimate.relativeError());
        assertTrue(estimate.relativeError() > 0.01 && estimate.relativeError() < 0.2);
    }

    @Test
    void theBaseModelItselfIsExact() {
        Rbm base = new Rbm(new SimpleMatrix(7, 5), BASE, new SimpleMatrix(5, 1));
        Estimate estimate = run(base, 3, 10, 1);
        double logZ = Functions.softplus(BASE).elementSum() + 5 * Math.log(2);
        assertEquals(logZ, estimate.logZ(), 1e-12);
        assertEquals(0, estimate.relativeError(), 1e-12);
        assertArrayEquals(new double[] {logZ, logZ, logZ}, estimate.logWeights().getDDRM().data, 1e-12);
    }

    /** Hidden biases alone: every chain's weight is the same, whatever it visits. */
    @Test
    void withoutWeightsTheHiddenTermIsExact() {
        Rbm rbm = new Rbm(new SimpleMatrix(7, 2), BASE, new SimpleMatrix(2, 1, true, 3.0, -400.0));
        Estimate estimate = run(rbm, 5, 20, 1);
        double logZ = Functions.softplus(BASE).elementSum() + Functions.softplus(3) + Functions.softplus(-400);
        assertEquals(logZ, estimate.logZ(), 1e-10);
    }

    @Test
    void theSameBitsWithOneThreadAndMore() {
        Rbm rbm = Fixtures.rbm(7, 5);
        Estimate more = run(rbm, 64, 30, 9);
        int threads = Parallel.threads();
        try {
            Parallel.useThreads(1);
            assertEquals(run(rbm, 64, 30, 9).logZ(), more.logZ());
        } finally {
            Parallel.useThreads(threads);
        }
    }

    @Test
    void interruptionEndsIt() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> run(Fixtures.rbm(7, 5), 2, 3, 1));
        assertTrue(Thread.interrupted());
    }

    @Test
    void badArgumentsAreNamed() {
        assertRefused("chains: expected at least 2, got 1", 1, 0, 1);
        assertRefused("betas: expected at least 2, got 1", 2, 0);
        assertRefused("betas: expected 0 to 1, got 0.1 to 1.0", 2, 0.1, 1);
        assertRefused("betas: expected 0 to 1, got 0.0 to 0.9", 2, 0, 0.9);
        assertRefused("betas: expected rising numbers, got 0.5 after 0.5", 2, 0, 0.5, 0.5, 1);
        assertRefused("betas: expected rising numbers, got NaN after 0.0", 2, 0, Double.NaN, 1);
        assertThrows(IllegalArgumentException.class, () -> run(Fixtures.rbm(6, 5), 2, 3, 1));
    }

    private static void assertRefused(String message, int chains, double... betas) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new AnnealedImportanceSampling(chains, betas))
                        .getMessage());
    }

    /**
     * At few temperatures and with large weights, where every wrong transition shows: the mean and the mean square of the chains' weights, in
     * units of Z, against sums over all paths. The mean is 1 whatever chains do that leave each p_beta as it is, also nothing; the square is
     * smaller the better they mix. 4 standard errors, of 20,000 chains.
     */
    @Test
    void weightsHaveTheMomentsOfTheSumOverAllPaths() {
        Rbm rbm = new Rbm(
                new SimpleMatrix(new double[][] {{3, -2}, {-2.5, 3}, {2, 2.5}}),
                new SimpleMatrix(3, 1, true, -1, 0.5, -2),
                new SimpleMatrix(2, 1, true, -1.5, -1));
        SimpleMatrix a0 = new SimpleMatrix(3, 1, true, 0.5, -0.5, 0);
        double[] betas = {0, 0.3, 0.7, 1};
        double[] weights = Functions.map(
                        new AnnealedImportanceSampling(20_000, betas)
                                .estimate(rbm, a0, new SplittableRandom(1))
                                .logWeights(),
                        logWeight -> Math.exp(logWeight - rbm.logZ()))
                .getDDRM()
                .data;
        for (int power = 1; power <= 2; power++) {
            int n = power;
            double expected = momentOverPaths(rbm, a0, betas, power);
            double[] x = Arrays.stream(weights).map(w -> Math.pow(w, n)).toArray();
            double mean = Arrays.stream(x).average().getAsDouble();
            double squares =
                    Arrays.stream(x).map(xi -> (xi - mean) * (xi - mean)).sum();
            double standardError = Math.sqrt(squares) / x.length;
            assertEquals(expected, mean, 4 * standardError, "moment " + power);
            assertEquals(1, momentOverPaths(rbm, a0, betas, 1), 1e-12);
            assertTrue(standardError < 0.1 * expected);
        }
    }

    /** E[(weight / Z)^power]: the chain starts at p_0, and between two weights goes from v to h and back at the beta between. */
    private static double momentOverPaths(Rbm rbm, SimpleMatrix a0, double[] betas, int power) {
        double[] mass = new double[8];
        double Z0 = 0;
        for (int v = 0; v < 8; v++) {
            mass[v] = Math.exp(logP(rbm, a0, v, 0));
            Z0 += mass[v];
        }
        for (int v = 0; v < 8; v++) {
            mass[v] *= Math.pow(Z0 / Math.exp(rbm.logZ()), power) / Z0;
        }
        for (int k = 1; k < betas.length; k++) {
            double[] next = new double[8];
            for (int v = 0; v < 8; v++) {
                double weight = Math.exp(logP(rbm, a0, v, betas[k]) - logP(rbm, a0, v, betas[k - 1]));
                for (int w = 0; w < 8; w++) {
                    next[w] += mass[v] * Math.pow(weight, power) * transition(rbm, a0, v, w, betas[k]);
                }
            }
            mass = next;
        }
        return Arrays.stream(mass).sum();
    }

    /** log p*_beta(v), as the class documents it; bit i of v is unit i. */
    private static double logP(Rbm rbm, SimpleMatrix a0, int v, double beta) {
        double log = 0;
        for (int i = 0; i < 3; i++) {
            log += (v >> i & 1) * ((1 - beta) * a0.get(i) + beta * rbm.a.get(i));
        }
        for (int j = 0; j < 2; j++) {
            log += Math.log(1 + Math.exp(beta * hiddenInput(rbm, v, j)));
        }
        return log;
    }

    private static double hiddenInput(Rbm rbm, int v, int j) {
        double input = rbm.b.get(j);
        for (int i = 0; i < 3; i++) {
            input += (v >> i & 1) * rbm.W.get(i, j);
        }
        return input;
    }

    /** The sum over h of p_beta(h | v) p_beta(w | h). */
    private static double transition(Rbm rbm, SimpleMatrix a0, int v, int w, double beta) {
        double sum = 0;
        for (int h = 0; h < 4; h++) {
            double p = 1;
            for (int j = 0; j < 2; j++) {
                double on = 1 / (1 + Math.exp(-beta * hiddenInput(rbm, v, j)));
                p *= (h >> j & 1) == 1 ? on : 1 - on;
            }
            for (int i = 0; i < 3; i++) {
                double input = (1 - beta) * a0.get(i) + beta * rbm.a.get(i);
                for (int j = 0; j < 2; j++) {
                    input += beta * (h >> j & 1) * rbm.W.get(i, j);
                }
                double on = 1 / (1 + Math.exp(-input));
                p *= (w >> i & 1) == 1 ? on : 1 - on;
            }
            sum += p;
        }
        return sum;
    }

    /** The standard error of a mean of three numbers, over that mean, by its formula. */
    @Test
    void theErrorIsThatOfTheMeanOfTheWeights() {
        Rbm rbm = Fixtures.rbm(7, 5);
        Estimate estimate = run(rbm, 3, 3, 1);
        double[] w = Functions.map(estimate.logWeights(), Math::exp).getDDRM().data;
        double mean = (w[0] + w[1] + w[2]) / 3;
        double variance =
                ((w[0] - mean) * (w[0] - mean) + (w[1] - mean) * (w[1] - mean) + (w[2] - mean) * (w[2] - mean)) / 2;
        assertEquals(Math.log(mean), estimate.logZ(), 1e-12);
        assertEquals(Math.sqrt(variance / 3) / mean, estimate.relativeError(), 1e-12);
        assertTrue(estimate.relativeError() > 0.01);
    }

    @Test
    void temperaturesAreEvenlySpread() {
        assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75, 1}, AnnealedImportanceSampling.evenly(5));
        assertArrayEquals(new double[] {0, 1}, AnnealedImportanceSampling.evenly(2));
        assertThrows(IllegalArgumentException.class, () -> AnnealedImportanceSampling.evenly(1));
    }
}
