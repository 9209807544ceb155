package nabla.check;

import static nabla.math.Functions.map;
import static nabla.math.Functions.sigmoid;
import static nabla.math.Functions.softmax;
import static nabla.math.Functions.softplus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nabla.math.Randoms;
import nabla.math.States;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Ten derivations as students get them wrong, and the same ten right, in other forms than the lecturer's. */
@SuppressWarnings("ArrayRecordComponent")
class OwnLinesTest {
    private static final SimpleMatrix H = States.binary(3).matrix();
    private static final SimpleMatrix V = States.binary(4).matrix();
    private long energies; // evaluated up to now

    /** A restricted Boltzmann machine by its letters, one visible state, and four examples. */
    private record Model(SimpleMatrix W, SimpleMatrix a, SimpleMatrix b, SimpleMatrix v, SimpleMatrix data) {
        static Model draw(RandomGenerator rng) {
            return new Model(
                    Randoms.normal(4, 3, 1, rng),
                    Randoms.normal(4, 1, 1, rng),
                    Randoms.normal(3, 1, 1, rng),
                    V.getRow(1 + rng.nextInt(15)),
                    Randoms.bernoulli(new SimpleMatrix(4, 4).plus(0.5), rng));
        }

        double x(int j) {
            return b.get(j) + v.dot(W.getColumn(j));
        }

        Model at(SimpleMatrix other) {
            return new Model(W, a, b, other, data);
        }
    }

    private double E(Model m, SimpleMatrix v, SimpleMatrix h) {
        energies++;
        return -v.dot(m.a) - h.dot(m.b) - v.mult(m.W).dot(h);
    }

    private double sumOverH(Function<SimpleMatrix, Double> f) {
        return IntStream.range(0, 8).mapToDouble(i -> f.apply(H.getRow(i))).sum();
    }

    private double boltzmann(Model m) {
        return sumOverH(h -> Math.exp(-E(m, m.v, h)));
    }

    private static SimpleMatrix p(Model m) {
        return new SimpleMatrix(3, 1, true, sigmoid(m.x(0)), sigmoid(m.x(1)), sigmoid(m.x(2)));
    }

    private SimpleMatrix modelMean(Model m) {
        SimpleMatrix sum = new SimpleMatrix(4, 3);
        double Z = 0;
        for (int i = 0; i < 16; i++) {
            Model at = m.at(V.getRow(i));
            Z += boltzmann(at);
            sum = sum.plus(boltzmann(at), at.v.transpose().mult(p(at).transpose()));
        }
        return sum.divide(Z);
    }

    private static SimpleMatrix dataSum(Model m) {
        SimpleMatrix sum = new SimpleMatrix(4, 3);
        for (int q = 0; q < 4; q++) {
            SimpleMatrix v = m.data.getRow(q);
            sum = sum.plus(v.transpose().mult(p(m.at(v)).transpose()));
        }
        return sum;
    }

    // 1. The marginal of a visible state.
    private OwnLines<Model> marginal() {
        return OwnLines.of("The marginal")
                .on(5, Model::draw)
                .from("\\sum_h e^{-E(v,h)}", this::boltzmann)
                .to("e^{a'v} \\prod_j (1 + e^{x_j})", m -> Math.exp(m.v.dot(m.a)) * product(m))
                .mistake(
                        "the hidden bias is forgotten",
                        m -> Math.exp(m.v.dot(m.a)) * product(new Model(m.W, m.a, m.b.scale(0), m.v, m.data)))
                .counting("E(v, h)", () -> energies);
    }

    private static double product(Model m) {
        return (1 + Math.exp(m.x(0))) * (1 + Math.exp(m.x(1))) * (1 + Math.exp(m.x(2)));
    }

    // 2. The conditional of a hidden unit.
    private OwnLines<Model> conditional() {
        return OwnLines.of("The conditional")
                .on(5, Model::draw)
                .from("\\sum_h h_j p(h|v)", m -> {
                    SimpleMatrix sum = new SimpleMatrix(3, 1);
                    for (int i = 0; i < 8; i++) {
                        SimpleMatrix h = H.getRow(i);
                        sum = sum.plus(Math.exp(-E(m, m.v, h)) / boltzmann(m), h.transpose());
                    }
                    return sum;
                })
                .to("\\sigma(x_j)", OwnLinesTest::p);
    }

