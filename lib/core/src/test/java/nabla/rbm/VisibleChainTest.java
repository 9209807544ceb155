package nabla.rbm;

import static nabla.examples.Fixtures.d4;
import static nabla.examples.Fixtures.f43;
import static nabla.examples.Fixtures.p0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Against sums over v, h and v' written out; in a state number the first unit is the highest bit. */
class VisibleChainTest {
    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static int unit(int state, int i, int units) {
        return state >> (units - 1 - i) & 1;
    }

    private static double hidden(int v, int h) {
        double p = 1;
        for (int j = 0; j < 3; j++) {
            double on = meanHidden(v, j);
            p *= unit(h, j, 3) == 1 ? on : 1 - on;
        }
        return p;
    }

    private static double meanHidden(int v, int j) {
        double input = f43().b.get(j);
        for (int i = 0; i < 4; i++) {
            input += unit(v, i, 4) * f43().W.get(i, j);
        }
        return sigmoid(input);
    }

    private static double visible(int h, int v) {
        double p = 1;
        for (int i = 0; i < 4; i++) {
            double input = f43().a.get(i);
            for (int j = 0; j < 3; j++) {
                input += f43().W.get(i, j) * unit(h, j, 3);
            }
            p *= unit(v, i, 4) == 1 ? sigmoid(input) : 1 - sigmoid(input);
        }
        return p;
    }

    private static SimpleMatrix step(SimpleMatrix p) {
        SimpleMatrix next = new SimpleMatrix(16, 1);
        for (int v = 0; v < 16; v++) {
            for (int h = 0; h < 8; h++) {
                for (int w = 0; w < 16; w++) {
                    next.set(w, next.get(w) + p.get(v) * hidden(v, h) * visible(h, w));
                }
            }
        }
        return next;
    }

    private static double meanProduct(SimpleMatrix p, int i, int j) {
        double mean = 0;
        for (int v = 0; v < 16; v++) {
            mean += p.get(v) * unit(v, i, 4) * meanHidden(v, j);
        }
        return mean;
    }

    @Test
    void twoStepsAndTheirStatistics() {
        VisibleChain chain = new VisibleChain(f43());
        SimpleMatrix two = step(step(p0()));
        assertEquals(0, two.minus(chain.after(2, p0())).elementMaxAbs(), 1e-15);
        assertEquals(0, p0().minus(chain.after(0, p0())).elementMaxAbs(), 0);
        Direction statistics = chain.statistics(two);
        Direction expected = chain.expectedContrastiveDivergence(2, p0());
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(meanProduct(two, i, j), statistics.of("W").get(i, j), 1e-14);
                assertEquals(
                        meanProduct(p0(), i, j) - meanProduct(two, i, j),
                        expected.of("W").get(i, j),
                        1e-14);
            }
        }
    }

    @Test
    void rowsBecomeADistribution() {
        VisibleChain chain = new VisibleChain(f43());
        SimpleMatrix V = d4().concatRows(new SimpleMatrix(new double[][] {{1, 0, 1, 1}}));
        SimpleMatrix p = chain.distributionOf(V);
        assertEquals(0.4, p.get(0b1011), 1e-15);
        assertEquals(0.2, p.get(0b1101), 1e-15);
        assertEquals(0.2, p.get(0b0010), 1e-15);
        assertEquals(0.2, p.get(0b1001), 1e-15);
        assertEquals(1, p.elementSum(), 1e-15);
        chain.states().fill(7); // a copy
        assertTrue(chain.states().elementMax() == 1);
    }

    @Test
    void badArgumentsAreRefused() {
        VisibleChain chain = new VisibleChain(f43());
        SimpleMatrix eight = new SimpleMatrix(8, 1);
        for (Executable call : List.<Executable>of(
                () -> new VisibleChain(plain(11, 2)),
                () -> new VisibleChain(plain(2, 15)),
                () -> chain.after(1, eight),
                () -> chain.after(-1, p0()),
                () -> chain.statistics(eight),
                () -> chain.expectedContrastiveDivergence(1, eight),
                () -> chain.distributionOf(new SimpleMatrix(2, 3)))) {
            assertThrows(IllegalArgumentException.class, call);
        }
        assertEquals(1024, new VisibleChain(plain(10, 14)).states().getNumRows());
    }

    private static Rbm plain(int m, int n) {
        return new Rbm(new SimpleMatrix(m, n), new SimpleMatrix(m, 1), new SimpleMatrix(n, 1));
    }
}
