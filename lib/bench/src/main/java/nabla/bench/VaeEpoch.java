package nabla.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.deep.Dense;
import nabla.deep.MinibatchTrainer;
import nabla.deep.Network;
import nabla.latent.Likelihood;
import nabla.latent.Vae;
import nabla.math.Activation;
import nabla.math.fast.Blas;
import nabla.optim.Adam;
import nabla.optim.Batches;
import nabla.optim.Objective;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Training a variational autoencoder of bits for an epoch by Adam, one hidden layer of rectifiers on each side. */
final class VaeEpoch implements Workload {
    private final String name;
    private final SimpleMatrix X;
    private final int hidden;
    private final int latents;
    private final int batch;
    private final Objective<SimpleMatrix> objective;
    private final MinibatchTrainer trainer;
    private final RandomGenerator rng = new SplittableRandom(1);

    /**
     * A model at the start of its training.
     *
     * @param X the training data, N x d, elements in [0, 1]
     * @param hidden units of each hidden layer
     * @param latents numbers of a code
     * @param batch rows per update
     */
    VaeEpoch(String name, SimpleMatrix X, int hidden, int latents, int batch) {
        this.name = name;
        this.X = X;
        this.hidden = hidden;
        this.latents = latents;
        this.batch = batch;
        int d = X.getNumCols();
        Network encoder = Network.of(
                Dense.forTraining(d, hidden, Activation.RELU, rng),
                Dense.forTraining(hidden, 2 * latents, Activation.IDENTITY, rng));
        Network decoder = Network.of(
                Dense.forTraining(latents, hidden, Activation.RELU, rng),
                Dense.forTraining(hidden, d, Activation.IDENTITY, rng));
        objective = new Vae(encoder, decoder, Likelihood.bernoulli()).negativeBound();
        trainer = new MinibatchTrainer(new Adam(1e-3), batch);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "an epoch of training a variational autoencoder by Adam: %,d rows of %d bits, %d hidden units on each side, %d latents, batches of %d",
                X.getNumRows(),
                X.getNumCols(),
                hidden,
                latents,
                batch);
    }

    @Override
    public String peer() {
        return "PyTorch";
    }

    @Override
    public void run() {
        trainer.train(objective, Batches.of(X), 1, rng);
    }

    @Override
    public Optional<Runnable> products() {
        int d = X.getNumCols();
        DMatrixRMaj x = new DMatrixRMaj(batch, d);
        DMatrixRMaj y = new DMatrixRMaj(batch, d);
        DMatrixRMaj h = new DMatrixRMaj(batch, hidden);
        DMatrixRMaj dh = new DMatrixRMaj(batch, hidden);
        DMatrixRMaj code = new DMatrixRMaj(batch, 2 * latents);
        DMatrixRMaj z = new DMatrixRMaj(batch, latents);
        DMatrixRMaj in = new DMatrixRMaj(d, hidden);
        DMatrixRMaj toCode = new DMatrixRMaj(hidden, 2 * latents);
        DMatrixRMaj fromCode = new DMatrixRMaj(latents, hidden);
        DMatrixRMaj out = new DMatrixRMaj(hidden, d);
        int wholeBatches = X.getNumRows() / batch;
        return Optional.of(() -> {
            for (int i = 0; i < wholeBatches; i++) {
                Blas.mult(x, in, h); // forward
                Blas.mult(h, toCode, code);
                Blas.mult(z, fromCode, h);
                Blas.mult(h, out, y);
                Blas.multTransB(y, out, dh); // back
                Blas.multTransB(dh, fromCode, z);
                Blas.multTransB(code, toCode, h);
                Blas.multTransA(h, y, out); // gradients
                Blas.multTransA(z, h, fromCode);
                Blas.multTransA(h, code, toCode);
                Blas.multTransA(x, h, in);
            }
        });
    }
}
