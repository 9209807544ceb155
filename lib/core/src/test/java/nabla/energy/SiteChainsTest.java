package nabla.energy;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Chains that draw unit after unit, of a machine with units that are -1 or 1: visible ones 0 and 1, hidden ones 2 and 3. */
class SiteChainsTest {
    private static BoltzmannMachine machine() {
        SimpleMatrix W = new SimpleMatrix(4, 4);
        couple(W, 0, 2, 100);
        couple(W, 1, 2, 100);
        couple(W, 2, 3, 1000);
        return BoltzmannMachine.plusMinusOne(W, new SimpleMatrix(4, 1)).withHidden(2);
    }

    private static void couple(SimpleMatrix W, int i, int j, double w) {
        W.set(i, j, w);
        W.set(j, i, w);
    }

    /** Couplings so strong that nothing is left to chance: unit 2 follows the hidden unit 3, which is off at the start, and all others follow. */
    @Test
    void hiddenUnitsBeginSwitchedOff() {
        GibbsChains chains = machine().chains();
        for (int chain = 0; chain < 10; chain++) {
            chains.startAt(new SimpleMatrix(1, 2).plus(1));
            chains.drawHidden(new SplittableRandom(chain));
            chains.drawVisible(new SplittableRandom(chain));
            assertTrue(chains.states().isIdentical(new SimpleMatrix(1, 2).minus(1), 0));
        }
    }

    /** Every chain has its own row: hidden units copy what is visible in theirs, and then the visible ones copy these. */
    @Test
    void chainsDoNotMeet() {
        SimpleMatrix W = new SimpleMatrix(4, 4);
        couple(W, 0, 2, 1000);
        couple(W, 1, 3, 1000);
        GibbsChains chains = BoltzmannMachine.plusMinusOne(W, new SimpleMatrix(4, 1))
                .withHidden(2)
                .chains();
        SimpleMatrix V = new SimpleMatrix(new double[][] {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}, {1, -1}});
        chains.startAt(V);
        for (int sweep = 0; sweep < 3; sweep++) {
            chains.drawHidden(new SplittableRandom(sweep));
            chains.drawVisible(new SplittableRandom(sweep));
            assertTrue(chains.states().isIdentical(V, 0));
        }
    }

    /** 5,000 flips of each unit: the mean of signs has the standard error 1 / sqrt(5000), that of their product too. */
    @Test
    void startAnywhereFlipsFairCoins() {
        GibbsChains chains = machine().chains();
        chains.startAnywhere(5_000, new SplittableRandom(1));
        SimpleMatrix V = chains.states();
        double[] sums = new double[3];
        for (int row = 0; row < 5_000; row++) {
            double first = V.get(row, 0);
            double second = V.get(row, 1);
            assertEquals(1, Math.abs(first));
            assertEquals(1, Math.abs(second));
            sums[0] += first;
            sums[1] += second;
            sums[2] += first * second;
        }
        for (double sum : sums) {
            assertEquals(0, sum / 5_000, 4 / Math.sqrt(5_000));
        }
        assertRefused("count: expected at least 1, got 0", () -> chains.startAnywhere(0, new SplittableRandom(1)));
    }

    @Test
    void hiddenUnitsAreDrawnFirst() {
        GibbsChains chains = machine().chains();
        assertRefused(
                "V: expected one example of 2 columns per row, got 1x4", () -> chains.startAt(new SimpleMatrix(1, 4)));
        chains.startAt(new SimpleMatrix(1, 2).plus(1));
        chains.drawHidden(new SplittableRandom(1));
        chains.startAt(new SimpleMatrix(1, 2).plus(1));
        assertThrows(IllegalStateException.class, () -> chains.drawVisible(new SplittableRandom(1)));
    }

    /** One slope is written over what was there, the other added: E[x_0 x_2 | v] is 1 at v = (1, 1) with these couplings. */
    @Test
    void slopesAreWrittenOrAdded() {
        BoltzmannMachine machine = machine();
        GibbsChains chains = machine.chains();
        chains.startAt(new SimpleMatrix(3, 2).plus(1));
        Direction into = Direction.zeros(machine.parameters());
        into.of("W").fill(7);
        chains.slope(0.5, into);
        assertEquals(1.5, into.of("W").get(0, 2), 1e-12);
        assertEquals(1.5, into.of("b").get(1), 1e-12);
        assertEquals(0, into.of("W").get(0, 0), 0);
        chains.addSlope(-1, into);
        assertEquals(-1.5, into.of("W").get(0, 2), 1e-12);
    }
}
