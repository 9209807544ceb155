package nabla.rbm;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.estimate.ExactGradient;
import nabla.math.Functions;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The sparsity target against finite differences, the centred gradient against its definition and the invariance that it is made for. */
class PenalizedGradientTest {
    private final SplittableRandom rng = new SplittableRandom(1);
    private final Rbm rbm = Rbm.random(4, 3, 1, rng);
    private final SimpleMatrix V = new SimpleMatrix(new double[][] {{1, 1, 0, 1}, {1, 0, 0, 1}, {0, 1, 1, 1}});

    @Test
    void sparsityTargetIsAPartOfWhatRises() {
        SparsityTarget target = new SparsityTarget(new ExactGradient(), 0.1, 0.7);
        double expected = 0;
        SimpleMatrix H = rbm.hiddenProbabilities(V);
        for (int j = 0; j < 3; j++) {
            double missing = 0.1 - H.getColumn(j).elementSum() / 3;
            expected += 0.7 * missing * missing;
        }
        assertEquals(expected, target.penalty(rbm, V), 1e-15);
        assertGradients(
                "likelihood minus penalty",
                () -> rbm.meanLogLikelihood(V) - target.penalty(rbm, V),
                rbm.parameters(),
                target.estimate(rbm, V, rng).matrices());
        assertRefused(
                "p: expected a number from 0.0 to 1.0, got 1.5", () -> new SparsityTarget(new ExactGradient(), 1.5, 1));
    }

    /** The means of (v - mu)(h - lambda)', v and h over data and over all states, with nothing of the usual gradient. */
    @Test
    void centredGradientByItsDefinition() {
        Direction centred = new CentredGradient(new ExactGradient()).estimate(rbm, V, rng);
        SimpleMatrix mu = mean(V, 1.0 / 3);
        SimpleMatrix H = rbm.hiddenProbabilities(V);
        SimpleMatrix lambda = mean(H, 1.0 / 3);
        SimpleMatrix states = new VisibleChain(rbm).states();
        SimpleMatrix p = new VisibleChain(rbm).equilibrium();
        SimpleMatrix W = new SimpleMatrix(4, 3);
        SimpleMatrix a = new SimpleMatrix(4, 1);
        SimpleMatrix b = new SimpleMatrix(3, 1);
        for (int r = 0; r < 3 + 16; r++) {
            SimpleMatrix row = r < 3 ? V.getRow(r) : states.getRow(r - 3);
            double weight = r < 3 ? 1.0 / 3 : -p.get(r - 3);
            SimpleMatrix v = row.transpose();
            SimpleMatrix h = rbm.hiddenProbabilities(row).transpose();
            W = W.plus(weight, v.minus(mu).mult(h.minus(lambda).transpose()));
            a = a.plus(weight, v);
            b = b.plus(weight, h);
        }
        assertEquals(0, centred.of("W").minus(W).elementMaxAbs(), 1e-14);
        assertEquals(0, centred.of("a").minus(a.minus(W.mult(lambda))).elementMaxAbs(), 1e-14);
        assertEquals(0, centred.of("b").minus(b.minus(W.transpose().mult(mu))).elementMaxAbs(), 1e-14);
    }

    private static SimpleMatrix mean(SimpleMatrix X, double weight) {
        SimpleMatrix sum = new SimpleMatrix(X.getNumCols(), 1);
        for (int row = 0; row < X.getNumRows(); row++) {
            sum = sum.plus(weight, X.getRow(row).transpose());
        }
        return sum;
    }

    /** Data with 0 and 1 exchanged, and the model that likes them as much: W becomes -W, a becomes -a, b becomes b + W'1. */
    @Test
    void onlyTheCentredGradientDoesNotCareWhichValueIsBlack() {
        SimpleMatrix flippedV = Functions.map(V, x -> 1 - x);
        Rbm flipped = flipped(rbm);
        assertEquals(rbm.meanLogLikelihood(V), flipped.meanLogLikelihood(flippedV), 1e-13);
        for (boolean centred : new boolean[] {true, false}) {
            Rbm here = rbm.copy();
            Rbm there = flipped.copy();
            var estimator = centred ? new CentredGradient(new ExactGradient()) : null;
            here.move(0.5, centred ? estimator.estimate(here, V, rng) : ExactGradient.of(here, V));
            there.move(0.5, centred ? estimator.estimate(there, flippedV, rng) : ExactGradient.of(there, flippedV));
            assertTrue(here.meanLogLikelihood(V) > rbm.meanLogLikelihood(V)); // uphill
            double difference = here.meanLogLikelihood(V) - there.meanLogLikelihood(flippedV);
            assertTrue(centred == Math.abs(difference) < 1e-12, centred + ": " + difference);
        }
    }

    private static Rbm flipped(Rbm rbm) {
        SimpleMatrix ones = new SimpleMatrix(rbm.m(), 1);
        ones.fill(1);
        return new Rbm(
                rbm.W.negative(), rbm.a.negative(), rbm.b.plus(rbm.W.transpose().mult(ones)));
    }
}
