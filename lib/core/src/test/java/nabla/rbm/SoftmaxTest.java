package nabla.rbm;

import static nabla.Checks.assertClose;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.estimate.ExactGradient;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Rows;
import nabla.math.States;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
    private static SimpleMatrix row(double... x) {
        return new SimpleMatrix(new double[][] {x});
    }

    /** Two units of three values each, two hidden units. */
    private static Rbm twoUnits() {
        SplittableRandom rng = new SplittableRandom(3);
        return new Rbm(
                new Softmax(Randoms.normal(6, 1, 1, rng), 3),
                Randoms.normal(6, 2, 1, rng),
                Randoms.normal(2, 1, 1, rng));
    }

    /** All nine states of two units of three values. */
    private static SimpleMatrix nine() {
        SimpleMatrix V = new SimpleMatrix(9, 6);
        for (int s = 0; s < 9; s++) {
            V.set(s, s / 3, 1);
            V.set(s, 3 + s % 3, 1);
        }
        return V;
    }

    @Test
    void probabilitiesOfAllStatesAddUpToOne() {
        SimpleMatrix p = Functions.map(twoUnits().logLikelihood(nine()), Math::exp);
        assertEquals(1, p.elementSum(), 1e-14);
    }

    /** The conditional of each unit, by sums over the nine states. */
    @Test
    void valuesGivenTheHiddenUnits() {
        Rbm rbm = twoUnits();
        for (double[] h : new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
            SimpleMatrix H = SimpleMatrix.ones(9, 1).mult(row(h));
            SimpleMatrix weights = Functions.map(rbm.energy(nine(), H), E -> Math.exp(-E));
            SimpleMatrix expected = weights.transpose().mult(nine()).divide(weights.elementSum());
            assertClose("p(v | h)", expected, rbm.visibleProbabilities(row(h)), 1e-14);
        }
    }

    /** Shares of values in 20,000 draws, within 4 standard errors of binomial counts. Each unit of each row has one value. */
    @Test
    void drawsHaveTheirProbabilities() {
        Rbm rbm = twoUnits();
        SimpleMatrix H = SimpleMatrix.ones(20_000, 2);
        SimpleMatrix V = rbm.sampleVisible(H, new SplittableRandom(5));
        assertTrue(new Softmax(rbm.a, 3).areStates(V));
        SimpleMatrix p = rbm.visibleProbabilities(row(1, 1));
        SimpleMatrix found = Rows.mean(V);
        for (int i = 0; i < 6; i++) {
            assertEquals(p.get(i), found.get(i), 4 * Math.sqrt(p.get(i) * (1 - p.get(i)) / 20_000));
        }
    }

    /**
     * With two values and v = (1 - s, s) the energy is that of a binary unit s with the differences of biases and weights; what value 1 tells
     * the hidden units goes into their biases.
     */
    @Test
    void twoValuesAreABinaryUnit() {
        SplittableRandom rng = new SplittableRandom(8);
        int units = 3;
        Rbm softmax = new Rbm(
                new Softmax(Randoms.normal(2 * units, 1, 1, rng), 2),
                Randoms.normal(2 * units, 4, 1, rng),
                Randoms.normal(4, 1, 1, rng));
        SimpleMatrix W = new SimpleMatrix(units, 4);
        SimpleMatrix a = new SimpleMatrix(units, 1);
        SimpleMatrix b = softmax.b.copy();
        for (int i = 0; i < units; i++) {
            W.insertIntoThis(i, 0, softmax.W.getRow(2 * i + 1).minus(softmax.W.getRow(2 * i)));
            a.set(i, softmax.a.get(2 * i + 1) - softmax.a.get(2 * i));
            b = b.plus(softmax.W.getRow(2 * i).transpose());
        }
        Rbm binary = new Rbm(W, a, b);
        SimpleMatrix bits = States.binary(units).matrix();
        SimpleMatrix values = new SimpleMatrix(bits.getNumRows(), 2 * units);
        for (int r = 0; r < bits.getNumRows(); r++) {
            for (int i = 0; i < units; i++) {
                values.set(r, 2 * i + (int) bits.get(r, i), 1);
            }
        }
        assertClose("log p", binary.logLikelihood(bits), softmax.logLikelihood(values), 1e-12);
        assertClose("p(h | v)", binary.hiddenProbabilities(bits), softmax.hiddenProbabilities(values), 1e-12);
        SimpleMatrix some = bits.rows(2, 7);
        Direction of2 = new ExactGradient().estimate(softmax, values.rows(2, 7), rng);
        Direction of1 = new ExactGradient().estimate(binary, some, rng);
        for (int i = 0; i < units; i++) {
            assertClose("W", of1.of("W").getRow(i), of2.of("W").getRow(2 * i + 1), 1e-12);
            assertEquals(of1.of("a").get(i), of2.of("a").get(2 * i + 1), 1e-12);
            assertEquals(-of1.of("a").get(i), of2.of("a").get(2 * i), 1e-12); // the two shares add up to 1
        }
        assertClose("b", of1.of("b"), of2.of("b"), 1e-12);
    }

    /** A gap leaves the hidden units with what the other unit says, and has no likelihood. */
    @Test
    void gaps() {
        Rbm rbm = twoUnits();
        SimpleMatrix gap = row(0, 1, 0, 0, 0, 0);
        Rbm first = new Rbm(new Softmax(rbm.a.rows(0, 3), 3), rbm.W.rows(0, 3), rbm.b);
        assertClose("p(h | v)", first.hiddenProbabilities(row(0, 1, 0)), rbm.hiddenProbabilities(gap), 1e-15);
        assertFalse(new Softmax(rbm.a, 3).areStates(gap));
        assertRefused(
                "V: expected states, got gray values or gaps, which have no likelihood",
                () -> rbm.meanLogLikelihood(gap));
        assertRefused(
                "V: expected states, got gray values or gaps, which have no likelihood",
                () -> rbm.meanLogLikelihood(row(0.5, 0.5, 0, 0, 0, 1)));
    }

    @Test
    void chainsStartWithAnyValue() {
        Rbm rbm = twoUnits();
        var chains = rbm.chains();
        chains.startAnywhere(9_000, new SplittableRandom(2));
        SimpleMatrix V = chains.states();
        assertTrue(new Softmax(rbm.a, 3).areStates(V));
        SimpleMatrix shares = Rows.mean(V);
        for (int i = 0; i < 6; i++) {
            assertEquals(1 / 3.0, shares.get(i), 4 * Math.sqrt(2 / 9.0 / 9_000)); // 4 standard errors
        }
    }

    @Test
    void badArgumentsAreRefused() {
        SimpleMatrix a = new SimpleMatrix(6, 1);
        assertRefused("a: expected 4 rows for each unit (K), got 6 rows", () -> new Softmax(a, 4));
        assertRefused("K: expected at least 2, got 1", () -> new Softmax(a, 1));
        assertRefused("a: expected 6x1, got 6x2", () -> new Softmax(new SimpleMatrix(6, 2), 3));
        assertRefused(
                "V: expected the 3 columns of each unit to add up to 1 (or 0, a gap), got 2.0 for unit 1 in row 0",
                () -> twoUnits().freeEnergy(row(0, 1, 0, 1, 0, 1)));
        assertRefused("V: expected elements in [0, 1], got 2.0 at (0, 1)", () -> twoUnits()
                .freeEnergy(row(0, 2, 0, 1, 0, 0)));
    }
}
