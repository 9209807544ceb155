package nabla.ratings;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import nabla.data.PlantedRatings;
import nabla.data.Ratings;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private final Ratings known = Ratings.table(5, new int[][] {{5, 3, 0, 0}, {4, 0, 1, 0}, {0, 2, 1, 0}});

    @Test
    void means() {
        double mean = 16 / 6.0;
        assertArrayEquals(new double[] {mean, mean}, Baselines.globalMean(known).predict(0, 2, 3));
        assertArrayEquals(
                new double[] {4.5, 2.5, 1, mean}, Baselines.filmMean(known).predict(2, 0, 1, 2, 3));
    }

    /** Biases solve the normal equations, here written down as one linear system. */
    @Test
    void biasesAreLeastSquares() {
        double lambda = 0.7;
        SimpleMatrix A = SimpleMatrix.identity(7).scale(lambda);
        SimpleMatrix right = new SimpleMatrix(7, 1);
        for (int user = 0; user < 3; user++) {
            for (int film : known.films(user)) {
                double rest = known.score(user, film) - 16 / 6.0;
                int i = 3 + film;
                A.set(user, user, A.get(user, user) + 1);
                A.set(i, i, A.get(i, i) + 1);
                A.set(user, i, 1);
                A.set(i, user, 1);
                right.set(user, right.get(user) + rest);
                right.set(i, right.get(i) + rest);
            }
        }
        SimpleMatrix biases = A.solve(right);
        double[] predicted = Baselines.biases(known, lambda).predict(1, 1, 3);
        assertEquals(16 / 6.0 + biases.get(1) + biases.get(4), predicted[0], 1e-6);
        assertEquals(16 / 6.0 + biases.get(1), predicted[1], 1e-6);
    }

    @Test
    void rootMeanSquare() {
        Ratings heldOut = Ratings.table(5, new int[][] {{0, 0, 3, 1}, {0, 0, 0, 0}, {5, 0, 0, 0}});
        RatingPredictor two = (user, films) -> {
            double[] predicted = new double[films.length];
            Arrays.fill(predicted, 2);
            return predicted;
        };
        assertEquals(Math.sqrt((1 + 1 + 9) / 3.0), two.rmse(heldOut), 1e-15);
        Ratings none = heldOut.split(0, new SplittableRandom(1)).heldOut();
        assertRefused("ratings of heldOut: expected at least 1, got 0", () -> two.rmse(none));
    }

    /** At the end of alternating least squares neither side can be improved: every row is the least of its own quadratic, and the sum falls. */
    @Test
    void matrixFactorizationFitsWhatItShould() {
        PlantedRatings planted = PlantedRatings.draw(300, 40, 4_000, new SplittableRandom(1));
        Ratings.Split split = planted.ratings().split(0.2, new SplittableRandom(2));
        double biases = Baselines.biases(split.known(), 5).rmse(split.heldOut());
        MatrixFactorization found = MatrixFactorization.fit(split.known(), 3, 0.1, 5, 15, new SplittableRandom(3));
        assertTrue(found.rmse(split.heldOut()) < biases - 0.05);
        assertTrue(found.rmse(split.known()) < found.rmse(split.heldOut()));
        double last = Double.POSITIVE_INFINITY;
        for (int sweeps = 1; sweeps < 6; sweeps++) {
            double objective = objective(
                    MatrixFactorization.fit(split.known(), 3, 0.1, 5, sweeps, new SplittableRandom(3)), split.known());
            assertTrue(objective < last);
            last = objective;
        }
    }

    private static double objective(MatrixFactorization found, Ratings known) {
        double sum = 0;
        for (int user = 0; user < known.users(); user++) {
            for (int film : known.films(user)) {
                double error = known.score(user, film) - found.predict(user, film)[0];
                SimpleMatrix u = found.U.getRow(user);
                SimpleMatrix m = found.M.getRow(film);
                sum += error * error + 0.1 * u.dot(u) + 0.1 * m.dot(m);
            }
        }
        return sum;
    }

    /** A table of rank one, with means of zero, is found, as far as the penalty allows. */
    @Test
    void rankOneIsRecovered() {
        int[][] table = new int[8][6];
        for (int u = 0; u < 8; u++) {
            for (int i = 0; i < 6; i++) {
                table[u][i] = 3 + (u % 2 == 0 ? 1 : -1) * (i % 2 == 0 ? 2 : -2);
            }
        }
        Ratings all = Ratings.table(5, table);
        MatrixFactorization one = MatrixFactorization.fit(all, 1, 1e-6, 5, 30, new SplittableRandom(3));
        assertEquals(
                0,
                one.rmse(all),
                1e-3); // 2 lambda over the smaller of the two squared lengths, which lambda = 1e-6 balances slowly
    }

    @Test
    void badArgumentsAreRefused() {
        SplittableRandom rng = new SplittableRandom(1);
        assertRefused("known: expected one, got null", () -> Baselines.globalMean(null));
        assertRefused(
                "lambda: expected a number from 2.2250738585072014E-308 to 1.7976931348623157E308, got 0.0",
                () -> Baselines.biases(known, 0));
        assertRefused(
                "rank: expected a number from 1 to 1000, got 0", () -> MatrixFactorization.fit(known, 0, 1, 1, 1, rng));
        assertRefused("sweeps: expected at least 1, got 0", () -> MatrixFactorization.fit(known, 1, 1, 1, 0, rng));
        assertRefused("films: expected numbers from 0 to 3, got 4", () -> Baselines.filmMean(known)
                .predict(0, 4));
        assertRefused("user: expected a number from 0 to 2, got 3", () -> Baselines.biases(known, 1)
                .predict(3, 0));
    }
}
