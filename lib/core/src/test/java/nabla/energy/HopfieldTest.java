package nabla.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.math.Functions;
import nabla.math.Randoms;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class HopfieldTest {
    private final SplittableRandom rng = new SplittableRandom(1);

    private SimpleMatrix patterns(int count, int units) {
        return Functions.map(new SimpleMatrix(count, units), zero -> rng.nextBoolean() ? 1 : -1);
    }

    @Test
    void oneUnitAtATimeTheEnergyNeverRises() {
        for (int net = 0; net < 1000; net++) {
            SimpleMatrix half = Randoms.normal(6, 6, 1, rng);
            SimpleMatrix W = half.plus(half.transpose());
            for (int i = 0; i < 6; i++) {
                W.set(i, i, 0);
            }
            Hopfield hopfield = new Hopfield(W, Randoms.normal(6, 1, 1, rng));
            double[] x = patterns(1, 6).getDDRM().data;
            double energy = hopfield.energy(x);
            for (int step = 0; step < 60; step++) {
                boolean changed = hopfield.update(rng.nextInt(6), x);
                double next = hopfield.energy(x);
                assertTrue(changed ? next < energy : next == energy);
                energy = next;
            }
            hopfield.recall(x, rng);
            for (int unit = 0; unit < 6; unit++) {
                assertFalse(hopfield.update(unit, x));
            }
        }
    }

    @Test
    void allUnitsAtOnceMayGoRoundInCircles() {
        Hopfield two = new Hopfield(new SimpleMatrix(new double[][] {{0, 1}, {1, 0}}), new SimpleMatrix(2, 1));
        SimpleMatrix x = new SimpleMatrix(new double[][] {{1, -1}});
        SimpleMatrix next = two.updateAll(x);
        assertArrayEquals(new double[] {-1, 1}, next.getDDRM().data);
        assertArrayEquals(new double[] {1, -1}, two.updateAll(next).getDDRM().data);
    }

    /** Five patterns of twenty units, any two of which agree in most units: Hebb's rule loses them, the projection keeps every one. */
    @Test
    void thePseudoInverseRuleHoldsPatternsThatAreAlike() {
        SimpleMatrix X = patterns(5, 20);
        for (int row = 1; row < 5; row++) {
            for (int unit = 0; unit < 14; unit++) {
                X.set(row, unit, X.get(0, unit));
            }
        }
        Hopfield hopfield = Hopfield.projecting(X);
        assertEquals(0, hopfield.updateAll(X).minus(X).elementMaxAbs());
        assertTrue(Hopfield.storing(X).updateAll(X).minus(X).elementMaxAbs() > 0);
        // W + D is a projection that keeps the patterns; D is found from (W + D) x = x
        SimpleMatrix P = hopfield.W.copy();
        for (int i = 0; i < 20; i++) {
            P.set(i, i, 1 - X.getRow(0).mult(hopfield.W).get(i) * X.get(0, i));
        }
        assertEquals(0, X.mult(P).minus(X).elementMaxAbs(), 1e-12);
        assertEquals(0, P.mult(P).minus(P).elementMaxAbs(), 1e-12);
    }

    /** Orthogonal patterns are projected upon by X'X / d, which is Hebb's rule; a pattern twice, or its negative, adds nothing. */
    @Test
    void thePseudoInverseRuleOfOrthogonalPatternsIsHebbs() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 1, 1, 1}, {1, -1, 1, -1}});
        SimpleMatrix hebb = Hopfield.storing(X).W;
        assertEquals(0, Hopfield.projecting(X).W.minus(hebb).elementMaxAbs(), 1e-15);
        SimpleMatrix again = X.concatRows(X.negative());
        assertEquals(0, Hopfield.projecting(again).W.minus(hebb).elementMaxAbs(), 1e-15);
    }

    @Test
    void aUnitWithoutActivationStaysAsItIs() {
        Hopfield nothing = new Hopfield(new SimpleMatrix(3, 3), new SimpleMatrix(3, 1));
        SimpleMatrix x = new SimpleMatrix(new double[][] {{1, -1, 1}});
        assertArrayEquals(new double[] {1, -1, 1}, nothing.updateAll(x).getDDRM().data);
        double[] state = {1, -1, 1};
        assertEquals(1, nothing.recall(state, rng));
        assertArrayEquals(new double[] {1, -1, 1}, state);
    }

    @Test
    void damagedPatternsAreRecalled() {
        SimpleMatrix X = patterns(5, 200);
        Hopfield hopfield = Hopfield.storing(X);
        for (int pattern = 0; pattern < 5; pattern++) {
            double[] x = X.getRow(pattern).getDDRM().data.clone();
            for (int unit = 0; unit < 40; unit++) {
                x[unit] = -x[unit];
            }
            hopfield.recall(x, rng);
            assertArrayEquals(X.getRow(pattern).getDDRM().data, x);
        }
    }

    /**
     * A bit of a stored pattern keeps its place by a signal of N - 1 against a crosstalk of (N - 1)(p - 1) random signs, and changes where
     * that is below -(N - 1): with the binomial probability 0.00343. For large N this is erfc(sqrt(N / 2p)) / 2 (Hertz, Krogh and Palmer 1991,
     * section 2.2), 0.0036 at N = 1000 and p = 138. Where signal and crosstalk cancel, rounding decides, in another way on another processor.
     * Bits of one net are nearly independent: one net has 138,000, ten have 1,380,000.
     */
    @Test
    void unstableBitsAtTheCapacity() {
        int N = 1000;
        int p = 138;
        int signs = (N - 1) * (p - 1);
        BinomialDistribution crosstalk = new BinomialDistribution(null, signs, 0.5);
        double exact = crosstalk.cumulativeProbability((signs - N - 1) / 2);
        double ties = crosstalk.probability((signs - N + 1) / 2);
        double unstable = 0;
        for (int net = 0; net < 10; net++) {
            SimpleMatrix X = patterns(p, N);
            SimpleMatrix next = Hopfield.storing(X).updateAll(X);
            double share = next.minus(X).elementPower(2).elementSum() / 4 / X.getNumElements();
            assertEquals(exact, share, 4 * Math.sqrt(exact / 138_000) + ties);
            unstable += share / 10;
        }
        assertEquals(exact, unstable, 4 * Math.sqrt(exact / 1_380_000) + ties);
    }

    @Test
    void badStatesAreRefused() {
        SimpleMatrix grey = new SimpleMatrix(new double[][] {{1, 0.5}});
        assertEquals(
                "X: expected -1 or 1 everywhere, got 0.5",
                assertThrows(IllegalArgumentException.class, () -> Hopfield.storing(grey))
                        .getMessage());
        Hopfield two = Hopfield.storing(new SimpleMatrix(new double[][] {{1, -1}}));
        assertEquals(
                "x: expected 2 numbers, got 3",
                assertThrows(IllegalArgumentException.class, () -> two.recall(new double[3], rng))
                        .getMessage());
    }

    /**
     * Patterns stored by Hebb's rule, of which an activation is a whole number over d: where that is exactly zero, rounding must not decide. The
     * other dynamics here are in whole numbers.
     */
    @Test
    void aUnitWhoseActivationIsExactlyZeroStaysWhateverTheRounding() {
        int zeros = 0;
        for (int net = 0; net < 60; net++) {
            int d = 10 + rng.nextInt(90);
            SimpleMatrix X = patterns(2 + rng.nextInt(8), d);
            Hopfield hopfield = Hopfield.storing(X);
            double[] x = patterns(1, d).getDDRM().data;
            double[] together =
                    hopfield.updateAll(new SimpleMatrix(1, d, true, x)).getDDRM().data;
            for (int unit = 0; unit < d; unit++) {
                long activation = activationTimesUnits(X, unit, x);
                zeros += activation == 0 ? 1 : 0;
                double expected = activation == 0 ? x[unit] : Long.signum(activation);
                double[] y = x.clone();
                assertEquals(expected != x[unit], hopfield.update(unit, y));
                assertEquals(expected, y[unit]);
                assertEquals(expected, together[unit]);
            }
            long seed = rng.nextLong();
            double[] inWholeNumbers = x.clone();
            recallInWholeNumbers(X, inWholeNumbers, new SplittableRandom(seed));
            hopfield.recall(x, new SplittableRandom(seed));
            assertArrayEquals(inWholeNumbers, x);
        }
        assertTrue(zeros > 100, "zeros: " + zeros);
    }

    /** The sum over patterns p of X_pi times the sum over j other than i of X_pj x_j. */
    private static long activationTimesUnits(SimpleMatrix X, int i, double[] x) {
        long sum = 0;
        for (int p = 0; p < X.getNumRows(); p++) {
            for (int j = 0; j < x.length; j++) {
                sum += j == i ? 0 : (long) (X.get(p, i) * X.get(p, j) * x[j]);
            }
        }
        return sum;
    }

    private static void recallInWholeNumbers(SimpleMatrix X, double[] x, SplittableRandom rng) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int unit : Randoms.permutation(x.length, rng)) {
                if (activationTimesUnits(X, unit, x) * x[unit] < 0) {
                    x[unit] = -x[unit];
                    changed = true;
                }
            }
        }
    }

    /** What is smaller than rounding may be no more than a rounded zero; what is larger is an activation, however small. */
    @Test
    void anActivationLargerThanRoundingCounts() {
        double tiny = 16 * 0x1p-52;
        SimpleMatrix W = new SimpleMatrix(new double[][] {{0, 1, -1 + tiny}, {1, 0, 0}, {-1 + tiny, 0, 0}});
        Hopfield hopfield = new Hopfield(W, new SimpleMatrix(3, 1));
        double[] x = {-1, 1, 1};
        assertTrue(hopfield.update(0, x));
        SimpleMatrix together = hopfield.updateAll(new SimpleMatrix(new double[][] {{-1, 1, 1}}));
        assertEquals(1, together.get(0));
    }
}
