package nabla.recurrent;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nabla.data.Sequences;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SymbolSamplerTest {
    /** What follows each of three symbols: a Markov chain. */
    private static final double[][] P = {{0.1, 0.6, 0.3}, {0.7, 0.05, 0.25}, {0.2, 0.2, 0.6}};

    /** A network that knows the chain: its state is the symbol it has just read, its logits are logarithms of P. */
    private static Rnn chain() {
        SimpleMatrix V = new SimpleMatrix(3, 3);
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                V.set(to, from, Math.log(P[from][to]) + 5); // a constant in all logits changes nothing
            }
        }
        return new Rnn(
                Activation.IDENTITY,
                SimpleMatrix.identity(3),
                new SimpleMatrix(3, 3),
                new SimpleMatrix(3, 1),
                Readout.softmax(V, new SimpleMatrix(3, 1)));
    }

    private static void assertFrequencies(double temperature, double[][] p, int length) {
        int[] added = SymbolSampler.sample(chain(), new int[] {1, 0}, length, temperature, new SplittableRandom(7));
        assertEquals(length, added.length);
        int[][] counts = new int[3][3];
        int[] from = new int[3];
        int last = 0;
        for (int symbol : added) {
            counts[last][symbol]++;
            from[last]++;
            last = symbol;
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(from[i] > length / 20);
            for (int j = 0; j < 3; j++) { // binomial: 4 standard errors
                double standardError = Math.sqrt(p[i][j] * (1 - p[i][j]) / from[i]);
                assertEquals(p[i][j], (double) counts[i][j] / from[i], 4 * standardError, i + " to " + j);
            }
        }
    }

    @Test
    void frequenciesAreThoseOfTheModel() {
        assertFrequencies(1, P, 30_000);
    }

    @Test
    void temperatureRaisesProbabilitiesToAPower() {
        double[][] squared = new double[3][3];
        double[][] roots = new double[3][3];
        for (int i = 0; i < 3; i++) {
            double sumOfSquares = Arrays.stream(P[i]).map(p -> p * p).sum();
            double sumOfRoots = Arrays.stream(P[i]).map(Math::sqrt).sum();
            for (int j = 0; j < 3; j++) {
                squared[i][j] = P[i][j] * P[i][j] / sumOfSquares;
                roots[i][j] = Math.sqrt(P[i][j]) / sumOfRoots;
            }
        }
        assertFrequencies(0.5, squared, 30_000);
        assertFrequencies(2, roots, 30_000);
    }

    @Test
    void noTemperatureIsTooHighOrTooLow() {
        double third = 1.0 / 3;
        double[] even = {third, third, third};
        for (double hot : new double[] {1e6, Double.MAX_VALUE}) {
            assertFrequencies(hot, new double[][] {even, even, even}, 10_000);
        }
        for (double cold : new double[] {1e-3, 1e-300, 1e-307, Double.MIN_NORMAL}) {
            int[] best = SymbolSampler.sample(chain(), new int[] {2}, 4, cold, new SplittableRandom(1));
            assertArrayEquals(new int[] {2, 2, 2, 2}, best, "" + cold);
            best = SymbolSampler.sample(chain(), new int[] {1}, 4, cold, new SplittableRandom(1));
            assertArrayEquals(new int[] {0, 1, 0, 1}, best, "" + cold);
        }
    }

    private static RecurrentNetwork random(boolean lstm, long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        Readout readout = Readout.softmax(Randoms.normal(4, 6, 2, rng), Randoms.normal(4, 1, 0.3, rng));
        if (!lstm) {
            return new Rnn(
                    Activation.TANH,
                    Randoms.normal(6, 4, 1, rng),
                    Randoms.normal(6, 6, 1, rng),
                    new SimpleMatrix(6, 1),
                    readout);
        }
        Map<String, SimpleMatrix> weights = new LinkedHashMap<>();
        for (String gate : new String[] {"f", "i", "C", "o"}) {
            weights.put("W" + gate, Randoms.normal(6, 10, 1, rng));
            weights.put("b" + gate, new SimpleMatrix(6, 1));
        }
        return new Lstm(weights, readout);
    }

    /** At temperature almost zero, against a loop that reads the whole text again for every symbol. */
    @Test
    void everythingReadSoFarCounts() {
        int varied = 0;
        for (int seed = 0; seed < 20; seed++) {
            RecurrentNetwork network = random(seed % 2 == 0, seed);
            int[] text = new int[23];
            int[] start = {3, 1, 2};
            System.arraycopy(start, 0, text, 0, 3);
            for (int length = 3; length < text.length; length++) {
                SimpleMatrix heard = new SimpleMatrix(length, 4);
                for (int t = 0; t < length; t++) {
                    heard.set(t, text[t], 1);
                }
                SimpleMatrix p = network.forward(Sequences.of(heard)).yHat(length);
                for (int k = 0; k < 4; k++) {
                    text[length] = p.get(k) > p.get(text[length]) ? k : text[length];
                }
            }
            int[] expected = Arrays.copyOfRange(text, 3, text.length);
            varied += Arrays.stream(expected).distinct().count() > 1 ? 1 : 0;
            assertArrayEquals(
                    expected, SymbolSampler.sample(network, start, 20, 1e-6, new SplittableRandom(1)), "" + seed);
        }
        assertTrue(varied >= 8, "only " + varied); // constant texts would say little
    }

    @Test
    void sameSeedSameText() {
        int[] one = SymbolSampler.sample(chain(), new int[] {0}, 50, 1, new SplittableRandom(1));
        assertArrayEquals(one, SymbolSampler.sample(chain(), new int[] {0}, 50, 1, new SplittableRandom(1)));
        assertFalse(Arrays.equals(one, SymbolSampler.sample(chain(), new int[] {0}, 50, 1, new SplittableRandom(2))));
        assertEquals(0, SymbolSampler.sample(chain(), new int[] {0}, 0, 1, new SplittableRandom(1)).length);
    }

    @Test
    void badArgumentsAreNamed() {
        SplittableRandom rng = new SplittableRandom(1);
        assertRefused(
                "symbols in start: expected at least 1, got 0",
                () -> SymbolSampler.sample(chain(), new int[0], 5, 1, rng));
        assertRefused(
                "start[1]: expected a number from 0 to 2, got 3",
                () -> SymbolSampler.sample(chain(), new int[] {0, 3}, 5, 1, rng));
        assertRefused(
                "start[0]: expected a number from 0 to 2, got -1",
                () -> SymbolSampler.sample(chain(), new int[] {-1}, 5, 1, rng));
        assertRefused(
                "length: expected at least 0, got -1", () -> SymbolSampler.sample(chain(), new int[] {0}, -1, 1, rng));
        for (double temperature : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            assertRefused(
                    "temperature: expected a number from 2.2250738585072014E-308 to 1.7976931348623157E308, got "
                            + temperature,
                    () -> SymbolSampler.sample(chain(), new int[] {0}, 5, temperature, rng));
        }
        Rnn other = Fixtures.seq4(); // 2 inputs, 3 classes
        assertRefused(
                "network: expected a softmax over its own inputs, got 2 inputs and 3 outputs, softmax",
                () -> SymbolSampler.sample(other, new int[] {0}, 5, 1, rng));
        Rnn linear = new Rnn(Activation.TANH, chain().U, chain().W, chain().b, Readout.linear(chain().V, chain().c));
        assertRefused(
                "network: expected a softmax over its own inputs, got 3 inputs and 3 outputs, linear",
                () -> SymbolSampler.sample(linear, new int[] {0}, 5, 1, rng));
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        CancellationException e = assertThrows(
                CancellationException.class,
                () -> SymbolSampler.sample(chain(), new int[] {0}, 5, 1, new SplittableRandom(1)));
        assertEquals("sampling interrupted after 0 symbols", e.getMessage());
        assertTrue(Thread.interrupted());
    }
}
