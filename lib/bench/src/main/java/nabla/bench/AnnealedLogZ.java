package nabla.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.math.fast.Blas;
import nabla.partition.AnnealedImportanceSampling;
import nabla.rbm.Rbm;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Estimating log Z of an RBM by annealed importance sampling, from a base without weights and biases. */
final class AnnealedLogZ implements Workload {
    private final String name;
    private final String peer;
    private final Rbm rbm;
    private final int chains;
    private final int temperatures;
    private final AnnealedImportanceSampling sampling;
    private final RandomGenerator rng = new SplittableRandom(1);
    private double logZ;

    /**
     * A sampler of the given model.
     *
     * @param peer who does the same on the other side
     * @param temperatures evenly spaced from the base to the model, both included
     */
    AnnealedLogZ(String name, String peer, Rbm rbm, int chains, int temperatures) {
        this.name = name;
        this.peer = peer;
        this.rbm = rbm;
        this.chains = chains;
        this.temperatures = temperatures;
        sampling = new AnnealedImportanceSampling(chains, AnnealedImportanceSampling.evenly(temperatures));
    }

    /** The last estimate, nats. */
    double logZ() {
        return logZ;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "log Z by annealed importance sampling: %d chains, %,d temperatures, %d visible and %d hidden units",
                chains,
                temperatures,
                rbm.m(),
                rbm.n());
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void run() {
        logZ = sampling.estimate(rbm, new SimpleMatrix(rbm.m(), 1), rng).logZ();
    }

    @Override
    public Optional<Runnable> products() {
        DMatrixRMaj v = RbmEpoch.bits(chains, rbm.m(), 0.5).getDDRM();
        DMatrixRMaj h = RbmEpoch.bits(chains, rbm.n(), 0.5).getDDRM();
        DMatrixRMaj W = rbm.W.getDDRM();
        DMatrixRMaj hiddenInput = new DMatrixRMaj(chains, rbm.n());
        DMatrixRMaj visibleInput = new DMatrixRMaj(chains, rbm.m());
        return Optional.of(() -> {
            for (int k = 1; k < temperatures; k++) {
                Blas.mult(v, W, hiddenInput);
                if (k < temperatures - 1) { // nobody asks for the state after the last weight
                    Blas.multTransB(h, W, visibleInput);
                }
            }
        });
    }
}
