package nabla.adversarial;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import nabla.data.Sampler;
import nabla.deep.BackPropagation;
import nabla.deep.Network;
import nabla.math.Functions;
import nabla.math.Require;
import nabla.optim.LossGradient;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A generative adversarial network (Goodfellow and others 2014): G makes points x = G(z) of noise z, D(x) is the probability that x is real.
 *
 * <pre>min over G, max over D of V(D, G) = E_data[log D(x)] + E_prior[log(1 - D(G(z)))]</pre>
 *
 * <p>D is the logistic function of a network's single output, so that no logarithm of a rounded probability is ever taken. When that network
 * takes s times as many numbers as a point has, it judges s points at once: all real or all generated (Lin, Khetan, Fanti and Oh 2018,
 * <i>PacGAN</i>), and a generator that always makes the same point is found out.
 */
public final class Gan {
    /** The generator. */
    public final Network G;

    /** The discriminator's logits: one output. */
    public final Network D;

    private final Sampler prior;
    private final int together;

    /**
     * A game between these networks, which it holds (they are not copied).
     *
     * @param G from the prior's noise to points, its last layer usually linear
     * @param D from one or several points to a logit, its last layer linear
     * @param prior of the noise
     * @throws IllegalArgumentException if the three do not fit, or D's last layer is not linear
     */
    public Gan(Network G, Network D, Sampler prior) {
        Require.present("G", G);
        Require.present("D", D);
        Require.present("prior", prior);
        if (G.inputs() != prior.size()) {
            throw new IllegalArgumentException(
                    "G: expected " + prior.size() + " inputs as the prior has, got " + G.inputs());
        }
        if (D.inputs() % G.outputs() != 0 || D.outputs() != 1) {
            throw new IllegalArgumentException("D: expected %d inputs, or a multiple, and 1 output, got %d and %d"
                    .formatted(G.outputs(), D.inputs(), D.outputs()));
        }
        D.requireLinearOutputs("D");
        this.G = G;
        this.D = D;
        this.prior = prior;
        together = D.inputs() / G.outputs();
    }

    /** A game with parameters of its own, equal to these. */
    public Gan copy() {
        return new Gan(G.copy(), D.copy(), prior);
    }

    /** Where the noise comes from. */
    public Sampler prior() {
        return prior;
    }

    /** How many points D judges at once. */
    public int together() {
        return together;
    }

    /**
     * New points: G of fresh noise.
     *
     * @param count at least 1
     * @return count x d
     */
    public SimpleMatrix generate(int count, RandomGenerator rng) {
        Require.size("count", count, "outputs of G", G.outputs());
        Require.atLeast("count", count, 1);
        Require.present("rng", rng);
        return G.apply(prior.draw(count, rng));
    }

    /**
     * D(x), the probability that points are real.
     *
     * @param X N x d, N a multiple of {@link #together}; not modified
     * @return one probability for each point (or each group, of points one after the other)
     */
    public SimpleMatrix discriminate(SimpleMatrix X) {
        return Functions.sigmoid(D.apply(groups("X", X)));
    }

    /**
     * V(D, G), with means over these points in the place of the expectations.
     *
     * @param X real points, N x d, not modified
     * @param Z noise, M x prior size, not modified
     * @return nats
     */
    public double value(SimpleMatrix X, SimpleMatrix Z) {
        SimpleMatrix real = groups("X", X);
        return mean(D.apply(real), Functions::logSigmoid)
                + mean(D.apply(groups("G(Z)", generated(Z))), GeneratorLoss.MINIMAX::of);
    }

    private static double mean(SimpleMatrix logits, DoubleUnaryOperator f) {
        return Functions.map(logits, f).elementSum() / logits.getNumRows();
    }

    private SimpleMatrix generated(SimpleMatrix Z) {
        requireNoise(Z);
        return G.apply(Z);
    }

    private void requireNoise(SimpleMatrix Z) {
        Require.examples("Z", Z, G.inputs());
    }

