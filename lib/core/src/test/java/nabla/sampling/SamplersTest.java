package nabla.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nabla.energy.BinaryModel;
import nabla.energy.BoltzmannMachine;
import nabla.energy.Conditionals;
import nabla.energy.EnergyModel;
import nabla.energy.ExactDistribution;
import nabla.math.Randoms;
import nabla.math.fast.Parallel;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Frequencies are compared within 4.5 standard errors that allow for autocorrelation (batch means of 100 chains). */
class SamplersTest {
    private static final int CHAINS = 100;
    private static final int DRAWS = 2_000;

    private final BoltzmannMachine three = TransitionMatrixTest.threeUnits();

    /** Each chain is an independent estimate of the frequencies; their spread gives the standard error. */
    private static void assertSamples(BinaryModel model, Transition transition, long seed) {
        ExactDistribution exact = ExactDistribution.of(model);
        SimpleMatrix starts = new SimpleMatrix(CHAINS, model.units());
        starts.fill(1);
        Chains chains = Chains.run(transition, starts, 50, DRAWS, new SplittableRandom(seed));
        SimpleMatrix p = exact.p();
        for (int state = 0; state < p.getNumRows(); state++) {
            int wanted = state;
            double[] frequency = Arrays.stream(chains.of(x -> exact.row(x) == wanted ? 1 : 0))
                    .mapToDouble(chain -> Arrays.stream(chain).average().getAsDouble())
                    .toArray();
            double mean = Arrays.stream(frequency).average().getAsDouble();
            double squares =
                    Arrays.stream(frequency).map(f -> (f - mean) * (f - mean)).sum();
            double standardError = Math.sqrt(squares / (CHAINS - 1) / CHAINS);
            assertEquals(p.get(state), mean, 4.5 * standardError, "state " + state);
        }
    }

    @Test
    void allSamplersDrawFromTheModel() {
        assertSamples(three, Gibbs.systematic(three), 1);
        assertSamples(three, Gibbs.randomScan(three), 2);
        assertSamples(three, new Metropolis(three, Proposal.flipOne(three)), 3);
        Rbm rbm = Rbm.random(3, 2, 1, new SplittableRandom(4));
        assertSamples(rbm.joint(), Gibbs.blocks(rbm.joint(), Gibbs.range(3, 5), Gibbs.range(0, 3)), 5);
    }

    /** A proposal that turns units on three times as often as off, with the correction for that. */
    @Test
    void hastingsCorrectsAProposalThatIsNotSymmetric() {
        Proposal mostlyOn = new Proposal() {
            @Override
            public void propose(double[] x, double[] candidate, RandomGenerator rng) {
                System.arraycopy(x, 0, candidate, 0, x.length);
                candidate[rng.nextInt(x.length)] = rng.nextDouble() < 0.75 ? 1 : -1;
            }

            @Override
            public double logRatio(double[] x, double[] candidate) {
                double change =
                        Arrays.stream(candidate).sum() - Arrays.stream(x).sum();
                return Math.log(3) * -Math.signum(change);
            }
        };
        assertSamples(three, new Metropolis(three, mostlyOn), 6);
    }

    /** Of a bivariate normal distribution with correlation rho: lag-1 autocorrelation rho^2, with standard error below 1 / sqrt(N). */
    @Test
    void gibbsOnABivariateNormalDistribution() {
        double rho = 0.8;
        Conditionals normal = new Conditionals() {
            @Override
            public int units() {
                return 2;
            }

            @Override
            public double draw(int unit, double[] x, RandomGenerator rng) {
                return rho * x[1 - unit] + Math.sqrt(1 - rho * rho) * rng.nextGaussian();
            }
        };
        int draws = 100_000;
        Chains chains =
                Chains.run(Gibbs.systematic(normal), new SimpleMatrix(1, 2), 100, draws, new SplittableRandom(7));
        double[] x = chains.unit(0)[0];
        double[] r = Diagnostics.autocorrelation(x, 3);
        double standardError =
                Math.sqrt((1 - Math.pow(rho, 4)) / draws); // of an AR(1) process with coefficient rho^2 (Bartlett)
        assertEquals(rho * rho, r[1], 4 * standardError);
        // An AR(1) process with coefficient phi has an effective sample size of N (1 - phi) / (1 + phi).
        double expected = draws * (1 - rho * rho) / (1 + rho * rho);
        assertEquals(expected, Diagnostics.effectiveSampleSize(x), 0.1 * expected);
        assertEquals(1, Diagnostics.rHat(x), 0.01);
    }