    // 3. The gradient of the mean log-likelihood.
    private OwnLines<Model> gradient() {
        return OwnLines.of("The gradient for W")
                .on(5, Model::draw)
                .from("definition", m -> dataSum(m).divide(4).minus(modelMean(m)))
                .to("data minus model", m -> dataSum(m).scale(0.25).minus(modelMean(m)))
                .term("the mean over the model", this::modelMean)
                .term("the mean over the data", m -> dataSum(m).divide(4))
                .examples(4);
    }

    /** Softmax, cross-entropy and its gradient. */
    private record Logits(double[] z, int target) {
        static Logits draw(RandomGenerator rng) {
            return new Logits(rng.doubles(4, -2, 2).toArray(), rng.nextInt(4));
        }
    }

    // 4. The gradient of the cross-entropy by the logits.
    private static OwnLines<Logits> crossEntropy() {
        return OwnLines.of("Softmax and cross-entropy")
                .on(5, Logits::draw)
                .from("\\sum_k -\\frac{t_k}{y_k} y_k (\\delta_{kj} - y_j)", x -> {
                    double[] y = softmax(x.z);
                    return IntStream.range(0, 4)
                            .mapToDouble(j -> -((j == x.target ? 1 : 0) - y[j]))
                            .toArray();
                })
                .to("y_j - t_j", OwnLinesTest::yMinusT)
                .term("the target", x -> oneHot(x));
    }

    private static double[] oneHot(Logits x) {
        return IntStream.range(0, 4).mapToDouble(j -> j == x.target ? 1 : 0).toArray();
    }

    private static double[] yMinusT(Logits x) {
        double[] y = softmax(x.z);
        y[x.target] -= 1;
        return y;
    }

    /** A recurrent network of three units, two steps back. */
    private record Recurrent(SimpleMatrix W, SimpleMatrix[] h, SimpleMatrix[] delta) {
        static Recurrent draw(RandomGenerator rng) {
            SimpleMatrix[] h = new SimpleMatrix[4];
            SimpleMatrix[] delta = new SimpleMatrix[4];
            for (int t = 0; t < 4; t++) {
                h[t] = map(Randoms.normal(3, 1, 1, rng), Math::tanh);
                delta[t] = Randoms.normal(3, 1, 1, rng);
            }
            return new Recurrent(Randoms.normal(3, 3, 1, rng), h, delta);
        }

        /** The derivative of tanh by its value. */
        SimpleMatrix slope(int t) {
            return map(h[t], y -> 1 - y * y);
        }

        SimpleMatrix sum(Function<Integer, SimpleMatrix> term) {
            return term.apply(1).plus(term.apply(2)).plus(term.apply(3));
        }
    }

    // 5. Back-propagation through time: dC/dW with delta_t = dC/dh_t.
    private static OwnLines<Recurrent> recurrent() {
        return OwnLines.of("Back-propagation through time")
                .on(5, Recurrent::draw)
                .from(
                        "\\sum_t diag(1-h_t^2) \\delta_t h_{t-1}'",
                        r -> r.sum(t -> SimpleMatrix.diag(r.slope(t).getDDRM().data)
                                .mult(r.delta[t])
                                .mult(r.h[t - 1].transpose())))
                .to(
                        "\\sum_t (\\delta_t * (1-h_t^2)) h_{t-1}'",
                        r -> r.sum(t -> r.delta[t].elementMult(r.slope(t)).mult(r.h[t - 1].transpose())))
                .mistake(
                        "the derivative of tanh is forgotten", r -> r.sum(t -> r.delta[t].mult(r.h[t - 1].transpose())))
                .mistake(
                        "h_t stands where h_{t-1} belongs",
                        r -> r.sum(t -> r.delta[t].elementMult(r.slope(t)).mult(r.h[t].transpose())));
    }

    /** Means and standard deviations of two normal distributions. */
    private record Normals(double mean, double deviation) {
        static Normals draw(RandomGenerator rng) {
            return new Normals(rng.nextGaussian(), 0.3 + rng.nextDouble());
        }
    }

