package nabla.ratings;

import nabla.data.Ratings;

/**
 * The ratings of some users, numbered from 0 through the batch, and in the order of their films. Films that none of these users has rated
 * cost nothing. It can be filled again and again.
 */
final class RatingBatch {
    private Ratings ratings;
    private int users;
    private int[] user = {}; // of each place in the batch
    private int[] first = {}; // rating of each place, and one more
    private int[] place = {}; // of the user of each rating
    private int films; // that these users have rated
    private final int[] film; // which: in the order in which they come
    private final int[] end; // in byFilm, of each of those films
    private final int[] slot; // where each film of all stands in these lists, from 1; 0 if it does not
    private int[] byFilm = {}; // ratings

    RatingBatch(int allFilms) {
        film = new int[allFilms];
        end = new int[allFilms];
        slot = new int[allFilms];
    }

    /** Takes the users {@code which[from]} up to but without {@code which[to]}. */
    void fill(Ratings ratings, int[] which, int from, int to) {
        this.ratings = ratings;
        users = to - from;
        if (user.length < users) {
            user = new int[users];
            first = new int[users + 1];
        }
        for (int u = 0; u < users; u++) {
            user[u] = which[from + u];
            first[u + 1] = first[u] + ratings.count(user[u]);
        }
        if (place.length < count()) {
            place = new int[count()];
            byFilm = new int[count()];
        }
        sortByFilm();
    }

    /** A counting sort that keeps the order of the users. */
    private void sortByFilm() {
        for (int f = 0; f < films; f++) {
            slot[film[f]] = 0;
        }
        films = 0;
        for (int u = 0; u < users; u++) {
            for (int r = first[u]; r < first[u + 1]; r++) {
                place[r] = u;
                int its = film(r);
                if (slot[its] == 0) {
                    film[films] = its;
                    slot[its] = ++films;
                    end[films - 1] = 0;
                }
                end[slot[its] - 1]++;
            }
        }
        int start = 0;
        for (int f = 0; f < films; f++) {
            int raters = end[f];
            end[f] = start;
            start += raters;
        }
        for (int r = 0; r < count(); r++) {
            byFilm[end[slot[film(r)] - 1]++] = r; // which moves it from the start to the end
        }
    }

    /** The number of users. */
    int users() {
        return users;
    }

    /** The number of ratings. */
    int count() {
        return users == 0 ? 0 : first[users];
    }

    /** The user at a place. */
    int user(int place) {
        return user[place];
    }

    /** The first rating of the user at a place; the last is before that of the next place. */
    int first(int place) {
        return first[place];
    }

    /** The place of the user who gave a rating. */
    int place(int rating) {
        return place[rating];
    }

    /** The film of a rating. */
    int film(int rating) {
        return ratings.film(inAll(rating));
    }

    /** The score of a rating. */
    int score(int rating) {
        return ratings.score(inAll(rating));
    }

    private int inAll(int rating) {
        int u = place[rating];
        return ratings.first(user[u]) + rating - first[u];
    }

    /** How many films these users have rated. */
    int films() {
        return films;
    }

    /** Film number f of those. */
    int ratedFilm(int f) {
        return film[f];
    }

    /** Where the ratings of film number f begin in {@link #byFilm}; they end where those of the next begin. */
    int firstOfFilm(int f) {
        return f == 0 ? 0 : end[f - 1];
    }

    /** A rating, in the order of the films. */
    int byFilm(int i) {
        return byFilm[i];
    }
}