    @Test
    void aRandomWalkAcceptsAsItShould() {
        EnergyModel normal = new EnergyModel() {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public double energy(double[] x) {
                return x[0] * x[0] / 2;
            }
        };
        double deviation = 2.4;
        Chains chains = Chains.run(
                new Metropolis(normal, Proposal.normal(deviation)),
                new SimpleMatrix(20, 1),
                100,
                10_000,
                new SplittableRandom(8));
        // In one dimension the acceptance rate is 2 atan(2 / deviation) / pi (Gelman, Roberts and Gilks 1996).
        double expected = 2 * Math.atan(2 / deviation) / Math.PI;
        double[][] x = chains.unit(0);
        // Whether a step is accepted depends a little on the step before: half as much again for that.
        double standardError = 1.5 * Math.sqrt(expected * (1 - expected) / 200_000);
        assertEquals(expected, chains.acceptance(), 4 * standardError);
        double mean = Arrays.stream(x).flatMapToDouble(Arrays::stream).average().getAsDouble();
        assertEquals(0, mean, 4 * Diagnostics.standardError(x));
        assertEquals(1, Diagnostics.rHat(x), 0.01);
    }

    @Test
    void aConstantInTheEnergyChangesNothing() {
        EnergyModel shifted = new EnergyModel() {
            @Override
            public int units() {
                return 3;
            }

            @Override
            public double energy(double[] x) {
                return three.energy(x) + 1024;
            }
        };
        Proposal flip = Proposal.flipOne(three);
        double[] x = {1, 1, 1};
        double[] y = {1, 1, 1};
        SplittableRandom mine = new SplittableRandom(9);
        SplittableRandom theirs = new SplittableRandom(9);
        for (int step = 0; step < 1000; step++) {
            new Metropolis(three, flip).step(x, mine);
            new Metropolis(shifted, flip).step(y, theirs);
            assertArrayEquals(x, y);
        }
    }

    @Test
    void theSameWithOneThreadAndMore() {
        SimpleMatrix starts = new SimpleMatrix(5, 3);
        starts.fill(1);
        SimpleMatrix more = Chains.run(Gibbs.systematic(three), starts, 3, 40, new SplittableRandom(1))
                .states();
        int threads = Parallel.threads();
        try {
            Parallel.useThreads(1);
            SimpleMatrix one = Chains.run(Gibbs.systematic(three), starts, 3, 40, new SplittableRandom(1))
                    .states();
            assertArrayEquals(one.getDDRM().data, more.getDDRM().data);
        } finally {
            Parallel.useThreads(threads);
        }
    }

    @Test
    void samplingCanBeInterrupted() {
        Thread.currentThread().interrupt();
        SimpleMatrix starts = new SimpleMatrix(2, 3);
        assertThrows(
                CancellationException.class,
                () -> Chains.run(Gibbs.systematic(three), starts, 0, 10, new SplittableRandom(1)));
        assertTrue(Thread.interrupted());
    }

