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
        Require.column("a", a);
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
    public void requireValues(String name, SimpleMatrix V) {
        Require.probabilities(name, V);
    }

    @Override
    public boolean areStates(SimpleMatrix V) {
        Require.matrix("V", V);
        for (int i = 0; i < V.getNumElements(); i++) {
            if (V.get(i) != 0 && V.get(i) != 1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public SimpleMatrix energy(SimpleMatrix V) {
        Require.exampleShape("V", V, size());
        return V.mult(a).negative();
    }

    /** The sum over i of softplus(a_i + x_i). */
    @Override
    public SimpleMatrix logSum(SimpleMatrix input) {
        Require.exampleShape("input", input, size());
        DMatrixRMaj sums = new DMatrixRMaj(input.getNumRows(), 1);
        BinaryUnits.logSums(input.getDDRM(), a.getDDRM(), sums);
        return SimpleMatrix.wrap(sums);
    }

    @Override
    public void mean(DMatrixRMaj input) {
        Require.columns("input", input, size());
        BinaryUnits.probabilities(input, a.getDDRM());
    }

    @Override
    public void draw(DMatrixRMaj input, RandomGenerator rng) {
        Require.columns("input", input, size());
        Require.present("rng", rng);
        BinaryUnits.states(input, a.getDDRM(), rng.nextLong());
    }

    @Override
    public void drawAnywhere(DMatrixRMaj V, RandomGenerator rng) {
        Require.columns("V", V, size());
        Require.present("rng", rng);
        V.fill(0.5);
        BinaryUnits.flip(V, rng.nextLong());
    }

    @Override
    public void addSlope(double weight, DMatrixRMaj V, Direction into) {
        Require.finite("weight", weight);
        Require.columns("V", V, size());
        Require.present("into", into);
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
        Require.exampleShape("V", V, size());
        Require.sameRows("weights", weights, "V", V);
        Require.present("into", into);
        Blas.multAddTransA(V.getDDRM(), weights.getDDRM(), into.of("a").getDDRM());
    }

    @Override
    public Binary copy() {
        return new Binary(a.copy());
    }
}
