package nabla.latent;

import nabla.math.Functions;
import nabla.math.Require;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** How far an example x is from the outputs y of a decoder, summed over its d numbers. */
public enum ReconstructionLoss {
    /** The sum of (x - y)^2. The reconstruction is y. */
    SQUARED_ERROR {
        @Override
        public SimpleMatrix reconstruction(SimpleMatrix Y) {
            Require.finite("Y", Y);
            return Y.copy();
        }

        @Override
        void requireData(String name, SimpleMatrix X) {}

        @Override
        double loss(RowBuffer row, double[] x, double[] y, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += (x[i] - y[i]) * (x[i] - y[i]);
            }
            return sum;
        }

        @Override
        void gradient(double[] x, double[] y, double factor, double[] dy, int from, int to) {
            double two = 2 * factor;
            for (int i = from; i < to; i++) {
                dy[i] = two * (y[i] - x[i]);
            }
        }
    },

    /**
     * The cross-entropy in nats, - sum of x log p + (1 - x) log(1 - p), for x in [0, 1] and p = sigmoid(y): y are logits. The
     * reconstruction is p.
     */
    CROSS_ENTROPY {
        @Override
        public SimpleMatrix reconstruction(SimpleMatrix Y) {
            Require.finite("Y", Y);
            SimpleMatrix P = Y.copy();
            Functions.sigmoid(P.getDDRM().data, 0, P.getNumElements());
            return P;
        }

        @Override
        void requireData(String name, SimpleMatrix X) {
            Require.probabilities(name, X);
        }

        @Override
        double loss(RowBuffer row, double[] x, double[] y, int from, int to) {
            row.load(y, from, to - from);
            return row.crossEntropySum(x, from);
        }

        @Override
        void gradient(double[] x, double[] y, double factor, double[] dy, int from, int to) {
            System.arraycopy(y, from, dy, from, to - from);
            Functions.sigmoid(dy, from, to);
            for (int i = from; i < to; i++) {
                dy[i] = factor * (dy[i] - x[i]);
            }
        }
    };

    private static final int WORTH_SHARING = 1 << 13; // elements
    private static final ThreadLocal<RowBuffer> ROW = ThreadLocal.withInitial(RowBuffer::new);

    /**
     * What the decoder's outputs say the data are.
     *
     * @param Y N x d, not modified
     * @return a new matrix, N x d
     */
    public abstract SimpleMatrix reconstruction(SimpleMatrix Y);

    /**
     * The loss of every example.
     *
     * @param X N x d, not modified
     * @param Y N x d, the outputs of a decoder, not modified
     * @return N x 1
     * @throws IllegalArgumentException if the shapes differ or the data do not suit this loss
     */
    public SimpleMatrix perExample(SimpleMatrix X, SimpleMatrix Y) {
        Require.finite("X", X);
        Require.shape("Y", Y, X.getNumRows(), X.getNumCols());
        requireData("X", X);
        SimpleMatrix losses = new SimpleMatrix(X.getNumRows(), 1);
        losses(X.getDDRM(), Y.getDDRM(), losses.getDDRM().data);
        return losses;
    }

    /** The loss of every example, without checks. */
    final void losses(DMatrixRMaj X, DMatrixRMaj Y, double[] losses) {
        int d = X.numCols;
        Parallel.forEach(X.numRows, rows(d), (from, to) -> {
            RowBuffer row = ROW.get();
            for (int i = from; i < to; i++) {
                losses[i] = loss(row, X.data, Y.data, i * d, (i + 1) * d);
            }
        });
    }

    /** dY = factor times the derivative of the losses with respect to Y, without checks. */
    final void gradient(DMatrixRMaj X, DMatrixRMaj Y, double factor, DMatrixRMaj dY) {
        int d = X.numCols;
        dY.reshape(X.numRows, d);
        Parallel.forEach(X.numRows, rows(d), (from, to) -> gradient(X.data, Y.data, factor, dY.data, from * d, to * d));
    }

    private static int rows(int d) {
        return Math.max(1, WORTH_SHARING / Math.max(1, d));
    }

    /** Throws if there are elements that this loss is not made for. */
    abstract void requireData(String name, SimpleMatrix X);

    abstract double loss(RowBuffer row, double[] x, double[] y, int from, int to);

    abstract void gradient(double[] x, double[] y, double factor, double[] dy, int from, int to);
}