    // 6. The KL divergence of N(mean, deviation^2) from N(0, 1).
    private static OwnLines<Normals> klOfNormals() {
        return OwnLines.of("The KL of a VAE")
                .on(5, Normals::draw)
                .from("E[\\log q - \\log p]", n -> {
                    double s2 = n.deviation * n.deviation;
                    return -Math.log(n.deviation) - 0.5 + (s2 + n.mean * n.mean) / 2;
                })
                .to(
                        "\\frac12 (s^2 + m^2 - 1 - \\log s^2)",
                        n -> 0.5 * (n.deviation * n.deviation + n.mean * n.mean - 1 - 2 * Math.log(n.deviation)))
                .mistake(
                        "the deviation stands where the variance belongs",
                        n -> 0.5 * (n.deviation + n.mean * n.mean - 1 - Math.log(n.deviation)));
    }

    /** A joint distribution of three hidden and two visible values, and a guess of the posterior. */
    private record Bound(double[][] joint, double[] q) {
        static Bound draw(RandomGenerator rng) {
            double[][] joint = new double[3][2];
            double[] all = softmax(rng.doubles(6, -1, 1).toArray());
            for (int z = 0; z < 3; z++) {
                joint[z] = new double[] {all[2 * z], all[2 * z + 1]};
            }
            return new Bound(joint, softmax(rng.doubles(3, -1, 1).toArray()));
        }

        double mean(Function<Integer, Double> f) {
            return IntStream.range(0, 3).mapToDouble(z -> q[z] * f.apply(z)).sum();
        }

        double evidence() {
            return joint[0][0] + joint[1][0] + joint[2][0];
        }
    }

    // 7. The lower bound.
    private static OwnLines<Bound> bound() {
        return OwnLines.of("The lower bound")
                .on(5, Bound::draw)
                .from(
                        "\\log p(x) - KL(q || p(z|x))",
                        x -> Math.log(x.evidence()) - x.mean(z -> Math.log(x.q[z] / (x.joint[z][0] / x.evidence()))))
                .to(
                        "E_q[\\log p(x,z)] + H(q)",
                        x -> x.mean(z -> Math.log(x.joint[z][0])) - x.mean(z -> Math.log(x.q[z])))
                .term("the entropy of q", x -> -x.mean(z -> Math.log(x.q[z])));
    }

    // 8. The acceptance ratio of Metropolis for p proportional to e^f.
    private static OwnLines<double[]> metropolis() {
        return OwnLines.of("The acceptance ratio")
                .on(5, rng -> rng.doubles(2, -2, 2).toArray())
                .from("p(x')/p(x)", f -> Math.exp(f[1]) / 7 / (Math.exp(f[0]) / 7))
                .to("e^{f(x') - f(x)}", f -> Math.exp(f[1] - f[0]));
    }

    /** One step of an LSTM: forget and input gates, candidate, the cell before, and the slope of the loss by the cell. */
    private record Cell(double[] f, double[] i, double[] g, double[] before, double[] slope) {
        static Cell draw(RandomGenerator rng) {
            return new Cell(
                    rng.doubles(3, 0, 1).toArray(),
                    rng.doubles(3, 0, 1).toArray(),
                    rng.doubles(3, -1, 1).toArray(),
                    rng.doubles(3, -1, 1).toArray(),
                    rng.doubles(3, -1, 1).toArray());
        }

        double[] each(Function<Integer, Double> f) {
            return IntStream.range(0, 3).mapToDouble(f::apply).toArray();
        }
    }

    // 9. The LSTM's slope by the input of the forget gate.
    private static OwnLines<Cell> forgetGate() {
        return OwnLines.of("The forget gate")
                .on(5, Cell::draw)
                .from(
                        "dC/dc_t * dc_t/df_t * df_t/dz",
                        c -> c.each(k -> c.slope[k] * c.before[k] * (c.f[k] - c.f[k] * c.f[k])))
                .to("dC/dc_t * c_{t-1} * f (1 - f)", c -> c.each(k -> c.slope[k] * c.before[k] * c.f[k] * (1 - c.f[k])))
                .mistake(
                        "the derivative of the sigmoid, f (1 - f), is forgotten",
                        c -> c.each(k -> c.slope[k] * c.before[k]));
    }

