package nabla.bench;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Randoms;
import nabla.math.fast.Blas;
import nabla.optim.Adam;
import nabla.optim.Optimizer;
import nabla.recurrent.RecurrentNetwork;
import nabla.recurrent.SequenceLoss;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** One step of training a recurrent network to tell every next symbol of random sequences: forward, back, clipping, Adam. */
final class RecurrentStep implements Workload {
    private final String name;
    private final RecurrentNetwork network;
    private final SequenceLoss loss;
    private final int gates;
    private final Sequences x;
    private final Targets y;
    private final Optimizer optimizer = new Adam(1e-3).clippingNorm(5);

    /**
     * A network at the start of its training.
     *
     * @param network with as many inputs and outputs as there are symbols
     * @param gates pre-activations of each hidden unit: 1 of the plain network, 4 of the LSTM
     * @param steps T
     * @param batch B
     */
    RecurrentStep(String name, RecurrentNetwork network, int gates, int steps, int batch, RandomGenerator rng) {
        this.name = name;
        this.network = network;
        loss = new SequenceLoss(network);
        this.gates = gates;
        int symbols = network.inputs();
        SimpleMatrix inputs = new SimpleMatrix(steps * batch, symbols);
        int[][] next = new int[batch][steps];
        for (int b = 0; b < batch; b++) {
            int symbol = rng.nextInt(symbols);
            for (int t = 0; t < steps; t++) {
                inputs.set(t * batch + b, symbol, 1);
                symbol = rng.nextInt(symbols);
                next[b][t] = symbol;
            }
        }
        x = Sequences.stacked(inputs, steps);
        y = Targets.classes(next, symbols);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "a step of training, forward, back, clipping and Adam: %d steps of %d sequences of %d symbols, %d hidden units"
                .formatted(x.steps(), x.batch(), network.inputs(), network.hidden());
    }

    @Override
    public String peer() {
        return "PyTorch";
    }

    @Override
    public int unitsInARow() {
        return 20;
    }

    @Override
    public void run() {
        optimizer.step(network, loss.gradient(x, y).direction());
    }

    @Override
    public Optional<Runnable> products() {
        int rows = x.steps() * x.batch();
        int n = network.hidden();
        int z = gates * n;
        DMatrixRMaj inputs = x.stacked().getDDRM();
        DMatrixRMaj inputWeights = random(network.inputs(), z);
        DMatrixRMaj recurrentWeights = random(n, z);
        DMatrixRMaj readoutWeights = random(n, network.outputs());
        DMatrixRMaj h = random(x.batch(), n);
        DMatrixRMaj dz = random(x.batch(), z);
        DMatrixRMaj allH = random(rows, n);
        DMatrixRMaj allDz = random(rows, z);
        DMatrixRMaj dLogits = random(rows, network.outputs());
        DMatrixRMaj allZ = new DMatrixRMaj(rows, z);
        DMatrixRMaj nextZ = new DMatrixRMaj(x.batch(), z);
        DMatrixRMaj dh = new DMatrixRMaj(x.batch(), n);
        DMatrixRMaj logits = new DMatrixRMaj(rows, network.outputs());
        DMatrixRMaj allDh = new DMatrixRMaj(rows, n);
        DMatrixRMaj dInputWeights = new DMatrixRMaj(network.inputs(), z);
        DMatrixRMaj dRecurrentWeights = new DMatrixRMaj(n, z);
        DMatrixRMaj dReadoutWeights = new DMatrixRMaj(n, network.outputs());
        return Optional.of(() -> {
            Blas.mult(inputs, inputWeights, allZ);
            for (int t = 0; t < x.steps(); t++) {
                Blas.mult(h, recurrentWeights, nextZ);
            }
            Blas.mult(allH, readoutWeights, logits);
            Blas.multTransB(dLogits, readoutWeights, allDh);
            Blas.multTransA(allH, dLogits, dReadoutWeights);
            for (int t = 0; t < x.steps(); t++) {
                Blas.multTransB(dz, recurrentWeights, dh);
            }
            Blas.multTransA(inputs, allDz, dInputWeights);
            Blas.multTransA(allH, allDz, dRecurrentWeights);
        });
    }

    private static DMatrixRMaj random(int rows, int columns) {
        return Randoms.normal(rows, columns, 1, new SplittableRandom(rows)).getDDRM();
    }
}
