package nabla.data;

import java.util.Arrays;
import nabla.math.Interrupts;
import nabla.math.Require;

/** Ratings in the order in which they come, to be put in that of {@link Ratings}: nine bytes for each. */
final class RatingList {
    private static final int FEW = 1 << 10;
    private static final int BETWEEN_LOOKS = 1 << 16; // ratings, for an interrupt

    private int K;
    private int[] user = new int[FEW];
    private int[] film = new int[FEW];
    private byte[] score = new byte[FEW];
    private int count;

    RatingList(int K) {
        Ratings.requireK(K);
        this.K = K;
    }

    /** @throws IllegalArgumentException if the score is not from 1 to K */
    void add(int user, int film, int score) {
        if (score < 1 || score > K) {
            throw new IllegalArgumentException(
                    "score of rating " + count + ": expected a number from 1 to " + K + ", got " + score);
        }
        if (count == this.user.length) {
            int more = (int) Math.min(Integer.MAX_VALUE - 8L, count + count / 2L);
            this.user = Arrays.copyOf(this.user, more);
            this.film = Arrays.copyOf(this.film, more);
            this.score = Arrays.copyOf(this.score, more);
        }
        this.user[count] = user;
        this.film[count] = film;
        this.score[count++] = (byte) score;
    }

    int count() {
        return count;
    }

    /** Halves all scores, which are even; the highest is then K. */
    void halve(int K) {
        this.K = K;
        for (int r = 0; r < count; r++) {
            score[r] = (byte) (score[r] / 2);
        }
    }

    /**
     * The ratings, sorted by user and film. The list is left as it is.
     *
     * @throws IllegalArgumentException if a user or film is out of range, or a user has rated a film twice
     */
    Ratings ratings(int users, int films) {
        Require.atLeast("users", users, 1);
        Require.atLeast("films", films, 1);
        requireBelow("user", user, users);
        requireBelow("film", film, films);
        // Two stable counting sorts: by film, then by user.
        int[] byFilm = sorted(film, films, null);
        int[] order = sorted(user, users, byFilm);
        int[] first = new int[users + 1];
        int[] sortedFilms = new int[count];
        byte[] scores = new byte[count];
        for (int r = 0; r < count; r++) {
            first[user[order[r]] + 1]++;
            sortedFilms[r] = film[order[r]];
            scores[r] = score[order[r]];
        }
        for (int u = 0; u < users; u++) {
            first[u + 1] += first[u];
        }
        return Ratings.of(K, films, first, sortedFilms, scores);
    }

    private void requireBelow(String name, int[] numbers, int end) {
        for (int r = 0; r < count; r++) {
            if (numbers[r] < 0 || numbers[r] >= end) {
                throw new IllegalArgumentException("%s of rating %d: expected a number from 0 to %d, got %d"
                        .formatted(name, r, end - 1, numbers[r]));
            }
        }
    }

    /** The numbers of the ratings (or of those in {@code before}, in that order) by rising key. */
    private int[] sorted(int[] key, int keys, int[] before) {
        int[] next = new int[keys + 1];
        for (int r = 0; r < count; r++) {
            next[key[r] + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            next[k + 1] += next[k];
        }
        int[] order = new int[count];
        for (int r = 0; r < count; r++) {
            if (r % BETWEEN_LOOKS == 0) {
                Interrupts.check("sorting interrupted at rating %d", r);
            }
            int rating = before == null ? r : before[r];
            order[next[key[rating]]++] = rating;
        }
        return order;
    }
}
