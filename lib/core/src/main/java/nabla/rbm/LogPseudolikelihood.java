package nabla.rbm;

import java.util.Arrays;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Parallel;
import org.ejml.simple.SimpleMatrix;

/** The sum over units of log p(v_i | all other visible units) (Besag 1975): cheap, where the likelihood needs log Z. */
public final class LogPseudolikelihood {
    private static final int BLOCK = 16; // examples
    private static final double LARGEST_EXPONENT = 700; // e^710 is infinite

    private LogPseudolikelihood() {}

    /**
     * The mean over examples. All units are visited, none at random. Costs O(N m n).
     *
     * @param rbm of binary units, not modified
     * @param V N x m, elements 0 or 1, not modified
     * @return nats per example
     * @throws IllegalArgumentException if V has other numbers: gray values are no states, and have no likelihood
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static double mean(Rbm rbm, SimpleMatrix V) {
        Require.present("rbm", rbm);
        rbm.requireBinary("rbm");
        Require.exampleShape("V", V, rbm.m());
        Require.states("V", V, 0);
        int n = rbm.n();
        double[] W = rbm.W.getDDRM().data;
        double[] a = rbm.a.getDDRM().data;
        double[] expW = Functions.map(rbm.W, Math::exp).getDDRM().data; // once for all examples
        double[] expMinusW = Functions.map(rbm.W, w -> Math.exp(-w)).getDDRM().data;
        boolean[] fits = unitsWhoseProductsFit(rbm);
        SimpleMatrix products = new SimpleMatrix(V.getNumRows(), n);
        Blas.mult(V.getDDRM(), rbm.W.getDDRM(), products.getDDRM());
        double[] b = rbm.b.getDDRM().data;
        double[] sums = new double[V.getNumRows()];
        Parallel.forEach(V.getNumRows(), BLOCK, (from, to) -> {
            double[][] input = new double[to - from][n];
            double[][] on = new double[to - from][n]; // p(h_j = 1 | v)
            double[][] off = new double[to - from][n]; // p(h_j = 0 | v), to all its digits
            for (int e = 0; e < to - from; e++) {
                for (int j = 0; j < n; j++) {
                    input[e][j] = products.get(from + e, j) + b[j];
                    on[e][j] = Functions.sigmoid(input[e][j]);
                    off[e][j] = Functions.sigmoid(-input[e][j]);
                }
            }
            for (int i = 0; i < rbm.m(); i++) {
                Interrupts.check("pseudolikelihood interrupted at unit %d", i);
                double expA = Math.exp(a[i]);
                for (int e = 0; e < to - from; e++) { // the weights of a unit serve all examples of the block
                    double flip = 1 - 2 * V.get(from + e, i);
                    // p(v_i | rest) = 1 / (1 + e^{F(v) - F(flipped)})
                    if (fits[i]) {
                        double[] factors = flip > 0 ? expW : expMinusW;
                        double odds = (flip > 0 ? expA : 1 / expA) * product(off[e], on[e], factors, i * n);
                        sums[from + e] -= Math.log1p(odds);
                    } else {
                        double gain = flip * a[i] + sumOfLogarithms(input[e], W, i * n, flip);
                        sums[from + e] -= Functions.softplus(gain);
                    }
                }
            }
        });
        return Arrays.stream(sums).sum() / V.getNumRows();
    }

    /**
     * The product over j of p(h_j = 0 | v) + p(h_j = 1 | v) e^{±w_ij}: by how much sum_h e^{-E} grows when unit i is flipped, apart from e^{±a_i}.
     * It needs no exponential for each term, as {@link #sumOfLogarithms}, its logarithm, does.
     */
    private static double product(double[] off, double[] on, double[] exponentials, int at) {
        double product = 1;
        for (int j = 0; j < off.length; j++) {
            product *= off[j] + on[j] * exponentials[at + j];
        }
        return product;
    }

    /** The sum over j of log(1 + e^{x_j ± w_ij}) - log(1 + e^{x_j}), for weights of any size. */
    private static double sumOfLogarithms(double[] input, double[] W, int at, double flip) {
        double sum = 0;
        for (int j = 0; j < input.length; j++) {
            sum += Functions.softplus(input[j] + flip * W[at + j]) - Functions.softplus(input[j]);
        }
        return sum;
    }

    /** A product of factors between e^-|w_ij| and e^|w_ij| stays within what a double can hold if the |w_ij| add up to no more. */
    private static boolean[] unitsWhoseProductsFit(Rbm rbm) {
        boolean[] fits = new boolean[rbm.m()];
        for (int i = 0; i < fits.length; i++) {
            double sum = Math.abs(rbm.a.get(i));
            for (int j = 0; j < rbm.n(); j++) {
                sum += Math.abs(rbm.W.get(i, j));
            }
            fits[i] = sum <= LARGEST_EXPONENT;
        }
        return fits;
    }
}
