package nabla.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.SplittableRandom;
import nabla.data.PlantedRatings;
import nabla.data.Ratings;
import nabla.math.fast.Parallel;
import nabla.ratings.RatingRbm;
import nabla.ratings.RatingTrainer;

/**
 * How long an epoch of the RBM of ratings takes (CD-1, 1,000 users per step, 100 hidden units) on generated ratings as many as those of the
 * Netflix prize, on one thread and on all; and on a tenth of them, with as many films and with ten times as many, most of which nobody has rated.
 */
final class RatingScale {
    private static final int USERS = 480_189;
    private static final int FILMS = 17_770;
    private static final int COUNT = 100_480_507;
    private static final int HIDDEN = 100;
    private static final int BATCH = 1_000;

    private RatingScale() {}

    /** Prints the table, a row as soon as it is measured. */
    public static void main(String[] args) {
        System.out.println(
                "| users | films | ratings | threads | epoch, s | per rating, ns | peak of the heap | parameters |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        int all = Parallel.threads();
        Ratings tenth = PlantedRatings.draw(USERS / 10, FILMS, COUNT / 10, new SplittableRandom(1))
                .ratings();
        train(tenth); // to warm up
        row(tenth, all);
        row(withFilms(tenth, 10 * FILMS), all);
        tenth = null;
        Ratings ratings = PlantedRatings.draw(USERS, FILMS, COUNT, new SplittableRandom(1))
                .ratings();
        row(ratings, 1);
        if (all > 1) {
            row(ratings, all);
        }
    }

    /** The same ratings, beside films that nobody has rated. */
    private static Ratings withFilms(Ratings ratings, int films) {
        int[] user = new int[ratings.count()];
        int[] film = new int[ratings.count()];
        int[] score = new int[ratings.count()];
        for (int u = 0; u < ratings.users(); u++) {
            for (int r = ratings.first(u); r < ratings.first(u + 1); r++) {
                user[r] = u;
                film[r] = ratings.film(r);
                score[r] = ratings.score(r);
            }
        }
        return Ratings.of(ratings.K(), ratings.users(), films, user, film, score);
    }

    private static void row(Ratings ratings, int threads) {
        Parallel.useThreads(threads);
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        RatingRbm rbm = train(ratings);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "| %,d | %,d | %,d | %d | %.1f | %.0f | %s | %08x |%n",
                ratings.users(),
                ratings.films(),
                ratings.count(),
                threads,
                seconds,
                seconds / ratings.count() * 1e9,
                Figures.bytes((double) peak()),
                hash(rbm));
    }

    private static RatingRbm train(Ratings ratings) {
        RatingRbm rbm = RatingRbm.forTraining(ratings, HIDDEN, new SplittableRandom(2));
        RatingTrainer.ofEpochs(1).withBatchSize(BATCH).train(rbm, ratings, new SplittableRandom(3));
        return rbm;
    }

    /** Of the weights of the films that were rated and of the hidden biases: equal where the results are. */
    private static int hash(RatingRbm rbm) {
        double[] rated = Arrays.copyOf(rbm.W.getDDRM().data, FILMS * rbm.K() * HIDDEN);
        return 31 * Arrays.hashCode(rated) + Arrays.hashCode(rbm.b.getDDRM().data);
    }

    private static long peak() {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        return peak;
    }
}