    /** The same numbers with a group of points in each row. */
    private SimpleMatrix groups(String name, SimpleMatrix X) {
        Require.examples(name, X, G.outputs());
        if (X.getNumRows() % together != 0) {
            throw new IllegalArgumentException(
                    name + ": expected a multiple of " + together + " points, got " + X.getNumRows());
        }
        return SimpleMatrix.wrap(DMatrixRMaj.wrap(X.getNumRows() / together, D.inputs(), X.getDDRM().data));
    }

    /** The gradients of the game, in matrices that are used again and again. */
    public Gradients gradients() {
        return new Gradients(this);
    }

    /** The two gradients of the game, each overwritten by its next call. Not for several threads at once. */
    public static final class Gradients {
        private final Gan gan;
        private final BackPropagation G;
        private final BackPropagation D;
        private final DMatrixRMaj both = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj dLogits = new DMatrixRMaj(0, 0);

        private Gradients(Gan gan) {
            this.gan = gan;
            G = gan.G.backPropagation();
            D = gan.D.backPropagation();
        }

        /**
         * - V(D, G) on a batch, and its gradient with respect to the parameters of D: what D makes small.
         *
         * @param X real points, N x d, not modified
         * @param Z noise, M x prior size, not modified
         * @throws IllegalArgumentException if a shape does not fit, or a number of points is no multiple of {@link Gan#together}
         * @throws ArithmeticException if a network's output is not finite
         */
        public LossGradient ofDiscriminator(SimpleMatrix X, SimpleMatrix Z) {
            SimpleMatrix real = gan.groups("X", X);
            gan.requireNoise(Z);
            SimpleMatrix generated = gan.groups("G(Z)", G.forward(Z));
            int N = real.getNumRows();
            int M = generated.getNumRows();
            both.reshape(N + M, gan.D.inputs());
            System.arraycopy(real.getDDRM().data, 0, both.data, 0, real.getNumElements());
            System.arraycopy(generated.getDDRM().data, 0, both.data, real.getNumElements(), generated.getNumElements());
            double[] a = D.forward(SimpleMatrix.wrap(both)).getDDRM().data;
            dLogits.reshape(N + M, 1);
            double value = 0;
            for (int i = 0; i < N; i++) {
                value += Functions.logSigmoid(a[i]) / N;
                dLogits.data[i] = -Functions.sigmoid(-a[i]) / N;
            }
            for (int i = N; i < N + M; i++) {
                value += GeneratorLoss.MINIMAX.of(a[i]) / M;
                dLogits.data[i] = -GeneratorLoss.MINIMAX.slope(a[i]) / M;
            }
            D.backward(SimpleMatrix.wrap(dLogits));
            return new LossGradient(-value, D.gradient());
        }

        /**
         * The mean loss of the generator on a batch, and its gradient with respect to the parameters of G, which goes through D.
         *
         * @param Z noise, M x prior size, not modified
         * @throws IllegalArgumentException if the shape does not fit, or M is no multiple of {@link Gan#together}
         * @throws ArithmeticException if a network's output is not finite
         */
        public LossGradient ofGenerator(SimpleMatrix Z, GeneratorLoss loss) {
            gan.requireNoise(Z);
            Require.present("loss", loss);
            SimpleMatrix generated = gan.groups("G(Z)", G.forward(Z));
            double[] a = D.forward(generated).getDDRM().data;
            int M = generated.getNumRows();
            dLogits.reshape(M, 1);
            double sum = 0;
            for (int i = 0; i < M; i++) {
                sum += loss.of(a[i]);
                dLogits.data[i] = loss.slope(a[i]) / M;
            }
            D.backward(SimpleMatrix.wrap(dLogits));
            double[] dX = D.inputGradient().getDDRM().data;
            G.backward(SimpleMatrix.wrap(DMatrixRMaj.wrap(Z.getNumRows(), gan.G.outputs(), dX)));
            return new LossGradient(sum / M, G.gradient());
        }
    }
}
