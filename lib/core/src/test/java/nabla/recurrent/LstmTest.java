package nabla.recurrent;

import static nabla.recurrent.Fixtures.assertClose;
import static nabla.recurrent.Fixtures.assertSums;
import static nabla.recurrent.Fixtures.lstm;
import static nabla.recurrent.Fixtures.pair;
import static nabla.recurrent.Fixtures.pairC;
import static nabla.recurrent.Fixtures.pairH;
import static nabla.recurrent.Fixtures.pairTargets;
import static nabla.recurrent.Fixtures.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.check.Numeric;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against loops over single numbers, another library, and published numbers. */
class LstmTest {
    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** W [h, x] + b, one row of it. */
    private static double z(SimpleMatrix W, SimpleMatrix b, int i, double[] h, SimpleMatrix x, int t) {
        double z = b.get(i);
        for (int j = 0; j < h.length; j++) {
            z += W.get(i, j) * h[j];
        }
        for (int j = 0; j < x.getNumCols(); j++) {
            z += W.get(i, h.length + j) * x.get(t - 1, j);
        }
        return z;
    }

    @Test
    void forwardAgreesWithLoopsOverSingleNumbers() {
        Sequences x = Fixtures.randomInputs(5, 3, 1);
        SimpleMatrix start = Randoms.normal(3, 6, 1, new SplittableRandom(2));
        for (boolean softmax : new boolean[] {true, false}) {
            Lstm lstm = Fixtures.randomLstm(softmax, 3);
            UnrolledLstm pass = lstm.forward(x, start);
            for (int b = 0; b < 3; b++) {
                double[] h = start.getRow(b).cols(0, 3).getDDRM().data;
                double[] C = start.getRow(b).cols(3, 6).getDDRM().data;
                SimpleMatrix own = x.sequence(b);
                assertClose("h_0", row(h), pass.h(0).getRow(b), 0);
                assertClose("C_0", row(C), pass.C(0).getRow(b), 0);
                for (int t = 1; t <= 5; t++) {
                    double[] f = new double[3];
                    double[] i = new double[3];
                    double[] g = new double[3];
                    double[] o = new double[3];
                    for (int j = 0; j < 3; j++) {
                        f[j] = logistic(z(lstm.Wf, lstm.bf, j, h, own, t));
                        i[j] = logistic(z(lstm.Wi, lstm.bi, j, h, own, t));
                        g[j] = StrictMath.tanh(z(lstm.WC, lstm.bC, j, h, own, t));
                        o[j] = logistic(z(lstm.Wo, lstm.bo, j, h, own, t));
                    }
                    double[] next = new double[3];
                    for (int j = 0; j < 3; j++) {
                        C[j] = f[j] * C[j] + i[j] * g[j];
                        next[j] = o[j] * StrictMath.tanh(C[j]);
                    }
                    h = next;
                    assertClose("f", row(f), pass.f(t).getRow(b), 1e-14);
                    assertClose("i", row(i), pass.i(t).getRow(b), 1e-14);
                    assertClose("g", row(g), pass.g(t).getRow(b), 1e-14);
                    assertClose("o", row(o), pass.o(t).getRow(b), 1e-14);
                    assertClose("C", row(C), pass.C(t).getRow(b), 1e-14);
                    assertClose("h", row(h), pass.h(t).getRow(b), 1e-14);
                    assertClose(
                            "state", row(h).concatColumns(row(C)), pass.state(t).getRow(b), 1e-14);
                    assertClose(
                            "answers",
                            row(Fixtures.answers(lstm.readout(), h)),
                            pass.yHat(t).getRow(b),
                            1e-14);
                }
            }
            assertClose("last state", pass.state(5), pass.lastState(), 0);
        }
    }

