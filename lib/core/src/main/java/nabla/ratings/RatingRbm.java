package nabla.ratings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import nabla.data.Ratings;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.optim.Learner;
import nabla.rbm.Rbm;
import nabla.rbm.Softmax;
import org.ejml.simple.SimpleMatrix;

/**
 * The RBM of ratings (Salakhutdinov, Mnih and Hinton 2007, <i>Restricted Boltzmann Machines for Collaborative Filtering</i>). A user's
 * ratings are v_i^k, 1 if film i got score k, and h are the n binary features of the user:
 *
 * <pre>E(V, h) = -sum over i, k of a_i^k v_i^k - sum over j of b_j h_j - sum over i, j, k of W_ij^k h_j v_i^k</pre>
 *
 * <p>The sums over i go over <b>the films that the user has rated</b>, and no others: each user has a machine of their own, with a visible unit
 * for each film rated ({@link #of}), and all these machines share their weights. What is not rated takes part in nothing.
 */
public final class RatingRbm implements Learner {
    /** Weights, films K x n: the row of film i and score k is i K + k - 1. */
    public final SimpleMatrix W;

    /** Biases of the scores, films K x 1, in the same order. */
    public final SimpleMatrix a;

    /** Hidden biases, n x 1. */
    public final SimpleMatrix b;

    private final int K;

    /**
     * A model with the given parameters, which it holds (they are not copied).
     *
     * @param K the highest score, at least 2
     * @param W weights, films K x n with n at least 1
     * @param a films K x 1
     * @param b n x 1
     */
    public RatingRbm(int K, SimpleMatrix W, SimpleMatrix a, SimpleMatrix b) {
        Rbm checked = new Rbm(new Softmax(a, K), W, b);
        this.K = K;
        this.W = checked.W;
        this.a = checked.a;
        this.b = checked.b;
    }

    /**
     * A model ready for training: weights from a normal distribution with deviation 0.01, hidden biases 0, and a_i^k the log of the share of
     * score k among those of film i. As many ratings as there are scores are added to those of each film, with the shares that the scores
     * have among all ratings: they stand for films that are rated seldom, or by nobody.
     *
     * @param n the number of hidden units, at least 1
     * @param rng asked for one number, whatever the ratings are
     */
    public static RatingRbm forTraining(Ratings ratings, int n, RandomGenerator rng) {
        Baselines.requireSome("ratings", ratings);
        Require.atLeast("n", n, 1);
        int K = ratings.K();
        Require.size("films times K", Math.multiplyExact(ratings.films(), K), "n", n);
        Require.present("rng", rng);
        double[] share = new double[K];
        SimpleMatrix a = new SimpleMatrix(ratings.films() * K, 1);
        double[] count = a.getDDRM().data;
        for (int r = 0; r < ratings.count(); r++) {
            count[ratings.film(r) * K + ratings.score(r) - 1]++;
            share[ratings.score(r) - 1]++;
        }
        for (int i = 0; i < ratings.films(); i++) {
            double sum = K;
            for (int k = 0; k < K; k++) {
                sum += count[i * K + k];
            }
            for (int k = 0; k < K; k++) {
                // A score that nobody gave anywhere counts as a tenth of a rating.
                count[i * K + k] =
                        Math.log((count[i * K + k] + K * Math.max(0.1 / K, share[k] / ratings.count())) / sum);
            }
        }
        SimpleMatrix W = Randoms.normal(ratings.films() * K, n, 0.01, new SplittableRandom(rng.nextLong()));
        return new RatingRbm(K, W, a, new SimpleMatrix(n, 1));
    }

    /** The number of films. */
    public int films() {
        return W.getNumRows() / K;
    }

    /** The highest score. */
    public int K() {
        return K;
    }

    /** The number of hidden units. */
    public int n() {
        return W.getNumCols();
    }

    @Override
    public Map<String, SimpleMatrix> parameters() {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("W", W);
        named.put("a", a);
        named.put("b", b);
        return named;
    }

