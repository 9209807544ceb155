package nabla.deep;

import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Require;
import nabla.optim.Examples;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * The loss of a classifier, to be made small: p = softmax(y) for the outputs y of a network, and the cross-entropy - sum of t log p with
 * targets t, a mean over examples, in nats. It is computed from y (log p = y - log sum e^y), so that no logarithm of a rounded probability is
 * ever taken; its derivative is p - t.
 */
public final class SoftmaxCrossEntropy implements Objective<Examples> {
    private final Network network;
    private final BackPropagation way;
    private final DMatrixRMaj P = new DMatrixRMaj(0, 0);
    private double[] logSums = {};

    /**
     * Of a classifier.
     *
     * @param network held; as many outputs as there are classes, its last layer linear
     * @throws IllegalArgumentException if the last layer is not linear
     */
    public SoftmaxCrossEntropy(Network network) {
        Require.present("network", network);
        network.requireLinearOutputs("network");
        this.network = network;
        way = network.backPropagation();
    }

    @Override
    public Learner model() {
        return network;
    }

    @Override
    public void requireData(Examples data) {
        Require.present("data", data);
        Require.examples("X", data.X(), network.inputs());
        Require.examples("Y", data.Y(), network.outputs());
        Require.probabilities("Y", data.Y());
        for (int row = 0; row < data.count(); row++) {
            double sum = 0;
            for (int j = 0; j < network.outputs(); j++) {
                sum += data.Y().get(row, j);
            }
            if (Math.abs(sum - 1) > 1e-9) {
                throw new IllegalArgumentException(
                        "Y: expected probabilities that add up to 1 in every row, got " + sum + " in row " + row);
            }
        }
    }

    /** The mean loss of examples, in nats. */
    public double loss(Examples data) {
        requireData(data);
        return forward(data);
    }

    @Override
    public LossGradient gradient(Examples batch, RandomGenerator rng) {
        Require.present("batch", batch);
        requireData(batch);
        double loss = forward(batch);
        double[] t = batch.Y().getDDRM().data;
        for (int i = 0; i < P.getNumElements(); i++) {
            P.data[i] = (P.data[i] - t[i]) / batch.count();
        }
        way.backward(SimpleMatrix.wrap(P));
        return new LossGradient(loss, way.gradient());
    }

    /** Leaves the probabilities in P; answers the mean loss. */
    private double forward(Examples data) {
        DMatrixRMaj Y = way.forward(data.X()).getDDRM();
        int N = Y.numRows;
        int k = Y.numCols;
        if (logSums.length < N) {
            logSums = new double[N];
        }
        P.setTo(Y);
        Functions.softmaxRows(P.data, k, 0, N, logSums);
        double[] t = data.Y().getDDRM().data;
        double sum = 0;
        for (int i = 0; i < N * k; i++) {
            sum += t[i] * (logSums[i / k] - Y.data[i]);
        }
        return sum / N;
    }

    /**
     * What the network says of examples.
     *
     * @param X N x d, not modified
     * @return N x k, the probabilities of the classes
     */
    public SimpleMatrix probabilities(SimpleMatrix X) {
        SimpleMatrix P = network.apply(X);
        Functions.softmaxRows(P.getDDRM().data, P.getNumCols(), 0, P.getNumRows(), new double[P.getNumRows()]);
        return P;
    }

    /** The share of examples whose most probable class is that of their target (of equal ones the first counts). */
    public double accuracy(Examples data) {
        requireData(data);
        SimpleMatrix Y = network.apply(data.X());
        int hits = 0;
        for (int row = 0; row < data.count(); row++) {
            if (largest(Y, row) == largest(data.Y(), row)) {
                hits++;
            }
        }
        return (double) hits / data.count();
    }

    private static int largest(SimpleMatrix Y, int row) {
        int best = 0;
        for (int j = 1; j < Y.getNumCols(); j++) {
            if (Y.get(row, j) > Y.get(row, best)) {
                best = j;
            }
        }
        return best;
    }
}
