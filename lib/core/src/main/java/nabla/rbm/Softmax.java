package nabla.rbm;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Units that have one of K values, such as a score: each is K columns, one of which is 1 and the others 0. e(v) = -a'v, and a unit i has
 * value k with probability e<sup>a_ik + x_ik</sup> over the sum of these over all k (Salakhutdinov, Mnih and Hinton 2007).
 *
 * <p>K columns of zeros are a gap: a value that is not known. A gap adds nothing to what the hidden units are told. But a row with gaps is no
 * state, and draws have none: a model of data with gaps is {@link nabla.ratings.RatingRbm}.
 *
 * @param a biases, the K of the first unit, those of the second, ...: a multiple of K in one column, held, not copied
 * @param K how many values a unit has, at least 2
 */
public record Softmax(SimpleMatrix a, int K) implements VisibleUnits {
    private static final double SUM_MAY_BE_OFF = 1e-9;

    /** Checks the biases and that they are a multiple of K. */
    public Softmax {
        Require.column("a", a);
        Require.atLeast("K", K, 2);
        if (a.getNumRows() % K != 0) {
            throw new IllegalArgumentException(
                    "a: expected " + K + " rows for each unit (K), got " + a.getNumRows() + " rows");
        }
    }

    /** K for each unit: the number of columns. */
    @Override
    public int size() {
        return a.getNumRows();
    }

    @Override
    public Map<String, SimpleMatrix> parameters() {
        return Map.of("a", a);
    }

    /** Means of values, or gaps: the K columns of each unit add up to 1, or all are 0. */
    @Override
    public void requireValues(String name, SimpleMatrix V) {
        Require.exampleShape(name, V, size());
        Require.probabilities(name, V);
        double[] v = V.getDDRM().data;
        for (int first = 0; first < V.getNumElements(); first += K) {
            double sum = 0;
            for (int k = 0; k < K; k++) {
                sum += v[first + k];
            }
            if (sum != 0 && Math.abs(sum - 1) > SUM_MAY_BE_OFF) {
                throw new IllegalArgumentException(
                        "%s: expected the %d columns of each unit to add up to 1 (or 0, a gap), got %s for unit %d in row %d"
                                .formatted(name, K, sum, first % size() / K, first / size()));
            }
        }
    }

    /** Whether each unit has one value: no means, no gaps. */
    @Override
    public boolean areStates(SimpleMatrix V) {
        requireValues("V", V);
        int ones = 0;
        for (int e = 0; e < V.getNumElements(); e++) {
            if (V.get(e) != 0 && V.get(e) != 1) {
                return false;
            }
            ones += (int) V.get(e);
        }
        return ones * K == V.getNumElements();
    }

    @Override
    public SimpleMatrix energy(SimpleMatrix V) {
        Require.exampleShape("V", V, size());
        return V.mult(a).negative();
    }

    /** The sum over units of the log of the sum over k of e<sup>a_ik + x_ik</sup>. */
    @Override
    public SimpleMatrix logSum(SimpleMatrix input) {
        Require.exampleShape("input", input, size());
        DMatrixRMaj p = input.getDDRM().copy();
        double[] logSums = softmax(p);
        SimpleMatrix sums = new SimpleMatrix(p.numRows, 1);
        int units = size() / K;
        for (int unit = 0; unit < logSums.length; unit++) {
            sums.set(unit / units, sums.get(unit / units) + logSums[unit]);
        }
        return sums;
    }

    @Override
    public void mean(DMatrixRMaj input) {
        Require.columns("input", input, size());
        softmax(input);
    }

    /** Adds the biases and takes the softmax of each unit, in place; the log of the sum that each was divided by. */
    private double[] softmax(DMatrixRMaj input) {
        double[] bias = a.getDDRM().data;
        for (int e = 0; e < input.getNumElements(); e++) {
            input.data[e] += bias[e % size()];
        }
        double[] logSums = new double[input.getNumElements() / K];
        Functions.softmaxRows(input.data, K, 0, logSums.length, logSums);
        return logSums;
    }

    @Override
    public void draw(DMatrixRMaj input, RandomGenerator rng) {
        Require.present("rng", rng);
        mean(input);
        drawValues(input, rng);
    }

    /** Each value with the same probability. */
    @Override
    public void drawAnywhere(DMatrixRMaj V, RandomGenerator rng) {
        Require.columns("V", V, size());
        Require.present("rng", rng);
        V.fill(1.0 / K);
        drawValues(V, rng);
    }

    /** Draws a value for each unit from its K probabilities. */
    private void drawValues(DMatrixRMaj p, RandomGenerator rng) {
        for (int first = 0; first < p.getNumElements(); first += K) {
            if (first % size() == 0) {
                Interrupts.check("drawing of softmax units interrupted at row %d", first / size());
            }
            int value = Randoms.choose(p.data, first, K, rng.nextDouble());
            for (int k = 0; k < K; k++) {
                p.data[first + k] = k == value ? 1 : 0;
            }
        }
    }

    @Override
    public void addSlope(double weight, DMatrixRMaj V, Direction into) {
        Require.finite("weight", weight);
        Require.columns("V", V, size());
        Require.present("into", into);
        double[] slope = into.of("a").getDDRM().data;
        for (int e = 0; e < V.getNumElements(); e++) {
            slope[e % size()] += weight * V.data[e];
        }
    }

    @Override
    public void addSlope(SimpleMatrix weights, SimpleMatrix V, Direction into) {
        Require.exampleShape("V", V, size());
        Require.sameRows("weights", weights, "V", V);
        Require.shape("weights", weights, V.getNumRows(), 1);
        Require.present("into", into);
        Blas.multAddTransA(V.getDDRM(), weights.getDDRM(), into.of("a").getDDRM());
    }

    @Override
    public Softmax copy() {
        return new Softmax(a.copy(), K);
    }
}
