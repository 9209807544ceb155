package nabla.latent;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import nabla.deep.Network;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.optim.Learner;
import org.ejml.simple.SimpleMatrix;

/**
 * The variational autoencoder (Kingma and Welling 2014, <i>Auto-Encoding Variational Bayes</i>): z ~ N(0, I) of k numbers, p(x | z) by the
 * decoder, and an encoder that approximates p(z | x) by independent normal numbers q(z | x). Both are trained to raise the lower bound
 *
 * <pre>log p(x) >= L = E_q[log p(x | z)] - KL[q(z | x) || p(z)]</pre>
 */
public final class Vae implements Learner {
    /** From x to the means of q(z | x), and after them its log-variances: d inputs, 2k outputs. Its last layer is linear. */
    public final Network encoder;

    /** From z to the means of p(x | z), or for bits to their logits: k inputs, d outputs. */
    public final Network decoder;

    private final Likelihood likelihood;

    /**
     * A model of these networks, which it holds (they are not copied).
     *
     * @throws IllegalArgumentException if the networks do not fit to each other, or a last layer is not linear where it has to be: the
     *     encoder's, and for bits the decoder's
     */
    public Vae(Network encoder, Network decoder, Likelihood likelihood) {
        Require.present("encoder", encoder);
        Require.present("decoder", decoder);
        Require.present("likelihood", likelihood);
        if (encoder.outputs() % 2 != 0) {
            throw new IllegalArgumentException(
                    "encoder: expected an even number of outputs, means and log-variances, got " + encoder.outputs());
        }
        encoder.requireLinearOutputs("encoder");
        Autoencoder.requireFitting(encoder, encoder.outputs() / 2, decoder, likelihood.loss());
        this.encoder = encoder;
        this.decoder = decoder;
        this.likelihood = likelihood;
    }

    /** d, how many numbers an example has. */
    public int d() {
        return encoder.inputs();
    }

    /** k, how many numbers a code has. */
    public int k() {
        return decoder.inputs();
    }

    /** p(x | z), given the decoder's outputs. */
    public Likelihood likelihood() {
        return likelihood;
    }

    /** All parameters by name: {@code encoder W1}, ..., {@code decoder W1}, ..., {@code logVariance}; the matrices themselves. */
    @Override
    public Map<String, SimpleMatrix> parameters() {
        Map<String, SimpleMatrix> all = Autoencoder.named(encoder.parameters(), decoder.parameters());
        all.putAll(likelihood.parameters());
        return Collections.unmodifiableMap(all);
    }

    /** A model with parameters of its own, equal to these. */
    public Vae copy() {
        return new Vae(encoder.copy(), decoder.copy(), likelihood.copy());
    }

    /**
     * q(z | x), what the encoder makes of examples.
     *
     * @param X N x d, not modified
     */
    public Posterior posterior(SimpleMatrix X) {
        SimpleMatrix outputs = encoder.apply(X);
        return new Posterior(outputs.cols(0, k()), outputs.cols(k(), 2 * k()));
    }

    /**
     * The mean of p(x | z).
     *
     * @param Z N x k, not modified
     * @return N x d
     */
    public SimpleMatrix decode(SimpleMatrix Z) {
        Require.examples("Z", Z, k());
        return likelihood.mean(decoder.apply(Z));
    }

    /**
     * Draws from the model: z from the prior, x from p(x | z).
     *
     * @param count at least 1
     * @return count x d
     */
    public SimpleMatrix draw(int count, RandomGenerator rng) {
        Require.size("count", count, "outputs", Math.max(k(), d()));
        Require.atLeast("count", count, 1);
        Require.present("rng", rng);
        return likelihood.draw(decoder.apply(Randoms.normal(count, k(), 1, rng)), rng);
    }

