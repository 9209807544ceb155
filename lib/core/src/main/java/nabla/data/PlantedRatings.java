package nabla.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;

/**
 * Ratings that were drawn from a known truth, so that the best possible prediction is known, too. Each user likes or dislikes each of four
 * genres, with probability one half; each film has a quality, a genre, and a little of a second one. A user's score of a film is drawn from
 *
 * <pre>p(k | tastes) proportional to exp((quality + sum over genres of affinity times 1 or -1) (k - 3) - (k - 3)²/4),    k = 1 to 5</pre>
 *
 * Popular films are rated by many, most films by few: the r-th most popular one is chosen with probability in proportion to 1/(r + 10).
 */
public final class PlantedRatings {
    /** The highest score. */
    public static final int K = 5;

    /** The genres, in order; film i is of genre i modulo their number. */
    public static final List<String> GENRES = List.of("crime", "comedy", "romance", "space");

    private static final int TASTES = 1 << GENRES.size();
    private static final double FIRST = 0.9; // affinity of a film to its genre
    private static final double SECOND = 0.5; // at most, to another one

    private final Ratings ratings;
    private final int[] tastes; // bit g of each user: likes genre g
    private final double[] p; // of each score, for each tastes, for each film

    private PlantedRatings(Ratings ratings, int[] tastes, double[] p) {
        this.ratings = ratings;
        this.tastes = tastes;
        this.p = p;
    }

    /**
     * Draws a truth and ratings from it.
     *
     * @param users at least 1
     * @param films at least 1
     * @param count of the ratings, all in all; users differ in how many they have, by a factor of up to three
     * @throws IllegalArgumentException if that is more than a third of all that there could be
     */
    public static PlantedRatings draw(int users, int films, int count, RandomGenerator rng) {
        Require.atLeast("users", users, 1);
        Require.atLeast("films", films, 1);
        Require.between("count", count, 1, Math.max(1, (long) users * films / 3));
        Require.size("films", films, "scores and tastes", TASTES * K);
        Require.present("rng", rng);
        double[] p = truth(films, rng);
        int[] tastes = new int[users];
        int[] end = ends(users, count, rng);
        double[] popularity = popularity(films, rng);
        RatingList list = new RatingList(K);
        int[] lastUser = new int[films]; // who has rated a film, from 1
        for (int u = 0; u < users; u++) {
            Interrupts.check("drawing of ratings interrupted at user %d", u);
            tastes[u] = rng.nextInt(TASTES);
            while (list.count() < end[u]) {
                int film = find(popularity, rng.nextDouble());
                if (lastUser[film] != u + 1) {
                    lastUser[film] = u + 1;
                    list.add(u, film, 1 + Randoms.choose(p, (film * TASTES + tastes[u]) * K, K, rng.nextDouble()));
                }
            }
        }
        return new PlantedRatings(list.ratings(users, films), tastes, p);
    }

    private static double[] truth(int films, RandomGenerator rng) {
        int genres = GENRES.size();
        double[] p = new double[films * TASTES * K];
        for (int i = 0; i < films; i++) {
            double quality = 0.3 * rng.nextGaussian();
            int second = rng.nextInt(genres);
            double affinity = SECOND * (2 * rng.nextDouble() - 1);
            for (int t = 0; t < TASTES; t++) {
                double slope = quality + FIRST * sign(t, i % genres) + affinity * sign(t, second);
                double[] x = new double[K];
                for (int k = 1; k <= K; k++) {
                    x[k - 1] = slope * (k - 3) - (k - 3) * (k - 3) / 4.0;
                }
                System.arraycopy(Functions.softmax(x), 0, p, (i * TASTES + t) * K, K);
            }
        }
        return p;
    }

    private static int sign(int tastes, int genre) {
        return (tastes >> genre & 1) == 1 ? 1 : -1;
    }

    /** How many ratings there are up to each user. */
    private static int[] ends(int users, int count, RandomGenerator rng) {
        double[] share = rng.doubles(users, 0.5, 1.5).toArray();
        Arrays.parallelPrefix(share, Double::sum);
        int[] end = new int[users];
        for (int u = 0; u < users; u++) {
            end[u] = (int) Math.round(count * (share[u] / share[users - 1]));
        }
        return end;
    }

    /** The probability that a film up to each one is chosen. Popular films are of all genres and qualities. */
    private static double[] popularity(int films, RandomGenerator rng) {
        int[] rank = Randoms.permutation(films, new SplittableRandom(rng.nextLong()));
        double[] sum = new double[films];
        double total = 0;
        for (int i = 0; i < films; i++) {
            total += 1.0 / (rank[i] + 10);
            sum[i] = total;
        }
        for (int i = 0; i < films; i++) {
            sum[i] /= total;
        }
        return sum;
    }

    private static int find(double[] sums, double u) {
        int found = Arrays.binarySearch(sums, u);
        return Math.min(sums.length - 1, found < 0 ? -found - 1 : found + 1);
    }

    /** All of them. */
    public Ratings ratings() {
        return ratings;
    }

    /** Whether a user likes a genre. */
    public boolean likes(int user, int genre) {
        Require.between("user", user, 0, ratings.users() - 1);
        Require.between("genre", genre, 0, GENRES.size() - 1);
        return sign(tastes[user], genre) > 0;
    }

    /** The name of a film: its genre and number. */
    public String name(int film) {
        Require.between("film", film, 0, ratings.films() - 1);
        return GENRES.get(film % GENRES.size()) + " " + film;
    }

    /**
     * The best possible prediction of a user's scores of some films: their mean given what the user has rated, for one who knows the truth but
     * not the user's tastes. No other prediction has a smaller mean squared error.
     */
    public double[] predict(Ratings known, int user, int... films) {
        Require.present("known", known);
        if (known.films() != ratings.films() || known.K() != K) {
            throw new IllegalArgumentException(
                    "known: expected %d films with scores from 1 to %d, got %s".formatted(ratings.films(), K, known));
        }
        Require.between("user", user, 0, known.users() - 1);
        Require.present("films", films);
        for (int film : films) {
            if (film < 0 || film >= ratings.films()) {
                throw new IllegalArgumentException(
                        "films: expected numbers from 0 to %d, got %d".formatted(ratings.films() - 1, film));
            }
        }
        double[] logPosterior = new double[TASTES];
        for (int t = 0; t < TASTES; t++) {
            for (int r = known.first(user); r < known.first(user + 1); r++) {
                logPosterior[t] += Math.log(p[(known.film(r) * TASTES + t) * K + known.score(r) - 1]);
            }
        }
        double[] posterior = Functions.softmax(logPosterior);
        double[] predicted = new double[films.length];
        for (int f = 0; f < films.length; f++) {
            for (int t = 0; t < TASTES; t++) {
                for (int k = 1; k <= K; k++) {
                    predicted[f] += posterior[t] * k * p[(films[f] * TASTES + t) * K + k - 1];
                }
            }
        }
        return predicted;
    }
}
