package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import nabla.deep.Dense;
import nabla.deep.Network;
import nabla.latent.Autoencoder;
import nabla.latent.ReconstructionLoss;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Right, wrong, or nobody can tell here: of gradients known in closed form, at scales from 1e-12 to 1e12. */
class GradientVerdictsTest {
    private enum Verdict {
        RIGHT,
        UNKNOWN,
        WRONG
    }

    private static Verdict verdict(DoubleSupplier f, SimpleMatrix x, SimpleMatrix gradient) {
        SimpleMatrix before = x.copy();
        try {
            GradientCheck.of("f", f).block("x", x, gradient).check();
            return Verdict.RIGHT;
        } catch (CheckFailedException e) {
            return e.getMessage().contains("cannot tell here") ? Verdict.UNKNOWN : Verdict.WRONG;
        } finally {
            assertTrue(before.isIdentical(x, 0), "x is not put back");
        }
    }

    private static String why(DoubleSupplier f, SimpleMatrix x, double... gradient) {
        GradientCheck check = GradientCheck.of("f", f).block("x", x, column(gradient));
        return assertThrows(CheckFailedException.class, check::check).getMessage();
    }

    private static SimpleMatrix column(double... x) {
        return new SimpleMatrix(x.length, 1, true, x);
    }

    /** A right gradient is not called wrong, and what students make of it never right. */
    private static void assertVerdicts(
            String name, boolean mustPass, DoubleSupplier f, SimpleMatrix x, SimpleMatrix g) {
        Verdict right = verdict(f, x, g);
        assertTrue(
                right == Verdict.RIGHT || (!mustPass && right == Verdict.UNKNOWN),
                name + ": the right one is " + right);
        int last = g.getNumElements() - 1;
        SimpleMatrix oneSign = g.copy();
        oneSign.set(last, -g.get(last));
        SimpleMatrix oneInTenThousand = g.copy();
        oneInTenThousand.set(last, g.get(last) * (1 + 1e-4));
        SimpleMatrix oneLeftOut = g.copy();
        oneLeftOut.set(last, 0);
        List<SimpleMatrix> wrong = new ArrayList<>(List.of(oneSign, oneInTenThousand, oneLeftOut));
        for (double factor : new double[] {-1, 0, 0.1, 2, 1 + 1e-4}) {
            wrong.add(g.scale(factor));
        }
        for (SimpleMatrix mistake : wrong) {
            assertTrue(verdict(f, x, mistake) != Verdict.RIGHT, name + ": passes\n" + mistake + "for\n" + g);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9, 1e12})
    void atEveryScale(double c) {
        SplittableRandom rng = new SplittableRandom(5);
        double a = 0.2 + rng.nextDouble();
        double b = 0.2 + rng.nextDouble();
        SimpleMatrix x = column(a, b);
        assertVerdicts(
                "scale of f",
                true,
                () -> c * Math.sin(x.get(0)) * Math.exp(x.get(1)),
                x,
                column(c * Math.cos(a) * Math.exp(b), c * Math.sin(a) * Math.exp(b)));
        SimpleMatrix y = column(c * a, c * b);
        assertVerdicts(
                "scale of x",
                true,
                () -> Math.tanh(y.get(0) / c) + Math.cos(y.get(1) / c),
                y,
                column((1 - Math.tanh(a) * Math.tanh(a)) / c, -Math.sin(b) / c));
        assertVerdicts(
                "elements of very different size",
                c > 1e-9 && c < 1e6,
                () -> c * Math.sin(x.get(0)) + Math.sin(x.get(1)),
                x,
                column(c * Math.cos(a), Math.cos(b)));
        assertVerdicts(
                "beside a large constant", c < 1e4, () -> c + Math.sin(x.get(0)) + x.get(1), x, column(Math.cos(a), 1));
        SimpleMatrix one = column(c * a);
        assertVerdicts("log", true, () -> Math.log(one.get(0)), one, column(1 / one.get(0)));
        assertVerdicts("1/x", true, () -> 1 / one.get(0), one, column(-1 / one.get(0) / one.get(0)));
        assertVerdicts("root", true, () -> Math.sqrt(one.get(0)), one, column(0.5 / Math.sqrt(one.get(0))));
        assertVerdicts("rectifier, its kink as near as that", true, () -> Math.max(0, one.get(0)), one, column(1));
        SimpleMatrix w = column(a);
        assertVerdicts("oscillation", c < 1e6, () -> Math.sin(c * w.get(0)), w, column(c * Math.cos(c * a)));
        Random noise = new Random(1);
        assertVerdicts("noise", false, () -> Math.sin(w.get(0)) + c * noise.nextGaussian(), w, column(Math.cos(a)));
        SimpleMatrix A = Randoms.normal(8, 8, 1, rng);
        SimpleMatrix z = Randoms.normal(8, 1, 1, rng);
        assertVerdicts(
                "quadratic form",
                true,
                () -> c * z.transpose().mult(A).mult(z).get(0),
                z,
                A.plus(A.transpose()).mult(z).scale(c));
    }