    /**
     * log p(x, z), in nats.
     *
     * @param X N x d, not modified
     * @param Z N x k, one code for each example, not modified
     * @return N x 1
     */
    public SimpleMatrix logJoint(SimpleMatrix X, SimpleMatrix Z) {
        requireExamples(X);
        Require.sameRows("Z", Z, "X", X);
        Require.examples("Z", Z, k());
        SimpleMatrix log = likelihood.log(X, decoder.apply(Z));
        for (int i = 0; i < Z.getNumElements(); i++) {
            int row = i / k();
            log.set(row, log.get(row) - (Posterior.LOG_2_PI + Z.get(i) * Z.get(i)) / 2);
        }
        return log;
    }

    /**
     * The lower bound with the given noise in the place of the expectation, and the KL divergence in closed form: an unbiased estimate of L.
     *
     * @param X N x d, not modified
     * @param epsilon N x k, standard normal, not modified
     * @return nats, N x 1
     * @throws ArithmeticException as {@link Posterior#at}
     */
    public SimpleMatrix bound(SimpleMatrix X, SimpleMatrix epsilon) {
        requireExamples(X);
        Require.sameRows("epsilon", epsilon, "X", X);
        Posterior q = posterior(X);
        return likelihood.log(X, decoder.apply(q.at(epsilon))).minus(q.klFromPrior());
    }

    /**
     * log p(x, z) / q(z | x) of codes z drawn from q(z | x). The mean of the weights themselves estimates p(x) without bias; see
     * {@link #importanceBound}.
     *
     * @param X N x d, not modified
     * @param samples how many codes for each example, at least 1
     * @return nats, N x samples
     * @throws CancellationException if the thread is interrupted
     */
    public SimpleMatrix logWeights(SimpleMatrix X, int samples, RandomGenerator rng) {
        requireExamples(X);
        Require.atLeast("samples", samples, 1);
        Require.size("samples", samples, "rows of X", X.getNumRows());
        Require.present("rng", rng);
        Posterior q = posterior(X);
        SimpleMatrix weights = new SimpleMatrix(X.getNumRows(), samples);
        for (int s = 0; s < samples; s++) {
            Interrupts.check("importance sampling interrupted at sample %d", s);
            SimpleMatrix Z = q.at(Randoms.normal(X.getNumRows(), k(), 1, rng));
            weights.setColumn(s, logJoint(X, Z).minus(q.log(Z)));
        }
        return weights;
    }

    /**
     * The importance-weighted bound L_K (Burda, Grosse and Salakhutdinov 2016): the expectation of the log of the mean of K weights, a mean
     * over the groups of K columns one after the other. L_1 is L; with K it rises to log p(x). On the same weights the bounds of
     * K, 2K, 4K, ... can only rise, by Jensen's inequality.
     *
     * @param logWeights as {@link #logWeights} gives them, not modified
     * @param K a divisor of the number of columns
     * @return nats, N x 1
     */
    public static SimpleMatrix importanceBound(SimpleMatrix logWeights, int K) {
        Require.matrix("logWeights", logWeights);
        Require.examples("logWeights", logWeights, Math.max(1, logWeights.getNumCols()));
        int samples = logWeights.getNumCols();
        if (K < 1 || samples % K != 0) {
            throw new IllegalArgumentException("K: expected a divisor of the " + samples + " weights, got " + K);
        }
        SimpleMatrix bounds = new SimpleMatrix(logWeights.getNumRows(), 1);
        double[] group = new double[K];
        for (int row = 0; row < bounds.getNumRows(); row++) {
            double sum = 0;
            for (int from = 0; from < samples; from += K) {
                for (int i = 0; i < K; i++) {
                    group[i] = logWeights.get(row, from + i);
                }
                sum += Functions.logSumExp(group) - Math.log(K);
            }
            bounds.set(row, sum * K / samples);
        }
        return bounds;
    }

    private void requireExamples(SimpleMatrix X) {
        Require.examples("X", X, d());
        likelihood.loss().requireData("X", X);
    }

    /** - L, estimated with one code for each example, to be made small. */
    public NegativeBound negativeBound() {
        return new NegativeBound(this);
    }
}
