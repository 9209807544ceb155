package nabla.rbm;

import java.util.Arrays;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Blas;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import org.ejml.simple.SimpleMatrix;

/** The sum over units of log p(v_i | all other visible units) (Besag 1975): cheap, where the likelihood needs log Z. */
public final class LogPseudolikelihood {
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
        Require.exampleShape("V", V, rbm.m());
        Require.states("V", V, 0);
        int n = rbm.n();
        double[] W = rbm.W.getDDRM().data;
        SimpleMatrix products = new SimpleMatrix(V.getNumRows(), n);
        Blas.mult(V.getDDRM(), rbm.W.getDDRM(), products.getDDRM());
        double[] input = products.getDDRM().data;
        double[] b = rbm.b.getDDRM().data;
        double[] sums = new double[V.getNumRows()];
        Parallel.forEach(V.getNumRows(), 1, (from, to) -> {
            RowBuffer row = new RowBuffer();
            for (int example = from; example < to; example++) {
                Interrupts.check("pseudolikelihood interrupted at example %d", example);
                row.load(input, example * n, n);
                row.add(b);
                row.store(input, example * n);
                double hidden = row.softplusSum();
                for (int i = 0; i < rbm.m(); i++) {
                    double flip = 1 - 2 * V.get(example, i);
                    row.load(W, i * n, n);
                    row.scale(flip);
                    row.add(input, example * n);
                    // log p(v_i | rest) = log sigmoid(F(flipped) - F(v))
                    sums[example] += Functions.logSigmoid(hidden - row.softplusSum() - flip * rbm.a.get(i));
                }
            }
        });
        return Arrays.stream(sums).sum() / V.getNumRows();
    }
}
