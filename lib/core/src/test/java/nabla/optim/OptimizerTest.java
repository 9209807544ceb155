package nabla.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Trajectories against those of another library, and what must not happen when something is wrong. */
class OptimizerTest {
    private static Map<String, SimpleMatrix> start() {
        Map<String, SimpleMatrix> x = new LinkedHashMap<>();
        x.put("w", new SimpleMatrix(1, 3, true, 0.5, -1, 2));
        x.put("b", new SimpleMatrix(1, 1, true, 0.25));
        return x;
    }

    /** Of sum of i/2 w_i^2 + sin 3 w_i over i = 1, 2, 3, plus 1e-8 b, so small that the epsilons show. */
    private static Map<String, SimpleMatrix> gradient(Map<String, SimpleMatrix> x) {
        SimpleMatrix w = new SimpleMatrix(1, 3);
        for (int i = 0; i < 3; i++) {
            double wi = x.get("w").get(i);
            w.set(i, (i + 1) * wi + 3 * Math.cos(3 * wi));
        }
        Map<String, SimpleMatrix> g = new LinkedHashMap<>();
        g.put("b", new SimpleMatrix(1, 1, true, 1e-8)); // another order than the parameters
        g.put("w", w);
        return g;
    }

    private static double[] numbers(Map<String, SimpleMatrix> x) {
        SimpleMatrix w = x.get("w");
        return new double[] {w.get(0), w.get(1), w.get(2), x.get("b").get(0)};
    }

    private static void assertTrajectory(Optimizer optimizer, double[] one, double[] two, double[] ten) {
        Map<String, SimpleMatrix> x = start();
        for (int step = 1; step <= 10; step++) {
            optimizer.step(() -> x, Direction.of(gradient(x)));
            double[] expected = step == 1 ? one : step == 2 ? two : ten;
            if (step <= 2 || step == 10) {
                assertArrayEquals(expected, numbers(x), 1e-13, "step " + step);
            }
        }
    }

    /** Computed by PyTorch 1.13.0 in double precision: torch.optim.SGD(lr=0.05). */
    @Test
    void gradientDescent() {
        assertTrajectory(
                new Sgd(0.05),
                new double[] {0.4643894197498445, -0.7515011255099332, 1.555974457002445, 0.2499999995},
                new double[] {0.4146656295803814, -0.5816003333103872, 1.329245932151538, 0.249999999},
                new double[] {-0.4186961383146383, -0.4276409369935543, 1.054484136438916, 0.2499999949999999});
    }

    /** torch.optim.SGD(lr=0.05, momentum=0.9): v = mu v + g, x = x - eta v there, the same while eta is constant. */
    @Test
    void momentum() {
        assertTrajectory(
                new Momentum(0.05, 0.9),
                new double[] {0.4643894197498445, -0.7515011255099332, 1.555974457002445, 0.2499999995},
                new double[] {0.3826161073552416, -0.357951346269327, 0.9296229434537384, 0.24999999855},
                new double[] {-0.4113670011157606, -0.7142033869066576, 0.1725321824780524, 0.2499999793094702});
    }

    /** torch.optim.Adam(lr=0.1): epsilon outside the root, after the correction of the start, as here. */
    @Test
    void adam() {
        assertTrajectory(
                new Adam(0.1),
                new double[] {0.4000000014040771, -0.9000000002012082, 1.900000000112606, 0.2},
                new double[] {0.3039488214730332, -0.8003677124111626, 1.800284505472512, 0.1500000000000002},
                new double[] {-0.4771778364189595, -0.2193197049278832, 1.097019391553394, -0.2499999999999996});
    }

    /** torch.optim.RMSprop(lr=0.01, alpha=0.9, eps=1e-8): epsilon outside the root, no correction, as here. */
    @Test
    void rmsProp() {
        assertTrajectory(
                new RmsProp(0.01),
                new double[] {0.4683772248023932, -0.9683772235995244, 1.968377223510922, 0.2424025307335204},
                new double[] {0.4424896994173485, -0.945695619046173, 1.945668613922582, 0.2354382084415953},
                new double[] {0.2958127064930002, -0.8322199624768297, 1.831034837373118, 0.1878753079227271});
    }

    /**
     * Computed in Nesterov's own two sequences: x' = y - eta g(y), y' = x' + mu (x' - x), of which y is what the optimiser holds. PyTorch's
     * nesterov=True is the same.
     */
    @Test
    void nesterov() {
        assertTrajectory(
                new Nesterov(0.05, 0.9),
                new double[] {0.43233989752470464, -0.527852138468873, 1.1563514683046459, 0.24999999904999998},
                new double[] {0.2853677764983199, -0.22263961725349196, 0.7369862221257537, 0.24999999769499995},
                new double[] {-0.4116479682417099, -0.4182001874706706, -0.326921697578814, 0.2499999763785226});
    }

