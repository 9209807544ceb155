package nabla.ratings;

import java.util.random.RandomGenerator;
import nabla.data.Ratings;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * A score is a user's vector times a film's: with U and M, whose rows these are, and the biases of {@link Baselines#biases} taken off before,
 *
 * <pre>least sum of (rest_ui - U_u' M_i)² + lambda (sum of n_u |U_u|² + sum of n_i |M_i|²)</pre>
 *
 * where n counts the ratings of a user or film. Given M each U_u is a small linear system, and the other way round: alternating least squares
 * (Zhou, Wilkinson, Schreiber and Pan 2008).
 */
public final class MatrixFactorization implements RatingPredictor {
    private static final int LARGEST_RANK = 1_000; // a system of so many equations for each user and film

    private final RatingPredictor biases;
    final SimpleMatrix U; // users x rank
    final SimpleMatrix M; // films x rank

    private MatrixFactorization(RatingPredictor biases, SimpleMatrix U, SimpleMatrix M) {
        this.biases = biases;
        this.U = U;
        this.M = M;
    }

    /**
     * Fits both.
     *
     * @param rank the length of the vectors, from 1 to 1,000
     * @param lambda the penalty of the vectors, positive
     * @param biasLambda that of the biases, see {@link Baselines#biases}
     * @param sweeps how often users and films are solved for, at least 1
     */
    public static MatrixFactorization fit(
            Ratings known, int rank, double lambda, double biasLambda, int sweeps, RandomGenerator rng) {
        Baselines.requireSome("known", known);
        Require.between("lambda", lambda, Double.MIN_NORMAL, Double.MAX_VALUE);
        Require.between("rank", rank, 1, LARGEST_RANK);
        Require.between("biasLambda", biasLambda, Double.MIN_NORMAL, Double.MAX_VALUE);
        Require.atLeast("sweeps", sweeps, 1);
        Require.present("rng", rng);
        RatingPredictor biases = Baselines.biases(known, biasLambda);
        int[] user = new int[known.count()];
        int[] film = new int[known.count()];
        double[] rest = new double[known.count()];
        for (int u = 0; u < known.users(); u++) {
            double[] predicted = biases.predict(u, known.films(u));
            for (int r = known.first(u); r < known.first(u + 1); r++) {
                user[r] = u;
                film[r] = known.film(r);
                rest[r] = known.score(r) - predicted[r - known.first(u)];
            }
        }
        SimpleMatrix U = new SimpleMatrix(known.users(), rank);
        SimpleMatrix M = Randoms.normal(known.films(), rank, 1 / Math.sqrt(rank), rng);
        for (int sweep = 0; sweep < sweeps; sweep++) {
            solve(user, film, rest, M, lambda, U);
            solve(film, user, rest, U, lambda, M);
        }
        return new MatrixFactorization(biases, U, M);
    }

    /** Each row x of X solves (sum of y y' + lambda n I) x = sum of y r, over its n ratings r and the rows y of Y that they go with. */
    private static void solve(int[] row, int[] other, double[] rest, SimpleMatrix Y, double lambda, SimpleMatrix X) {
        int rank = X.getNumCols();
        SimpleMatrix[] A = new SimpleMatrix[X.getNumRows()];
        SimpleMatrix[] right = new SimpleMatrix[X.getNumRows()];
        for (int r = 0; r < rest.length; r++) {
            SimpleMatrix y = Y.getRow(other[r]).transpose();
            SimpleMatrix square =
                    y.mult(y.transpose()).plus(SimpleMatrix.identity(rank).scale(lambda));
            A[row[r]] = A[row[r]] == null ? square : A[row[r]].plus(square);
            right[row[r]] = right[row[r]] == null ? y.scale(rest[r]) : right[row[r]].plus(rest[r], y);
        }
        X.zero();
        for (int x = 0; x < A.length; x++) {
            Interrupts.check("least squares interrupted at row %d", x);
            if (A[x] != null) {
                X.setRow(x, 0, A[x].solve(right[x]).getDDRM().data);
            }
        }
    }

    @Override
    public double[] predict(int user, int... films) {
        double[] predicted = biases.predict(user, films);
        for (int f = 0; f < films.length; f++) {
            predicted[f] += U.getRow(user).dot(M.getRow(films[f]));
        }
        return predicted;
    }
}
