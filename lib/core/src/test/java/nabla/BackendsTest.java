package nabla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.adversarial.Gan;
import nabla.adversarial.GeneratorLoss;
import nabla.data.Digits;
import nabla.data.Sampler;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.deep.Convolution;
import nabla.deep.Dense;
import nabla.deep.ImageSize;
import nabla.deep.Network;
import nabla.deep.TransposedConvolution;
import nabla.deep.Window;
import nabla.estimate.ContrastiveDivergence;
import nabla.estimate.ExactGradient;
import nabla.estimate.PersistentContrastiveDivergence;
import nabla.latent.Autoencoder;
import nabla.latent.Likelihood;
import nabla.latent.ReconstructionLoss;
import nabla.latent.Vae;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.Randoms;
import nabla.math.fast.Blas;
import nabla.optim.Direction;
import nabla.optim.LossGradient;
import nabla.optim.Objective;
import nabla.rbm.Rbm;
import nabla.recurrent.Lstm;
import nabla.recurrent.Readout;
import nabla.recurrent.RecurrentNetwork;
import nabla.recurrent.Rnn;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gradient of every model, computed with OpenBLAS here and in plain Java by another JVM. */
class BackendsTest {
    /** Writes all gradients to the file that is named first. */
    public static void main(String[] arguments) throws IOException {
        assertEquals("Java", Blas.name());
        StringBuilder text = new StringBuilder();
        gradients().forEach((name, x) -> {
            for (double element : x.getDDRM().data) {
                text.append(name).append(' ').append(element).append('\n');
            }
        });
        Files.writeString(Path.of(arguments[0]), text);
    }

    private static Map<String, SimpleMatrix> gradients() throws IOException {
        Map<String, SimpleMatrix> gradients = new LinkedHashMap<>();
        SplittableRandom rng = new SplittableRandom(1);
        for (int batch : new int[] {10, 100}) { // with and without products that are looked up or shared
            SimpleMatrix binary = Digits.load().binary().rows(0, batch);
            SimpleMatrix gray = Digits.load().images().rows(0, batch);
            Rbm rbm = Rbm.random(64, 150, 0.2, rng);
            Rbm small = Rbm.random(64, 9, 0.2, rng);
            put(gradients, "exact " + batch, ExactGradient.of(small, gray));
            put(gradients, "CD-3 " + batch, new ContrastiveDivergence(3).estimate(rbm, gray, rng));
            put(gradients, "CD-1 binary " + batch, new ContrastiveDivergence(1).estimate(rbm, binary, rng));
            put(gradients, "PCD " + batch, new PersistentContrastiveDivergence(2, batch).estimate(rbm, binary, rng));
        }
        Readout readout = Readout.softmax(5, 48, rng);
        put(gradients, "LSTM", Lstm.forTraining(7, readout, rng), rng);
        put(gradients, "RNN", Rnn.forTraining(Activation.TANH, 7, Initialization.orthogonal(1), readout, rng), rng);
        putFeedForward(gradients, rng);
        return gradients;
    }

    private static void putFeedForward(Map<String, SimpleMatrix> gradients, SplittableRandom rng) throws IOException {
        SimpleMatrix binary = Digits.load().binary().rows(0, 100);
        Network encoder = dense(64, 150, 8, rng);
        Network decoder = dense(4, 150, 64, rng);
        put(gradients, "VAE bits", new Vae(encoder, decoder, Likelihood.bernoulli()).negativeBound(), binary, rng);
        Likelihood normal = Likelihood.gaussian(new SimpleMatrix(1, 1));
        put(gradients, "VAE", new Vae(encoder, decoder, normal).negativeBound(), binary, rng);
        ImageSize image = new ImageSize(8, 8, 1);
        Window window = new Window(4, 2, 1);
        Convolution down = Convolution.forTraining(image, window, 12, Activation.LEAKY_RELU, rng);
        Autoencoder convolutional = new Autoencoder(
                Network.of(down, Dense.forTraining(down.outputs(), 10, Activation.IDENTITY, rng)),
                Network.of(
                        Dense.forTraining(10, down.outputs(), Activation.TANH, rng),
                        TransposedConvolution.forTraining(image, window, 12, Activation.IDENTITY, rng)),
                ReconstructionLoss.CROSS_ENTROPY);
        put(
                gradients,
                "convolutions",
                convolutional.reconstruction(),
                Digits.load().images().rows(0, 100),
                rng);
        Gan gan = new Gan(dense(7, 150, 64, rng), dense(128, 150, 1, rng), Sampler.normal(7));
        SimpleMatrix noise = gan.prior().draw(100, rng);
        Gan.Gradients game = gan.gradients();
        put(gradients, "GAN, D", game.ofDiscriminator(binary, noise));
        put(gradients, "GAN, G", game.ofGenerator(noise, GeneratorLoss.NON_SATURATING));
    }

    private static Network dense(int inputs, int hidden, int outputs, SplittableRandom rng) {
        return Network.of(
                Dense.forTraining(inputs, hidden, Activation.SIGMOID, rng),
                Dense.forTraining(hidden, outputs, Activation.IDENTITY, rng));
    }

    private static void put(
            Map<String, SimpleMatrix> gradients,
            String name,
            Objective<SimpleMatrix> objective,
            SimpleMatrix X,
            SplittableRandom rng) {
        put(gradients, name, objective.gradient(X, rng));
    }

    private static void put(Map<String, SimpleMatrix> gradients, String name, LossGradient gradient) {
        gradient.direction().matrices().forEach((parameter, g) -> gradients.put(name + " " + parameter, g));
    }

    private static void put(Map<String, SimpleMatrix> gradients, String name, Direction gradient) {
        gradient.matrices().forEach((parameter, g) -> gradients.put(name + " " + parameter, g));
    }

    private static void put(
            Map<String, SimpleMatrix> gradients, String name, RecurrentNetwork network, SplittableRandom rng) {
        int T = 12;
        int B = 40;
        Sequences x = Sequences.stacked(Randoms.normal(T * B, 7, 1, rng), T);
        int[][] classes = new int[B][T];
        for (int[] sequence : classes) {
            for (int t = 0; t < T; t++) {
                sequence[t] = rng.nextInt(5);
            }
        }
        network.forward(x)
                .gradient(Targets.classes(classes, 5))
                .direction()
                .matrices()
                .forEach((parameter, g) -> gradients.put(name + " " + parameter, g));
    }

    @Test
    void openBlasAndPlainJavaAgreeOnEveryGradient(@TempDir Path folder) throws Exception {
        assumeTrue(Blas.name().equals("OpenBLAS"), "OpenBLAS does not load on this machine, or is switched off");
        Path file = folder.resolve("gradients.txt");
        Path log = folder.resolve("log.txt");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dnabla.blas=java",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BackendsTest.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, status, () -> read(log));
        List<String> lines = Files.readAllLines(file);
        int line = 0;
        for (Map.Entry<String, SimpleMatrix> expected : gradients().entrySet()) {
            double largest = expected.getValue().elementMaxAbs();
            assertTrue(largest > 1e-6, expected.getKey() + " is zero");
            for (double element : expected.getValue().getDDRM().data) {
                String actual = lines.get(line++);
                assertTrue(actual.startsWith(expected.getKey() + " "), actual);
                assertEquals(element, Double.parseDouble(actual.substring(actual.lastIndexOf(' '))), 1e-10, actual);
            }
        }
        assertEquals(lines.size(), line);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
