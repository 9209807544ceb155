package nabla.latent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.deep.BackPropagation;
import nabla.deep.Network;
import nabla.math.Require;
import nabla.optim.Direction;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * An encoder followed by a decoder: x of d numbers becomes a code z of k numbers, and z a reconstruction of x. Both are networks of any
 * layers; the decoder gives what its {@link ReconstructionLoss} expects: the reconstruction, or its logits.
 */
public final class Autoencoder implements Learner {
    /** From x to z. */
    public final Network encoder;

    /** From z to the reconstruction, or to its logits. */
    public final Network decoder;

    private final ReconstructionLoss loss;

    /**
     * An autoencoder of these networks, which it holds (they are not copied).
     *
     * @throws IllegalArgumentException if the networks do not fit to each other, or the loss expects logits and the decoder's last layer is
     *     not linear
     */
    public Autoencoder(Network encoder, Network decoder, ReconstructionLoss loss) {
        Require.present("encoder", encoder);
        Require.present("decoder", decoder);
        Require.present("loss", loss);
        requireFitting(encoder, encoder.outputs(), decoder, loss);
        this.encoder = encoder;
        this.decoder = decoder;
        this.loss = loss;
    }

    /** Checks that a decoder takes codes of size k, and gives as many numbers as the encoder takes; logits, if the loss expects them. */
    static void requireFitting(Network encoder, int k, Network decoder, ReconstructionLoss loss) {
        if (decoder.inputs() != k || decoder.outputs() != encoder.inputs()) {
            throw new IllegalArgumentException("decoder: expected %d inputs and %d outputs, got %d and %d"
                    .formatted(k, encoder.inputs(), decoder.inputs(), decoder.outputs()));
        }
        if (loss == ReconstructionLoss.CROSS_ENTROPY) {
            decoder.requireLinearOutputs("decoder");
        }
    }

    /** The parameters of both networks by name, such as {@code encoder W1}. */
    static Map<String, SimpleMatrix> named(Map<String, SimpleMatrix> encoder, Map<String, SimpleMatrix> decoder) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        encoder.forEach((name, x) -> named.put("encoder " + name, x));
        decoder.forEach((name, x) -> named.put("decoder " + name, x));
        return named;
    }

    /** The gradients of both networks, under the names of their parameters. */
    static Map<String, SimpleMatrix> gradients(BackPropagation encoder, BackPropagation decoder) {
        return named(encoder.gradient().matrices(), decoder.gradient().matrices());
    }

    /** All parameters by name: {@code encoder W1}, ..., {@code decoder W1}, ...; the matrices themselves. */
    @Override
    public Map<String, SimpleMatrix> parameters() {
        return Collections.unmodifiableMap(named(encoder.parameters(), decoder.parameters()));
    }

    /** A model with parameters of its own, equal to these. */
    public Autoencoder copy() {
        return new Autoencoder(encoder.copy(), decoder.copy(), loss);
    }

    /**
     * The codes of examples.
     *
     * @param X N x d, not modified
     * @return N x k
     */
    public SimpleMatrix encode(SimpleMatrix X) {
        return encoder.apply(X);
    }

    /**
     * What the decoder makes of codes, in the space of the data.
     *
     * @param Z N x k, not modified
     * @return N x d
     */
    public SimpleMatrix decode(SimpleMatrix Z) {
        Require.examples("Z", Z, decoder.inputs());
        return loss.reconstruction(decoder.apply(Z));
    }

    /**
     * Decoded codes of examples.
     *
     * @param X N x d, not modified
     * @return N x d
     */
    public SimpleMatrix reconstruct(SimpleMatrix X) {
        return decode(encode(X));
    }

    /**
     * The mean over examples of the reconstruction loss, which is a sum over the numbers of an example.
     *
     * @param X N x d, not modified
     * @throws IllegalArgumentException if the shape does not fit or the data do not suit the loss
     */
    public double loss(SimpleMatrix X) {
        return loss.perExample(X, decoder.apply(encode(X))).elementSum() / X.getNumRows();
    }

    /** The {@link #loss}, to be made small. */
    public Objective<SimpleMatrix> reconstruction() {
        return denoising(Corruption.none());
    }

    /** The mean loss between examples and the reconstructions of their corrupted versions, to be made small. */
    public Objective<SimpleMatrix> denoising(Corruption corruption) {
        Require.present("corruption", corruption);
        return new Reconstruction(this, corruption);
    }

    private static final class Reconstruction implements Objective<SimpleMatrix> {
        private final Autoencoder model;
        private final Corruption corruption;
        private final BackPropagation encoder;
        private final BackPropagation decoder;
        private final DMatrixRMaj dY = new DMatrixRMaj(0, 0);

        Reconstruction(Autoencoder model, Corruption corruption) {
            this.model = model;
            this.corruption = corruption;
            encoder = model.encoder.backPropagation();
            decoder = model.decoder.backPropagation();
        }

        @Override
        public Learner model() {
            return model;
        }

        @Override
        public void requireData(SimpleMatrix X) {
            Require.examples("X", X, model.encoder.inputs());
            model.loss.requireData("X", X);
        }

        @Override
        public LossGradient gradient(SimpleMatrix X, RandomGenerator rng) {
            requireData(X);
            SimpleMatrix Y = decoder.forward(encoder.forward(corruption.of(X, rng)));
            double mean = model.loss.perExample(X, Y).elementSum() / X.getNumRows();
            model.loss.gradient(X.getDDRM(), Y.getDDRM(), 1.0 / X.getNumRows(), dY);
            decoder.backward(SimpleMatrix.wrap(dY));
            encoder.backward(decoder.inputGradient());
            return new LossGradient(mean, Direction.of(gradients(encoder, decoder)));
        }
    }
}