    /** Two valleys with a barrier of 40 between them: one chain stays where it starts, tempered chains find the valleys' true shares. */
    @Test
    void temperingCrossesBarriers() {
        int d = 10;
        SimpleMatrix W = new SimpleMatrix(d, d).plus(0.8);
        for (int i = 0; i < d; i++) {
            W.set(i, i, 0);
        }
        SimpleMatrix b = new SimpleMatrix(d, 1).plus(0.05);
        BoltzmannMachine ferromagnet = BoltzmannMachine.plusMinusOne(W, b);
        double up = ExactDistribution.of(ferromagnet).mean(x -> Arrays.stream(x).sum() > 0 ? 1 : 0);
        double[] start = new double[d];
        Arrays.fill(start, -1);
        SimpleMatrix starts = new SimpleMatrix(1, d, true, start);
        double[] alone = Chains.run(Gibbs.systematic(ferromagnet), starts, 0, 2000, new SplittableRandom(1))
                .of(x -> Arrays.stream(x).sum() > 0 ? 1 : 0)[0];
        assertEquals(0, Arrays.stream(alone).sum());

        double[] betas = {1, 0.7, 0.5, 0.35, 0.2, 0.1};
        Tempering tempering = Tempering.run(
                ferromagnet,
                beta -> Gibbs.systematic(ferromagnet.at(beta)),
                betas,
                start,
                500,
                20_000,
                new SplittableRandom(2));
        SimpleMatrix states = tempering.states();
        double[] tempered = IntStream.range(0, 20_000)
                .mapToDouble(draw -> states.getRow(draw).elementSum() > 0 ? 1 : 0)
                .toArray();
        double share = Arrays.stream(tempered).average().getAsDouble();
        assertEquals(up, share, 4 * Diagnostics.standardError(tempered));
        assertTrue(Arrays.stream(tempering.swaps()).allMatch(rate -> rate > 0.1 && rate < 1));
    }

    @Test
    void annealingFindsTheLowestState() {
        SplittableRandom rng = new SplittableRandom(3);
        int found = 0;
        for (int problem = 0; problem < 20; problem++) {
            SimpleMatrix half = Randoms.normal(12, 12, 1, rng);
            SimpleMatrix W = half.plus(half.transpose());
            for (int i = 0; i < 12; i++) {
                W.set(i, i, 0);
            }
            BoltzmannMachine glass = BoltzmannMachine.plusMinusOne(W, new SimpleMatrix(12, 1));
            double[] lowest = {Double.POSITIVE_INFINITY};
            glass.states().forEach((x, changed) -> lowest[0] = Math.min(lowest[0], glass.energy(x)));
            double[] start = new double[12];
            Arrays.fill(start, 1);
            Annealing annealing =
                    Annealing.run(glass, beta -> Gibbs.systematic(glass.at(beta)), start, 0.05, 5, 300, rng);
            assertEquals(glass.energy(annealing.state()), annealing.energy(), 1e-12);
            found += annealing.energy() < lowest[0] + 1e-9 ? 1 : 0;
        }
        assertTrue(found >= 18, "found " + found + " of 20");
    }

    @Test
    void anInterruptEndsAnnealingAndTempering() {
        double[] start = new double[three.units()];
        List<Executable> runs = List.of(
                () -> Annealing.run(three, beta -> Gibbs.systematic(three), start, 1, 2, 10, rng()),
                () -> Tempering.run(
                        three, beta -> Gibbs.systematic(three), new double[] {1, 0.5}, start, 0, 10, rng()));
        for (Executable run : runs) {
            Thread.currentThread().interrupt();
            CancellationException end = assertThrows(CancellationException.class, run);
            assertTrue(Thread.interrupted());
            assertTrue(end.getMessage().endsWith("interrupted at step 0"), end.getMessage());
        }
    }

    private static SplittableRandom rng() {
        return new SplittableRandom(1);
    }

    @Test
    void badBlocksAreRefused() {
        assertEquals(
                "blocks: expected every unit in one block, got unit 2 in 0",
                assertThrows(IllegalArgumentException.class, () -> Gibbs.blocks(three, new int[] {0, 1}))
                        .getMessage());
    }

