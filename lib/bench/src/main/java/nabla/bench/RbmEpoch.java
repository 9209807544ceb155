package nabla.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.estimate.PersistentContrastiveDivergence;
import nabla.math.fast.Blas;
import nabla.rbm.Rbm;
import nabla.rbm.RbmTrainer;
import nabla.rbm.TrainingOptions;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Training an RBM for an epoch by persistent contrastive divergence, with as many chains as a batch has rows. */
final class RbmEpoch implements Workload {
    private final String name;
    private final SimpleMatrix V;
    private final int hidden;
    private final int batch;
    private final Rbm rbm;
    private final TrainingOptions options;
    private final GradientEstimator<? super Rbm> estimator;
    private final RandomGenerator rng = new SplittableRandom(1);

    /**
     * A model at the start of its training.
     *
     * @param V the training data, N x m, elements in [0, 1]
     * @param hidden units
     * @param batch rows per update
     */
    RbmEpoch(String name, SimpleMatrix V, int hidden, int batch) {
        this.name = name;
        this.V = V;
        this.hidden = hidden;
        this.batch = batch;
        rbm = Rbm.forTraining(V, hidden, rng);
        options = TrainingOptions.ofEpochs(1)
                .withBatchSize(batch)
                .withLearningRate(0.05)
                .withMomentum(0)
                .withWeightDecay(0)
                .withMonitoredExamples(0);
        estimator = new PersistentContrastiveDivergence(1, batch); // its chains live on from epoch to epoch
    }

    /** Independent bits, each 1 with the given probability, in no more memory than they take. */
    static SimpleMatrix bits(int rows, int columns, double probability) {
        SimpleMatrix bits = new SimpleMatrix(rows, columns);
        RandomGenerator rng = new SplittableRandom(2);
        double[] data = bits.getDDRM().data;
        for (int i = 0; i < data.length; i++) {
            data[i] = rng.nextDouble() < probability ? 1 : 0;
        }
        return bits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "an epoch of training an RBM, persistent contrastive divergence with 1 sweep: %,d rows, %d visible and %d hidden units, batches of %d",
                V.getNumRows(),
                V.getNumCols(),
                hidden,
                batch);
    }

    @Override
    public String peer() {
        return "scikit-learn";
    }

    @Override
    public void run() {
        new RbmTrainer(estimator, options).train(rbm, V, rng);
    }

    /** In an epoch of a longer training; the work space is made once, before the first. */
    @Override
    public long allocated() {
        List<Long> atEpoch = new ArrayList<>();
        new RbmTrainer(estimator, options.withEpochs(3))
                .train(rbm, V, new SimpleMatrix(0, V.getNumCols()), rng, report -> {
                    atEpoch.add(Allocation.bytes());
                    return true;
                });
        return atEpoch.get(3) - atEpoch.get(2);
    }

    @Override
    public Optional<Runnable> products() {
        DMatrixRMaj v = bits(batch, V.getNumCols(), 0.5).getDDRM();
        DMatrixRMaj h = bits(batch, hidden, 0.5).getDDRM();
        DMatrixRMaj W = rbm.W.copy().getDDRM();
        DMatrixRMaj hiddenInput = new DMatrixRMaj(batch, hidden);
        DMatrixRMaj visibleInput = new DMatrixRMaj(batch, V.getNumCols());
        DMatrixRMaj statistics = new DMatrixRMaj(V.getNumCols(), hidden);
        int wholeBatches = V.getNumRows() / batch;
        return Optional.of(() -> {
            for (int i = 0; i < wholeBatches; i++) {
                Blas.mult(v, W, hiddenInput); // given the data
                Blas.multTransB(h, W, visibleInput); // the chains: down
                Blas.mult(v, W, hiddenInput); // and up
                Blas.multTransA(v, hiddenInput, statistics); // of the data
                Blas.multTransA(v, hiddenInput, statistics); // of the chains
            }
        });
    }
}