    /** Computed by the formula in another language; the first step has the length of the rate, as Adam's. */
    @Test
    void adagrad() {
        assertTrajectory(
                new Adagrad(0.1),
                new double[] {0.4000000014040771, -0.9000000002012082, 1.900000000112606, 0.2},
                new double[] {0.3098102626240448, -0.8327812240193567, 1.8321418786790604, 0.1585786437626905},
                new double[] {-0.11736337823840907, -0.5856498731192052, 1.5573820294475094, -0.07382360759156653});
    }

    @Test
    void rhoIsTheShareThatIsKept() {
        Map<String, SimpleMatrix> x = start();
        RmsProp optimizer = new RmsProp(Schedule.constant(0.01), 0.25);
        optimizer.step(() -> x, Direction.of(gradient(x)));
        // s = (1 - rho) g^2, so every step is eta / sqrt(0.75) at first
        assertEquals(0.5 - 0.01 / Math.sqrt(0.75), x.get("w").get(0), 1e-9);
    }

    @Test
    void momentumRepeatsTheStepItMadeWhenTheRateChanges() {
        Map<String, SimpleMatrix> x = start();
        Momentum optimizer = new Momentum(Schedule.step(1, 1, 0), 0.5);
        Map<String, SimpleMatrix> g = gradient(x);
        optimizer.step(() -> x, Direction.of(g));
        double moved = x.get("w").get(0) - 0.5;
        assertEquals(-g.get("w").get(0), moved, 1e-15);
        optimizer.step(() -> x, Direction.of(g)); // rate 0: only half of the last step
        assertEquals(0.5 + 1.5 * moved, x.get("w").get(0), 1e-15);
    }

    private static List<Supplier<Optimizer>> all(Schedule rate) {
        return List.of(
                () -> new Sgd(rate),
                () -> new Momentum(rate, 0.9),
                () -> new Nesterov(rate, 0.9),
                () -> new Adam(rate),
                () -> new RmsProp(rate, 0.9),
                () -> new Adagrad(rate));
    }

    @Test
    void theScheduleIsAskedOncePerStepFromOne() {
        List<Integer> asked = new ArrayList<>();
        Schedule spy = step -> {
            asked.add(step);
            return 0.1;
        };
        for (Supplier<Optimizer> make : all(spy)) {
            asked.clear();
            Optimizer optimizer = make.get();
            Map<String, SimpleMatrix> x = start();
            for (int step = 0; step < 3; step++) {
                optimizer.step(() -> x, Direction.of(gradient(x)));
            }
            assertEquals(List.of(1, 2, 3), asked);
        }
    }

    @Test
    void theScheduleIsTheRateOfItsStep() {
        double[] rates = {0.5, 0.01, 0.2};
        Sgd sgd = new Sgd(step -> rates[step - 1]);
        Map<String, SimpleMatrix> x = start();
        for (double rate : rates) {
            double expected = x.get("w").get(2) - rate * gradient(x).get("w").get(2);
            sgd.step(() -> x, Direction.of(gradient(x)));
            assertEquals(expected, x.get("w").get(2), 0.0);
        }
    }

    /** Refuses, changes no parameter, and remembers nothing: the next good step is as if nothing had been. */
    private static void assertAllOrNothing(
            Supplier<Optimizer> make,
            Class<? extends RuntimeException> type,
            String message,
            Map<String, SimpleMatrix> parameters,
            Map<String, SimpleMatrix> bad) {
        Optimizer optimizer = make.get();
        Optimizer undisturbed = make.get();
        Map<String, SimpleMatrix> x = start();
        Map<String, SimpleMatrix> y = start();
        optimizer.step(() -> x, Direction.of(gradient(x)));
        undisturbed.step(() -> y, Direction.of(gradient(y)));
        Map<String, SimpleMatrix> given = parameters == null ? x : parameters;
        RuntimeException e = assertThrows(type, () -> optimizer.step(() -> given, Direction.of(bad)));
        assertEquals(message, e.getMessage());
        assertArrayEquals(numbers(y), numbers(x));
        optimizer.step(() -> x, Direction.of(gradient(x)));
        undisturbed.step(() -> y, Direction.of(gradient(y)));
        assertArrayEquals(numbers(y), numbers(x));
    }

    private static Map<String, SimpleMatrix> with(String name, SimpleMatrix value) {
        Map<String, SimpleMatrix> x = gradient(start());
        x.put(name, value);
        return x;
    }

