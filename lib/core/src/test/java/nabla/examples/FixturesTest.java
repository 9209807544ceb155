package nabla.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import nabla.math.Functions;
import nabla.rbm.VisibleChain;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The numbers that go with the fixtures, computed by other programs. */
class FixturesTest {
    @Test
    void restrictedMachines() {
        assertEquals(Math.log(173.1520763434), Fixtures.f43().logZ(), 1e-12);
        assertEquals(Math.log(84.8504552614), Fixtures.f33().logZ(), 1e-12);
        assertEquals(-2.7941732603, Fixtures.f43().meanLogLikelihood(Fixtures.d4()), 1e-10);
        SimpleMatrix law = new VisibleChain(Fixtures.f43()).distributionOf(Fixtures.d4());
        assertEquals(0, Fixtures.p0().minus(law.scale(0.9).plus(0.1 / 16)).elementMaxAbs(), 1e-16);
    }

    @Test
    void gaussianPoints() {
        double logDensity = 0;
        for (double x : Fixtures.gauss5().getDDRM().data) {
            logDensity += -(x - 0.3) * (x - 0.3) + 0.5 * Math.log(1 / Math.PI);
        }
        assertEquals(-8.9618247146, logDensity, 1e-10);
    }

    @Test
    void chains() {
        assertEquals(3, Fixtures.pm3().units());
        assertEquals(0.4, Fixtures.pm3().W.get(1, 2));
        SimpleMatrix Q = Fixtures.line5Proposal();
        for (int s = 0; s < 5; s++) {
            assertEquals(1, Q.getRow(s).elementSum());
        }
        assertEquals(0.5, Q.get(4, 4));
        assertEquals(1.5, Fixtures.line5().get(3));
    }

    /** The loss of the last step, C_4 = 0.9493673733. */
    @Test
    void recurrentNetwork() {
        Fixtures.Seq4 s = Fixtures.seq4();
        SimpleMatrix h = new SimpleMatrix(3, 1);
        for (int t = 0; t < 4; t++) {
            SimpleMatrix z = s.U().mult(s.x().getRow(t).transpose()).plus(s.W().mult(h));
            h = Functions.map(z, Math::tanh);
        }
        double[] p = Functions.softmax(s.V().mult(h).getDDRM().data);
        assertEquals(0.9493673733, -Math.log(p[0]), 1e-10);
    }
}
