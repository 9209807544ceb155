package nabla.ratings;

import static nabla.Checks.assertClose;
import static nabla.Checks.assertRefused;
import static nabla.Checks.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import nabla.data.Ratings;
import nabla.math.Functions;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class RatingRbmTest {
    private static final int K = 3;

    /** CF22 with two more films: W_ij^k = sin(1 + 2i + 5j + 3k), a_i^k = cos(i + 2k)/2, b_j = sin(3j)/2, all counted from 1. */
    static RatingRbm model(int films) {
        SimpleMatrix W = new SimpleMatrix(films * K, 2);
        SimpleMatrix a = new SimpleMatrix(films * K, 1);
        SimpleMatrix b = new SimpleMatrix(2, 1);
        for (int i = 1; i <= films; i++) {
            for (int k = 1; k <= K; k++) {
                for (int j = 1; j <= 2; j++) {
                    W.set((i - 1) * K + k - 1, j - 1, Math.sin(1 + 2 * i + 5 * j + 3 * k));
                    b.set(j - 1, 0.5 * Math.sin(3 * j));
                }
                a.set((i - 1) * K + k - 1, 0.5 * Math.cos(i + 2 * k));
            }
        }
        return new RatingRbm(K, W, a, b);
    }

    /** Three users of four films. */
    static final Ratings THREE = Ratings.table(K, new int[][] {{1, 0, 3, 2}, {0, 2, 0, 0}, {3, 3, 1, 0}});

    private final RatingRbm rbm = model(4);

    /** e^-E of a user's ratings and h, as the sum is written. */
    private static double weight(RatingRbm rbm, int[] films, int[] scores, double[] h) {
        double minusE = 0;
        for (int j = 0; j < 2; j++) {
            minusE += rbm.b.get(j) * h[j];
            for (int f = 0; f < films.length; f++) {
                minusE += rbm.W.get(films[f] * K + scores[f] - 1, j) * h[j];
            }
        }
        for (int f = 0; f < films.length; f++) {
            minusE += rbm.a.get(films[f] * K + scores[f] - 1);
        }
        return Math.exp(minusE);
    }

    private static double[][] hidden() {
        return new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    }

    @Test
    void hiddenUnitsGivenTheRatings() {
        SimpleMatrix p = rbm.hiddenProbabilities(THREE);
        for (int user = 0; user < 3; user++) {
            double[] on = new double[2];
            double sum = 0;
            for (double[] h : hidden()) {
                double weight = weight(rbm, THREE.films(user), THREE.scores(user), h);
                sum += weight;
                on[0] += weight * h[0];
                on[1] += weight * h[1];
            }
            assertEquals(on[0] / sum, p.get(user, 0), 1e-15);
            assertEquals(on[1] / sum, p.get(user, 1), 1e-15);
            assertEquals(-Math.log(sum), rbm.freeEnergy(THREE).get(user), 1e-14);
        }
    }

    @Test
    void scoresGivenTheHiddenUnits() {
        for (double[] h : hidden()) {
            double[] weights = new double[K];
            double sum = 0;
            for (int k = 1; k <= K; k++) {
                weights[k - 1] = weight(rbm, new int[] {2}, new int[] {k}, h);
                sum += weights[k - 1];
            }
            double[] p = rbm.scoreProbabilities(2, new SimpleMatrix(2, 1, true, h));
            for (int k = 0; k < K; k++) {
                assertEquals(weights[k] / sum, p[k], 1e-15);
            }
        }
    }

    /** A user's machine is the plain RBM with a softmax unit for each film rated: sums over all states of three films. */
    @Test
    void theMachineOfAUser() {
        Rbm its = rbm.of(0, 2, 3);
        assertEquals(9, its.m());
        double Z = 0;
        double p = 0;
        for (int s = 0; s < 27; s++) {
            for (double[] h : hidden()) {
                int[] scores = {1 + s / 9, 1 + s / 3 % 3, 1 + s % 3};
                double weight = weight(rbm, new int[] {0, 2, 3}, scores, h);
                Z += weight;
                p += Arrays.equals(scores, new int[] {1, 3, 2}) ? weight : 0;
            }
        }
        assertEquals(Math.log(Z), its.logZ(), 1e-13);
        assertEquals(Math.log(p / Z), rbm.logLikelihood(THREE).get(0), 1e-13);
    }

    @Test
    void whoHasRatedNothing() {
        Ratings nothing = Ratings.of(K, 2, 4, new int[] {1}, new int[] {0}, new int[] {2});
        assertEquals(0, rbm.logLikelihood(nothing).get(0));
        assertEquals(
                Functions.sigmoid(rbm.b.get(0)),
                rbm.hiddenProbabilities(nothing).get(0, 0),
                1e-15);
        double sum = 0;
        double ofTwo = 0;
        for (double[] h : hidden()) {
            for (int k = 1; k <= K; k++) {
                double weight = weight(rbm, new int[] {3}, new int[] {k}, h);
                sum += weight;
                ofTwo += k == 2 ? weight : 0;
            }
        }
        assertEquals(ofTwo / sum, rbm.scoreDistribution(nothing, 0, 3)[1], 1e-15);
    }

    /** p(v_i^k | V) by sums over h of the machine with the film added. */
    @Test
    void predictionsSumOutTheHiddenUnits() {
        int[] films = {0, 2, 3, 1};
        double[] weights = new double[K];
        double sum = 0;
        double mean = 0;
        for (int k = 1; k <= K; k++) {
            for (double[] h : hidden()) {
                weights[k - 1] += weight(rbm, films, new int[] {1, 3, 2, k}, h);
            }
            sum += weights[k - 1];
            mean += k * weights[k - 1];
        }
        double[] p = rbm.scoreDistribution(THREE, 0, 1);
        for (int k = 0; k < K; k++) {
            assertEquals(weights[k] / sum, p[k], 1e-15);
        }
        assertEquals(mean / sum, rbm.predictor(THREE).predict(0, 1)[0], 1e-14);
    }

    @Test
    void meanFieldPredictions() {
        SimpleMatrix h = rbm.hiddenProbabilities(THREE).getRow(1).transpose();
        double[] p = rbm.scoreProbabilities(3, h);
        double[] predicted = rbm.meanFieldPredictor(THREE).predict(1, 0, 3);
        assertEquals(p[0] + 2 * p[1] + 3 * p[2], predicted[1], 1e-15);
        assertEquals(RatingRbm.mean(rbm.scoreProbabilities(0, h)), predicted[0], 1e-15);
    }

    @Test
    void aModelReadyForTraining() {
        RatingRbm fresh = RatingRbm.forTraining(THREE, 5, new SplittableRandom(1));
        // Film 0 has scores 1 and 3; in all there are 2, 2 and 3 of the scores 1, 2 and 3 (of 7): 3 more ratings with
        // these shares.
        assertEquals(Math.log((1 + 3 * 2 / 7.0) / 5), fresh.a.get(0), 1e-15);
        assertEquals(Math.log(3 * 2 / 7.0 / 5), fresh.a.get(1), 1e-15);
        assertEquals(Math.log((1 + 3 * 3 / 7.0) / 5), fresh.a.get(2), 1e-15);
        assertEquals(5, fresh.n());
        assertEquals(0, fresh.b.elementMaxAbs());
        assertEquals(0.01, fresh.W.normF() / Math.sqrt(60), 4 * 0.01 / Math.sqrt(120)); // 4 standard errors
    }

    @Test
    void badArgumentsAreRefused() {
        assertRefused(
                "film: expected one that user 0 has not rated, got 2, with score 3",
                () -> rbm.scoreDistribution(THREE, 0, 2));
        assertRefused("film: expected a number from 0 to 3, got 4", () -> rbm.scoreDistribution(THREE, 0, 4));
        assertRefused("user: expected a number from 0 to 2, got 3", () -> rbm.predictor(THREE)
                .predict(3, 0));
        assertRefused("films: expected different ones, got 1 twice", () -> rbm.of(1, 0, 1));
        assertRefused("films: expected numbers from 0 to 3, got 4", () -> rbm.of(4));
        assertRefused("score: expected a number from 1 to 3, got 4", () -> rbm.row(0, 4));
        assertRefused(
                "ratings: expected 3 films with scores from 1 to 3, got Ratings[3 users, 4 films, 7 scores from 1 to 3]",
                () -> model(3).freeEnergy(THREE));
        assertRefused("h: expected 2x1, got 3x1", () -> rbm.scoreProbabilities(0, new SimpleMatrix(3, 1)));
        assertRefused("a: expected 5 rows for each unit (K), got 12 rows", () -> new RatingRbm(5, rbm.W, rbm.a, rbm.b));
    }

    @Test
    void aCopySharesNothing() {
        RatingRbm copy = rbm.copy();
        assertSame(rbm.parameters(), copy.parameters());
        copy.W.zero();
        copy.b.zero();
        copy.a.zero();
        assertClose("W", model(4).W, rbm.W, 0);
        assertArrayEquals(model(4).b.getDDRM().data, rbm.b.getDDRM().data);
        assertClose("a", model(4).a, rbm.a, 0);
        assertEquals("RatingRbm[4 films, scores from 1 to 3, 2 hidden units]", rbm.toString());
    }
}
