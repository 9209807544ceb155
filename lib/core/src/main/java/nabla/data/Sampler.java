package nabla.data;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;

/** A distribution from which independent rows can be drawn: the data, or a prior. */
public interface Sampler {
    /** How many numbers a row has. */
    int size();

    /**
     * Independent rows.
     *
     * @param count how many, at least 1
     * @return a new matrix, count x size
     */
    SimpleMatrix draw(int count, RandomGenerator rng);

    /** N(0, I): {@code size} independent standard normal numbers. */
    static Sampler normal(int size) {
        return elements(size, (rows, rng) -> Randoms.normal(rows, size, 1, rng));
    }

    /** {@code size} independent numbers, uniform in [-1, 1). */
    static Sampler uniform(int size) {
        return elements(
                size, (rows, rng) -> Functions.map(new SimpleMatrix(rows, size), zero -> 2 * rng.nextDouble() - 1));
    }

    /**
     * The rows of a matrix, each time any of them: drawn with replacement.
     *
     * @param X N x size, held, not copied
     */
    static Sampler rows(SimpleMatrix X) {
        Require.matrix("X", X);
        Require.atLeast("rows of X", X.getNumRows(), 1);
        Require.finite("X", X);
        return elements(
                X.getNumCols(),
                (rows, rng) -> Rows.of(X, rng.ints(rows, 0, X.getNumRows()).toArray()));
    }

    private static Sampler elements(int size, BiFunction<Integer, RandomGenerator, SimpleMatrix> draw) {
        Require.atLeast("size", size, 1);
        return new Sampler() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public SimpleMatrix draw(int count, RandomGenerator rng) {
                Require.size("count", count, "size", size);
                Require.atLeast("count", count, 1);
                Require.present("rng", rng);
                return draw.apply(count, rng);
            }
        };
    }
}
