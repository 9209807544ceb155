package nabla.sampling;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import nabla.energy.BoltzmannMachine;
import nabla.energy.ExactDistribution;
import nabla.rbm.Rbm;
import nabla.rbm.VisibleChain;
import org.ejml.data.Complex_F64;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TransitionMatrixTest {
    /** Three units that are -1 or 1. */
    static BoltzmannMachine threeUnits() {
        return BoltzmannMachine.plusMinusOne(
                new SimpleMatrix(new double[][] {{0, 0.5, -0.3}, {0.5, 0, 0.4}, {-0.3, 0.4, 0}}),
                new SimpleMatrix(new double[][] {{0.2}, {-0.1}, {0.3}}));
    }

    /** Five states in a row; a proposal goes right with the given probability, else left; off the end means stay. */
    private static SimpleMatrix walk(double right) {
        SimpleMatrix Q = new SimpleMatrix(5, 5);
        for (int s = 0; s < 5; s++) {
            Q.set(s, Math.min(4, s + 1), right);
            Q.set(s, Math.max(0, s - 1), Q.get(s, Math.max(0, s - 1)) + 1 - right);
        }
        return Q;
    }

    private static final SimpleMatrix F = new SimpleMatrix(new double[][] {{0}, {1}, {0.3}, {1.5}, {-0.5}});

    private static SimpleMatrix law() {
        SimpleMatrix p = F.elementExp();
        return p.divide(p.elementSum());
    }

    @Test
    void gibbsLeavesTheModelAsItIs() {
        BoltzmannMachine machine = threeUnits();
        SimpleMatrix p = ExactDistribution.of(machine).p();
        for (int unit = 0; unit < 3; unit++) {
            TransitionMatrix site = TransitionMatrix.site(machine, unit);
            assertEquals(0, site.after(1, p).minus(p).elementMaxAbs(), 1e-16);
            assertEquals(0, site.imbalance(p), 1e-16);
        }
        TransitionMatrix sweep = TransitionMatrix.sweep(machine);
        assertEquals(0, sweep.stationary().minus(p).elementMaxAbs(), 1e-14);
        assertTrue(sweep.imbalance(p) > 1e-3); // a sweep in a fixed order does not run backwards as forwards
        assertTrue(sweep.secondEigenvalue() < 0.9);
        TransitionMatrix random = TransitionMatrix.randomScan(machine);
        assertEquals(0, random.imbalance(p), 1e-16);
        assertEquals(0, random.stationary().minus(p).elementMaxAbs(), 1e-14);
    }

    @Test
    void aSweepOverTheLayersIsTheChainOfTheVisibleUnits() {
        Rbm rbm = Rbm.random(3, 2, 1, new SplittableRandom(4));
        TransitionMatrix sweep = TransitionMatrix.site(rbm.joint(), 3)
                .then(TransitionMatrix.site(rbm.joint(), 4))
                .then(TransitionMatrix.site(rbm.joint(), 0))
                .then(TransitionMatrix.site(rbm.joint(), 1))
                .then(TransitionMatrix.site(rbm.joint(), 2));
        SimpleMatrix T = sweep.matrix();
        SimpleMatrix visible = new SimpleMatrix(8, 8);
        for (int s = 0; s < 8; s++) {
            for (int t = 0; t < 32; t++) {
                visible.set(s, t / 4, visible.get(s, t / 4) + T.get(4 * s, t));
            }
        }
        SimpleMatrix expected = new VisibleChain(rbm).transitionMatrix().matrix();
        assertEquals(0, visible.minus(expected).elementMaxAbs(), 1e-15);
    }

    @Test
    void metropolisOnFiveStates() {
        SimpleMatrix p = law();
        TransitionMatrix symmetric = TransitionMatrix.metropolis(F, walk(0.5));
        assertEquals(0, symmetric.stationary().minus(p).elementMaxAbs(), 1e-14);
        assertEquals(0, symmetric.imbalance(p), 1e-16);
        double stays = 0;
        for (int s = 0; s < 5; s++) {
            stays += p.get(s) * symmetric.matrix().get(s, s);
        }
        assertEquals(0.576, stays, 5e-4);

        TransitionMatrix wrong = TransitionMatrix.metropolis(F, walk(0.8));
        assertEquals(0.429, TransitionMatrix.totalVariation(wrong.stationary(), p), 5e-4);
        TransitionMatrix corrected = TransitionMatrix.metropolisHastings(F, walk(0.8));
        assertEquals(0, corrected.stationary().minus(p).elementMaxAbs(), 1e-14);
    }

    /** By hand on two states of probabilities 1/4 and 3/4: of the candidates that are always the other, 3/4 and 1/4 are accepted. */
    @Test
    void barkerByHandAndOnFiveStates() {
        SimpleMatrix other = new SimpleMatrix(new double[][] {{0, 1}, {1, 0}});
        SimpleMatrix f = new SimpleMatrix(new double[][] {{0}, {Math.log(3)}});
        SimpleMatrix two = TransitionMatrix.barker(f, other).matrix();
        assertEquals(
                0,
                two.minus(new SimpleMatrix(new double[][] {{0.25, 0.75}, {0.25, 0.75}}))
                        .elementMaxAbs(),
                1e-15);
        TransitionMatrix barker = TransitionMatrix.barker(F, walk(0.8));
        assertEquals(0, barker.imbalance(law()), 1e-16);
        assertEquals(0, barker.stationary().minus(law()).elementMaxAbs(), 1e-14);
        TransitionMatrix hastings = TransitionMatrix.metropolisHastings(F, walk(0.8));
        for (int s = 0; s < 5; s++) { // Peskun's order
            for (int t = 0; t < 5; t++) {
                assertTrue(
                        s == t || barker.matrix().get(s, t) <= hastings.matrix().get(s, t));
            }
        }
    }

    /** A walk on a ring of n states has the eigenvalues cos(2 pi k / n), a cycle the n-th roots of one, two states 1 and 1 - p - q. */
    @Test
    void eigenvaluesThatAreKnown() {
        SimpleMatrix ring = new SimpleMatrix(7, 7);
        SimpleMatrix cycle = new SimpleMatrix(3, 3);
        for (int s = 0; s < 7; s++) {
            ring.set(s, (s + 1) % 7, 0.5);
            ring.set(s, (s + 6) % 7, 0.5);
            cycle.set(s % 3, (s + 1) % 3, 1);
        }
        double[] expected = {1, Math.cos(6 * Math.PI / 7), Math.cos(2 * Math.PI / 7), Math.cos(4 * Math.PI / 7)};
        List<Complex_F64> values = new TransitionMatrix(ring).eigenvalues();
        for (int k = 0; k < 7; k++) {
            assertEquals(expected[(k + 1) / 2], values.get(k).real, 1e-14);
            assertEquals(0, values.get(k).imaginary);
        }
        for (Complex_F64 root : new TransitionMatrix(cycle).eigenvalues()) {
            assertEquals(1, root.getMagnitude(), 1e-14);
            assertTrue(root.real == 1 || Math.abs(root.real + 0.5) < 1e-14);
        }
        SimpleMatrix T = new SimpleMatrix(new double[][] {{0.7, 0.3}, {0.1, 0.9}});
        assertEquals(0.6, new TransitionMatrix(T).eigenvalues().get(1).real, 1e-15);
    }

    /** The trace of T^k is the sum of the k-th powers of the eigenvalues, reversible or not. */
    @Test
    void tracesAreSumsOfPowersOfEigenvalues() {
        TransitionMatrix visible = new VisibleChain(Rbm.random(4, 3, 1, new SplittableRandom(1))).transitionMatrix();
        for (TransitionMatrix chain : List.of(visible, TransitionMatrix.sweep(threeUnits()))) {
            List<Complex_F64> values = chain.eigenvalues();
            SimpleMatrix T = chain.matrix();
            assertEquals(T.getNumRows(), values.size());
            assertEquals(1, values.get(0).real, 1e-13);
            assertEquals(chain.secondEigenvalue(), values.get(1).getMagnitude(), 1e-12);
            assertEquals(T.trace(), values.stream().mapToDouble(z -> z.real).sum(), 1e-13);
            double squares = values.stream()
                    .mapToDouble(z -> z.real * z.real - z.imaginary * z.imaginary)
                    .sum();
            assertEquals(T.mult(T).trace(), squares, 1e-13);
        }
    }

    /** On two states every function has the autocorrelations 0.6^k; on five against the sum over all pairs of states. */
    @Test
    void autocorrelationOfAFunction() {
        SimpleMatrix T = new SimpleMatrix(new double[][] {{0.7, 0.3}, {0.1, 0.9}});
        SimpleMatrix f = new SimpleMatrix(new double[][] {{3}, {-5}});
        assertArrayEquals(new double[] {1, 0.6, 0.36, 0.216}, new TransitionMatrix(T).autocorrelation(f, 3), 1e-14);
        SimpleMatrix p = law();
        SimpleMatrix g = new SimpleMatrix(new double[][] {{0}, {2}, {1}, {-1}, {4}});
        TransitionMatrix chain = TransitionMatrix.metropolisHastings(F, walk(0.8));
        double[] rho = chain.autocorrelation(g, 4);
        SimpleMatrix four = SimpleMatrix.identity(5);
        for (int lag = 0; lag <= 4; lag++) {
            double mean = 0;
            double square = 0;
            double product = 0;
            for (int s = 0; s < 5; s++) {
                mean += p.get(s) * g.get(s);
                square += p.get(s) * g.get(s) * g.get(s);
                for (int t = 0; t < 5; t++) {
                    product += p.get(s) * four.get(s, t) * g.get(s) * g.get(t);
                }
            }
            assertEquals((product - mean * mean) / (square - mean * mean), rho[lag], 1e-13);
            four = four.mult(chain.matrix());
        }
    }

    /** Sampled steps go from each of eight states to the others as often as the matrix says: 4 standard errors. */
    @Test
    void barkerSteps() {
        BoltzmannMachine machine = threeUnits();
        ExactDistribution exact = ExactDistribution.of(machine);
        SimpleMatrix Q = new SimpleMatrix(8, 8);
        for (int s = 0; s < 8; s++) {
            for (int bit = 1; bit < 8; bit *= 2) {
                Q.set(s, s ^ bit, 1 / 3.0);
            }
        }
        SimpleMatrix T = TransitionMatrix.barker(exact.p().elementLog(), Q).matrix();
        assertEquals(0, T.minus(TransitionMatrix.randomScan(machine).matrix()).elementMaxAbs(), 1e-15);
        Barker barker = new Barker(machine, Proposal.flipOne(machine));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> barker.step(new double[2], new SplittableRandom(1)))
                .getMessage();
        assertTrue(message.startsWith("x: expected 3 numbers"), message);
        SplittableRandom rng = new SplittableRandom(1);
        int n = 20_000;
        for (int s = 0; s < 8; s++) {
            int[] count = new int[8];
            for (int i = 0; i < n; i++) {
                double[] x = exact.states().getRow(s).getDDRM().data;
                boolean moved = barker.step(x, rng);
                assertEquals(moved, exact.row(x) != s);
                count[exact.row(x)]++;
            }
            for (int t = 0; t < 8; t++) {
                double p = T.get(s, t);
                assertEquals(p, count[t] / (double) n, 4 * Math.sqrt(p * (1 - p) / n) + 1e-12);
            }
        }
    }

    @Test
    void secondEigenvalueOfTwoStates() {
        SimpleMatrix T = new SimpleMatrix(new double[][] {{0.7, 0.3}, {0.1, 0.9}});
        assertEquals(0.6, new TransitionMatrix(T).secondEigenvalue(), 1e-14);
        assertEquals(0.25, new TransitionMatrix(T).stationary().get(0), 1e-14);
    }

    /** The chain of the visible units of an RBM has at most 2^hidden eigenvalues that are not 0, on which eigenvalue routines may fail. */
    @Test
    void secondEigenvalueWhereManyAreZero() {
        Rbm rbm = Rbm.random(4, 3, 1, new SplittableRandom(1));
        TransitionMatrix chain = new VisibleChain(rbm).transitionMatrix();
        SimpleMatrix p = new VisibleChain(rbm).equilibrium();
        SimpleMatrix root = SimpleMatrix.diag(p.elementPower(0.5).getDDRM().data);
        // the chain is reversible: the same eigenvalues belong to a symmetric matrix
        SimpleMatrix symmetric = root.mult(chain.matrix()).mult(root.invert());
        double[] moduli = symmetric.plus(symmetric.transpose()).divide(2).eig().getEigenvalues().stream()
                .mapToDouble(Complex_F64::getMagnitude)
                .sorted()
                .toArray();
        assertEquals(moduli[14], chain.secondEigenvalue(), 1e-12);
    }

    @Test
    void secondEigenvalueOfACycleAndOfIndependentDraws() {
        assertEquals(
                1,
                new TransitionMatrix(new SimpleMatrix(new double[][] {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}}))
                        .secondEigenvalue(),
                1e-12);
        assertEquals(
                0,
                new TransitionMatrix(new SimpleMatrix(new double[][] {{0.2, 0.8}, {0.2, 0.8}})).secondEigenvalue(),
                1e-12);
    }

    @Test
    void badMatricesAreRefused() {
        SimpleMatrix T = new SimpleMatrix(new double[][] {{0.7, 0.4}, {0, 1}});
        assertEquals(
                "T: expected rows that sum to 1, got 1.1 in row 0",
                assertThrows(IllegalArgumentException.class, () -> new TransitionMatrix(T))
                        .getMessage());
    }

    /** From the first of two states: 0.7 0.7 + 0.3 0.1 = 0.52 after two steps, 0.52 0.7 + 0.48 0.1 = 0.412 after three. */
    @Test
    void afterSomeStepsByHand() {
        TransitionMatrix chain = new TransitionMatrix(new SimpleMatrix(new double[][] {{0.7, 0.3}, {0.1, 0.9}}));
        SimpleMatrix p = new SimpleMatrix(2, 1, true, 1.0, 0);
        assertEquals(1, chain.after(0, p).get(0));
        assertEquals(0.7, chain.after(1, p).get(0), 1e-15);
        assertEquals(0.52, chain.after(2, p).get(0), 1e-15);
        assertEquals(0.412, chain.after(3, p).get(0), 1e-15);
        assertEquals(0.588, chain.after(3, p).get(1), 1e-15);
        assertTrue(p.isIdentical(new SimpleMatrix(2, 1, true, 1.0, 0), 0));
        // |0.4 0.3 - 0.6 0.1|, of the only pair
        assertEquals(0.06, chain.imbalance(new SimpleMatrix(2, 1, true, 0.4, 0.6)), 1e-15);
    }

    /** A candidate that the proposal never comes back from is never accepted, and one it never makes is never looked at. */
    @Test
    void hastingsOnTwoStatesByHand() {
        SimpleMatrix f = new SimpleMatrix(2, 1, true, 0, Math.log(2));
        SimpleMatrix Q = new SimpleMatrix(new double[][] {{0.4, 0.6}, {0.9, 0.1}});
        // forth: min(1, 2 * 0.9 / 0.6) = 1; back: min(1, (1 / 2) * 0.6 / 0.9) = 1 / 3
        SimpleMatrix corrected = TransitionMatrix.metropolisHastings(f, Q).matrix();
        assertTrue(corrected.isIdentical(new SimpleMatrix(new double[][] {{0.4, 0.6}, {0.3, 0.7}}), 1e-15));
        SimpleMatrix plain = TransitionMatrix.metropolis(f, Q).matrix();
        assertTrue(plain.isIdentical(new SimpleMatrix(new double[][] {{0.4, 0.6}, {0.45, 0.55}}), 1e-15));
        SimpleMatrix oneWay = new SimpleMatrix(new double[][] {{0.5, 0.5}, {0, 1}});
        assertTrue(TransitionMatrix.metropolisHastings(f, oneWay).matrix().isIdentical(SimpleMatrix.identity(2), 0));
    }

    @Test
    void badArgumentsAreRefused() {
        BoltzmannMachine machine = threeUnits();
        BoltzmannMachine large = BoltzmannMachine.zeroOne(new SimpleMatrix(11, 11), new SimpleMatrix(11, 1));
        TransitionMatrix chain = TransitionMatrix.metropolis(F, walk(0.5));
        SimpleMatrix four = new SimpleMatrix(4, 1);
        for (Executable call : List.<Executable>of(
                () -> new TransitionMatrix(new SimpleMatrix(new double[][] {{0.5, 0.5, 0}, {0, 0, 1}})),
                () -> new TransitionMatrix(new SimpleMatrix(new double[][] {{1.5, -0.5}, {0, 1}})),
                () -> TransitionMatrix.site(machine, 3),
                () -> TransitionMatrix.site(machine, -1),
                () -> TransitionMatrix.site(large, 0),
                () -> TransitionMatrix.metropolis(F, walk(0.5).concatColumns(new SimpleMatrix(5, 1))),
                () -> TransitionMatrix.metropolis(new SimpleMatrix(5, 2), walk(0.5)),
                () -> chain.then(TransitionMatrix.sweep(machine)),
                () -> chain.after(-1, F),
                () -> chain.after(1, four),
                () -> chain.imbalance(four),
                () -> TransitionMatrix.totalVariation(F, four))) {
            assertThrows(IllegalArgumentException.class, call);
        }
    }

    @Test
    void thereIsNoSuchUnit() {
        var machine = BoltzmannMachine.zeroOne(new SimpleMatrix(3, 3), new SimpleMatrix(3, 1));
        assertRefused("unit: expected a number from 0 to 2, got 3", () -> TransitionMatrix.site(machine, 3));
        assertRefused("unit: expected a number from 0 to 2, got -1", () -> TransitionMatrix.site(machine, -1));
    }
}