    @Test
    void aNarrowFunctionIsSeen() {
        SimpleMatrix x = column(2.6e-5);
        DoubleSupplier lorentz = () -> 1 / (1 + Math.pow(x.get(0) / 1e-5, 2));
        assertVerdicts("Lorentz", true, lorentz, x, column(-2 * 2.6e-5 / 1e-10 / Math.pow(1 + 6.76, 2)));
        SimpleMatrix origin = column(0);
        DoubleSupplier fast = () -> Math.sin(2 * Math.PI * 8192 * origin.get(0)); // zero at all multiples of 2^-14
        assertVerdicts("fast", true, fast, origin, column(2 * Math.PI * 8192));
        SimpleMatrix edge = column(0.5);
        double slope = -2 / Math.sqrt(1 - Math.pow(1 - 1e-6, 2));
        assertVerdicts("near an edge", true, () -> Math.acos(2 * edge.get(0) - 1e-6), edge, column(slope));
    }

    @Test
    void oneWrongElementAmongMany() {
        SimpleMatrix x = column(0.3, 20);
        DoubleSupplier f = () -> x.get(0) * x.get(0) + 1 / (1 + Math.exp(-x.get(1)));
        double tiny = Math.exp(-20) / Math.pow(1 + Math.exp(-20), 2);
        assertEquals(Verdict.RIGHT, verdict(f, x, column(0.6, tiny)));
        assertEquals(Verdict.WRONG, verdict(f, x, column(0.6, 0)));
    }

    @Test
    void whyNobodyCanTell() {
        SimpleMatrix x = column(0);
        assertTrue(why(() -> Math.abs(x.get(0)), x, 0).contains("has a kink at this point"));
        assertTrue(why(() -> x.get(0) == 0 ? 7 : 0, x, 0).contains("has a jump at this point"));
        assertTrue(why(() -> x.get(0) >= 0 ? 1 : 0, x, 0).contains("has a jump at this point"));
        SimpleMatrix y = column(1.3);
        Random noise = new Random(1);
        String noisy = why(() -> Math.sin(y.get(0)) + 1e-7 * noise.nextGaussian(), y, Math.cos(1.3));
        assertTrue(noisy.contains("cannot tell here: noise in the function"), noisy);
        String rounded = why(() -> 1e10 + Math.sin(y.get(0)), y, Math.cos(1.3));
        assertTrue(rounded.contains("cannot tell here: rounding of the function, which is 1e+10"), rounded);
    }

    /** A loss that is rounded to single precision stands still within the narrowest steps: that is no reason to call its slope wrong. */
    @Test
    void lossesInSinglePrecision() {
        SplittableRandom rng = new SplittableRandom(12);
        for (int trial = 0; trial < 60; trial++) {
            double scale = Math.pow(10, -3 + 6 * rng.nextDouble());
            SimpleMatrix x = Randoms.normal(3, 1, 1, rng);
            DoubleSupplier f = () -> (float) (scale * x.dot(x));
            assertTrue(verdict(f, x, x.scale(2 * scale)) != Verdict.WRONG, "trial " + trial);
            assertTrue(verdict(f, x, x.scale(-2 * scale)) != Verdict.RIGHT, "trial " + trial);
        }
        SimpleMatrix y = column(0.3, 0.2);
        String why = why(() -> (float) y.dot(y), y, 0.6, 0.4);
        assertTrue(why.contains("cannot tell here: the function moves in stairs"), why);
    }

