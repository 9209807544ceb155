package nabla.recurrent;

import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import nabla.data.Sequences;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** Lets a network that predicts the next symbol go on by itself: what it answers is what it reads next. */
public final class SymbolSampler {
    private SymbolSampler() {}

    /**
     * Continues a sequence of symbols, each given to the network as a one-hot vector.
     *
     * @param network with as many inputs as outputs and a softmax read-out
     * @param start the symbols to begin with, at least one
     * @param length how many to add, at least 0
     * @param temperature divides the logits: 1 samples from the model, less is bolder, more is wilder; positive
     * @return the symbols that were added
     * @throws CancellationException if the thread is interrupted (the interrupt flag stays set)
     * @throws IllegalArgumentException if the network does not predict its own inputs or a symbol is out of range
     */
    public static int[] sample(
            RecurrentNetwork network, int[] start, int length, double temperature, RandomGenerator rng) {
        Require.present("network", network);
        Require.present("start", start);
        Require.present("rng", rng);
        int k = network.inputs();
        if (network.outputs() != k || !network.readout().isSoftmax()) {
            throw new IllegalArgumentException(
                    "network: expected a softmax over its own inputs, got %d inputs and %d outputs, %s"
                            .formatted(k, network.outputs(), network.readout().isSoftmax() ? "softmax" : "linear"));
        }
        Require.atLeast("symbols in start", start.length, 1);
        Require.atLeast("length", length, 0);
        Require.between("temperature", temperature, Double.MIN_NORMAL, Double.MAX_VALUE);
        SimpleMatrix heard = new SimpleMatrix(start.length, k);
        for (int t = 0; t < start.length; t++) {
            Require.between("start[" + t + "]", start[t], 0, k - 1);
            heard.set(t, start[t], 1);
        }
        int[] added = new int[length];
        Interrupts.check("sampling interrupted after %d symbols", 0);
        UnrolledNetwork unrolled = network.forward(Sequences.of(heard));
        for (int t = 0; t < length; t++) {
            Interrupts.check("sampling interrupted after %d symbols", t);
            SimpleMatrix logits = unrolled.logits(unrolled.steps());
            SimpleMatrix colder = logits.minus(logits.elementMax()).divide(temperature); // at most 0, so never infinity
            double[] p = Functions.softmax(colder.getDDRM().data);
            added[t] = Randoms.choose(p, 0, k, rng.nextDouble());
            SimpleMatrix next = new SimpleMatrix(1, k);
            next.set(added[t], 1);
            unrolled = network.forward(Sequences.of(next), unrolled.lastState());
        }
        return added;
    }
}