    // 10. The free energy of an RBM, in logarithms.
    private OwnLines<Model> freeEnergy() {
        return OwnLines.of("The free energy")
                .on(5, Model::draw)
                .from("-\\log \\sum_h e^{-E(v,h)}", m -> -Math.log(boltzmann(m)))
                .to(
                        "-a'v - \\sum_j softplus(x_j)",
                        m -> -m.v.dot(m.a) - softplus(m.x(0)) - softplus(m.x(1)) - softplus(m.x(2)))
                .counting("E(v, h)", () -> energies);
    }

    private static void assertBreaks(int line, String hint, Judgement judgement) {
        assertFalse(judgement.right());
        assertEquals(line, judgement.firstBroken(), judgement.toString());
        assertTrue(
                judgement.lines().get(line - 1).hints().stream().anyMatch(words -> words.contains(hint)),
                judgement.toString());
    }

    @Test
    void theHiddenBiasForgotten() {
        assertBreaks(
                2,
                "the hidden bias is forgotten",
                marginal()
                        .judge(
                                m -> Math.exp(m.v.dot(m.a))
                                        * sumOverH(h -> Math.exp(
                                                h.dot(m.b) + m.v.mult(m.W).dot(h))),
                                m -> Math.exp(m.v.dot(m.a))
                                        * (1 + Math.exp(m.v.dot(m.W.getColumn(0))))
                                        * (1 + Math.exp(m.v.dot(m.W.getColumn(1))))
                                        * (1 + Math.exp(m.v.dot(m.W.getColumn(2))))));
    }

    @Test
    void theSigmoidOfTheWrongSign() {
        assertBreaks(1, "one minus", conditional().judge(m -> map(p(m), y -> 1 - y)));
    }

    @Test
    void reconstructionMinusData() {
        assertBreaks(1, "the sign is turned round", gradient().judge(m -> modelMean(m)
                .minus(dataSum(m).divide(4))));
    }

    @Test
    void aSumForTheMean() {
        assertBreaks(
                2,
                "4 times as large: a sum over the examples",
                gradient().judge(m -> dataSum(m).divide(4).minus(modelMean(m)), m -> dataSum(m)
                        .minus(modelMean(m).scale(4))));
        assertBreaks(
                1, "the mean over the model", gradient().judge(m -> dataSum(m).divide(4)));
    }

    @Test
    void theTargetWithTheWrongSign() {
        assertBreaks(
                1, "the sign of one term is wrong: the target", crossEntropy().judge(x -> {
                    double[] y = softmax(x.z);
                    y[x.target] += 1;
                    return y;
                }));
    }

    @Test
    void theDerivativeOfTanhForgottenOrTheWrongStep() {
        assertBreaks(
                1,
                "the derivative of tanh is forgotten",
                recurrent().judge(r -> r.sum(t -> r.delta[t].mult(r.h[t - 1].transpose()))));
        assertBreaks(
                1,
                "h_t stands where h_{t-1} belongs",
                recurrent()
                        .judge(r ->
                                r.sum(t -> r.delta[t].elementMult(r.slope(t)).mult(r.h[t].transpose()))));
        assertBreaks(
                1,
                "transposed",
                recurrent()
                        .judge(r -> r.sum(t -> r.h[t - 1].mult(
                                r.delta[t].elementMult(r.slope(t)).transpose()))));
    }

    @Test
    void theHalfForgottenAndTheDeviationForTheVariance() {
        assertBreaks(
                2,
                "twice as large",
                klOfNormals()
                        .judge(
                                n -> (n.deviation * n.deviation + n.mean * n.mean - 1) / 2 - Math.log(n.deviation),
                                n -> n.deviation * n.deviation + n.mean * n.mean - 1 - 2 * Math.log(n.deviation)));
        assertBreaks(
                1,
                "the deviation stands where the variance belongs",
                klOfNormals().judge(n -> 0.5 * (n.deviation + n.mean * n.mean - 1 - Math.log(n.deviation))));
    }

