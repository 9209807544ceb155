package nabla.ratings;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;

/**
 * Both phases of the gradient of a {@link RatingRbm} for a batch of users: their ratings, and scores of the same films drawn by Gibbs
 * sampling. Users are sampled side by side; then the statistics are summed film by film, side by side as well. Each sum is in the order of
 * the users, so that nothing depends on the number of threads.
 */
final class RatingChains {
    private static final int USERS = 8; // that are one piece of work
    private static final int FILMS = 8;

    private final int K;
    private final int n;
    private final double[] W;
    private final double[] a;
    private final double[] b;
    private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(Room::new);

    private RatingBatch batch;
    private double[] data = {}; // p(h | V) of each user's ratings
    private double[] model = {}; // p(h | V) of the scores drawn
    private byte[] drawn = {}; // a score for each rating

    RatingChains(RatingRbm rbm) {
        K = rbm.K();
        n = rbm.n();
        W = rbm.W.getDDRM().data;
        a = rbm.a.getDDRM().data;
        b = rbm.b.getDDRM().data;
    }

    /** What one thread needs. */
    private final class Room {
        final RowBuffer input = new RowBuffer();
        final int[] on = new int[n]; // the hidden units that are 1
        int ones;
        double[] p = {}; // K for each rating
        double[] logSums = {};
        final double[] slopeOfW = new double[K * n];
        final double[] slopeOfA = new double[K];
    }

    /**
     * Runs the chains of a batch.
     *
     * @param sweeps at least 1
     * @param states n bits for each of all users, where their chains are: they go on from there. Null when chains begin at the ratings
     */
    void run(RatingBatch batch, int sweeps, boolean[] states, RandomGenerator rng) {
        this.batch = batch;
        if (data.length < batch.users() * n) {
            data = new double[batch.users() * n];
            model = new double[batch.users() * n];
        }
        if (drawn.length < batch.count()) {
            drawn = new byte[batch.count()];
        }
        long[] seeds = rng.longs(batch.users()).toArray();
        Parallel.forEach(batch.users(), USERS, (from, to) -> {
            Room room = rooms.get();
            for (int u = from; u < to; u++) {
                run(u, sweeps, states, new SplittableRandom(seeds[u]), room);
            }
        });
    }

    private void run(int u, int sweeps, boolean[] states, RandomGenerator rng, Room room) {
        int first = batch.first(u);
        int end = batch.first(u + 1);
        for (int r = first; r < end; r++) {
            drawn[r] = (byte) batch.score(r);
        }
        hiddenProbabilities(u, data, room);
        if (states == null) {
            drawHidden(u, data, rng, room);
        } else {
            load(states, batch.user(u), room);
        }
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            Interrupts.check("sampling interrupted at sweep %d", sweep);
            scoreProbabilities(u, room);
            for (int r = first; r < end; r++) {
                drawn[r] = (byte) (1 + Randoms.choose(room.p, (r - first) * K, K, rng.nextDouble()));
            }
            hiddenProbabilities(u, model, room);
            if (sweep < sweeps || states != null) {
                drawHidden(u, model, rng, room);
            }
        }
        if (states != null) {
            store(states, batch.user(u), room);
        }
    }

    /** p(h | V) of a user with the scores in {@code drawn}: sigmoid(b + the rows of W of these scores). */
    private void hiddenProbabilities(int u, double[] p, Room room) {
        room.input.load(b, 0, n);
        for (int r = batch.first(u); r < batch.first(u + 1); r++) {
            room.input.add(W, (batch.film(r) * K + drawn[r] - 1) * n);
        }
        room.input.sigmoid();
        room.input.store(p, u * n);
    }

    private void drawHidden(int u, double[] p, RandomGenerator rng, Room room) {
        room.ones = 0;
        for (int j = 0; j < n; j++) {
            if (rng.nextDouble() < p[u * n + j]) {
                room.on[room.ones++] = j;
            }
        }
    }

    /** p(v^k = 1 | h) for each of a user's films: softmax(a + W h), where W h is a sum over the units that are on. */
    private void scoreProbabilities(int u, Room room) {
        int first = batch.first(u);
        int many = batch.first(u + 1) - first;
        if (room.logSums.length < many) {
            room.p = new double[many * K];
            room.logSums = new double[many];
        }
        for (int r = 0; r < many; r++) {
            int row = batch.film(first + r) * K;
            for (int k = 0; k < K; k++) {
                room.p[r * K + k] = a[row + k] + sum(W, (row + k) * n, room.on, room.ones);
            }
        }
        Functions.softmaxRows(room.p, K, 0, many, room.logSums);
    }

    /** The sum of x[from + i] over the first {@code count} numbers i of {@code which}: two at a time, which do not wait for each other. */
    private static double sum(double[] x, int from, int[] which, int count) {
        double even = 0;
        double odd = 0;
        int t = 0;
        for (; t + 1 < count; t += 2) {
            even += x[from + which[t]];
            odd += x[from + which[t + 1]];
        }
        return t < count ? even + x[from + which[t]] + odd : even + odd;
    }

    private void load(boolean[] states, int user, Room room) {
        room.ones = 0;
        for (int j = 0; j < n; j++) {
            if (states[user * n + j]) {
                room.on[room.ones++] = j;
            }
        }
    }

    private void store(boolean[] states, int user, Room room) {
        Arrays.fill(states, user * n, (user + 1) * n, false);
        for (int t = 0; t < room.ones; t++) {
            states[user * n + room.on[t]] = true;
        }
    }

    /** The slopes of one film: of data minus model, summed over the users of the batch who have rated it. */
    @FunctionalInterface
    interface FilmSlopes {
        /**
         * Takes them.
         *
         * @param raters how many users
         * @param ofW K rows of n; valid until it returns
         * @param ofA K numbers
         */
        void take(int film, int raters, double[] ofW, double[] ofA);
    }

    /** The slopes of each film that was rated, each on one thread. Scores that were drawn as they are cancel in a. */
    void forEachFilm(FilmSlopes slopes) {
        Parallel.forEach(batch.films(), FILMS, (from, to) -> {
            Room room = rooms.get();
            for (int f = from; f < to; f++) {
                Arrays.fill(room.slopeOfW, 0);
                Arrays.fill(room.slopeOfA, 0);
                for (int i = batch.firstOfFilm(f); i < batch.firstOfFilm(f + 1); i++) {
                    int r = batch.byFilm(i);
                    int u = batch.place(r);
                    add(+1, batch.score(r), data, u, room);
                    add(-1, drawn[r], model, u, room);
                }
                int raters = batch.firstOfFilm(f + 1) - batch.firstOfFilm(f);
                slopes.take(batch.ratedFilm(f), raters, room.slopeOfW, room.slopeOfA);
            }
        });
    }

    private void add(int sign, int score, double[] p, int u, Room room) {
        room.slopeOfA[score - 1] += sign;
        double[] slope = room.slopeOfW;
        int to = (score - 1) * n;
        int from = u * n;
        for (int j = 0; j < n; j++) {
            slope[to + j] += sign * p[from + j];
        }
    }

    /** Adds weight times the slopes of b: the sum over users of p(h | V) of their ratings minus that of the scores drawn. */
    void addSlopeOfB(double weight, double[] into) {
        for (int u = 0; u < batch.users(); u++) {
            for (int j = 0; j < n; j++) {
                into[j] += weight * (data[u * n + j] - model[u * n + j]);
            }
        }
    }
}