    /**
     * The machine of a user who has rated these films: an RBM with a softmax unit for each, in this order.
     *
     * @param films different from each other
     * @return a copy of those parameters
     */
    public Rbm of(int... films) {
        Require.present("films", films);
        Require.atLeast("length of films", films.length, 1);
        SimpleMatrix itsW = new SimpleMatrix(films.length * K, n());
        SimpleMatrix itsA = new SimpleMatrix(films.length * K, 1);
        for (int f = 0; f < films.length; f++) {
            if (films[f] < 0 || films[f] >= films()) {
                throw new IllegalArgumentException(
                        "films: expected numbers from 0 to %d, got %d".formatted(films() - 1, films[f]));
            }
            for (int other = 0; other < f; other++) {
                if (films[other] == films[f]) {
                    throw new IllegalArgumentException("films: expected different ones, got " + films[f] + " twice");
                }
            }
            System.arraycopy(W.getDDRM().data, films[f] * K * n(), itsW.getDDRM().data, f * K * n(), K * n());
            System.arraycopy(a.getDDRM().data, films[f] * K, itsA.getDDRM().data, f * K, K);
        }
        return new Rbm(new Softmax(itsA, K), itsW, b.copy());
    }

    /**
     * The inputs b_j + sum over i, k of v_i^k W_ij^k of the hidden units, for each user.
     *
     * @return users x n
     */
    public SimpleMatrix hiddenInputs(Ratings ratings) {
        requireFitting("ratings", ratings);
        Require.size("users", ratings.users(), "n", n());
        SimpleMatrix X = new SimpleMatrix(ratings.users(), n());
        for (int user = 0; user < ratings.users(); user++) {
            Interrupts.check("hidden inputs interrupted at user %d", user);
            X.setRow(user, 0, hiddenInput(ratings, user));
        }
        return X;
    }

    private double[] hiddenInput(Ratings ratings, int user) {
        double[] x = b.getDDRM().data.clone();
        for (int r = ratings.first(user); r < ratings.first(user + 1); r++) {
            int row = row(ratings.film(r), ratings.score(r));
            for (int j = 0; j < n(); j++) {
                x[j] += W.get(row, j);
            }
        }
        return x;
    }

    /**
     * p(h_j = 1 | V) = sigmoid(b_j + sum over i, k of v_i^k W_ij^k), for each user.
     *
     * @return users x n
     */
    public SimpleMatrix hiddenProbabilities(Ratings ratings) {
        return Functions.sigmoid(hiddenInputs(ratings));
    }

    /**
     * p(v_i^k = 1 | h) for k = 1 to K: the softmax of a_i^k + sum over j of W_ij^k h_j.
     *
     * @param h n x 1, elements from 0 to 1
     */
    public double[] scoreProbabilities(int film, SimpleMatrix h) {
        requireFilm(film);
        Require.shape("h", h, n(), 1);
        Require.probabilities("h", h);
        double[] x = new double[K];
        for (int k = 1; k <= K; k++) {
            int row = row(film, k);
            x[k - 1] = a.get(row);
            for (int j = 0; j < n(); j++) {
                x[k - 1] += W.get(row, j) * h.get(j);
            }
        }
        return Functions.softmax(x);
    }

    /**
     * The free energy F(V) of each user, with exp(-F(V)) the sum over h of exp(-E(V, h)).
     *
     * @return users x 1
     */
    public SimpleMatrix freeEnergy(Ratings ratings) {
        SimpleMatrix X = hiddenInputs(ratings);
        SimpleMatrix F = new SimpleMatrix(ratings.users(), 1);
        for (int user = 0; user < ratings.users(); user++) {
            double sum = 0;
            for (int r = ratings.first(user); r < ratings.first(user + 1); r++) {
                sum += a.get(row(ratings.film(r), ratings.score(r)));
            }
            for (int j = 0; j < n(); j++) {
                sum += Functions.softplus(X.get(user, j));
            }
            F.set(user, -sum);
        }
        return F;
    }

    /**
     * The exact log-likelihood of each user's ratings, under the machine of the films rated; 0 for a user who has rated nothing.
     *
     * @return users x 1
     * @throws IllegalStateException if there are more than 25 hidden units
     */
    public SimpleMatrix logLikelihood(Ratings ratings) {
        requireFitting("ratings", ratings);
        SimpleMatrix logLikelihood = new SimpleMatrix(ratings.users(), 1);
        for (int user = 0; user < ratings.users(); user++) {
            if (ratings.count(user) > 0) {
                logLikelihood.set(
                        user,
                        of(ratings.films(user))
                                .logLikelihood(row(ratings, user))
                                .get(0));
            }
        }
        return logLikelihood;
    }

