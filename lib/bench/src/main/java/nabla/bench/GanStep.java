package nabla.bench;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.adversarial.Gan;
import nabla.adversarial.GeneratorLoss;
import nabla.data.Sampler;
import nabla.deep.Dense;
import nabla.deep.Network;
import nabla.math.Activation;
import nabla.math.Randoms;
import nabla.optim.Adam;
import nabla.optim.Optimizer;
import org.ejml.simple.SimpleMatrix;

/** One step of the discriminator and one of the generator, each a network of two hidden layers of rectifiers, on points of the plane. */
final class GanStep implements Workload {
    private final String name;
    private final int hidden;
    private final int batch;
    private final Gan gan;
    private final Gan.Gradients gradients;
    private final Optimizer ofD = new Adam(1e-3);
    private final Optimizer ofG = new Adam(1e-3);
    private final SimpleMatrix data;
    private final RandomGenerator rng = new SplittableRandom(1);

    /**
     * A game at its start.
     *
     * @param hidden units of each hidden layer
     * @param batch points
     */
    GanStep(String name, int hidden, int batch) {
        this.name = name;
        this.hidden = hidden;
        this.batch = batch;
        gan = new Gan(network(2), network(1), Sampler.normal(2));
        gradients = gan.gradients();
        data = Randoms.normal(batch, 2, 1, rng);
    }

    private Network network(int outputs) {
        return Network.of(
                Dense.forTraining(2, hidden, Activation.RELU, rng),
                Dense.forTraining(hidden, hidden, Activation.RELU, rng),
                Dense.forTraining(hidden, outputs, Activation.IDENTITY, rng));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "a step of the discriminator and one of the generator by Adam: batches of %d points of the plane, two layers of %d hidden units each"
                .formatted(batch, hidden);
    }

    @Override
    public String peer() {
        return "PyTorch";
    }

    @Override
    public int unitsInARow() {
        return 200;
    }

    @Override
    public void run() {
        SimpleMatrix forD = gan.prior().draw(batch, rng);
        ofD.step(gan.D, gradients.ofDiscriminator(data, forD));
        SimpleMatrix forG = gan.prior().draw(batch, rng);
        ofG.step(gan.G, gradients.ofGenerator(forG, GeneratorLoss.NON_SATURATING));
    }
}
