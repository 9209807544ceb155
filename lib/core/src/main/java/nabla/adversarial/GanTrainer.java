package nabla.adversarial;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import nabla.data.Sampler;
import nabla.deep.Network;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.optim.LossGradient;
import nabla.optim.Optimizer;
import nabla.optim.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Plays the game (Goodfellow and others 2014, algorithm 1): in every iteration {@code k} steps of the discriminator, each on fresh noise and
 * fresh data, then one step of the generator on noise that is fresh again.
 */
public final class GanTrainer {
    private final GeneratorLoss loss;
    private final int k;
    private final int m;
    private final Optimizer ofD;
    private final Optimizer ofG;

    /**
     * A trainer of one game.
     *
     * @param loss what the generator makes small
     * @param k steps of the discriminator in each iteration, at least 1
     * @param m points in each batch, of data and of noise; at least 1
     * @param ofD the discriminator's optimiser; both keep their memory from one call of {@link #train} to the next
     * @param ofG the generator's, another one
     */
    public GanTrainer(GeneratorLoss loss, int k, int m, Optimizer ofD, Optimizer ofG) {
        Require.present("loss", loss);
        Require.present("ofD", ofD);
        Require.present("ofG", ofG);
        Require.atLeast("k", k, 1);
        Require.atLeast("m", m, 1);
        if (ofG == ofD) {
            throw new IllegalArgumentException("ofG: expected an optimiser of its own, got that of the discriminator");
        }
        this.loss = loss;
        this.k = k;
        this.m = m;
        this.ofD = ofD;
        this.ofG = ofG;
    }

    /** As {@link #train(Gan, Sampler, int, RandomGenerator, Predicate)}, to the end. */
    public List<GanReport> train(Gan gan, Sampler data, int iterations, RandomGenerator rng) {
        return train(gan, data, iterations, rng, report -> true);
    }

    /**
     * Trains both networks in place.
     *
     * @param gan changed at every step
     * @param data where real points come from
     * @param iterations how many, at least 1
     * @param rng the same seed gives the same networks
     * @param progress told of every iteration; training stops when it answers false or the thread is interrupted (the interrupt flag
     *     stays set)
     * @return all reports
     * @throws IllegalArgumentException if data and networks do not fit, before anything is changed
     * @throws ArithmeticException if a loss or gradient becomes infinite or NaN; names the iteration and the network, and leaves that network
     *     as it was before the step
     */
    public List<GanReport> train(
            Gan gan, Sampler data, int iterations, RandomGenerator rng, Predicate<GanReport> progress) {
        Require.present("gan", gan);
        Require.present("data", data);
        Require.present("rng", rng);
        Require.atLeast("iterations", iterations, 1);
        Require.present("progress", progress);
        if (data.size() != gan.G.outputs()) {
            throw new IllegalArgumentException(
                    "data: expected points of " + gan.G.outputs() + " numbers as G makes them, got " + data.size());
        }
        if (m % gan.together() != 0) {
            throw new IllegalArgumentException("m: expected a multiple of the " + gan.together()
                    + " points that the discriminator judges at once, got " + m);
        }
        Gan.Gradients gradients = gan.gradients();
        return Training.run("iteration", 1, iterations, progress, iteration -> {
            double value = Double.NaN;
            for (int i = 1; i <= k; i++) {
                Interrupts.check("training interrupted");
                SimpleMatrix Z = gan.prior().draw(m, rng);
                SimpleMatrix X = data.draw(m, rng);
                value = -step("D", ofD, gan.D, X, () -> gradients.ofDiscriminator(X, Z));
            }
            SimpleMatrix Z = gan.prior().draw(m, rng);
            double ofGenerator = step("G", ofG, gan.G, Z, () -> gradients.ofGenerator(Z, loss));
            return new GanReport(iteration, value, ofGenerator);
        });
    }

    /** One step of one network on some points; answers its loss before the step. */
    private static double step(
            String name, Optimizer optimizer, Network network, SimpleMatrix points, Supplier<LossGradient> ofLoss) {
        try {
            LossGradient gradient = ofLoss.get();
            optimizer.step(network, gradient);
            return gradient.loss();
        } catch (ArithmeticException e) {
            throw new ArithmeticException(
                    "network " + name + ": " + e.getMessage() + Training.suspicion("a batch", points));
        }
    }
}
