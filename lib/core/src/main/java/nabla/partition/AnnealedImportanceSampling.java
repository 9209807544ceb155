package nabla.partition;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import nabla.math.fast.SparseProduct;
import nabla.rbm.Rbm;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Annealed importance sampling (Neal 2001; for RBMs Salakhutdinov and Murray 2008): estimates the partition function of an RBM whose
 * layers are both too large for enumeration.
 *
 * <p>Chains start at a base model without weights, whose partition function is known, and move by Gibbs sampling through models in between:
 *
 * <pre>p*_beta(v) = exp((1 - beta) a0'v + beta a'v) prod over j of (1 + exp(beta (b_j + v'W_j)))</pre>
 *
 * with beta from 0 (the base model, visible biases a0) to 1 (the RBM). On the way each chain gathers the weight
 * p*_beta(v) / p*_previous(v) at every new beta; the mean of its products over the chains has the expectation Z / Z_0.
 */
public final class AnnealedImportanceSampling {
    private static final int CHAINS = 10; // that are worth the while of another thread
    private static final ThreadLocal<RowBuffer> ROW = ThreadLocal.withInitial(RowBuffer::new);
    private static final ThreadLocal<HiddenStep> HIDDEN_STEP = ThreadLocal.withInitial(HiddenStep::new);

    private final int chains;
    private final double[] betas;

    /**
     * What the chains found.
     *
     * @param logZ the estimate of log Z, in nats
     * @param relativeError the standard error of Z as estimated, divided by that estimate: below 1 it is about the
     *     standard error of {@code logZ}, otherwise the estimate is worth little. It cannot see what no chain has visited
     * @param logWeights the log of each chain's estimate of Z, chains x 1
     */
    public record Estimate(double logZ, double relativeError, SimpleMatrix logWeights) {
        /** Checks that there are weights. */
        public Estimate {
            Require.present("logWeights", logWeights);
        }
    }

    /**
     * A way from the base model to the RBM.
     *
     * @param chains at least 2
     * @param betas rising from 0 to 1, at least 2; see {@link #evenly}
     */
    public AnnealedImportanceSampling(int chains, double[] betas) {
        Require.atLeast("chains", chains, 2);
        Require.present("betas", betas);
        Require.atLeast("betas", betas.length, 2);
        for (int k = 1; k < betas.length; k++) {
            if (!(betas[k] > betas[k - 1])) {
                throw new IllegalArgumentException(
                        "betas: expected rising numbers, got " + betas[k] + " after " + betas[k - 1]);
            }
        }
        if (betas[0] != 0 || betas[betas.length - 1] != 1) {
            throw new IllegalArgumentException(
                    "betas: expected 0 to 1, got " + betas[0] + " to " + betas[betas.length - 1]);
        }
        this.chains = chains;
        this.betas = betas.clone();
    }

    /** As many numbers from 0 to 1 at equal distances, at least 2. */
    public static double[] evenly(int temperatures) {
        Require.atLeast("temperatures", temperatures, 2);
        double[] betas = new double[temperatures];
        for (int k = 0; k < temperatures; k++) {
            betas[k] = (double) k / (temperatures - 1);
        }
        return betas;
    }

    /**
     * Runs the chains. Ends early, with an exception, if the thread is interrupted.
     *
     * @param rbm of binary units, not modified
     * @param baseBias visible biases of the base model, m x 1, not modified; best those of the data's means, as {@link Rbm#forTraining} has
     *     them
     * @param rng the same seed gives the same estimate
     * @throws IllegalArgumentException if a shape does not fit or a number is not finite
     * @throws CancellationException if the thread is interrupted (the interrupt flag stays set)
     */
    public Estimate estimate(Rbm rbm, SimpleMatrix baseBias, RandomGenerator rng) {
        Require.present("rbm", rbm);
        rbm.requireBinary("rbm");
        Require.present("rng", rng);
        Require.shape("baseBias", baseBias, rbm.m(), 1);
        return new Run(rbm, baseBias, rng).estimate();
    }

    /** The chains on their way. */
    private final class Run {
        private final Rbm rbm;
        private final SimpleMatrix a0;
        private final RandomGenerator rng;
        private final DMatrixRMaj transposed; // W'
        private final DMatrixRMaj v;
        private final DMatrixRMaj h;
        private final DMatrixRMaj slope = new DMatrixRMaj(chains, 1); // of the visible term of log p* in beta
        private final double[] logWeights = new double[chains];

        Run(Rbm rbm, SimpleMatrix baseBias, RandomGenerator rng) {
            this.rbm = rbm;
            this.rng = rng;
            a0 = baseBias;
            transposed = rbm.W.transpose().getDDRM();
            v = new DMatrixRMaj(chains, rbm.m());
            h = new DMatrixRMaj(chains, rbm.n());
        }

        Estimate estimate() {
            Arrays.fill(
                    logWeights, rbm.n() * Math.log(2) + Functions.softplus(a0).elementSum()); // log Z_0
            drawVisible(0); // h is zero, and does not count yet
            for (int k = 1; k < betas.length; k++) {
                Interrupts.check("annealed importance sampling interrupted at temperature %d", k);
                weighAndDrawHidden(betas[k - 1], betas[k]);
                if (k < betas.length - 1) {
                    drawVisible(betas[k]);
                }
            }
            return summary();
        }

        /** Visible units given the hidden ones. */
        private void drawVisible(double beta) {
            SparseProduct.mult(h, transposed, v);
            double[] bias = a0.scale(1 - beta).plus(rbm.a.scale(beta)).getDDRM().data;
            long key = rng.nextLong();
            Parallel.forEach(chains, CHAINS, (from, to) -> {
                RowBuffer row = ROW.get();
                for (int chain = from; chain < to; chain++) {
                    int start = chain * rbm.m();
                    row.load(v.data, start, rbm.m());
                    row.scale(beta);
                    row.add(bias);
                    row.sigmoid();
                    row.flip(key, start);
                    row.store(v.data, start);
                }
            });
        }

        /** The weight of each chain for the step from one beta to the next, and hidden units given the visible ones there. */
        private void weighAndDrawHidden(double last, double next) {
            SparseProduct.mult(v, rbm.W.getDDRM(), h);
            Blas.mult(v, rbm.a.minus(a0).getDDRM(), slope);
            long key = rng.nextLong();
            double[] b = rbm.b.getDDRM().data;
            Parallel.forEach(chains, CHAINS, (from, to) -> {
                HiddenStep step = HIDDEN_STEP.get();
                for (int chain = from; chain < to; chain++) {
                    double hidden = step.take(b, last, next, h.data, chain * b.length, key);
                    logWeights[chain] += (next - last) * slope.data[chain] + hidden;
                }
            });
        }

        private Estimate summary() {
            double logZ = Functions.logSumExp(logWeights) - Math.log(chains);
            double squares = 0;
            for (double logWeight : logWeights) {
                squares += Math.pow(Math.exp(logWeight - logZ) - 1, 2);
            }
            double relativeError = Math.sqrt(squares / (chains - 1) / chains);
            return new Estimate(logZ, relativeError, new SimpleMatrix(chains, 1, true, logWeights));
        }
    }

    /**
     * The hidden units of one chain at a time, from one beta to the next. With s = sigmoid(last x) and E = e<sup>(next - last) x</sup>, the weight
     * is the product of
     *
     * <pre>(1 + e^(next x)) / (1 + e^(last x)) = 1 + s (E - 1),    and    sigmoid(next x) = s E / (1 + s (E - 1))</pre>
     *
     * is the probability that the unit is on.
     */
    private static final class HiddenStep {
        private final RowBuffer on = new RowBuffer();
        private final RowBuffer growth = new RowBuffer();

        /**
         * Takes one step.
         *
         * @param b the hidden biases
         * @param last the beta of the step before
         * @param next the beta of this step
         * @param h holds v'W from {@code start} on, and then the states of the units
         * @return the log of the weight
         */
        double take(double[] b, double last, double next, double[] h, int start, long key) {
            on.load(h, start, b.length);
            on.add(b);
            growth.load(on.elements(), 0, b.length);
            on.scale(last);
            on.sigmoid();
            growth.scale(next - last);
            growth.exp();
            combine(on.elements(), growth.elements(), b.length);
            double logWeight = growth.logOfProduct();
            on.flip(key, start);
            on.store(h, start);
            return logWeight;
        }

        private static void combine(double[] s, double[] E, int n) {
            for (int j = 0; j < n; j++) {
                double weight = 1 + s[j] * (E[j] - 1);
                s[j] = s[j] * E[j] / weight;
                E[j] = weight;
            }
        }
    }
}
