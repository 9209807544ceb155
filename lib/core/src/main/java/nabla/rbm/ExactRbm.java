package nabla.rbm;

import nabla.math.States;
import org.ejml.simple.SimpleMatrix;

/**
 * Exact sums over all states of an RBM. One layer is summed in closed form, the other one, the smaller, is enumerated in
 * Gray-code order: from state to state one unit flips, and the input of the other layer changes by one row of weights.
 *
 * <p>With x the input of the large layer at a state of the small one, the sum over the large layer is
 * exp(sum of softplus(x)); softplus(x) = max(x, 0) + log(1 + exp(-|x|)), and the product of the factors 1 + exp(-|x|),
 * all between 1 and 2, needs one logarithm for all of them.
 */
final class ExactRbm implements States.Visitor {
    private static final int MOST_UNITS = 25;
    private static final int REFRESH = 1 << 12; // states after which accumulated rounding is wiped out
    private static final int FACTORS = 512; // as many factors between 1 and 2 fit into a double with ease

    /** The expectations under the model that the gradient of log Z consists of. */
    record Moments(double logZ, SimpleMatrix vh, SimpleMatrix v, SimpleMatrix h) {}

    private final int small;
    private final int large;
    private final double[] W; // row u holds the weights from unit u of the small layer, small x large
    private final double[] smallBias;
    private final double[] largeBias;
    private final double[] input; // of the large layer
    private final double[] mean; // of the large layer given the small one
    private final boolean wantMoments;
    private long visited;

    // sums of exp(logWeight - largest) times what is averaged
    private double largest = Double.NEGATIVE_INFINITY;
    private double sum;
    private final double[] sumSmall;
    private final double[] sumLarge;
    private final double[] sumBoth;

    private ExactRbm(Rbm rbm, boolean wantMoments) {
        // orient so that the hidden layer is the small one
        Rbm oriented = rbm.n() <= rbm.m() ? rbm : rbm.transposed();
        small = oriented.n();
        large = oriented.m();
        W = oriented.W.transpose().getDDRM().data;
        smallBias = oriented.b.getDDRM().data;
        largeBias = oriented.a.getDDRM().data;
        input = new double[large];
        mean = new double[large];
        this.wantMoments = wantMoments;
        sumSmall = new double[small];
        sumLarge = new double[large];
        sumBoth = new double[wantMoments ? small * large : 0];
    }

    static boolean canEnumerate(Rbm rbm) {
        return Math.min(rbm.m(), rbm.n()) <= MOST_UNITS;
    }

    static double logZ(Rbm rbm) {
        requireFewUnits(rbm);
        double fast = PartitionFunction.log(rbm.n() <= rbm.m() ? rbm : rbm.transposed());
        return Double.isNaN(fast) ? enumerate(rbm, false).logZ() : fast;
    }

    static Moments moments(Rbm rbm) {
        ExactRbm sums = enumerate(rbm, true);
        SimpleMatrix smallMean = new SimpleMatrix(sums.small, 1, true, sums.sumSmall).divide(sums.sum);
        SimpleMatrix largeMean = new SimpleMatrix(sums.large, 1, true, sums.sumLarge).divide(sums.sum);
        SimpleMatrix both = new SimpleMatrix(sums.small, sums.large, true, sums.sumBoth).divide(sums.sum);
        return rbm.n() <= rbm.m()
                ? new Moments(sums.logZ(), both.transpose(), largeMean, smallMean)
                : new Moments(sums.logZ(), both, smallMean, largeMean);
    }

    private static void requireFewUnits(Rbm rbm) {
        if (!canEnumerate(rbm)) {
            throw new IllegalStateException("exact sums need a layer of at most " + MOST_UNITS
                    + " units, this model has " + rbm.m() + " visible and " + rbm.n() + " hidden");
        }
    }

    private static ExactRbm enumerate(Rbm rbm, boolean wantMoments) {
        requireFewUnits(rbm);
        ExactRbm sums = new ExactRbm(rbm, wantMoments);
        States.binary(sums.small).forEach(sums);
        return sums;
    }

    private double logZ() {
        return largest + Math.log(sum);
    }

    @Override
    public void visit(double[] state, int changed) {
        if (visited++ % REFRESH == 0) {
            computeInput(state);
        } else {
            double sign = 2 * state[changed] - 1;
            int row = changed * large;
            for (int i = 0; i < large; i++) {
                input[i] += sign * W[row + i];
            }
        }
        double logWeight = 0;
        for (int u = 0; u < small; u++) {
            logWeight += smallBias[u] * state[u];
        }
        logWeight += sumOfSoftplus();
        if (logWeight > largest) {
            rescale(Math.exp(largest - logWeight));
            largest = logWeight;
        }
        double weight = Math.exp(logWeight - largest);
        sum += weight;
        if (wantMoments) {
            addMoments(state, weight);
        }
    }

    private void computeInput(double[] state) {
        System.arraycopy(largeBias, 0, input, 0, large);
        for (int u = 0; u < small; u++) {
            if (state[u] == 1) {
                for (int i = 0; i < large; i++) {
                    input[i] += W[u * large + i];
                }
            }
        }
    }

    /** The sum of softplus(input), leaving sigmoid(input) in {@link #mean}. */
    private double sumOfSoftplus() {
        double sum = 0;
        double product = 1;
        for (int i = 0; i < large; i++) {
            double x = input[i];
            double e = Math.exp(-Math.abs(x));
            mean[i] = (x >= 0 ? 1 : e) / (1 + e);
            sum += Math.max(x, 0);
            product *= 1 + e;
            if (i % FACTORS == FACTORS - 1) {
                sum += Math.log(product);
                product = 1;
            }
        }
        return sum + Math.log(product);
    }

    private void addMoments(double[] state, double weight) {
        for (int i = 0; i < large; i++) {
            mean[i] *= weight;
            sumLarge[i] += mean[i];
        }
        for (int u = 0; u < small; u++) {
            if (state[u] == 1) {
                sumSmall[u] += weight;
                int row = u * large;
                for (int i = 0; i < large; i++) {
                    sumBoth[row + i] += mean[i];
                }
            }
        }
    }

    private void rescale(double factor) {
        sum *= factor;
        scale(sumSmall, factor);
        scale(sumLarge, factor);
        scale(sumBoth, factor);
    }

    private static void scale(double[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }
}
