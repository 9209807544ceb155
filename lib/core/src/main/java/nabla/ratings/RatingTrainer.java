package nabla.ratings;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.data.Ratings;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.optim.Schedule;
import nabla.optim.Training;

/**
 * Trains a {@link RatingRbm} by contrastive divergence, or with persistent chains, one for each user.
 *
 * <p>A film's parameters move by the mean slope over those users of the batch who have rated it, the hidden biases by that over all its users:
 *
 * <pre>
 * W_i = W_i + learning rate * (slope of W_i / raters in the batch - weight decay * W_i / raters among all)
 * </pre>
 *
 * so that a film which one user in a thousand has rated learns as much from a rating as any other. Films that nobody in the batch has rated stay
 * as they are, and cost no time.
 *
 * @param epochs passes over the users, from 1 to a million
 * @param batchSize users per step, at least 1
 * @param learningRate by epoch, from 0 to 1e6
 * @param weightDecay the coefficient of the penalty W²/2 on the log-likelihood of all ratings, as if weights were normal with variance
 *     1/weightDecay; not negative, and times the learning rate at most 1
 * @param sweeps of Gibbs sampling, at least 1
 * @param persistent whether chains go on where those of the last epoch ended (from fair coin flips on), or begin at the ratings
 */
public record RatingTrainer(
        int epochs, int batchSize, Schedule learningRate, double weightDecay, int sweeps, boolean persistent) {
    private static final int MOST_EPOCHS = 1_000_000;

    /** Checks every option; the schedule when an epoch begins. */
    public RatingTrainer {
        Require.between("epochs", epochs, 1, MOST_EPOCHS);
        Require.atLeast("batchSize", batchSize, 1);
        Require.present("learningRate", learningRate);
        Require.between("weightDecay", weightDecay, 0, 1e6);
        Require.atLeast("sweeps", sweeps, 1);
        rate(1, learningRate, weightDecay);
        rate(epochs, learningRate, weightDecay);
    }

    /** CD-1 with batches of 20, a learning rate that falls from 0.1 to a hundredth of it, weight decay 1. */
    public static RatingTrainer ofEpochs(int epochs) {
        Schedule falling = epochs < 2 ? Schedule.constant(0.1) : Schedule.linear(0.1, 0.001, epochs);
        return new RatingTrainer(epochs, 20, falling, 1, 1, false);
    }

    /** The same with another batch size. */
    public RatingTrainer withBatchSize(int batchSize) {
        return new RatingTrainer(epochs, batchSize, learningRate, weightDecay, sweeps, persistent);
    }

    /** The same with another learning rate. */
    public RatingTrainer withLearningRate(Schedule learningRate) {
        return new RatingTrainer(epochs, batchSize, learningRate, weightDecay, sweeps, persistent);
    }

    /** The same with another weight decay. */
    public RatingTrainer withWeightDecay(double weightDecay) {
        return new RatingTrainer(epochs, batchSize, learningRate, weightDecay, sweeps, persistent);
    }

    /** The same with another number of sweeps. */
    public RatingTrainer withSweeps(int sweeps) {
        return new RatingTrainer(epochs, batchSize, learningRate, weightDecay, sweeps, persistent);
    }

    /** The same with persistent chains. */
    public RatingTrainer withPersistentChains() {
        return new RatingTrainer(epochs, batchSize, learningRate, weightDecay, sweeps, true);
    }

    private static double rate(int epoch, Schedule learningRate, double weightDecay) {
        double rate = learningRate.at(epoch);
        Require.between("learningRate in epoch " + epoch, rate, 0, 1e6);
        Require.between("learningRate times weightDecay in epoch " + epoch, rate * weightDecay, 0, 1);
        return rate;
    }

    /** As {@link #train(RatingRbm, Ratings, Ratings, RandomGenerator, Predicate)}, without held-out ratings and to the end. */
    public List<RatingReport> train(RatingRbm rbm, Ratings ratings, RandomGenerator rng) {
        return train(rbm, ratings, null, rng, report -> true);
    }

    /**
     * Trains the model in place. Users are shuffled in every epoch.
     *
     * @param rbm changed after every batch
     * @param ratings of the films of the model, not modified
     * @param heldOut other ratings of the same users, that training never sees, for the reports; null for none
     * @param rng the same seed gives the same model, on any number of threads
     * @param progress told of every epoch, and of epoch 0, the state before training; training stops when it answers false or the thread is
     *     interrupted (the interrupt flag stays set)
     * @return the reports of all complete epochs
     */
    public List<RatingReport> train(
            RatingRbm rbm, Ratings ratings, Ratings heldOut, RandomGenerator rng, Predicate<RatingReport> progress) {
        Require.present("rbm", rbm);
        Baselines.requireSome("ratings", ratings);
        rbm.requireFitting("ratings", ratings);
        Require.present("rng", rng);
        Require.present("progress", progress);
        if (heldOut != null) {
            rbm.requireFitting("heldOut", heldOut);
            Require.between("users of heldOut", heldOut.users(), ratings.users(), ratings.users());
        }
        Require.size("users of a batch", Math.min(batchSize, ratings.users()), "n", rbm.n());
        boolean[] states = persistent ? coins(ratings.users(), rbm.n(), rng) : null;
        int[] raters = raters(ratings);
        RatingBatch batch = new RatingBatch(rbm.films());
        RatingChains chains = new RatingChains(rbm);
        return Training.run("epoch", 0, epochs, progress, epoch -> {
            if (epoch > 0) {
                double rate = rate(epoch, learningRate, weightDecay);
                int[] order = Randoms.permutation(ratings.users(), rng);
                for (int from = 0; from < order.length; from += batchSize) {
                    Interrupts.check("training interrupted");
                    batch.fill(ratings, order, from, Math.min(order.length - from, batchSize) + from);
                    chains.run(batch, sweeps, states, rng);
                    step(rbm, chains, rate, batch.users(), raters);
                }
            }
            boolean known = heldOut != null && heldOut.count() > 0;
            return new RatingReport(epoch, known ? rbm.predictor(ratings).rmse(heldOut) : Double.NaN);
        });
    }

    /** No parameter moves by more than the rate, since the slopes are means of numbers from -1 to 1: nothing overflows. */
    private void step(RatingRbm rbm, RatingChains chains, double rate, int users, int[] allRaters) {
        double[] W = rbm.W.getDDRM().data;
        double[] a = rbm.a.getDDRM().data;
        int K = rbm.K();
        chains.forEachFilm((film, raters, ofW, ofA) -> {
            int start = film * ofW.length;
            for (int e = 0; e < ofW.length; e++) {
                W[start + e] += rate * (ofW[e] / raters - weightDecay / allRaters[film] * W[start + e]);
            }
            for (int k = 0; k < K; k++) {
                a[film * K + k] += rate * ofA[k] / raters;
            }
        });
        chains.addSlopeOfB(rate / users, rbm.b.getDDRM().data);
    }

    private static int[] raters(Ratings ratings) {
        int[] raters = new int[ratings.films()];
        for (int r = 0; r < ratings.count(); r++) {
            raters[ratings.film(r)]++;
        }
        return raters;
    }

    private static boolean[] coins(int users, int n, RandomGenerator rng) {
        Require.size("users", users, "n", n);
        boolean[] coins = new boolean[users * n];
        RandomGenerator own = new SplittableRandom(rng.nextLong());
        for (int i = 0; i < coins.length; i++) {
            coins[i] = own.nextBoolean();
        }
        return coins;
    }
}
