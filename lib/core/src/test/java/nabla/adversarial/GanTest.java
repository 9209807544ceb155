package nabla.adversarial;

import static nabla.Checks.assertGradients;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import nabla.Checks;
import nabla.check.Numeric;
import nabla.data.Sampler;
import nabla.deep.Dense;
import nabla.deep.Network;
import nabla.math.Activation;
import nabla.math.Randoms;
import nabla.optim.LossGradient;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The value of the game and both of its gradients, for single points and for groups of three. */
class GanTest {
    private static final int D = 2;
    private static final int NOISE = 3;

    private static Gan gan(int together) {
        SplittableRandom rng = new SplittableRandom(together);
        return new Gan(
                Network.of(
                        Dense.forTraining(NOISE, 5, Activation.TANH, rng),
                        Dense.forTraining(5, D, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(together * D, 4, Activation.SIGMOID, rng),
                        Dense.forTraining(4, 1, Activation.IDENTITY, rng)),
                Sampler.normal(NOISE));
    }

    /** D of each group of points that lie one after the other, as probabilities. */
    private static double[] probabilities(Gan gan, SimpleMatrix X) {
        int s = gan.together();
        double[] p = new double[X.getNumRows() / s];
        for (int group = 0; group < p.length; group++) {
            SimpleMatrix points = new SimpleMatrix(1, s * D);
            for (int i = 0; i < s * D; i++) {
                points.set(i, X.get(group * s + i / D, i % D));
            }
            p[group] = 1 / (1 + Math.exp(-gan.D.apply(points).get(0)));
        }
        return p;
    }

    private static double value(Gan gan, SimpleMatrix X, SimpleMatrix Z) {
        double value = 0;
        double[] real = probabilities(gan, X);
        for (double p : real) {
            value += Math.log(p) / real.length;
        }
        double[] generated = probabilities(gan, gan.G.apply(Z));
        for (double p : generated) {
            value += Math.log(1 - p) / generated.length;
        }
        return value;
    }

    private static double generatorLoss(Gan gan, SimpleMatrix Z, GeneratorLoss loss) {
        double sum = 0;
        double[] generated = probabilities(gan, gan.G.apply(Z));
        for (double p : generated) {
            sum += loss == GeneratorLoss.MINIMAX ? Math.log(1 - p) : -Math.log(p);
        }
        return sum / generated.length;
    }

    @Test
    void theValueIsTheMeanOfTheLogarithms() {
        for (int together : new int[] {1, 3}) {
            Gan gan = gan(together);
            SimpleMatrix X = Randoms.normal(6, D, 1, new SplittableRandom(2));
            SimpleMatrix Z = Randoms.normal(9, NOISE, 1, new SplittableRandom(3));
            assertEquals(together, gan.together());
            assertEquals(value(gan, X, Z), gan.value(X, Z), 1e-13);
            SimpleMatrix p = gan.discriminate(X);
            double[] expected = probabilities(gan, X);
            assertEquals(6 / together, p.getNumElements());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], p.get(i), 1e-15);
            }
        }
    }

    @Test
    void theGradientOfTheDiscriminatorIsThatOfFiniteDifferences() {
        for (int together : new int[] {1, 3}) {
            Gan gan = gan(together);
            SimpleMatrix X = Randoms.normal(6, D, 1, new SplittableRandom(2));
            SimpleMatrix Z = Randoms.normal(9, NOISE, 1, new SplittableRandom(3)); // not as many as real points
            SimpleMatrix points = X.copy();
            SimpleMatrix noise = Z.copy();
            LossGradient gradient = gan.gradients().ofDiscriminator(X, Z);
            assertEquals(-value(gan, X, Z), gradient.loss(), 1e-13);
            assertGradients(
                    "D",
                    () -> -value(gan, X, Z),
                    gan.D.parameters(),
                    gradient.direction().matrices());
            assertTrue(X.isIdentical(points, 0) && Z.isIdentical(noise, 0));
        }
    }

    @Test
    void theGradientOfTheGeneratorIsThatOfFiniteDifferences() {
        for (int together : new int[] {1, 3}) {
            for (GeneratorLoss loss : GeneratorLoss.values()) {
                Gan gan = gan(together);
                SimpleMatrix Z = Randoms.normal(9, NOISE, 1, new SplittableRandom(3));
                LossGradient gradient = gan.gradients().ofGenerator(Z, loss);
                assertEquals(generatorLoss(gan, Z, loss), gradient.loss(), 1e-13);
                assertGradients(
                        loss.name(),
                        () -> generatorLoss(gan, Z, loss),
                        gan.G.parameters(),
                        gradient.direction().matrices());
            }
        }
    }

    @Test
    void gradientsUsedAgainGiveWhatNewOnesGive() {
        Gan gan = gan(3);
        Gan.Gradients again = gan.gradients();
        SplittableRandom rng = new SplittableRandom(4);
        for (int N : new int[] {12, 3, 6}) {
            SimpleMatrix X = Randoms.normal(N, D, 1, rng);
            SimpleMatrix Z = Randoms.normal(N + 3, NOISE, 1, rng);
            LossGradient ofD = gan.gradients().ofDiscriminator(X, Z);
            LossGradient ofG = gan.gradients().ofGenerator(Z, GeneratorLoss.NON_SATURATING);
            Map<String, SimpleMatrix> first =
                    again.ofDiscriminator(X, Z).direction().matrices();
            Checks.assertSame(ofD.direction().matrices(), first);
            Checks.assertSame(
                    ofG.direction().matrices(),
                    again.ofGenerator(Z, GeneratorLoss.NON_SATURATING)
                            .direction()
                            .matrices());
            Checks.assertSame(ofD.direction().matrices(), first); // not overwritten by the other
        }
    }

    @Test
    void generatedPointsAreGOfFreshNoise() {
        Gan gan = gan(1);
        SplittableRandom rng = new SplittableRandom(5);
        SimpleMatrix first = gan.generate(4, rng);
        assertTrue(first.isIdentical(gan.G.apply(Sampler.normal(NOISE).draw(4, new SplittableRandom(5))), 0));
        assertTrue(!first.isIdentical(gan.generate(4, rng), 0));
        assertEquals(NOISE, gan.prior().size());
    }

    /** A discriminator that is as sure as numbers allow: no logarithm of 0. */
    @Test
    void valuesStayFiniteWhereDIsSure() {
        Gan gan = gan(1);
        SimpleMatrix X = Randoms.normal(4, D, 1, new SplittableRandom(6));
        SimpleMatrix Z = Randoms.normal(4, NOISE, 1, new SplittableRandom(7));
        for (double logit : new double[] {-1e300, -1000, 1000, 1e300}) {
            gan.D.layers().get(1).W.fill(0);
            gan.D.layers().get(1).b.fill(logit);
            assertEquals(-Math.abs(logit), gan.value(X, Z), 1e-15 * Math.abs(logit));
            assertEquals(Math.abs(logit), gan.gradients().ofDiscriminator(X, Z).loss(), 1e-15 * Math.abs(logit));
            double expected = Math.max(0, -logit);
            assertEquals(
                    expected,
                    gan.gradients().ofGenerator(Z, GeneratorLoss.NON_SATURATING).loss(),
                    1e-15 * expected);
        }
    }

    @Test
    void generatorLossesAndTheirSlopes() {
        for (double a : new double[] {-30, -3, -0.4, 0, 1.7, 3, 30}) {
            double p = 1 / (1 + Math.exp(-a));
            double notP = 1 / (1 + Math.exp(a));
            assertEquals(Math.log(notP), GeneratorLoss.MINIMAX.of(a), 1e-13);
            assertEquals(-Math.log(p), GeneratorLoss.NON_SATURATING.of(a), 1e-13);
            for (GeneratorLoss loss : GeneratorLoss.values()) {
                assertEquals(Numeric.derivative(loss::of, a), loss.slope(a), 1e-9, loss + " at " + a);
            }
        }
        assertEquals(-1e308, GeneratorLoss.MINIMAX.of(1e308));
        assertEquals(0, GeneratorLoss.MINIMAX.of(-1e308), 0);
        assertEquals(0, GeneratorLoss.NON_SATURATING.of(1e308), 0);
        assertEquals(1e308, GeneratorLoss.NON_SATURATING.of(-1e308));
        assertEquals(-1, GeneratorLoss.MINIMAX.slope(1e308));
        assertEquals(0, GeneratorLoss.MINIMAX.slope(-1e308), 0);
        assertEquals(0, GeneratorLoss.NON_SATURATING.slope(1e308), 0);
        assertEquals(-1, GeneratorLoss.NON_SATURATING.slope(-1e308));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        SplittableRandom rng = new SplittableRandom(8);
        Network G = Network.of(Dense.forTraining(NOISE, D, Activation.IDENTITY, rng));
        Network three = Network.of(Dense.forTraining(3, 1, Activation.IDENTITY, rng));
        Network two = Network.of(Dense.forTraining(4, 2, Activation.IDENTITY, rng));
        assertRefused("G: expected 4 inputs as the prior has, got 3", () -> new Gan(G, three, Sampler.normal(4)));
        assertRefused(
                "D: expected 2 inputs, or a multiple, and 1 output, got 3 and 1",
                () -> new Gan(G, three, Sampler.normal(NOISE)));
        assertRefused(
                "D: expected 2 inputs, or a multiple, and 1 output, got 4 and 2",
                () -> new Gan(G, two, Sampler.normal(NOISE)));
        Network squashed = Network.of(Dense.forTraining(4, 1, Activation.SIGMOID, rng));
        assertRefused(
                "D: expected a last layer with activation IDENTITY, got SIGMOID",
                () -> new Gan(G, squashed, Sampler.normal(NOISE)));
        Gan gan = gan(3);
        SimpleMatrix X = new SimpleMatrix(6, D);
        SimpleMatrix Z = new SimpleMatrix(6, NOISE);
        String message = "X: expected a multiple of 3 points, got 4";
        assertRefused(message, () -> gan.discriminate(new SimpleMatrix(4, D)));
        assertRefused(message, () -> gan.value(new SimpleMatrix(4, D), Z));
        assertRefused(message, () -> gan.gradients().ofDiscriminator(new SimpleMatrix(4, D), Z));
        message = "G(Z): expected a multiple of 3 points, got 4";
        assertRefused(message, () -> gan.value(X, new SimpleMatrix(4, NOISE)));
        assertRefused(message, () -> gan.gradients().ofDiscriminator(X, new SimpleMatrix(4, NOISE)));
        assertRefused(message, () -> gan.gradients().ofGenerator(new SimpleMatrix(4, NOISE), GeneratorLoss.MINIMAX));
        assertRefused(
                "X: expected one example of 2 columns per row, got 6x3",
                () -> gan.discriminate(new SimpleMatrix(6, 3)));
        assertRefused("count: expected at least 1, got 0", () -> gan.generate(0, rng));
    }

    @Test
    void aCopyHasParametersOfItsOwn() {
        Gan gan = gan(1);
        Map<String, SimpleMatrix> G = Checks.copyOf(gan.G.parameters());
        Map<String, SimpleMatrix> discriminator = Checks.copyOf(gan.D.parameters());
        Gan copy = gan.copy();
        Checks.assertSame(G, copy.G.parameters());
        Checks.assertSame(discriminator, copy.D.parameters());
        copy.G.parameters().values().forEach(x -> x.fill(3));
        copy.D.parameters().values().forEach(x -> x.fill(3));
        Checks.assertSame(G, gan.G.parameters());
        Checks.assertSame(discriminator, gan.D.parameters());
    }
}
