package nabla.rbm;

import static nabla.examples.Fixtures.d4;
import static nabla.examples.Fixtures.f43;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.Checks;
import nabla.energy.GibbsChains;
import nabla.math.Functions;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Chains that draw layer after layer. */
class LayerChainsTest {
    /** 4 x 5,000 fair coins: the mean of a unit has the standard error 1 / (2 sqrt(5000)). */
    @Test
    void startAnywhereFlipsFairCoins() {
        GibbsChains chains = f43().chains();
        chains.startAnywhere(5_000, new SplittableRandom(1));
        SimpleMatrix V = chains.states();
        for (int i = 0; i < 4; i++) {
            assertEquals(0.5, V.getColumn(i).elementSum() / 5_000, 4 * 0.5 / Math.sqrt(5_000));
        }
        assertEquals(0, V.elementMult(V.minus(1)).elementMaxAbs()); // all are 0 or 1
        assertThrows(IllegalArgumentException.class, () -> chains.startAnywhere(0, new SplittableRandom(1)));
        assertThrows(IllegalArgumentException.class, () -> chains.startAt(new SimpleMatrix(2, 3)));
    }

    /** Whether or not the hidden units were drawn before, and again for another start: v p(h | v)', v and p(h | v) of each row. */
    @Test
    void slopesAreThoseOfTheStates() {
        Rbm rbm = f43();
        GibbsChains chains = rbm.chains();
        Direction into = Direction.zeros(rbm.parameters());
        for (int round = 0; round < 2; round++) {
            SimpleMatrix V = round == 0 ? d4() : new SimpleMatrix(new double[][] {{0, 1, 1, 0}, {1, 1, 1, 1}});
            chains.startAt(V);
            into.matrices().values().forEach(x -> x.fill(7)); // overwritten
            chains.slope(0.5, into);
            assertSlope(rbm, V, 0.5, into);
            chains.drawHidden(new SplittableRandom(1));
            chains.addSlope(2, into);
            assertSlope(rbm, V, 2.5, into);
            GibbsChains others = rbm.chains();
            others.startAt(chains);
            others.slope(-1, into);
            assertSlope(rbm, V, -1, into);
            chains.drawHidden(new SplittableRandom(2));
            chains.drawVisible(new SplittableRandom(3));
            chains.slope(1, into);
            assertSlope(rbm, chains.states(), 1, into);
            assertTrue(others.states().isIdentical(V, 0));
        }
    }

    private static void assertSlope(Rbm rbm, SimpleMatrix V, double weight, Direction slope) {
        SimpleMatrix p =
                Functions.sigmoid(V.mult(rbm.W).plus(ones(V.getNumRows()).mult(rbm.b.transpose())));
        Checks.assertClose("W", V.transpose().mult(p).scale(weight), slope.of("W"), 1e-13);
        Checks.assertClose("a", V.transpose().mult(ones(V.getNumRows())).scale(weight), slope.of("a"), 1e-13);
        Checks.assertClose("b", p.transpose().mult(ones(V.getNumRows())).scale(weight), slope.of("b"), 1e-13);
    }

    private static SimpleMatrix ones(int rows) {
        return new SimpleMatrix(rows, 1).plus(1);
    }

    @Test
    void aNewStartForgetsTheHiddenUnits() {
        GibbsChains chains = f43().chains();
        chains.startAt(d4());
        chains.drawHidden(new SplittableRandom(1));
        chains.startAt(d4());
        assertThrows(IllegalStateException.class, () -> chains.drawVisible(new SplittableRandom(1)));
    }
}