    @Test
    void theEntropyForgotten() {
        assertBreaks(
                1,
                "a term is missing, or counted once too often: the entropy of q",
                bound().judge(x -> x.mean(z -> Math.log(x.joint[z][0]))));
    }

    @Test
    void theFractionTurnedOver() {
        assertBreaks(1, "the fraction is turned over", metropolis().judge(f -> Math.exp(f[0] - f[1])));
    }

    @Test
    void theDerivativeOfTheSigmoidForgottenAndAnIndexShifted() {
        assertBreaks(
                1, "the derivative of the sigmoid", forgetGate().judge(c -> c.each(k -> c.slope[k] * c.before[k])));
        assertBreaks(
                1,
                "an index is off by one",
                forgetGate()
                        .judge(c -> c.each(k -> {
                            int j = (k + 1) % 3;
                            return c.slope[j] * c.before[j] * c.f[j] * (1 - c.f[j]);
                        })));
    }

    @Test
    void theLogarithmForgotten() {
        Judgement judgement = freeEnergy().judge(m -> -boltzmann(m));
        assertEquals(1, judgement.firstBroken());
        assertBreaks(1, "the sign is turned round", freeEnergy().judge(m -> Math.log(boltzmann(m))));
    }

    @Test
    void rightOnesInOtherForms() {
        assertTrue(marginal()
                .judge(
                        m -> Math.exp(m.v.dot(m.a)) * sumOverH(h -> Math.exp(h.dot(m.b) + h.dot(m.v.mult(m.W)))),
                        m -> Math.exp(m.v.dot(m.a) + softplus(m.x(0)) + softplus(m.x(1)) + softplus(m.x(2))))
                .right());
        assertTrue(conditional()
                .judge(m -> map(m.b.plus(m.W.transpose().mult(m.v.transpose())), x -> 1 / (1 + Math.exp(-x))))
                .right());
        assertTrue(gradient()
                .judge(m -> {
                    SimpleMatrix sum = new SimpleMatrix(4, 3);
                    for (int q = 0; q < 4; q++) {
                        SimpleMatrix v = m.data.getRow(q);
                        sum = sum.plus(
                                v.transpose().mult(p(m.at(v)).transpose()).minus(modelMean(m)));
                    }
                    return sum.divide(4);
                })
                .right());
        assertTrue(crossEntropy()
                .judge(
                        x -> {
                            double[] y = softmax(x.z);
                            double[] t = oneHot(x);
                            return List.of(y[0] - t[0], y[1] - t[1], y[2] - t[2], y[3] - t[3]);
                        },
                        x -> new SimpleMatrix(4, 1, true, softmax(x.z)).minus(new SimpleMatrix(4, 1, true, oneHot(x))))
                .right());
        assertTrue(recurrent()
                .judge(r -> {
                    SimpleMatrix dW = new SimpleMatrix(3, 3);
                    for (int t = 3; t >= 1; t--) {
                        for (int e = 0; e < 9; e++) {
                            double y = r.h[t].get(e / 3);
                            dW.set(e, dW.get(e) + r.delta[t].get(e / 3) * (1 - y * y) * r.h[t - 1].get(e % 3));
                        }
                    }
                    return dW;
                })
                .right());
        assertTrue(klOfNormals()
                .judge(n ->
                        -0.5 * (1 + Math.log(n.deviation * n.deviation) - n.mean * n.mean - n.deviation * n.deviation))
                .right());
        assertTrue(bound().judge(x -> x.mean(z -> Math.log(x.joint[z][0] / x.q[z])))
                .right());
        assertTrue(metropolis()
                .judge(f -> Math.exp(f[1]) / Math.exp(f[0]), f -> Math.exp(f[1]) * Math.exp(-f[0]))
                .right());
        assertTrue(forgetGate()
                .judge(c -> c.each(k -> c.f[k] * c.slope[k] * c.before[k] - c.f[k] * c.f[k] * c.slope[k] * c.before[k]))
                .right());
        assertTrue(freeEnergy()
                .judge(m -> -Math.log(Math.exp(m.v.dot(m.a)) * product(m)))
                .right());
    }

