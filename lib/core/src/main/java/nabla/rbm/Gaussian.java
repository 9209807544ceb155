package nabla.rbm;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Real units with one fixed deviation sigma: e(v) = |v - a|²/(2 sigma²), and given the input x a unit is normal with mean
 * a_i + sigma² x_i and variance sigma². For standardised data sigma is usually 1 (Hinton 2012, section 13.2). Given
 * each of the 2<sup>n</sup> hidden states v is normal with mean a + sigma² Wh, so that the model is a mixture of as many normal laws.
 *
 * @param a biases, m x 1, held, not copied
 * @param sigma positive
 */
public record Gaussian(SimpleMatrix a, double sigma) implements VisibleUnits {
    /** Checks the biases and the deviation. */
    public Gaussian {
        Require.column("a", a);
        Require.between("sigma", sigma, 1e-6, 1e6);
    }

    /** Units of variance 1. */
    public Gaussian(SimpleMatrix a) {
        this(a, 1);
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
        Require.finite(name, V);
    }

    /** Every number is a state. */
    @Override
    public boolean areStates(SimpleMatrix V) {
        Require.finite("V", V);
        return true;
    }

    @Override
    public SimpleMatrix energy(SimpleMatrix V) {
        Require.exampleShape("V", V, size());
        SimpleMatrix energies = new SimpleMatrix(V.getNumRows(), 1);
        for (int row = 0; row < V.getNumRows(); row++) {
            double sum = 0;
            for (int i = 0; i < size(); i++) {
                double off = V.get(row, i) - a.get(i);
                sum += off * off;
            }
            energies.set(row, sum / (2 * sigma * sigma));
        }
        return energies;
    }

    /** The integral of a normal law, m/2 log(2 pi sigma²), and what completing the square leaves: a'x + sigma² |x|²/2. */
    @Override
    public SimpleMatrix logSum(SimpleMatrix input) {
        Require.exampleShape("input", input, size());
        SimpleMatrix sums = new SimpleMatrix(input.getNumRows(), 1);
        for (int row = 0; row < input.getNumRows(); row++) {
            double sum = size() / 2.0 * Math.log(2 * Math.PI * sigma * sigma);
            for (int i = 0; i < size(); i++) {
                double x = input.get(row, i);
                sum += a.get(i) * x + sigma * sigma * x * x / 2;
            }
            sums.set(row, sum);
        }
        return sums;
    }

    @Override
    public void mean(DMatrixRMaj input) {
        Require.columns("input", input, size());
        for (int e = 0; e < input.getNumElements(); e++) {
            input.data[e] = a.get(e % size()) + sigma * sigma * input.data[e];
        }
    }

    @Override
    public void draw(DMatrixRMaj input, RandomGenerator rng) {
        Require.present("rng", rng);
        mean(input);
        addNoise(sigma, input, rng);
    }

    /** Standard normal numbers, as standardised data are. */
    @Override
    public void drawAnywhere(DMatrixRMaj V, RandomGenerator rng) {
        Require.columns("V", V, size());
        Require.present("rng", rng);
        V.zero();
        addNoise(1, V, rng);
    }

    private void addNoise(double deviation, DMatrixRMaj V, RandomGenerator rng) {
        for (int e = 0; e < V.getNumElements(); e++) {
            if (e % size() == 0) {
                Interrupts.check("drawing of normal units interrupted at row %d", e / size());
            }
            V.data[e] += deviation * rng.nextGaussian();
        }
    }

    /** The slope in a is (v - a)/sigma². */
    @Override
    public void addSlope(double weight, DMatrixRMaj V, Direction into) {
        Require.finite("weight", weight);
        Require.columns("V", V, size());
        Require.present("into", into);
        double[] slope = into.of("a").getDDRM().data;
        double scale = weight / (sigma * sigma);
        for (int e = 0; e < V.getNumElements(); e++) {
            slope[e % size()] += scale * (V.data[e] - a.get(e % size()));
        }
    }

    @Override
    public void addSlope(SimpleMatrix weights, SimpleMatrix V, Direction into) {
        Require.exampleShape("V", V, size());
        Require.sameRows("weights", weights, "V", V);
        Require.present("into", into);
        double[] slope = into.of("a").getDDRM().data;
        for (int row = 0; row < V.getNumRows(); row++) {
            double scale = weights.get(row) / (sigma * sigma);
            for (int i = 0; i < size(); i++) {
                slope[i] += scale * (V.get(row, i) - a.get(i));
            }
        }
    }

    @Override
    public Gaussian copy() {
        return new Gaussian(a.copy(), sigma);
    }
}
