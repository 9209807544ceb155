package nabla.rbm;

import java.util.Map;
import java.util.function.Consumer;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.LogSum;
import nabla.math.States;
import nabla.math.fast.Blas;
import nabla.math.fast.SparseProduct;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Sums over all states of an RBM, as they are written: every state of the hidden layer in turn, a thousand rows at a time, the visible
 * layer in closed form.
 *
 * <pre>Z = sum over h of e^(b'h) times the sum over v of e^(-e(v) + v'Wh)</pre>
 */
final class ExactSums {
    private static final int MOST_UNITS = 25;
    private static final int ROWS = 1 << 10; // hidden states at a time

    private final VisibleUnits visible;
    private final SimpleMatrix W;
    private final SimpleMatrix b;
    private final boolean exchanged; // the layers of the model

    private ExactSums(VisibleUnits visible, SimpleMatrix W, SimpleMatrix b, boolean exchanged) {
        this.visible = visible;
        this.W = W;
        this.b = b;
        this.exchanged = exchanged;
    }

    /** Sums that enumerate the hidden layer, or the visible one, if that is smaller and binary as well. */
    static ExactSums of(VisibleUnits visible, SimpleMatrix W, SimpleMatrix b) {
        return visible instanceof Binary binary && visible.size() < b.getNumRows()
                ? new ExactSums(new Binary(b), W.transpose(), binary.a(), true)
                : new ExactSums(visible, W, b, false);
    }

    boolean canEnumerate() {
        return b.getNumRows() <= MOST_UNITS;
    }

    /** log Z, in the fast way where there is one. */
    double logZ() {
        requireFewUnits();
        double fast = visible instanceof Binary binary ? PartitionFunction.log(W, binary.a(), b) : Double.NaN;
        return Double.isNaN(fast) ? enumeratedLogZ() : fast;
    }

    /** log Z as it is defined. */
    double enumeratedLogZ() {
        LogSum sum = new LogSum();
        forEachBlock(H -> {
            for (double logWeight : logWeights(H, input(H)).getDDRM().data) {
                sum.add(logWeight);
            }
        });
        return sum.log();
    }

    /** Adds weight times the slope of log Z. */
    void addSlopeOfLogZ(double weight, Direction into) {
        requireFewUnits();
        double logZ = logZ();
        if (exchanged) {
            SimpleMatrix transposed = new SimpleMatrix(W.getNumRows(), W.getNumCols());
            addMeans(weight, logZ, Direction.of(Map.of("W", transposed, "a", into.of("b"), "b", into.of("a"))));
            into.of("W").setTo(into.of("W").plus(transposed.transpose()));
        } else {
            addMeans(weight, logZ, into);
        }
    }

    /** The means over the model's distribution of the slopes of -E. Given h, v enters them by its mean, since they are linear in v. */
    private void addMeans(double weight, double logZ, Direction into) {
        forEachBlock(H -> {
            SimpleMatrix V = input(H);
            SimpleMatrix p = Functions.map(logWeights(H, V), x -> weight * Math.exp(x - logZ));
            visible.mean(V.getDDRM());
            visible.addSlope(p, V, into);
            Blas.multAddTransA(H.getDDRM(), p.getDDRM(), into.of("b").getDDRM());
            timesRows(p, H);
            Blas.multAddTransA(V.getDDRM(), H.getDDRM(), into.of("W").getDDRM());
        });
    }

    /** b'h + log of the sum over v, for each row h. */
    private SimpleMatrix logWeights(SimpleMatrix H, SimpleMatrix input) {
        return H.mult(b).plus(visible.logSum(input));
    }

    /** Wh for each row h. */
    private SimpleMatrix input(SimpleMatrix H) {
        DMatrixRMaj input = new DMatrixRMaj(H.getNumRows(), visible.size());
        SparseProduct.multTransB(H.getDDRM(), W.getDDRM(), input);
        return SimpleMatrix.wrap(input);
    }

    private void requireFewUnits() {
        if (!canEnumerate()) {
            throw new IllegalStateException("exact sums need a layer of at most " + MOST_UNITS
                    + " units, this model has " + visible.size() + " and " + b.getNumRows());
        }
    }

    private void forEachBlock(Consumer<SimpleMatrix> work) {
        States states = States.binary(W.getNumCols());
        for (long from = 0; from < states.count(); from += ROWS) {
            Interrupts.check("exact sums interrupted after %d states", from);
            work.accept(states.matrix(from, Math.min(states.count(), from + ROWS)));
        }
    }

    /** Row r of X is multiplied by element r of x. */
    static void timesRows(SimpleMatrix x, SimpleMatrix X) {
        double[] elements = X.getDDRM().data;
        for (int e = 0; e < X.getNumElements(); e++) {
            elements[e] *= x.get(e / X.getNumCols());
        }
    }
}
