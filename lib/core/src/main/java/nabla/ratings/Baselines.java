package nabla.ratings;

import java.util.Arrays;
import nabla.data.Ratings;
import nabla.math.Interrupts;
import nabla.math.Require;

/** What a model of ratings has to beat: predictions from means alone. */
public final class Baselines {
    private Baselines() {}

    /** Everything gets the mean of all scores. */
    public static RatingPredictor globalMean(Ratings known) {
        requireSome("known", known);
        double mean = mean(known);
        return (user, films) -> {
            requireQuestion(known, user, films);
            double[] predicted = new double[films.length];
            Arrays.fill(predicted, mean);
            return predicted;
        };
    }

    /** Each film gets the mean of its scores; one that nobody has rated, the mean of all. */
    public static RatingPredictor filmMean(Ratings known) {
        requireSome("known", known);
        double mean = mean(known);
        double[] sum = new double[known.films()];
        double[] count = new double[known.films()];
        for (int r = 0; r < known.count(); r++) {
            sum[known.film(r)] += known.score(r);
            count[known.film(r)]++;
        }
        return (user, films) -> {
            requireQuestion(known, user, films);
            double[] predicted = new double[films.length];
            for (int f = 0; f < films.length; f++) {
                predicted[f] = count[films[f]] == 0 ? mean : sum[films[f]] / count[films[f]];
            }
            return predicted;
        };
    }

    /**
     * Mean plus a bias of the user plus one of the film, where (u, i) are the ratings r:
     *
     * <pre>least sum of (r - mean - bias_u - bias_i)² + lambda (sum of bias_u² + sum of bias_i²)</pre>
     *
     * found by solving for the ones and the others in turn.
     *
     * @param lambda how strongly a bias is drawn towards 0: as if so many ratings said 0; positive
     */
    public static RatingPredictor biases(Ratings known, double lambda) {
        requireSome("known", known);
        Require.between("lambda", lambda, Double.MIN_NORMAL, Double.MAX_VALUE);
        return new Biases(known, lambda);
    }

    /** See {@link #biases}. */
    private static final class Biases implements RatingPredictor {
        private static final int SWEEPS = 20; // each brings the biases nearer by more than a half

        private final Ratings known;
        private final double mean;
        private final double[] ofUser;
        private final double[] ofFilm;

        Biases(Ratings known, double lambda) {
            this.known = known;
            mean = mean(known);
            ofUser = new double[known.users()];
            ofFilm = new double[known.films()];
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                Interrupts.check("fitting of biases interrupted at sweep %d", sweep);
                double[] sum = new double[known.films()];
                double[] count = new double[known.films()];
                for (int u = 0; u < known.users(); u++) {
                    double rest = 0;
                    for (int r = known.first(u); r < known.first(u + 1); r++) {
                        rest += known.score(r) - mean - ofFilm[known.film(r)];
                    }
                    ofUser[u] = rest / (lambda + known.count(u));
                    for (int r = known.first(u); r < known.first(u + 1); r++) {
                        sum[known.film(r)] += known.score(r) - mean - ofUser[u];
                        count[known.film(r)]++;
                    }
                }
                for (int i = 0; i < ofFilm.length; i++) {
                    ofFilm[i] = sum[i] / (lambda + count[i]);
                }
            }
        }

        @Override
        public double[] predict(int user, int... films) {
            requireQuestion(known, user, films);
            double[] predicted = new double[films.length];
            for (int f = 0; f < films.length; f++) {
                predicted[f] = mean + ofUser[user] + ofFilm[films[f]];
            }
            return predicted;
        }
    }

    static double mean(Ratings ratings) {
        double sum = 0;
        for (int r = 0; r < ratings.count(); r++) {
            sum += ratings.score(r);
        }
        return sum / ratings.count();
    }

    static void requireSome(String name, Ratings ratings) {
        Require.present(name, ratings);
        Require.atLeast("ratings of " + name, ratings.count(), 1);
    }

    /** Checks what a predictor is asked. */
    static void requireQuestion(Ratings known, int user, int... films) {
        Require.between("user", user, 0, known.users() - 1);
        Require.present("films", films);
        for (int film : films) {
            if (film < 0 || film >= known.films()) {
                throw new IllegalArgumentException(
                        "films: expected numbers from 0 to %d, got %d".formatted(known.films() - 1, film));
            }
        }
    }
}
