package nabla.optim;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What stands between a gradient and a step: up or down, weight decay, clipping, and steps that are too large. */
class WeightDecayTest {
    private static final List<Supplier<Optimizer>> ALL = List.of(
            () -> new Sgd(0.1),
            () -> new Momentum(0.1, 0.9),
            () -> new Nesterov(0.1, 0.9),
            () -> new Adam(0.1),
            () -> new RmsProp(0.1),
            () -> new Adagrad(0.1));

    private static Map<String, SimpleMatrix> named(double w1, double w2, double b) {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("W", new SimpleMatrix(1, 2, true, w1, w2));
        named.put("b", new SimpleMatrix(1, 1, true, b));
        return named;
    }

    private static double[] numbers(Map<String, SimpleMatrix> x) {
        return new double[] {x.get("W").get(0), x.get("W").get(1), x.get("b").get(0)};
    }

    private interface Step {
        void take(Optimizer optimizer, Learner model, Direction gradient);
    }

    /** Six steps on a gradient that changes. */
    private static double[] after(Optimizer optimizer, Step step) {
        Map<String, SimpleMatrix> x = named(0.5, -2, 3);
        for (int i = 1; i <= 6; i++) {
            step.take(optimizer, () -> x, Direction.of(named(i, 0.3 * i * i - 2, -1)));
        }
        return numbers(x);
    }

    @Test
    void upIsDownTheNegativeBitByBit() {
        for (Supplier<Optimizer> make : ALL) {
            for (double largest : new double[] {1, 1e9}) {
                Step down = (optimizer, model, gradient) -> optimizer.step(model, gradient.scale(-1));
                assertArrayEquals(after(make.get(), down), after(make.get(), Optimizer::ascend));
                assertArrayEquals(
                        after(make.get().clippingNorm(largest), down),
                        after(make.get().clippingNorm(largest), Optimizer::ascend));
                assertArrayEquals(
                        after(make.get().withWeightDecay(0.3, "W"), down),
                        after(make.get().withWeightDecay(0.3, "W"), Optimizer::ascend));
            }
        }
    }

    /** The slope of decay/2 W^2 is decay W; of the biases nothing. */
    @Test
    void decayIsPartOfTheGradientOfTheWeights() {
        for (Supplier<Optimizer> make : ALL) {
            Step byHand = (optimizer, model, gradient) -> {
                double[] x = numbers(model.parameters());
                optimizer.step(model, gradient.plus(Direction.of(named(0.3 * x[0], 0.3 * x[1], 0))));
            };
            double[] expected = after(make.get(), byHand);
            assertArrayEquals(expected, after(make.get().withWeightDecay(0.3, "W"), Optimizer::step), 1e-13);
            Optimizer own = make.get(); // one that takes every step as it is told
            Optimizer plain = (model, gradient) -> own.step(model, gradient);
            assertArrayEquals(expected, after(plain.withWeightDecay(0.3, "W"), Optimizer::step), 1e-13);
        }
    }

    /** The slope of lambda |W| is lambda sign(W), 0 at 0, and going up a likelihood is going down it, too. */
    @Test
    void l1DrawsByTheSameForceWhateverTheSize() {
        Map<String, SimpleMatrix> x = named(0.5, -2, 3);
        Direction g = Direction.of(named(1, 10, 100));
        new Sgd(0.1).withL1Penalty(0.3, "W").step(() -> x, g);
        assertArrayEquals(new double[] {0.5 - 0.1 * 1.3, -2 - 0.1 * 9.7, 3 - 10}, numbers(x), 1e-14);
        new Sgd(0.1).withL1Penalty(0.3, "W").ascend(() -> x, Direction.of(named(0, 0, 0)));
        assertArrayEquals(new double[] {0.5 - 0.1 * 1.6, -2 - 0.1 * 9.4, 3 - 10}, numbers(x), 1e-14);
        Map<String, SimpleMatrix> zero = named(0, 0, 0);
        new Sgd(0.1).withL1Penalty(0.3, "W").step(() -> zero, Direction.of(named(0, 0, 0)));
        assertArrayEquals(new double[3], numbers(zero));
        assertRefused(
                "names of the L1 penalty: expected some of [W, b], got [V]",
                () -> new Sgd(1).withL1Penalty(0.1, "V").step(() -> x, g));
        assertRefused(
                "lambda: expected a number from 0.0 to 1000000.0, got -1.0", () -> new Sgd(1).withL1Penalty(-1, "W"));
    }

    @Test
    void clippingComesBeforeDecayInEitherOrder() {
        for (Supplier<Optimizer> make : ALL) {
            Step byHand = (optimizer, model, gradient) -> optimizer.step(model, gradient.clipped(0.7));
            double[] expected = after(make.get().withWeightDecay(0.3, "W"), byHand);
            assertArrayEquals(
                    expected, after(make.get().withWeightDecay(0.3, "W").clippingNorm(0.7), Optimizer::step));
            assertArrayEquals(expected, after(make.get().clippingNorm(0.7).withWeightDecay(0.3, "W"), Optimizer::step));
        }
    }