    /** With a larger ratio the inverse temperatures between would be infinite, and the machine would blame a beta that nobody gave it. */
    @Test
    void temperaturesTooFarApartAreRefusedByName() {
        double[] start = new double[three.units()];
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Annealing.run(three, beta -> Gibbs.systematic(three.at(beta)), start, 1e-310, 1, 10, rng()));
        assertTrue(e.getMessage().startsWith("last: expected a number from "), e.getMessage());
        assertTrue(e.getMessage().endsWith(", got 1.0"), e.getMessage());
    }

    /** A chain without chance: unit 0 counts its steps from where it started; a step to an even number counts as accepted. */
    @Test
    void chainsKeepTheirDrawsInOrder() {
        Transition count = (x, rng) -> {
            x[0]++;
            return x[0] % 2 == 0;
        };
        SimpleMatrix starts = new SimpleMatrix(new double[][] {{10, 7}, {20, 8}});
        Chains chains = Chains.run(count, starts, 2, 3, rng());
        double[][] states = {{13, 7}, {14, 7}, {15, 7}, {23, 8}, {24, 8}, {25, 8}};
        assertTrue(chains.states().isIdentical(new SimpleMatrix(states), 0));
        assertArrayEquals(new double[][] {{13, 14, 15}, {23, 24, 25}}, chains.unit(0));
        assertArrayEquals(new double[][] {{7, 7, 7}, {8, 8, 8}}, chains.unit(1));
        assertArrayEquals(new double[][] {{20, 21, 22}, {31, 32, 33}}, chains.of(x -> x[0] + x[1]));
        assertEquals(2.0 / 6, chains.acceptance(), 1e-15);
        assertTrue(starts.isIdentical(new SimpleMatrix(new double[][] {{10, 7}, {20, 8}}), 0));
        assertThrows(IllegalArgumentException.class, () -> chains.unit(2));
        assertThrows(IllegalArgumentException.class, () -> chains.unit(-1));
        assertThrows(IllegalArgumentException.class, () -> Chains.run(count, starts, -1, 3, rng()));
        assertThrows(IllegalArgumentException.class, () -> Chains.run(count, starts, 0, 0, rng()));
        assertThrows(IllegalArgumentException.class, () -> Chains.run(count, new SimpleMatrix(0, 2), 0, 1, rng()));
    }

    @Test
    void gibbsTurnsNothingDown() {
        SimpleMatrix starts = new SimpleMatrix(2, 3).plus(1);
        for (Transition gibbs :
                List.of(Gibbs.systematic(three), Gibbs.randomScan(three), Gibbs.blocks(three, Gibbs.range(0, 3)))) {
            assertEquals(1, Chains.run(gibbs, starts, 0, 10, rng()).acceptance());
        }
    }

    private static EnergyModel energy(ToDoubleFunction<double[]> f) {
        return new EnergyModel() {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public double energy(double[] x) {
                return f.applyAsDouble(x);
            }
        };
    }

    /** log u is minus infinity for u = 0, and a state of infinite energy is refused all the same. */
    @Test
    void metropolisNeverGoesWhereItCannot() {
        EnergyModel wall = energy(x -> x[0] == 0 ? 0 : Double.POSITIVE_INFINITY);
        Proposal right = (x, candidate, rng) -> candidate[0] = x[0] + 1;
        double[] x = {0};
        assertFalse(new Metropolis(wall, right).step(x, () -> 0L));
        assertArrayEquals(new double[] {0}, x);
        assertTrue(new Metropolis(energy(y -> 0), right).step(x, () -> 0L));
        assertArrayEquals(new double[] {1}, x);
        assertThrows(IllegalArgumentException.class, () -> Proposal.normal(-1));
    }

    /** Every chain takes burn-in and kept steps; where all states have the same energy, every offer is accepted. */
    @Test
    void temperingKeepsTheStepsAfterTheBurnIn() {
        List<Double> betas = new ArrayList<>();
        int[] steps = new int[1];
        DoubleFunction<Transition> count = beta -> {
            betas.add(beta);
            return (x, rng) -> {
                steps[0]++;
                x[0]++;
                return true;
            };
        };
        double[] start = {0};
        Tempering run = Tempering.run(energy(x -> 3), count, new double[] {1, 0.5, 0.2}, start, 4, 3, rng());
        assertEquals(List.of(1.0, 0.5, 0.2), betas);
        assertEquals(3 * 7, steps[0]);
        assertTrue(run.states().isIdentical(new SimpleMatrix(3, 1, true, 5.0, 6, 7), 0));
        assertArrayEquals(new double[] {1, 1}, run.swaps(), 1e-15);
        assertArrayEquals(new double[] {0}, start);
    }

    /**
     * Each step puts the chains at states of energies 0, 1 and 3, so that the first offer is accepted with probability e^(-0.5 * 1); then the
     * state of energy 1 stands second, or that of energy 0, and the second with e^(-0.3 * 2) or e^(-0.3 * 3).
     */
    @Test
    void temperingAcceptsOffersByTheFormula() {
        int count = 20_000;
        DoubleFunction<Transition> put = beta -> (x, rng) -> {
            x[0] = beta == 1 ? 0 : beta == 0.5 ? 1 : 3;
            return true;
        };
        Tempering run =
                Tempering.run(energy(x -> x[0]), put, new double[] {1, 0.5, 0.2}, new double[1], 10, count, rng());
        double first = Math.exp(-0.5);
        double second = first * Math.exp(-0.9) + (1 - first) * Math.exp(-0.6);
        assertEquals(first, run.swaps()[0], 4 * Math.sqrt(first * (1 - first) / count));
        assertEquals(second, run.swaps()[1], 4 * Math.sqrt(second * (1 - second) / count));
        assertEquals(run.swaps()[0], run.states().elementSum() / count, 1e-9); // who has swapped stands at 1
    }

    @Test
    void annealingCoolsByTheSameFactorFromFirstToLast() {
        List<Double> betas = new ArrayList<>();
        double[] path = {5, 2, 4, 3};
        Annealing run = Annealing.run(
                energy(x -> 10 * x[0]),
                beta -> (x, rng) -> {
                    x[0] = path[betas.size()];
                    betas.add(beta);
                    return true;
                },
                new double[] {7},
                0.5,
                4,
                4,
                rng());
        double[] expected = {0.5, 1, 2, 4};
        assertArrayEquals(expected, betas.stream().mapToDouble(beta -> beta).toArray(), 1e-14);
        assertArrayEquals(new double[] {50, 20, 40, 30}, run.energies());
        assertArrayEquals(new double[] {2}, run.state());
        assertEquals(20, run.energy());
        Annealing upwards =
                Annealing.run(energy(x -> x[0]), beta -> (x, rng) -> ++x[0] > 0, new double[] {7}, 1, 1, 2, rng());
        assertArrayEquals(new double[] {7}, upwards.state()); // nothing lower was met
        assertEquals(7, upwards.energy());
    }

    @Test
    void badSchedulesAreRefused() {
        DoubleFunction<Transition> gibbs = beta -> Gibbs.systematic(three);
        double[] start = {1, 1, 1};
        double[] two = {1, 0.5};
        for (Executable call : List.<Executable>of(
                () -> Annealing.run(three, gibbs, start, 0, 2, 10, rng()),
                () -> Annealing.run(three, gibbs, start, 2, 1, 10, rng()),
                () -> Annealing.run(three, gibbs, start, 1, 2, 1, rng()),
                () -> Tempering.run(three, gibbs, new double[] {1}, start, 0, 10, rng()),
                () -> Tempering.run(three, gibbs, two, start, -1, 10, rng()),
                () -> Tempering.run(three, gibbs, two, start, 0, 0, rng()),
                () -> Gibbs.blocks(three, new int[] {0, 1, 2, 3}),
                () -> Gibbs.blocks(three, new int[] {-1, 0, 1, 2}),
                () -> Gibbs.blocks(three, new int[] {0, 1}, new int[] {1, 2}))) {
            assertThrows(IllegalArgumentException.class, call);
        }
    }

    @Test
    void interruptedStepsAreCountedFromTheBurnIn() {
        double[] start = {1, 1, 1};
        SimpleMatrix starts = new SimpleMatrix(1, 3).plus(1);
        for (Executable run : List.<Executable>of(
                () -> Chains.run(Gibbs.systematic(three), starts, 5, 10, rng()),
                () -> Tempering.run(
                        three, beta -> Gibbs.systematic(three), new double[] {1, 0.5}, start, 5, 10, rng()))) {
            Thread.currentThread().interrupt();
            CancellationException end = assertThrows(CancellationException.class, run);
            assertTrue(Thread.interrupted());
            assertTrue(end.getMessage().endsWith("interrupted at step 0"), end.getMessage());
        }
    }

    @Test
    void annealingKeepsTheFirstOfEqualStates() {
        double[] path = {2, -2};
        int[] step = new int[1];
        Annealing run = Annealing.run(
                energy(x -> Math.abs(x[0])),
                beta -> (x, rng) -> {
                    x[0] = path[step[0]++];
                    return true;
                },
                new double[] {7},
                1,
                2,
                2,
                rng());
        assertArrayEquals(new double[] {2}, run.state());
    }
}