    @Test
    void badGradientsChangeNothing() {
        for (Supplier<Optimizer> make : all(Schedule.constant(0.1))) {
            for (Supplier<Optimizer> kind :
                    List.of(make, (Supplier<Optimizer>) () -> make.get().clippingNorm(1000))) {
                for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    assertAllOrNothing(
                            kind,
                            ArithmeticException.class,
                            "the gradient of b is no longer finite; clipping it earlier, or a smaller learning rate, may help",
                            null,
                            with("b", new SimpleMatrix(1, 1, true, bad)));
                }
                assertAllOrNothing(
                        kind,
                        IllegalArgumentException.class,
                        "gradient: expected the parameters [w, b], got [b, w, V]",
                        null,
                        with("V", new SimpleMatrix(1, 1)));
                assertAllOrNothing(
                        kind,
                        IllegalArgumentException.class,
                        "gradient: expected the parameters [w, b], got [w]",
                        null,
                        Map.of("w", new SimpleMatrix(1, 3)));
                assertAllOrNothing(
                        kind,
                        IllegalArgumentException.class,
                        "gradient of w: expected 1x3, got 3x1",
                        null,
                        with("w", new SimpleMatrix(3, 1)));
            }
        }
    }

    @Test
    void anotherModelIsRefused() {
        for (Supplier<Optimizer> make : all(Schedule.constant(0.1))) {
            Map<String, SimpleMatrix> larger = Map.of("b", new SimpleMatrix(2, 1), "w", new SimpleMatrix(1, 3));
            assertAllOrNothing(
                    make,
                    IllegalArgumentException.class,
                    "b: expected the model of the earlier steps, got one with other sizes",
                    larger,
                    larger);
            Map<String, SimpleMatrix> renamed = new LinkedHashMap<>();
            renamed.put("w", new SimpleMatrix(1, 3));
            renamed.put("c", new SimpleMatrix(1, 1));
            assertAllOrNothing(
                    make,
                    IllegalArgumentException.class,
                    "parameters: expected those of the earlier steps, [w, b], got [w, c]",
                    renamed,
                    renamed);
        }
    }

    @Test
    void badSettingsAreNamed() {
        assertRefused("mu: expected a number from 0.0 to 0.9999999999999999, got 1.0", () -> new Momentum(0.1, 1));
        assertRefused("mu: expected a number from 0.0 to 0.9999999999999999, got 1.0", () -> new Nesterov(0.1, 1));
        assertRefused("mu: expected a number from 0.0 to 0.9999999999999999, got -0.1", () -> new Momentum(0.1, -0.1));
        assertRefused(
                "rho: expected a number from 0.0 to 0.9999999999999999, got NaN",
                () -> new RmsProp(Schedule.constant(0.1), Double.NaN));
        for (double largest : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(
                    "largest: expected a positive number, got " + largest, () -> new Sgd(0.1).clippingNorm(largest));
        }
        for (double rate : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            for (Supplier<Optimizer> make : all(Schedule.constant(rate))) {
                Map<String, SimpleMatrix> x = start();
                assertRefused(
                        "learning rate at step 1: expected a number from 0.0 to 1000000.0, got " + rate,
                        () -> make.get().step(() -> x, Direction.of(gradient(x))));
                assertArrayEquals(numbers(start()), numbers(x));
            }
            String refused = "learningRate: expected a number from 0.0 to 1000000.0, got " + rate;
            assertRefused(refused, () -> new Momentum(rate, 0.5));
            assertRefused(refused, () -> new Nesterov(rate, 0.5));
            assertRefused(refused, () -> new Adagrad(rate));
            assertRefused(refused, () -> new RmsProp(rate));
        }
    }

    /** Adam divides by the size of the gradients, so that equal ones move x by the rate at each step, whatever their size. */
    @Test
    void gradientsWhoseSquaresAreInfiniteMoveAdam() {
        for (double size : new double[] {1, 1e140, 1e155, 1e300}) {
            Map<String, SimpleMatrix> x = Map.of("w", new SimpleMatrix(1, 1));
            Map<String, SimpleMatrix> g = Map.of("w", new SimpleMatrix(1, 1, true, -size));
            Optimizer adam = new Adam(0.1);
            for (int step = 1; step <= 5; step++) {
                adam.step(() -> x, Direction.of(g));
                assertEquals(0.1 * step, x.get("w").get(0), 1e-8, "" + size);
            }
        }
    }

    /** The mean of squares forgets a gradient as large as numbers can be: 0.9^7000 is 1e-320, and 0.999^720000 is 1e-313. */
    @Test
    void oneHugeGradientDoesNotStopTheOptimizerForEver() {
        assertMovesAgain(new RmsProp(1e-3), 7_000);
        assertMovesAgain(new Adam(1e-3), 720_000);
    }

    private static void assertMovesAgain(Optimizer optimizer, int steps) {
        Map<String, SimpleMatrix> x = Map.of("w", new SimpleMatrix(1, 1));
        Map<String, SimpleMatrix> g = Map.of("w", new SimpleMatrix(1, 1, true, -1e300));
        optimizer.step(() -> x, Direction.of(g));
        g.get("w").set(0, -1);
        for (int step = 0; step < steps; step++) {
            optimizer.step(() -> x, Direction.of(g));
        }
        double before = x.get("w").get(0);
        optimizer.step(() -> x, Direction.of(g));
        assertEquals(1e-3, x.get("w").get(0) - before, 1e-5);
    }

    @Test
    void clippingOptimizersTakeTheStepOfTheClippedGradientBitByBit() {
        for (Supplier<Optimizer> make : all(Schedule.constant(0.1))) {
            for (double largest : new double[] {1e-3, 1, 1000}) {
                Optimizer clipping = make.get().clippingNorm(largest);
                Optimizer plain = make.get();
                Map<String, SimpleMatrix> x = start();
                Map<String, SimpleMatrix> y = start();
                for (int step = 0; step < 5; step++) {
                    clipping.step(() -> x, Direction.of(gradient(x)));
                    plain.step(() -> y, Direction.of(gradient(y)).clipped(largest));
                    assertArrayEquals(numbers(y), numbers(x));
                }
            }
        }
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void gradientsAreNotModified() {
        for (Supplier<Optimizer> make : all(Schedule.constant(0.1))) {
            Map<String, SimpleMatrix> x = start();
            Map<String, SimpleMatrix> g = gradient(x);
            make.get().clippingNorm(0.01).step(() -> x, Direction.of(g));
            assertArrayEquals(numbers(gradient(start())), numbers(g));
        }
    }

    @Test
    void clippedStepsAreStepsWithShorterGradients() {
        Map<String, SimpleMatrix> x = start();
        double norm = Direction.of(gradient(x)).norm();
        new Sgd(1).clippingNorm(0.5).step(() -> x, Direction.of(gradient(x)));
        double moved = 0;
        double[] g = numbers(gradient(start()));
        for (int i = 0; i < 4; i++) {
            double change = numbers(x)[i] - numbers(start())[i];
            assertEquals(-g[i] * 0.5 / norm, change, 1e-15);
            moved += change * change;
        }
        assertEquals(0.5, Math.sqrt(moved), 1e-14);
        Map<String, SimpleMatrix> clipped = start();
        Map<String, SimpleMatrix> plain = start();
        new Sgd(1).clippingNorm(norm * 1.001).step(() -> clipped, Direction.of(gradient(clipped)));
        new Sgd(1).step(() -> plain, Direction.of(gradient(plain)));
        assertArrayEquals(numbers(plain), numbers(clipped)); // bit by bit
        assertTrue(norm > 0.5);
    }

    /** What an optimiser of one's own has for nothing: x = x - g here, up, clipped, with decay, and by a loss that is known. */
    @Test
    void anyOptimizerCanBeClippedAndTurnedRound() {
        Optimizer own = (model, gradient) -> model.move(-1, gradient);
        SimpleMatrix x = new SimpleMatrix(new double[][] {{10, 20}});
        Learner model = () -> Map.of("x", x);
        Direction g = Direction.of(Map.of("x", new SimpleMatrix(new double[][] {{3, -4}})));
        own.ascend(model, g);
        assertArrayEquals(new double[] {13, 16}, x.getDDRM().data, 1e-14);
        own.step(model, new LossGradient(0.5, g));
        assertArrayEquals(new double[] {10, 20}, x.getDDRM().data, 1e-14);
        own.clippingNorm(1).step(model, g);
        assertArrayEquals(new double[] {9.4, 20.8}, x.getDDRM().data, 1e-14);
        own.withWeightDecay(0.5, "x").step(model, g);
        assertArrayEquals(new double[] {1.7, 14.4}, x.getDDRM().data, 1e-13);
        assertThrows(IllegalArgumentException.class, () -> own.clippingNorm(0));
        assertThrows(ArithmeticException.class, () -> own.step(model, new LossGradient(Double.NaN, g)));
        assertArrayEquals(new double[] {1.7, 14.4}, x.getDDRM().data, 1e-13);
    }

    @Test
    void everySettingIsChecked() {
        Schedule rate = Schedule.constant(0.1);
        for (Executable call : List.<Executable>of(
                () -> new Sgd(null),
                () -> new Momentum(rate, null),
                () -> new Adam(rate, 1, 0.9),
                () -> new Adam(rate, 0.9, -0.1),
                () -> new RmsProp(rate, 1),
                () -> Schedule.linear(1, 0, 1),
                () -> rate.ofSteps(0))) {
            assertThrows(IllegalArgumentException.class, call);
        }
    }
}