    /** Computed by PyTorch 1.13.0 in double precision: nn.LSTM, a linear layer, cross_entropy summed and halved. */
    @Test
    void agreesWithPyTorch() {
        UnrolledLstm pass = lstm().forward(pair(), pairH().concatColumns(pairC()));
        RecurrentGradient gradient = pass.gradient(pairTargets());
        assertEquals(4.04250380020264, gradient.loss(), 1e-13);
        assertSums("logits", 0.27616933471366, 0.723683295866494, RnnTest.stacked(pass, true));
        assertSums("h", -0.619778250203591, 0.920992976950462, RnnTest.stacked(pass, false));
        assertSums("C_4", -0.0945246143096062, 0.719559698223708, pass.C(4));
        assertSums("Wf", 0.0600340315851038, 0.0766874185210741, gradient.of("Wf"));
        assertSums("Wi", 0.132431476966268, 0.0760693207718543, gradient.of("Wi"));
        assertSums("WC", 0.0789188982361312, 0.210721744866894, gradient.of("WC"));
        assertSums("Wo", 0.129911094167534, 0.146799453020188, gradient.of("Wo"));
        assertSums("bf", 0.116134883520958, 0.117055381912757, gradient.of("bf"));
        assertSums("bi", 0.044296397442187, 0.0375126982495777, gradient.of("bi"));
        assertSums("bC", 0.0523050175273012, 0.0990688129066543, gradient.of("bC"));
        assertSums("bo", 0.123608017204779, 0.11408335990998, gradient.of("bo"));
        assertSums("V", 0.0617314025940155, 0.298590411647221, gradient.of("V"));
        assertSums("c", -0.135561868657112, 0.275006140823889, gradient.of("c"));
        assertSums(
                "h_0", 0.0106324184410724, 0.0471045864441427, gradient.state(0).cols(0, 3));
        assertSums(
                "C_0", 0.0655020249447975, 0.211187286380903, gradient.state(0).cols(3, 6));
        assertSums("x", -0.0901254363754696, 0.086949848725576, gradient.inputs());
    }

    /** The loss sum of h_4^2 + h_4, as a squared error: sum of (h + 1/2)^2 up to a constant. */
    @Test
    void sharedForgetWeightsHaveThePublishedGradient() {
        Lstm lstm = new Lstm(
                Fixtures.lstmWeights(0), Readout.linear(SimpleMatrix.identity(3), Fixtures.column(0.5, 0.5, 0.5)));
        Targets y = Targets.lastValue(new SimpleMatrix(1, 3), 4);
        UnrolledLstm pass = lstm.forward(Fixtures.seq4Inputs());
        SimpleMatrix shared = pass.gradient(y).of("Wf");
        SimpleMatrix lastCopy = pass.gradient(y, 1).of("Wf"); // steps 1 to 3 held fixed
        assertEquals(0.0367, shared.elementMaxAbs(), 5e-5);
        assertEquals(0.0217, shared.minus(lastCopy).elementMaxAbs(), 5e-5);
        SimpleMatrix numeric = Numeric.gradient(
                () -> {
                    SimpleMatrix h = lstm.forward(Fixtures.seq4Inputs()).h(4);
                    return h.elementMult(h).elementSum() + h.elementSum();
                },
                lstm.Wf);
        assertClose("Wf", numeric, shared, 1e-10);
    }

    @Test
    void openForgetAndClosedInputGatesKeepTheCells() {
        Lstm lstm = lstm();
        lstm.Wf.zero();
        lstm.Wi.zero();
        lstm.bf.fill(40);
        lstm.bi.fill(-800); // exactly 0
        UnrolledLstm pass = lstm.forward(pair(), pairH().concatColumns(pairC()));
        assertClose("C_4", pairC(), pass.C(4), 1e-15);
        SimpleMatrix later = pass.gradient(pairTargets().only(4)).state(4).cols(3, 6);
        SimpleMatrix first = pass.gradient(pairTargets().only(4)).state(0).cols(3, 6);
        assertTrue(later.elementMaxAbs() > 0.01);
        SimpleMatrix viaOutputGate = first.minus(later); // nothing but the cells carries anything here but o_t
        assertTrue(viaOutputGate.elementMaxAbs() < 1, "" + viaOutputGate);
        lstm.Wo.zero();
        pass = lstm.forward(pair(), pairH().concatColumns(pairC()));
        RecurrentGradient gradient = pass.gradient(pairTargets().only(4));
        assertClose("carousel", gradient.state(4).cols(3, 6), gradient.state(0).cols(3, 6), 1e-14);
    }

