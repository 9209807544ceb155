package nabla.data;

import java.util.ArrayList;
import java.util.List;
import nabla.math.Require;
import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;

/**
 * Gives each column mean 0 and variance 1, as models of real numbers expect it, and takes that back: z = (x - mean) / deviation.
 *
 * @param mean d x 1, of each column
 * @param deviation d x 1, of each column, positive: the root of the mean of (x - mean)²
 */
public record Standardizer(SimpleMatrix mean, SimpleMatrix deviation) {
    private static final double ROUNDING = 0x1p-40; // of the size of the numbers

    /** Checks both. */
    public Standardizer {
        Require.column("mean", mean);
        Require.parameter("deviation", deviation);
        Require.shape("deviation", deviation, mean.getNumRows(), 1);
        for (int i = 0; i < deviation.getNumRows(); i++) {
            Require.between("deviation of column " + i, deviation.get(i), Double.MIN_NORMAL, Double.MAX_VALUE);
        }
    }

    /**
     * The means and deviations of some examples.
     *
     * @param X N x d with at least two rows, not modified
     * @throws IllegalArgumentException if a column is constant, which nothing can give the variance 1
     */
    public static Standardizer of(SimpleMatrix X) {
        Require.matrix("X", X);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < X.getNumCols(); i++) {
            numbers.add(String.valueOf(i));
        }
        return of(X, numbers);
    }

    /**
     * As {@link #of(SimpleMatrix)}, with names for the columns.
     *
     * @param names one for each column, for the message about a constant one
     */
    public static Standardizer of(SimpleMatrix X, List<String> names) {
        Require.matrix("X", X);
        Require.atLeast("rows of X", X.getNumRows(), 2);
        Require.atLeast("columns of X", X.getNumCols(), 1);
        Require.finite("X", X);
        Require.present("names", names);
        if (names.size() != X.getNumCols()) {
            throw new IllegalArgumentException(
                    "names: expected %d, one for each column of X, got %d".formatted(X.getNumCols(), names.size()));
        }
        SimpleMatrix mean = Rows.mean(X);
        SimpleMatrix deviation = new SimpleMatrix(X.getNumCols(), 1);
        for (int i = 0; i < X.getNumCols(); i++) {
            double squares = 0;
            for (int row = 0; row < X.getNumRows(); row++) {
                squares += Math.pow(X.get(row, i) - mean.get(i), 2);
            }
            deviation.set(i, Math.sqrt(squares / X.getNumRows()));
            Require.finite("variance of X, column " + names.get(i), squares);
            if (deviation.get(i) <= ROUNDING * X.getColumn(i).elementMaxAbs()) {
                throw new IllegalArgumentException("X: expected columns that vary, column %s is constant, %s"
                        .formatted(names.get(i), X.get(0, i)));
            }
        }
        return new Standardizer(mean, deviation);
    }

    /**
     * The standardised examples, also of others than those that it was made of.
     *
     * @param X N x d, not modified
     */
    public SimpleMatrix transform(SimpleMatrix X) {
        Require.examples("X", X, mean.getNumRows());
        return X.elementOp((row, i, x) -> (x - mean.get(i)) / deviation.get(i));
    }

    /**
     * The examples that {@link #transform} makes into these.
     *
     * @param Z N x d, not modified
     */
    public SimpleMatrix inverse(SimpleMatrix Z) {
        Require.examples("Z", Z, mean.getNumRows());
        return Z.elementOp((row, i, z) -> mean.get(i) + deviation.get(i) * z);
    }
}
