package nabla.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Who gave which film what score, from 1 to K. What was not rated takes no memory: the ratings stand one after the other, those of the first
 * user, those of the second, ..., the films of a user in rising order, and are counted from 0. Users and films are counted from 0, too.
 */
public final class Ratings {
    /** A score must fit into a byte. */
    private static final int LARGEST_K = 100;

    private final int K;
    private final int films;
    private final int[] first; // of each user, and one more
    private final int[] film;
    private final byte[] score;

    private Ratings(int K, int films, int[] first, int[] film, byte[] score) {
        this.K = K;
        this.films = films;
        this.first = first;
        this.film = film;
        this.score = score;
    }

    /**
     * Ratings as a table.
     *
     * @param K the highest score, from 2 to 100
     * @param scores a row for each user, a column for each film; 0 where a film is not rated
     */
    public static Ratings table(int K, int[][] scores) {
        Require.present("scores", (Object[]) scores);
        Require.atLeast("rows of scores", scores.length, 1);
        int films = scores[0].length;
        RatingList list = new RatingList(K);
        for (int u = 0; u < scores.length; u++) {
            if (scores[u].length != films) {
                throw new IllegalArgumentException("scores: expected %d films in each row, got %d in row %d"
                        .formatted(films, scores[u].length, u));
            }
            for (int i = 0; i < films; i++) {
                if (scores[u][i] < 0 || scores[u][i] > K) {
                    throw new IllegalArgumentException(
                            "scores: expected numbers from 0 to %d, got %d for user %d, film %d"
                                    .formatted(K, scores[u][i], u, i));
                }
                if (scores[u][i] != 0) {
                    list.add(u, i, scores[u][i]);
                }
            }
        }
        return list.ratings(scores.length, films);
    }

    /**
     * Ratings in any order.
     *
     * @param K the highest score, from 2 to 100
     * @param users how many there are; some may have rated nothing
     * @param films how many there are; some may be rated by nobody
     * @param user of each rating
     * @param film of each rating
     * @param score of each rating, 1 to K
     * @throws IllegalArgumentException if a number is out of range, or a user has rated a film twice
     */
    public static Ratings of(int K, int users, int films, int[] user, int[] film, int[] score) {
        Require.present("user", user);
        Require.present("film", film);
        Require.present("score", score);
        if (film.length != user.length || score.length != user.length) {
            throw new IllegalArgumentException("user, film, score: expected as many of each, got %d, %d, %d"
                    .formatted(user.length, film.length, score.length));
        }
        RatingList list = new RatingList(K);
        for (int r = 0; r < user.length; r++) {
            list.add(user[r], film[r], score[r]);
        }
        return list.ratings(users, films);
    }

    /** See {@link RatingList#ratings}, which has checked everything but what is checked here. */
    static Ratings of(int K, int films, int[] first, int[] film, byte[] score) {
        for (int u = 0; u + 1 < first.length; u++) {
            for (int r = first[u] + 1; r < first[u + 1]; r++) {
                if (film[r] == film[r - 1]) {
                    throw new TwiceException(u, film[r]);
                }
            }
        }
        return new Ratings(K, films, first, film, score);
    }

    /** A user has rated a film twice. */
    static final class TwiceException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        final int user;
        final int film;

        TwiceException(int user, int film) {
            super("ratings: expected one of a user for a film, got two of user " + user + " for film " + film);
            this.user = user;
            this.film = film;
        }
    }

    static void requireK(int K) {
        Require.between("K", K, 2, LARGEST_K);
    }

    /** The highest score. */
    public int K() {
        return K;
    }

    /** The number of users. */
    public int users() {
        return first.length - 1;
    }

    /** The number of films, rated or not. */
    public int films() {
        return films;
    }

    /** The number of ratings. */
    public int count() {
        return film.length;
    }

    /** The number of ratings of a user. */
    public int count(int user) {
        requireUser(user);
        return first[user + 1] - first[user];
    }

    /** Where the ratings of a user begin; they end where those of the next begin. */
    public int first(int user) {
        Require.between("user", user, 0, users());
        return first[user];
    }

    /** The film of a rating. */
    public int film(int rating) {
        requireRating(rating);
        return film[rating];
    }

    /** The score of a rating. */
    public int score(int rating) {
        requireRating(rating);
        return score[rating];
    }

    /** The score that a user gave a film; 0 if none. */
    public int score(int user, int film) {
        requireUser(user);
        Require.between("film", film, 0, films - 1);
        int rating = Arrays.binarySearch(this.film, first[user], first[user + 1], film);
        return rating < 0 ? 0 : score[rating];
    }

    /** The films that a user has rated. */
    public int[] films(int user) {
        requireUser(user);
        return Arrays.copyOfRange(film, first[user], first[user + 1]);
    }

    /** The scores that a user gave to {@link #films(int)}. */
    public int[] scores(int user) {
        requireUser(user);
        int[] scores = new int[count(user)];
        for (int r = 0; r < scores.length; r++) {
            scores[r] = score[first[user] + r];
        }
        return scores;
    }

    /**
     * The indicator matrix of a user: v_ik is 1 where film i got score k.
     *
     * @return K x films; the column of a film that is not rated is 0
     */
    public SimpleMatrix indicators(int user) {
        requireUser(user);
        Require.size("K", K, "films", films);
        SimpleMatrix V = new SimpleMatrix(K, films);
        for (int r = first[user]; r < first[user + 1]; r++) {
            V.set(score[r] - 1, film[r], 1);
        }
        return V;
    }

    /**
     * Known ratings, and others to be predicted, of the same users and films.
     *
     * @param known what may be learned from
     * @param heldOut what may not
     */
    public record Split(Ratings known, Ratings heldOut) {}

    /**
     * Holds out a share of the ratings of each user, rounded down, at random.
     *
     * @param share in [0, 1)
     */
    public Split split(double share, RandomGenerator rng) {
        Require.between("share", share, 0, Math.nextDown(1.0));
        Require.present("rng", rng);
        boolean[] held = new boolean[count()];
        for (int u = 0; u < users(); u++) {
            Interrupts.check("splitting interrupted at user %d", u);
            int open = (int) (share * count(u));
            for (int r = first[u]; r < first[u + 1]; r++) { // each choice of so many is as likely as any other
                held[r] = rng.nextInt(first[u + 1] - r) < open;
                open -= held[r] ? 1 : 0;
            }
        }
        return new Split(those(held, false), those(held, true));
    }

    private Ratings those(boolean[] held, boolean wanted) {
        int count = 0;
        for (boolean h : held) {
            count += h == wanted ? 1 : 0;
        }
        int[] from = new int[first.length];
        int[] films = new int[count];
        byte[] scores = new byte[count];
        int next = 0;
        for (int u = 0; u < users(); u++) {
            from[u] = next;
            for (int r = first[u]; r < first[u + 1]; r++) {
                if (held[r] == wanted) {
                    films[next] = film[r];
                    scores[next++] = score[r];
                }
            }
        }
        from[users()] = next;
        return new Ratings(K, this.films, from, films, scores);
    }

    private void requireUser(int user) {
        Require.between("user", user, 0, users() - 1);
    }

    private void requireRating(int rating) {
        Require.between("rating", rating, 0, count() - 1);
    }

    @Override
    public String toString() {
        return "Ratings[%,d users, %,d films, %,d scores from 1 to %d]".formatted(users(), films, count(), K);
    }
}