    @Test
    void cellsMayExceedOneWhileStatesStayBelowTheirGates() {
        Lstm lstm = lstm();
        lstm.bf.fill(5);
        lstm.bi.fill(5);
        lstm.bC.fill(3);
        UnrolledLstm pass = lstm.forward(pair());
        assertTrue(pass.C(4).elementMax() > 2);
        for (int t = 1; t <= 4; t++) {
            for (int e = 0; e < 6; e++) {
                assertTrue(Math.abs(pass.h(t).get(e)) <= pass.o(t).get(e));
            }
        }
    }

    @Test
    void networkForTrainingRemembersFromTheStart() {
        Readout readout = Readout.linear(2, 4, new SplittableRandom(1));
        Lstm lstm = Lstm.forTraining(3, readout, new SplittableRandom(2));
        assertEquals(3, lstm.inputs());
        assertEquals(4, lstm.hidden());
        assertEquals(8, lstm.stateSize());
        assertEquals(2, lstm.outputs());
        assertSame(readout, lstm.readout());
        assertEquals(4, lstm.bf.elementSum(), 0.0);
        assertEquals(1, lstm.bf.elementMin(), 0.0);
        for (SimpleMatrix zero : List.of(lstm.bi, lstm.bC, lstm.bo, lstm.c)) {
            assertEquals(0, zero.elementMaxAbs(), 0.0);
        }
        double edge = Math.sqrt(6.0 / (4 + 7));
        for (SimpleMatrix W : List.of(lstm.Wf, lstm.Wi, lstm.WC, lstm.Wo)) {
            assertTrue(W.elementMaxAbs() <= edge && W.elementMaxAbs() > 0.7 * edge);
        }
    }

    @Test
    void parametersAreTheMatricesThemselvesInAStableOrder() {
        Lstm lstm = lstm();
        List<String> names = List.of("Wf", "Wi", "WC", "Wo", "bf", "bi", "bC", "bo", "V", "c");
        Map<String, SimpleMatrix> parameters = lstm.parameters();
        assertEquals(names, new ArrayList<>(parameters.keySet()));
        assertEquals(
                names,
                new ArrayList<>(
                        lstm.forward(pair()).gradient(pairTargets()).direction().names()));
        List<SimpleMatrix> fields =
                List.of(lstm.Wf, lstm.Wi, lstm.WC, lstm.Wo, lstm.bf, lstm.bi, lstm.bC, lstm.bo, lstm.V, lstm.c);
        for (int i = 0; i < fields.size(); i++) {
            assertSame(fields.get(i), parameters.get(names.get(i)));
        }
    }

    @Test
    void hugeNumbersHaveTheirFiniteCrossEntropy() {
        Lstm lstm = lstm();
        lstm.parameters().forEach((name, x) -> x.setTo(x.scale(200)));
        Sequences x = Sequences.stacked(pair().stacked().scale(1000), 4);
        UnrolledLstm pass = lstm.forward(x, pairH().concatColumns(pairC()).scale(1000));
        double expected = 0;
        int[][] targets = {{0, 2, 1, 0}, {1, 1, Targets.NONE, 2}};
        for (int b = 0; b < 2; b++) {
            for (int t = 1; t <= 4; t++) {
                if (targets[b][t - 1] != Targets.NONE) {
                    expected += Fixtures.crossEntropy(pass.logits(t).getRow(b), targets[b][t - 1]) / 2;
                }
            }
        }
        RecurrentGradient gradient = pass.gradient(pairTargets());
        assertTrue(expected > 50, "" + expected);
        assertEquals(1, gradient.loss() / expected, 1e-12);
        gradient.direction().matrices().forEach((name, g) -> assertTrue(!g.hasUncountable(), name));
    }
}
