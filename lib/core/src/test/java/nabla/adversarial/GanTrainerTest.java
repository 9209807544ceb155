package nabla.adversarial;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import nabla.Checks;
import nabla.data.GaussianMixture;
import nabla.data.Sampler;
import nabla.deep.Dense;
import nabla.deep.Network;
import nabla.math.Activation;
import nabla.optim.Adam;
import nabla.optim.Optimizer;
import nabla.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The order of the game: who moves, how often, on which draws, and what the other one keeps. */
class GanTrainerTest {
    private static final Sampler RING = GaussianMixture.ring(4, 1, 0.1);

    /** Remembers everything it has drawn. */
    private static final class Recorder implements Sampler {
        final List<SimpleMatrix> draws = new ArrayList<>();
        private final Sampler inner;

        Recorder(Sampler inner) {
            this.inner = inner;
        }

        @Override
        public int size() {
            return inner.size();
        }

        @Override
        public SimpleMatrix draw(int count, RandomGenerator rng) {
            draws.add(inner.draw(count, rng));
            return draws.get(draws.size() - 1);
        }
    }

    private static Gan gan(int together, Sampler prior) {
        SplittableRandom rng = new SplittableRandom(1);
        return new Gan(
                Network.of(
                        Dense.forTraining(prior.size(), 6, Activation.TANH, rng),
                        Dense.forTraining(6, 2, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(2 * together, 6, Activation.LEAKY_RELU, rng),
                        Dense.forTraining(6, 1, Activation.IDENTITY, rng)),
                prior);
    }

    private static Gan gan() {
        return gan(1, Sampler.normal(3));
    }

    private static GanTrainer trainer(int k, int m) {
        return new GanTrainer(GeneratorLoss.NON_SATURATING, k, m, new Adam(0.01), new Adam(0.02));
    }

    @Test
    void everyIterationHasKStepsOfDAndOneOfGOnFreshDraws() {
        Recorder data = new Recorder(RING);
        Recorder prior = new Recorder(Sampler.normal(3));
        Gan gan = gan(1, prior);
        StringBuilder steps = new StringBuilder();
        Optimizer ofD = (network, gradient) -> {
            steps.append('D');
            assertEquals(gan.D.parameters().keySet(), network.parameters().keySet());
            assertTrue(network.parameters().get("W1") == gan.D.layers().get(0).W);
            Map<String, SimpleMatrix> before = Checks.copyOf(gan.G.parameters());
            new Sgd(0.1).step(network, gradient);
            Checks.assertSame(before, gan.G.parameters());
        };
        Optimizer ofG = (network, gradient) -> {
            steps.append('G');
            assertTrue(network.parameters().get("W1") == gan.G.layers().get(0).W);
            Map<String, SimpleMatrix> before = Checks.copyOf(gan.D.parameters());
            new Sgd(0.1).step(network, gradient);
            Checks.assertSame(before, gan.D.parameters());
        };
        List<GanReport> reports = new GanTrainer(GeneratorLoss.MINIMAX, 3, 5, ofD, ofG)
                .train(gan, data, 4, new SplittableRandom(2), report -> true);
        assertEquals("DDDGDDDGDDDGDDDG", steps.toString());
        assertEquals(
                List.of(1, 2, 3, 4), reports.stream().map(GanReport::iteration).toList());
        assertEquals(12, data.draws.size());
        assertEquals(16, prior.draws.size());
        for (Recorder recorder : List.of(data, prior)) {
            for (SimpleMatrix draw : recorder.draws) {
                assertEquals(5, draw.getNumRows());
                assertEquals(
                        1,
                        recorder.draws.stream()
                                .filter(other -> other.isIdentical(draw, 0))
                                .count());
            }
        }
    }

    /** With the draws of the training, by hand: the value before the last step of D, the loss before the step of G. */
    @Test
    void withoutAnyoneToAskItGoesOnToTheEnd() {
        GanTrainer trainer = new GanTrainer(GeneratorLoss.MINIMAX, 1, 5, new Sgd(0.1), new Sgd(0.1));
        List<GanReport> asked = trainer.train(gan(), RING, 4, new SplittableRandom(2), report -> true);
        List<GanReport> alone = trainer.train(gan(), RING, 4, new SplittableRandom(2));
        assertEquals(asked, alone);
        assertEquals(4, alone.size());
    }

    @Test
    void anIterationIsItsStepsOneAfterTheOther() {
        Recorder data = new Recorder(RING);
        Recorder prior = new Recorder(Sampler.normal(3));
        Gan gan = gan(3, prior);
        Gan twin = gan(3, Sampler.normal(3));
        List<GanReport> reports = new GanTrainer(GeneratorLoss.NON_SATURATING, 2, 6, new Sgd(0.3), new Sgd(0.5))
                .train(gan, data, 1, new SplittableRandom(3), report -> true);
        double value = 0;
        for (int i = 0; i < 2; i++) {
            value = twin.value(data.draws.get(i), prior.draws.get(i));
            new Sgd(0.3).step(twin.D, twin.gradients().ofDiscriminator(data.draws.get(i), prior.draws.get(i)));
        }
        SimpleMatrix p = twin.discriminate(twin.G.apply(prior.draws.get(2)));
        double loss = -(Math.log(p.get(0)) + Math.log(p.get(1))) / 2;
        new Sgd(0.5).step(twin.G, twin.gradients().ofGenerator(prior.draws.get(2), GeneratorLoss.NON_SATURATING));
        Checks.assertSame(twin.D.parameters(), gan.D.parameters());
        Checks.assertSame(twin.G.parameters(), gan.G.parameters());
        assertEquals(value, reports.get(0).value(), 1e-14);
        assertEquals(loss, reports.get(0).generatorLoss(), 1e-14);
    }

    @Test
    void stepsGoTheRightWay() {
        Gan gan = gan();
        SimpleMatrix X = RING.draw(200, new SplittableRandom(4));
        SimpleMatrix Z = Sampler.normal(3).draw(200, new SplittableRandom(5));
        double before = gan.value(X, Z);
        Optimizer none = (network, gradient) -> {};
        new GanTrainer(GeneratorLoss.MINIMAX, 20, 100, new Sgd(0.1), none)
                .train(gan, RING, 3, new SplittableRandom(6), report -> true);
        double raised = gan.value(X, Z);
        assertTrue(raised > before + 0.05, before + " to " + raised);
        for (GeneratorLoss loss : GeneratorLoss.values()) {
            raised = gan.value(X, Z);
            new GanTrainer(loss, 1, 100, none, new Sgd(0.02))
                    .train(gan, RING, 5, new SplittableRandom(7), report -> true);
            double lowered = gan.value(X, Z);
            assertTrue(lowered < raised - 1e-3, raised + " to " + lowered);
        }
    }

    @Test
    void sameSeedSameNetworksBitByBit() {
        Gan one = gan();
        Gan two = gan();
        Gan other = gan();
        List<GanReport> reports = trainer(2, 6).train(one, RING, 5, new SplittableRandom(8), r -> true);
        assertEquals(reports, trainer(2, 6).train(two, RING, 5, new SplittableRandom(8), r -> true));
        trainer(2, 6).train(other, RING, 5, new SplittableRandom(9), r -> true);
        Checks.assertSame(one.G.parameters(), two.G.parameters());
        Checks.assertSame(one.D.parameters(), two.D.parameters());
        Checks.assertAllChanged(one.G.parameters(), other.G.parameters());
        Checks.assertAllChanged(one.D.parameters(), other.D.parameters());
    }

    @Test
    void trainingCanBeResumed() {
        Gan whole = gan();
        Gan parts = gan();
        trainer(2, 6).train(whole, RING, 5, new SplittableRandom(8), r -> true);
        GanTrainer trainer = trainer(2, 6);
        SplittableRandom rng = new SplittableRandom(8);
        trainer.train(parts, RING, 2, rng, r -> true);
        trainer.train(parts, RING, 3, rng, r -> true);
        Checks.assertSame(whole.G.parameters(), parts.G.parameters());
        Checks.assertSame(whole.D.parameters(), parts.D.parameters());
    }

    @Test
    void progressAndInterruptsStopTheTraining() {
        List<GanReport> reports =
                trainer(1, 4).train(gan(), RING, 100, new SplittableRandom(8), report -> report.iteration() < 3);
        assertEquals(3, reports.size());
        Gan gan = gan();
        Map<String, SimpleMatrix> before = Checks.copyOf(gan.D.parameters());
        Thread.currentThread().interrupt();
        reports = trainer(1, 4).train(gan, RING, 100, new SplittableRandom(8), report -> true);
        assertTrue(Thread.interrupted()); // and clears it
        assertEquals(List.of(), reports);
        Checks.assertSame(before, gan.D.parameters());
        reports = trainer(1, 4).train(gan, RING, 100, new SplittableRandom(8), report -> {
            if (report.iteration() == 4) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        assertTrue(Thread.interrupted());
        assertEquals(4, reports.size());
    }

    /** An optimiser that finds a gradient that is not finite at its third step. */
    private static Optimizer failing() {
        int[] steps = {0};
        return (network, gradient) -> {
            if (++steps[0] == 3) {
                gradient.of("b1").set(0, Double.NaN);
            }
            new Sgd(0.1).step(network, gradient);
        };
    }

    private static void assertDiverges(String message, Gan gan, Optimizer ofD, Optimizer ofG, Network network) {
        List<Map<String, SimpleMatrix>> last = new ArrayList<>(List.of(Checks.copyOf(network.parameters())));
        GanTrainer trainer = new GanTrainer(GeneratorLoss.MINIMAX, 1, 4, ofD, ofG);
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> trainer.train(gan, RING, 9, new SplittableRandom(8), report -> {
                    last.set(0, Checks.copyOf(network.parameters()));
                    return true;
                }));
        assertEquals(message, e.getMessage());
        Checks.assertSame(last.get(0), network.parameters());
    }

    @Test
    void divergenceNamesIterationAndNetworkAndLeavesIt() {
        String gradient =
                "the gradient of b1 is no longer finite; clipping it earlier, or a smaller learning rate, may help";
        Gan gan = gan();
        assertDiverges("training diverged in iteration 3: network D: " + gradient, gan, failing(), new Sgd(0.1), gan.D);
        assertDiverges("training diverged in iteration 3: network G: " + gradient, gan, new Sgd(0.1), failing(), gan.G);
        String outputs = "the outputs of the network are no longer finite";
        gan.G.layers().get(1).W.fill(1e308);
        gan.G.layers().get(0).b.fill(20); // whose tanh is 1
        assertDiverges(
                "training diverged in iteration 1: network D: " + outputs, gan, new Sgd(0.1), new Sgd(0.1), gan.D);
    }

    @Test
    void anInterruptIsHeardBetweenTheStepsOfTheDiscriminator() {
        int[] steps = {0};
        Optimizer interrupting = (network, gradient) -> {
            if (++steps[0] == 3) {
                Thread.currentThread().interrupt();
            }
        };
        GanTrainer trainer = new GanTrainer(GeneratorLoss.MINIMAX, 1_000_000, 4, interrupting, new Sgd(0.1));
        assertEquals(List.of(), trainer.train(gan(), RING, 5, new SplittableRandom(1)));
        assertTrue(Thread.interrupted());
        assertEquals(3, steps[0]);
    }

    @Test
    void badArgumentsChangeNothing() {
        Optimizer sgd = new Sgd(0.1);
        assertRefused("k: expected at least 1, got 0", () -> new GanTrainer(GeneratorLoss.MINIMAX, 0, 1, sgd, sgd));
        assertRefused("m: expected at least 1, got 0", () -> new GanTrainer(GeneratorLoss.MINIMAX, 1, 0, sgd, sgd));
        assertRefused(
                "ofG: expected an optimiser of its own, got that of the discriminator",
                () -> new GanTrainer(GeneratorLoss.MINIMAX, 1, 1, sgd, sgd));
        Gan gan = gan(3, Sampler.normal(3));
        Map<String, SimpleMatrix> before = Checks.copyOf(gan.D.parameters());
        SplittableRandom rng = new SplittableRandom(8);
        assertRefused(
                "iterations: expected at least 1, got 0", () -> trainer(1, 6).train(gan, RING, 0, rng, r -> true));
        assertRefused("ofD: expected one, got null", () -> new GanTrainer(GeneratorLoss.MINIMAX, 1, 1, null, sgd));
        assertRefused("progress: expected one, got null", () -> trainer(1, 6).train(gan, RING, 1, rng, null));
        assertRefused("data: expected points of 2 numbers as G makes them, got 3", () -> trainer(1, 6)
                .train(gan, Sampler.normal(3), 1, rng, r -> true));
        assertRefused(
                "m: expected a multiple of the 3 points that the discriminator judges at once, got 5",
                () -> trainer(1, 5).train(gan, RING, 1, rng, r -> true));
        Checks.assertSame(before, gan.D.parameters());
    }
}