    /** A function that is flat around the point, by nature, has the slope 0: beside a kink, or between two. */
    @Test
    void flatIsFlat() {
        SimpleMatrix z = column(-1e-3);
        SimpleMatrix near = column(-1e-6);
        SimpleMatrix origin = column(0);
        DoubleSupplier threshold = () -> Math.signum(origin.get(0)) * Math.max(Math.abs(origin.get(0)) - 1e-4, 0);
        for (double slope : new double[] {0, 1}) {
            Verdict expected = slope == 0 ? Verdict.RIGHT : Verdict.WRONG;
            assertEquals(expected, verdict(() -> Math.max(0, z.get(0)), z, column(slope)));
            assertEquals(expected, verdict(() -> 1 + Math.max(0, near.get(0)), near, column(slope)));
            assertEquals(expected, verdict(threshold, origin, column(slope)));
        }
        SimpleMatrix y = column(1.3);
        assertEquals(Verdict.RIGHT, verdict(() -> 1e3 + Math.sin(y.get(0)), y, column(Math.cos(1.3))));
    }

    /** A rectifier network as training starts it, on small data: its kinks are near. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-2, 1e-3})
    void rectifiersOfAnAutoencoder(double scale) {
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom rng = new SplittableRandom(seed);
            Autoencoder model = new Autoencoder(
                    Network.of(Dense.forTraining(6, 5, Activation.RELU, rng)),
                    Network.of(Dense.forTraining(5, 6, Activation.IDENTITY, rng)),
                    ReconstructionLoss.SQUARED_ERROR);
            SimpleMatrix X = Randoms.normal(4, 6, scale, new SplittableRandom(100 + seed));
            SimpleMatrix gradient =
                    model.reconstruction().gradient(X, rng).direction().of("encoder b1");
            SimpleMatrix b = model.parameters().get("encoder b1");
            assertEquals(Verdict.RIGHT, verdict(() -> model.loss(X), b, gradient), "seed " + seed);
        }
    }

    @Test
    void constantsAndNoParametersPass() {
        assertEquals(Verdict.RIGHT, verdict(() -> 42, column(0), column(0)));
        assertEquals(Verdict.WRONG, verdict(() -> 42, column(0), column(1e-3)));
        assertEquals(Verdict.RIGHT, verdict(() -> 1, new SimpleMatrix(0, 1), new SimpleMatrix(0, 1)));
    }

    /** f = |x|^2 / 2, whose gradient is x, given as x itself. */
    @Test
    void theGradientMayBeTheParameters() {
        SimpleMatrix x = column(0.3, -0.2);
        assertEquals(Verdict.RIGHT, verdict(() -> x.dot(x) / 2, x, x));
    }

    @Test
    void parametersArePutBackWhateverThrows() {
        SimpleMatrix x = column(0.3, 0.3);
        GradientCheck check = GradientCheck.of("f", () -> {
            if (x.get(0) != 0.3 && x.get(1) != 0.3) {
                throw new IllegalStateException("both have moved");
            }
            return x.get(0);
        });
        assertThrows(IllegalStateException.class, () -> check.block("x", x, column(1, 0)));
        assertTrue(column(0.3, 0.3).isIdentical(x, 0));
    }

    @Test
    void nothingCheckedIsNoCheck() {
        GradientCheck check = GradientCheck.of("f", () -> 1);
        assertThrows(IllegalStateException.class, check::check);
    }

    /** The estimate of the error is an honest one: never more than ten times too small. */
    @Test
    void errorsAreEstimatedHonestly() {
        SplittableRandom rng = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            double x = 6 * rng.nextDouble() - 3;
            double frequency = Math.pow(10, 4 * rng.nextDouble() - 2);
            Numeric.Derivative d = Numeric.derivativeWithError(t -> Math.sin(frequency * t) + t * t, x);
            double error = Math.abs(d.value() - frequency * Math.cos(frequency * x) - 2 * x);
            assertTrue(error <= 10 * d.error(), "error " + error + ", estimated " + d.error() + " at " + x);
            assertTrue(d.error() <= 1e-8 * Math.max(1, frequency), "estimated " + d.error() + " at " + x);
        }
    }
}
