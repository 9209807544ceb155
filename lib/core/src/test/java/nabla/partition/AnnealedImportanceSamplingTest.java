package nabla.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
