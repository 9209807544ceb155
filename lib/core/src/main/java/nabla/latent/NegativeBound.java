package nabla.latent;

import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.deep.BackPropagation;
import nabla.math.Randoms;
import nabla.math.Require;
import nabla.optim.Direction;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** The mean over examples of - L, and its gradient by way of the drawn codes (the reparametrisation). */
public final class NegativeBound implements Objective<SimpleMatrix> {
    private final Vae model;
    private final BackPropagation encoder;
    private final BackPropagation decoder;
    private final DMatrixRMaj Z = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj dY = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj dCode = new DMatrixRMaj(0, 0); // of the means, and after them of the log-variances
    private double[] losses = {};

    NegativeBound(Vae model) {
        this.model = model;
        encoder = model.encoder.backPropagation();
        decoder = model.decoder.backPropagation();
    }

    @Override
    public Learner model() {
        return model;
    }

    @Override
    public void requireData(SimpleMatrix X) {
        Require.examples("X", X, model.d());
        model.likelihood().loss().requireData("X", X);
    }

    @Override
    public LossGradient gradient(SimpleMatrix X, RandomGenerator rng) {
        requireData(X);
        Require.present("rng", rng);
        return gradient(X, Randoms.normal(X.getNumRows(), model.k(), 1, rng));
    }

    /**
     * With the noise given: the gradient of minus the mean of {@link Vae#bound}.
     *
     * @param X N x d, not modified
     * @param epsilon N x k, not modified
     * @return valid until the next call, which overwrites it
     */
    public LossGradient gradient(SimpleMatrix X, SimpleMatrix epsilon) {
        requireData(X);
        int N = X.getNumRows();
        Require.sameRows("epsilon", epsilon, "X", X);
        Require.shape("epsilon", epsilon, N, model.k());
        DMatrixRMaj code = encoder.forward(X).getDDRM();
        double kl = drawCodes(code, epsilon.getDDRM());
        SimpleMatrix Y = decoder.forward(SimpleMatrix.wrap(Z));
        double loss = sumOfLosses(X, Y);
        double scale = model.likelihood().scale();

        model.likelihood().loss().gradient(X.getDDRM(), Y.getDDRM(), scale / N, dY);
        decoder.backward(SimpleMatrix.wrap(dY));
        backToCode(code, epsilon.getDDRM(), decoder.inputGradient().getDDRM());
        encoder.backward(SimpleMatrix.wrap(dCode));

        Map<String, SimpleMatrix> gradient = Autoencoder.gradients(encoder, decoder);
        model.likelihood().parameters().forEach((name, logVariance) -> {
            double slope = model.likelihood().logVarianceSlope(loss / N, model.d());
            gradient.put(name, SimpleMatrix.filled(1, 1, slope));
        });
        return new LossGradient(
                scale * loss / N + model.likelihood().constant(model.d()) + kl / N, Direction.of(gradient));
    }

    /** Z = mean + exp(logVariance / 2) epsilon; answers the sum of the KL divergences. */
    private double drawCodes(DMatrixRMaj code, DMatrixRMaj epsilon) {
        int k = model.k();
        Z.reshape(code.numRows, k);
        double kl = 0;
        for (int row = 0; row < code.numRows; row++) {
            for (int j = 0; j < k; j++) {
                double mean = code.data[row * 2 * k + j];
                double logVariance = code.data[row * 2 * k + k + j];
                double deviation = Posterior.deviation(logVariance);
                Z.data[row * k + j] = Posterior.code(mean, deviation, epsilon.data[row * k + j]);
                kl += Posterior.kl(mean, logVariance, deviation);
            }
        }
        if (!Double.isFinite(kl)) {
            throw new ArithmeticException("the KL divergence is " + kl);
        }
        return kl;
    }

    private double sumOfLosses(SimpleMatrix X, SimpleMatrix Y) {
        int N = X.getNumRows();
        if (losses.length < N) {
            losses = new double[N];
        }
        model.likelihood().loss().losses(X.getDDRM(), Y.getDDRM(), losses);
        double sum = 0;
        for (int row = 0; row < N; row++) {
            sum += losses[row];
        }
        return sum;
    }

    /** From dC/dz to the encoder's outputs: by way of z, and by way of the KL divergence, with the derivatives that {@link Posterior} gives. */
    private void backToCode(DMatrixRMaj code, DMatrixRMaj epsilon, DMatrixRMaj dZ) {
        int k = model.k();
        int N = code.numRows;
        dCode.reshape(N, 2 * k);
        for (int row = 0; row < N; row++) {
            for (int j = 0; j < k; j++) {
                int mean = row * 2 * k + j;
                int logVariance = mean + k;
                double deviation = Posterior.deviation(code.data[logVariance]);
                double dz = dZ.data[row * k + j];
                dCode.data[mean] = dz + code.data[mean] / N;
                dCode.data[logVariance] =
                        (dz * epsilon.data[row * k + j] * deviation + (deviation * deviation - 1) / N) / 2;
            }
        }
    }
}
