package nabla.optim;

import nabla.math.Require;
import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;

/**
 * A training set that can be handed out in batches.
 *
 * @param <B> what a batch is
 */
public interface Batches<B> {
    /** Everything as one batch, not copied. */
    B all();

    /** How many examples a batch has. */
    int examples(B batch);

    /**
     * The batch of some examples.
     *
     * @param which examples counted from 0
     * @param from where in {@code which} to begin
     * @param to where to end, without it
     * @return valid until the next call, which overwrites it: the matrices are used again
     */
    B batch(int[] which, int from, int to);

    /**
     * An example in each row.
     *
     * @param X N x d, held, not copied
     */
    static Batches<SimpleMatrix> of(SimpleMatrix X) {
        Require.matrix("X", X);
        SimpleMatrix rows = new SimpleMatrix(0, X.getNumCols());
        return new Batches<>() {
            @Override
            public SimpleMatrix all() {
                return X;
            }

            @Override
            public int examples(SimpleMatrix batch) {
                Require.present("batch", batch);
                return batch.getNumRows();
            }

            @Override
            public SimpleMatrix batch(int[] which, int from, int to) {
                Rows.copy(X, which, from, to, rows);
                return rows;
            }
        };
    }

    /** Examples with targets. */
    static Batches<Examples> of(Examples data) {
        Require.present("data", data);
        Batches<SimpleMatrix> X = of(data.X());
        Batches<SimpleMatrix> Y = of(data.Y());
        return new Batches<>() {
            @Override
            public Examples all() {
                return data;
            }

            @Override
            public int examples(Examples batch) {
                Require.present("batch", batch);
                return batch.count();
            }

            @Override
            public Examples batch(int[] which, int from, int to) {
                return new Examples(X.batch(which, from, to), Y.batch(which, from, to));
            }
        };
    }
}
