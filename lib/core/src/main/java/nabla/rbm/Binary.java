package nabla.rbm;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.math.Require;
import nabla.math.fast.BinaryUnits;
import nabla.math.fast.Blas;
import nabla.math.fast.RowBuffer;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Units that are 0 or 1: e(v) = -a'v, and a unit is on with probability sigmoid(a_i + x_i).
 *
 * @param a biases, m x 1, held, not copied
 */
public record Binary(SimpleMatrix a) implements VisibleUnits {
    private static final ThreadLocal<RowBuffer> SUM = ThreadLocal.withInitial(RowBuffer::new);

    /** Checks the biases. */
    public Binary {
        Require.atLeast("rows of a", a.getNumRows(), 1);
        Require.shape("a", a, a.getNumRows(), 1);
    }

    @Override
    public int size() {
        return a.getNumRows();
    }

    @Override
    public Map<String, SimpleMatrix> parameters() {
        return Map.of("a", a);
    }

    @Override
    public SimpleMatrix energy(SimpleMatrix V) {
        return V.mult(a).negative();
    }

    /** The sum over i of softplus(a_i + x_i). */
    @Override
    public SimpleMatrix logSum(SimpleMatrix input) {
        DMatrixRMaj sums = new DMatrixRMaj(input.getNumRows(), 1);
        BinaryUnits.logSums(input.getDDRM(), a.getDDRM(), sums);
        return SimpleMatrix.wrap(sums);
    }

    @Override
    public void mean(DMatrixRMaj input) {
        BinaryUnits.probabilities(input, a.getDDRM());
    }

    @Override
    public void draw(DMatrixRMaj input, RandomGenerator rng) {
        BinaryUnits.states(input, a.getDDRM(), rng.nextLong());
    }

    @Override
    public void drawAnywhere(DMatrixRMaj V, RandomGenerator rng) {
        V.fill(0.5);
        BinaryUnits.flip(V, rng.nextLong());
    }

    @Override
    public void addSlope(double weight, DMatrixRMaj V, Direction into) {
        double[] slope = into.of("a").getDDRM().data;
        RowBuffer sum = SUM.get();
        sum.fill(0, V.numCols);
        for (int row = 0; row < V.numRows; row++) {
            sum.add(V.data, row * V.numCols);
        }
        sum.scale(weight);
        sum.add(slope);
        sum.store(slope, 0);
    }

    @Override
    public void addSlope(SimpleMatrix weights, SimpleMatrix V, Direction into) {
        Blas.multAddTransA(V.getDDRM(), weights.getDDRM(), into.of("a").getDDRM());
    }

    @Override
    public Binary copy() {
        return new Binary(a.copy());
    }
}