    @Test
    void badDecayIsRefused() {
        Map<String, SimpleMatrix> x = named(1, 2, 3);
        Direction g = Direction.of(named(1, 1, 1));
        assertRefused(
                "decay: expected a number from 0.0 to 1000000.0, got -1.0", () -> new Sgd(1).withWeightDecay(-1, "W"));
        assertRefused("number of names: expected at least 1, got 0", () -> new Sgd(1).withWeightDecay(0.1));
        assertRefused(
                "names of weight decay: expected some of [W, b], got [V]",
                () -> new Sgd(1).withWeightDecay(0.1, "V").step(() -> x, g));
        assertRefused(
                "learning rate times weight decay: expected a number from 0.0 to 1.0, got 2.0",
                () -> new Sgd(20).withWeightDecay(0.1, "W").step(() -> x, g));
        assertThrows(
                IllegalStateException.class,
                () -> new Sgd(1).withWeightDecay(0.1, "W").withWeightDecay(0.1, "b"));
        assertArrayEquals(new double[] {1, 2, 3}, numbers(x));
    }

    /** v = mu v - eta g by hand, with another mu at each step. */
    @Test
    void momentumHasASchedule() {
        double[] mu = {0.5, 0, 0.9, 0.7};
        Optimizer momentum = new Momentum(Schedule.constant(0.1), step -> mu[step - 1]);
        Map<String, SimpleMatrix> x = named(1, 0, 0);
        double v = 0;
        double expected = 1;
        for (int i = 0; i < 4; i++) {
            v = mu[i] * v - 0.1 * (i + 2);
            expected += v;
            momentum.step(() -> x, Direction.of(named(i + 2, 0, 0)));
            assertEquals(expected, x.get("W").get(0), 1e-15);
        }
        assertRefused(
                "mu at step 1: expected a number from 0.0 to 0.9999999999999999, got 1.0",
                () -> new Momentum(Schedule.constant(0.1), step -> 1).step(() -> x, Direction.of(named(1, 1, 1))));
        assertEquals(expected, x.get("W").get(0), 1e-15);
    }

    /** Two steps of the paper's algorithm on the gradients 1 and 3, by hand. */
    @Test
    void betasOfAdam() {
        Optimizer adam = new Adam(Schedule.constant(0.1), 0.6, 0.75);
        Map<String, SimpleMatrix> x = named(0, 0, 0);
        adam.step(() -> x, Direction.of(named(1, 0, 0)));
        adam.step(() -> x, Direction.of(named(3, 0, 0)));
        double m = (0.6 * 0.4 * 1 + 0.4 * 3) / (1 - 0.36);
        double s = (0.75 * 0.25 * 1 + 0.25 * 9) / (1 - 0.5625);
        assertEquals(-0.1 - 0.1 * m / Math.sqrt(s), x.get("W").get(0), 1e-8);
        assertRefused(
                "beta2: expected a number from 0.0 to 0.9999999999999999, got 1.0",
                () -> new Adam(Schedule.constant(0.1), 0.9, 1));
    }

    /** Whatever finite gradients there are, parameters stay finite: the step is taken, or refused with nothing changed. */
    @Test
    void noStepEndsAtInfinity() {
        for (Supplier<Optimizer> make : ALL) {
            for (double start : new double[] {1, 1.7e308}) {
                for (double size : new double[] {1e200, 1e281, 1e300, 1.7e308}) {
                    Map<String, SimpleMatrix> x = named(start, 2, 3);
                    Optimizer optimizer = make.get();
                    for (int i = 0; i < 20; i++) {
                        double[] before = numbers(x);
                        try {
                            optimizer.step(() -> x, Direction.of(named(-size, 1, 1)));
                        } catch (ArithmeticException e) {
                            assertTrue(e.getMessage().startsWith("the step of W would be "), e.getMessage());
                            assertArrayEquals(before, numbers(x));
                        }
                        assertTrue(Double.isFinite(x.get("W").get(0)), size + " from " + start);
                    }
                }
            }
        }
        Map<String, SimpleMatrix> x = named(1, 2, 3);
        ArithmeticException e = assertThrows(
                ArithmeticException.class, () -> new Sgd(0.5).step(() -> x, Direction.of(named(4e300, 0, 0))));
        assertTrue(e.getMessage().startsWith("the step of W would be 2.0"), e.getMessage());
    }

    @Test
    void anInfiniteLossIsRefused() {
        Map<String, SimpleMatrix> x = named(1, 2, 3);
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> new Sgd(1)
                .step(() -> x, new LossGradient(Double.NaN, Direction.of(named(1, 1, 1)))));
        assertEquals("the loss is NaN; clipping the gradient, or a smaller learning rate, may help", e.getMessage());
        assertArrayEquals(new double[] {1, 2, 3}, numbers(x));
    }
}