    /** A user's ratings as a row of their own machine's visible units. */
    static SimpleMatrix row(Ratings ratings, int user) {
        int[] scores = ratings.scores(user);
        SimpleMatrix row = new SimpleMatrix(1, scores.length * ratings.K());
        for (int f = 0; f < scores.length; f++) {
            row.set(f * ratings.K() + scores[f] - 1, 1);
        }
        return row;
    }

    /**
     * p(v_i^k = 1 | V) for k = 1 to K, a film that the user has not rated: the hidden units are summed out exactly.
     *
     * <pre>p(v_i^k = 1 | V) is proportional to e^(a_i^k) times the product over j of (1 + e^(x_j + W_ij^k)), x_j the hidden inputs of V</pre>
     *
     * (the same paper, "Making predictions").
     *
     * @throws IllegalArgumentException if the user has rated it
     */
    public double[] scoreDistribution(Ratings known, int user, int film) {
        requireUnknown(known, user, film);
        return scoreDistribution(hiddenInput(known, user), film);
    }

    private double[] scoreDistribution(double[] x, int film) {
        double[] log = new double[K];
        for (int k = 1; k <= K; k++) {
            int row = row(film, k);
            log[k - 1] = a.get(row);
            for (int j = 0; j < n(); j++) {
                log[k - 1] += Functions.softplus(x[j] + W.get(row, j));
            }
        }
        return Functions.softmax(log);
    }

    /**
     * Predicts by the mean of {@link #scoreDistribution}.
     *
     * @param known the ratings that predictions are made from, not modified
     */
    public RatingPredictor predictor(Ratings known) {
        requireFitting("known", known);
        return (user, films) -> {
            Baselines.requireQuestion(known, user, films);
            double[] x = hiddenInput(known, user);
            return means(known, user, films, film -> scoreDistribution(x, film));
        };
    }

    /**
     * Predicts by mean field: the mean of {@link #scoreProbabilities} at h = p(h | V), which is quicker and not exact.
     *
     * @param known the ratings that predictions are made from, not modified
     */
    public RatingPredictor meanFieldPredictor(Ratings known) {
        requireFitting("known", known);
        return (user, films) -> {
            Baselines.requireQuestion(known, user, films);
            SimpleMatrix h = Functions.sigmoid(new SimpleMatrix(n(), 1, true, hiddenInput(known, user)));
            return means(known, user, films, film -> scoreProbabilities(film, h));
        };
    }

    private double[] means(Ratings known, int user, int[] films, IntFunction<double[]> distribution) {
        double[] means = new double[films.length];
        for (int f = 0; f < films.length; f++) {
            requireUnknown(known, user, films[f]);
            means[f] = mean(distribution.apply(films[f]));
        }
        return means;
    }

    /** The mean score of a distribution over 1 to K. */
    public static double mean(double... p) {
        Require.distribution("p", p);
        double mean = 0;
        for (int k = 1; k <= p.length; k++) {
            mean += k * p[k - 1];
        }
        return mean;
    }

    /** The row of W and a that belongs to a film and a score. */
    public int row(int film, int score) {
        requireFilm(film);
        Require.between("score", score, 1, K);
        return film * K + score - 1;
    }

    void requireFitting(String name, Ratings ratings) {
        Require.present(name, ratings);
        if (ratings.films() != films() || ratings.K() != K) {
            throw new IllegalArgumentException(
                    "%s: expected %d films with scores from 1 to %d, got %s".formatted(name, films(), K, ratings));
        }
    }

    private void requireUnknown(Ratings known, int user, int film) {
        requireFitting("known", known);
        requireFilm(film);
        int score = known.score(user, film);
        if (score != 0) {
            throw new IllegalArgumentException("film: expected one that user %d has not rated, got %d, with score %d"
                    .formatted(user, film, score));
        }
    }

    private void requireFilm(int film) {
        Require.between("film", film, 0, films() - 1);
    }

    /** A model with the same parameters that shares nothing with this one. */
    public RatingRbm copy() {
        return new RatingRbm(K, W.copy(), a.copy(), b.copy());
    }

    @Override
    public String toString() {
        return "RatingRbm[%,d films, scores from 1 to %d, %d hidden units]".formatted(films(), K, n());
    }
}
