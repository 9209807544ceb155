package nabla.ratings;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static nabla.Checks.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import nabla.data.PlantedRatings;
import nabla.data.Ratings;
import nabla.estimate.ExactGradient;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.fast.Parallel;
import nabla.optim.Direction;
import nabla.optim.Schedule;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class RatingTrainerTest {
    private static final Ratings THREE = RatingRbmTest.THREE;

    /** The slopes of the sum over users of log p(V): those of each user's machine, put where its films are. */
    private static Direction exact(RatingRbm rbm, Ratings ratings) {
        Direction sum = Direction.zeros(rbm.parameters());
        for (int user = 0; user < ratings.users(); user++) {
            Rbm its = rbm.of(ratings.films(user));
            Direction gradient =
                    new ExactGradient().estimate(its, RatingRbm.row(ratings, user), new SplittableRandom(1));
            int place = 0;
            for (int film : ratings.films(user)) {
                for (int k = 0; k < rbm.K(); k++) {
                    int row = film * rbm.K() + k;
                    for (int j = 0; j < rbm.n(); j++) {
                        sum.of("W")
                                .set(
                                        row,
                                        j,
                                        sum.of("W").get(row, j)
                                                + gradient.of("W").get(place, j));
                    }
                    sum.of("a").set(row, sum.of("a").get(row) + gradient.of("a").get(place));
                    place++;
                }
            }
            sum.of("b").setTo(sum.of("b").plus(gradient.of("b")));
        }
        return sum;
    }

    @Test
    void theExactGradientIsThatOfTheLikelihood() {
        RatingRbm rbm = RatingRbmTest.model(4);
        assertGradients(
                "log p(V)",
                () -> rbm.logLikelihood(THREE).elementSum(),
                rbm.parameters(),
                exact(rbm, THREE).matrices());
    }

    /** One estimate of the same sum by the chains of the trainer. */
    private static Direction estimate(RatingRbm rbm, int sweeps, boolean[] states, SplittableRandom rng) {
        RatingBatch batch = new RatingBatch(rbm.films());
        batch.fill(THREE, new int[] {2, 0, 1}, 0, 3);
        RatingChains chains = new RatingChains(rbm);
        chains.run(batch, sweeps, states, rng);
        Direction sum = Direction.zeros(rbm.parameters());
        chains.forEachFilm((film, raters, ofW, ofA) -> {
            System.arraycopy(ofW, 0, sum.of("W").getDDRM().data, film * ofW.length, ofW.length);
            System.arraycopy(ofA, 0, sum.of("a").getDDRM().data, film * ofA.length, ofA.length);
        });
        chains.addSlopeOfB(1, sum.of("b").getDDRM().data);
        return sum;
    }

    /** The mean of estimates that have had time to forget the start is the gradient, to 4 standard errors. */
    private static void assertMeanIsTheGradient(boolean persistent) {
        RatingRbm rbm = RatingRbmTest.model(4);
        rbm.W.setTo(rbm.W.scale(2)); // one sweep is far from enough
        Direction exact = exact(rbm, THREE);
        int runs = 6_000;
        SplittableRandom rng = new SplittableRandom(2);
        Direction sum = Direction.zeros(rbm.parameters());
        Direction squares = Direction.zeros(rbm.parameters());
        for (int run = 0; run < runs; run++) {
            Direction one = estimate(rbm, 40, persistent ? new boolean[6] : null, rng);
            for (String name : exact.matrices().keySet()) {
                sum.of(name).setTo(sum.of(name).plus(one.of(name)));
                squares.of(name).setTo(squares.of(name).plus(one.of(name).elementMult(one.of(name))));
            }
        }
        for (String name : exact.matrices().keySet()) {
            for (int e = 0; e < exact.of(name).getNumElements(); e++) {
                double mean = sum.of(name).get(e) / runs;
                double deviation = Math.sqrt(squares.of(name).get(e) / runs - mean * mean);
                assertEquals(exact.of(name).get(e), mean, 4 * deviation / Math.sqrt(runs) + 1e-12, name + " " + e);
            }
        }
    }

    @Test
    void chainsOfManySweepsGiveTheGradient() {
        assertMeanIsTheGradient(false);
    }

    @Test
    void persistentChainsGiveTheGradient() {
        assertMeanIsTheGradient(true);
    }

    /**
     * Chains of each user go on where they were: feature 0 makes all scores 3, which switch it on for certain, and without it all are 1, which
     * switch it off; feature 1 is the other way round.
     */
    @Test
    void persistentChainsGoOn() {
        SimpleMatrix W = new SimpleMatrix(12, 2);
        for (int film = 0; film < 4; film++) {
            W.setRow(film * 3, 0, -300, 300);
            W.setRow(film * 3 + 2, 0, 300, -300);
        }
        RatingRbm rbm = new RatingRbm(3, W, new SimpleMatrix(12, 1), new SimpleMatrix(2, 1));
        boolean[] states = {true, false, false, true, true, false};
        for (int run = 0; run < 3; run++) {
            boolean[] before = states.clone();
            estimate(rbm, 2, states, new SplittableRandom(run));
            assertArrayEquals(before, states);
        }
    }

    /**
     * Two modes, all scores 3 or all 1, that no chain leaves, and users who gave a 3: contrastive divergence has nothing to learn, but half of the
     * persistent chains, which start at coin flips, are in the other mode.
     */
    @Test
    void persistentChainsStartAnywhere() {
        SimpleMatrix W = new SimpleMatrix(6, 1);
        for (int film = 0; film < 2; film++) {
            W.set(film * 3, -300);
            W.set(film * 3 + 2, 300);
        }
        Ratings threes = Ratings.table(3, new int[][] {{3, 3}, {3, 3}, {3, 3}, {3, 3}, {3, 3}, {3, 3}, {3, 3}, {3, 3}});
        for (boolean persistent : new boolean[] {false, true}) {
            RatingRbm rbm = new RatingRbm(3, W.copy(), new SimpleMatrix(6, 1), new SimpleMatrix(1, 1));
            new RatingTrainer(1, 8, Schedule.constant(0.1), 0, 1, persistent)
                    .train(rbm, threes, new SplittableRandom(1));
            assertEquals(!persistent, rbm.W.isIdentical(W, 0));
        }
    }

    /** With every one of five features on for certain, scores are drawn with the softmax of all their weights: shares of 20,000 draws. */
    @Test
    void allFeaturesCount() {
        SplittableRandom rng = new SplittableRandom(11);
        SimpleMatrix b = SimpleMatrix.filled(5, 1, 900);
        RatingRbm rbm = new RatingRbm(3, Randoms.normal(12, 5, 0.5, rng), Randoms.normal(12, 1, 0.5, rng), b);
        double[] p = rbm.scoreProbabilities(3, SimpleMatrix.filled(5, 1, 1));
        RatingBatch batch = new RatingBatch(4);
        batch.fill(THREE, new int[] {0}, 0, 1);
        RatingChains chains = new RatingChains(rbm);
        double[] drawn = new double[3];
        int runs = 20_000;
        for (int run = 0; run < runs; run++) {
            chains.run(batch, 1, null, rng);
            chains.forEachFilm((film, raters, ofW, ofA) -> {
                for (int k = 0; k < 3 && film == 3; k++) {
                    drawn[k] += (k == 1 ? 1 : 0) - ofA[k]; // the data's score is 2
                }
            });
        }
        for (int k = 0; k < 3; k++) {
            assertEquals(p[k], drawn[k] / runs, 4 * Math.sqrt(p[k] * (1 - p[k]) / runs)); // 4 standard errors
        }
    }

    /** CD-1 on average, by sums over all h and all scores: data minus p(h | V) h-drawn, v-drawn. */
    @Test
    void oneSweepOnAverage() {
        RatingRbm rbm = RatingRbmTest.model(4);
        double[][] hidden = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
        int user = 1; // who has rated one film, 1, with score 2
        double[] p = rbm.hiddenProbabilities(THREE).getRow(user).getDDRM().data;
        SimpleMatrix expected = new SimpleMatrix(3, 2);
        expected.setRow(1, 0, p);
        for (double[] h : hidden) {
            double ph = (h[0] == 1 ? p[0] : 1 - p[0]) * (h[1] == 1 ? p[1] : 1 - p[1]);
            double[] pk = rbm.scoreProbabilities(1, new SimpleMatrix(2, 1, true, h));
            for (int k = 0; k < 3; k++) {
                for (int j = 0; j < 2; j++) {
                    double on = Functions.sigmoid(rbm.b.get(j) + rbm.W.get(3 + k, j));
                    expected.set(k, j, expected.get(k, j) - ph * pk[k] * on);
                }
            }
        }
        RatingBatch batch = new RatingBatch(4);
        batch.fill(THREE, new int[] {user}, 0, 1);
        RatingChains chains = new RatingChains(rbm);
        SimpleMatrix sum = new SimpleMatrix(3, 2);
        SplittableRandom rng = new SplittableRandom(4);
        int runs = 40_000;
        for (int run = 0; run < runs; run++) {
            chains.run(batch, 1, null, rng);
            chains.forEachFilm((film, raters, ofW, ofA) -> {
                assertEquals(1, film);
                assertEquals(1, raters);
                for (int e = 0; e < 6; e++) {
                    sum.set(e, sum.get(e) + ofW[e]);
                }
            });
        }
        for (int e = 0; e < 6; e++) {
            assertEquals(
                    expected.get(e),
                    sum.get(e) / runs,
                    4 * 0.5 / Math.sqrt(runs)); // an element's deviation is at most 1/2
        }
    }

    private static RatingRbm trained(Ratings ratings, RatingTrainer trainer) {
        SplittableRandom rng = new SplittableRandom(6);
        RatingRbm rbm = RatingRbm.forTraining(ratings, 5, rng);
        trainer.train(rbm, ratings, rng);
        return rbm;
    }

    @Test
    void oneThreadOrTwoBitForBit() {
        Ratings ratings =
                PlantedRatings.draw(300, 40, 3_000, new SplittableRandom(3)).ratings();
        int before = Parallel.threads();
        try {
            for (RatingTrainer trainer :
                    List.of(RatingTrainer.ofEpochs(3), RatingTrainer.ofEpochs(3).withPersistentChains())) {
                Parallel.useThreads(1);
                RatingRbm one = trained(ratings, trainer);
                Parallel.useThreads(Math.min(2, Runtime.getRuntime().availableProcessors()));
                assertSame(one.parameters(), trained(ratings, trainer).parameters());
            }
        } finally {
            Parallel.useThreads(before);
        }
    }

    /** The options that are said to be changed are changed, and no others; persistent chains learn something else than CD-1. */
    @Test
    void options() {
        RatingTrainer trainer = RatingTrainer.ofEpochs(2);
        assertEquals(7, trainer.withBatchSize(7).batchSize());
        assertEquals(0.5, trainer.withWeightDecay(0.5).weightDecay());
        assertEquals(3, trainer.withSweeps(3).sweeps());
        assertEquals(
                0.02,
                trainer.withLearningRate(Schedule.constant(0.02)).learningRate().at(2));
        assertEquals(0.1, trainer.learningRate().at(1));
        assertEquals(0.001, trainer.learningRate().at(2));
        assertEquals(0.1, RatingTrainer.ofEpochs(1).learningRate().at(1));
        assertTrue(trainer.withPersistentChains().withSweeps(3).persistent());
        Ratings ratings =
                PlantedRatings.draw(50, 20, 300, new SplittableRandom(3)).ratings(); // 20, 20 and 10 users
        RatingRbm rbm = RatingRbm.forTraining(ratings, 5, new SplittableRandom(6));
        assertEquals(3, trainer.train(rbm, ratings, new SplittableRandom(6)).size());
        RatingRbm persistent = trained(ratings, trainer.withPersistentChains());
        assertTrue(!persistent.W.isIdentical(trained(ratings, trainer).W, 0));
    }

    @Test
    void aFilmThatNobodyRatedChangesNothingBitForBit() {
        int users = 60;
        int[] user = new int[users * 3];
        int[] film = new int[users * 3];
        int[] score = new int[users * 3];
        SplittableRandom rng = new SplittableRandom(5);
        for (int r = 0; r < user.length; r++) {
            user[r] = r / 3;
            film[r] = 2 * (r % 3) + rng.nextInt(2);
            score[r] = 1 + rng.nextInt(3);
        }
        RatingRbm without = trained(Ratings.of(3, users, 6, user, film, score), RatingTrainer.ofEpochs(4));
        RatingRbm with = trained(Ratings.of(3, users, 9, user, film, score), RatingTrainer.ofEpochs(4));
        assertTrue(without.W.isIdentical(with.W.rows(0, 18), 0));
        assertTrue(without.a.isIdentical(with.a.rows(0, 18), 0));
        assertTrue(without.b.isIdentical(with.b, 0));
    }

    /** A step of one film and one batch by hand: the mean slope over its raters, and the share of the decay. */
    @Test
    void stepsAreTheMeanOfTheRatersMinusTheDecay() {
        RatingRbm rbm = RatingRbmTest.model(4);
        RatingRbm before = rbm.copy();
        SplittableRandom same = new SplittableRandom(7);
        Randoms.permutation(3, same); // the order of the users
        RatingBatch batch = new RatingBatch(4);
        SplittableRandom order = new SplittableRandom(7);
        batch.fill(THREE, Randoms.permutation(3, order), 0, 3);
        RatingChains chains = new RatingChains(before);
        chains.run(batch, 1, null, same);
        double rate = 0.3;
        double decay = 0.7;
        new RatingTrainer(1, 3, Schedule.constant(rate), decay, 1, false).train(rbm, THREE, new SplittableRandom(7));
        int[] raters = {2, 2, 2, 1}; // of the films, as THREE has them
        chains.forEachFilm((film, count, ofW, ofA) -> {
            assertEquals(raters[film], count);
            for (int e = 0; e < 6; e++) {
                double w = before.W.get(film * 6 + e);
                assertEquals(
                        w + rate * (ofW[e] / raters[film] - decay / raters[film] * w), rbm.W.get(film * 6 + e), 1e-15);
            }
            for (int k = 0; k < 3; k++) {
                double a = before.a.get(film * 3 + k);
                assertEquals(a + rate * ofA[k] / raters[film], rbm.a.get(film * 3 + k), 1e-15);
            }
        });
        SimpleMatrix b = before.b.copy();
        chains.addSlopeOfB(rate / 3, b.getDDRM().data);
        assertTrue(b.isIdentical(rbm.b, 1e-15));
    }

    /** The likelihood rises, and what was learned predicts what was held out better than means do. */
    @Test
    void learnsPlantedRatings() {
        PlantedRatings planted = PlantedRatings.draw(600, 60, 12_000, new SplittableRandom(1));
        Ratings.Split split = planted.ratings().split(0.2, new SplittableRandom(2));
        SplittableRandom rng = new SplittableRandom(3);
        RatingRbm rbm = RatingRbm.forTraining(split.known(), 4, rng);
        double before = rbm.logLikelihood(split.known()).elementSum();
        List<RatingReport> reports =
                RatingTrainer.ofEpochs(60).train(rbm, split.known(), split.heldOut(), rng, report -> true);
        assertEquals(61, reports.size());
        assertTrue(rbm.logLikelihood(split.known()).elementSum() > before + 100);
        double rmse = rbm.predictor(split.known()).rmse(split.heldOut());
        assertEquals(rmse, reports.get(60).rmse());
        double biases = Baselines.biases(split.known(), 5).rmse(split.heldOut());
        RatingPredictor truth = (user, films) -> planted.predict(split.known(), user, films);
        assertTrue(rmse < biases - 0.1, rmse + " and " + biases);
        assertTrue(rmse > truth.rmse(split.heldOut()), rmse + " and " + truth.rmse(split.heldOut()));
    }

    @Test
    void trainingCanBeStopped() {
        RatingRbm rbm = RatingRbmTest.model(4);
        List<RatingReport> reports =
                RatingTrainer.ofEpochs(9).train(rbm, THREE, null, new SplittableRandom(1), r -> r.epoch() < 2);
        assertEquals(3, reports.size());
        assertTrue(Double.isNaN(reports.get(2).rmse()));
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    0,
                    RatingTrainer.ofEpochs(9)
                            .train(rbm, THREE, new SplittableRandom(1))
                            .size());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void badArgumentsAreRefused() {
        RatingTrainer trainer = RatingTrainer.ofEpochs(1);
        SplittableRandom rng = new SplittableRandom(1);
        RatingRbm rbm = RatingRbmTest.model(4);
        Ratings other = Ratings.table(3, new int[][] {{1, 2, 3, 1}});
        assertRefused(
                "users of heldOut: expected a number from 3 to 3, got 1",
                () -> trainer.train(rbm, THREE, other, rng, report -> true));
        assertRefused("rng: expected one, got null", () -> trainer.train(rbm, THREE, null));
        assertRefused("epochs: expected a number from 1 to 1000000, got 0", () -> RatingTrainer.ofEpochs(0));
        assertRefused("batchSize: expected at least 1, got 0", () -> trainer.withBatchSize(0));
        assertRefused("sweeps: expected at least 1, got 0", () -> trainer.withSweeps(0));
        assertRefused(
                "learningRate times weightDecay in epoch 1: expected a number from 0.0 to 1.0, got 2.0",
                () -> trainer.withWeightDecay(20));
        assertRefused(
                "learningRate in epoch 1: expected a number from 0.0 to 1000000.0, got NaN",
                () -> trainer.withLearningRate(Schedule.constant(Double.NaN)));
        assertSame(RatingRbmTest.model(4).parameters(), rbm.parameters());
    }
}