    @Test
    void aRightLineIsNotTheEndWhileTheSumIsLeft() {
        Judgement judgement =
                marginal().judge(m -> Math.exp(m.v.dot(m.a)) * sumOverH(h -> Math.exp(-E(m, m.v, h) - m.v.dot(m.a))));
        assertEquals(Judgement.Outcome.NOT_THERE, judgement.outcome());
        assertEquals(
                "The marginal: Right so far, but not there yet: the last line evaluates E(v, h) 8 times, the wanted form 0 times.\n"
                        + "  1. ✓ follows",
                judgement.toString());
    }

    @Test
    void oneMistakeIsToldOnce() {
        Judgement judgement =
                metropolis().judge(f -> 2 * Math.exp(f[1] - f[0]), f -> Math.exp(f[1] - f[0]) + Math.exp(f[1] - f[0]));
        assertEquals(1, judgement.firstBroken());
        assertTrue(judgement.lines().get(1).right());
        assertTrue(judgement.markdown().contains("2. ✓ follows from the line before it, with its mistake"));
        assertTrue(metropolis()
                .judge(f -> 2 * Math.exp(f[1] - f[0]), f -> Math.exp(f[1] - f[0]))
                .toString()
                .contains("2. ✓ does not follow from the line before it, but is right"));
    }

    @Test
    void whatCannotBeJudged() {
        assertEquals(Judgement.Outcome.NOT_DONE, metropolis().judge().outcome());
        assertEquals(
                "The acceptance ratio: Not done yet: line 1: your first line.",
                metropolis()
                        .judge(f -> {
                            throw new UnsupportedOperationException("your first line");
                        })
                        .toString());
        assertTrue(metropolis()
                .judge(f -> f[2])
                .toString()
                .contains("1. ✗ threw ArrayIndexOutOfBoundsException: Index 2"));
        assertBreaks(1, "not a number", metropolis().judge(f -> Math.sqrt(-1)));
        assertBreaks(1, "one number, asked for is 3x1", forgetGate().judge(c -> 1));
        assertBreaks(
                1,
                "is 1x3, asked for is 3x1: it is transposed",
                forgetGate()
                        .judge(c -> new SimpleMatrix(
                                1, 3, true, c.each(k -> c.slope[k] * c.before[k] * c.f[k] * (1 - c.f[k])))));
        assertBreaks(1, "the same in all draws", metropolis().judge(f -> 3));
        OwnLines<Double> wrongTask = OwnLines.of("x").on(2.0).from("x", x -> x).to("y", x -> x + 1);
        assertEquals(
                "x: the two ends differ by 0.33",
                assertThrows(IllegalStateException.class, () -> wrongTask.judge(x -> x))
                        .getMessage());
    }

    private static int endless(int n) {
        return n < 0 ? 0 : 1 + endless(Math.abs(n));
    }

    @Test
    void recursionWithoutEndIsABrokenLine() {
        Judgement judgement = metropolis().judge(f -> endless(0));
        assertEquals(1, judgement.firstBroken());
        assertTrue(judgement.toString().contains("threw StackOverflowError"), judgement.toString());
    }

    /** The words never give away what is right. */
    @Test
    void theRightValueIsNotTold() {
        OwnLines<Double> task =
                OwnLines.of("A number").on(1.0).from("x", x -> 0.123456).to("x", x -> 0.123456);
        for (double wrong : new double[] {0.5, -0.123456, 0.246912, 8.1}) {
            Judgement judgement = task.judge(x -> wrong);
            assertFalse((judgement + judgement.markdown()).contains("0.123"), judgement.toString());
        }
    }

    @Test
    void drawsAndExamplesAreAtLeastOne() {
        OwnLines.Title title = OwnLines.of("x");
        assertEquals(
                "draws: expected at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> title.on(0, rng -> 1))
                        .getMessage());
        assertEquals(
                "N: expected at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> title.on(1.0).examples(0))
                        .getMessage());
        assertTrue(title.on(1, rng -> 1.0)
                .from("x", x -> x)
                .to("x", x -> x)
                .examples(1)
                .judge(x -> x)
                .right());
    }
}
