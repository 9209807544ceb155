package nabla.deep;

import java.util.random.RandomGenerator;
import nabla.math.Require;
import nabla.optim.Examples;
import nabla.optim.Learner;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import org.ejml.simple.SimpleMatrix;

/** The loss of a regression, to be made small: the sum of (y - t)^2 over the outputs y of a network with targets t, a mean over examples. */
public final class SquaredError implements Objective<Examples> {
    private final Network network;
    private final BackPropagation way;

    /**
     * Of a regression.
     *
     * @param network held; as many outputs as there are targets
     */
    public SquaredError(Network network) {
        Require.present("network", network);
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
    }

    /** The mean loss of examples. */
    public double loss(Examples data) {
        requireData(data);
        SimpleMatrix error = way.forward(data.X()).minus(data.Y());
        return error.elementPower(2).elementSum() / data.count();
    }

    @Override
    public LossGradient gradient(Examples batch, RandomGenerator rng) {
        Require.present("batch", batch);
        requireData(batch);
        SimpleMatrix error = way.forward(batch.X()).minus(batch.Y());
        way.backward(error.scale(2.0 / batch.count()));
        return new LossGradient(error.elementPower(2).elementSum() / batch.count(), way.gradient());
    }
}
