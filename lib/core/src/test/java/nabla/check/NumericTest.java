package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NumericTest {
    /** Functions with known derivatives, at many points, to the promised 1e-9. */
    @Test
    void derivativesAreGoodToNineDigits() {
        SplittableRandom rng = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            double x = 6 * rng.nextDouble() - 3;
            assertDerivative(Math.cos(x), Math::sin, x);
            assertDerivative(Math.exp(x), Math::exp, x);
            assertDerivative(1 / (1 + x * x), Math::atan, x);
            assertDerivative(1 - Math.tanh(x) * Math.tanh(x), Math::tanh, x);
            assertDerivative(4 * x * x * x - 2, t -> t * t * t * t - 2 * t, x);
            assertDerivative(-20 * Math.sin(20 * x), t -> Math.cos(20 * t), x);
        }
    }

    @Test
    void theStepStaysInsideTheDomain() {
        for (double x : new double[] {1e-3, 0.01, 0.1, 1, 1000}) {
            assertEquals(1 / x, Numeric.derivative(Math::log, x), 1e-9 / x);
            assertEquals(0.5 / Math.sqrt(x), Numeric.derivative(Math::sqrt, x), 1e-9 / Math.sqrt(x));
        }
        assertThrows(ArithmeticException.class, () -> Numeric.derivative(Math::log, -1));
    }

    @Test
    void theErrorEstimateSeesNoise() {
        assertTrue(Numeric.derivativeWithError(Math::sin, 0.3).error() < 1e-9);
        DoubleUnaryOperator noisy = t -> Math.sin(t) + 1e-6 * Math.sin(1e7 * t * t);
        assertTrue(Numeric.derivativeWithError(noisy, 0.3).error() > 1e-7);
    }

    @Test
    void gradientOfAMatrixFunctionAndTheMatrixIsUnchanged() {
        SplittableRandom rng = new SplittableRandom(2);
        SimpleMatrix A = Randoms.normal(3, 5, 1, rng);
        SimpleMatrix X = Randoms.normal(3, 5, 1, rng);
        SimpleMatrix before = X.copy();
        // f = tr(A'X) + |X|^2 / 2 has gradient A + X
        SimpleMatrix gradient = Numeric.gradient(
                () -> A.elementMult(X).elementSum() + X.elementMult(X).elementSum() / 2, X);
        assertTrue(gradient.isIdentical(A.plus(X), 1e-10));
        assertTrue(before.isIdentical(X, 0));
    }

    @Test
    void theMatrixIsUnchangedWhenTheFunctionThrows() {
        SimpleMatrix x = new SimpleMatrix(new double[] {1, 2});
        assertThrows(
                IllegalStateException.class,
                () -> Numeric.gradient(
                        () -> {
                            throw new IllegalStateException();
                        },
                        x));
        assertEquals(1, x.get(0));
    }

    private static void assertDerivative(double expected, DoubleUnaryOperator f, double x) {
        double error = Math.abs(Numeric.derivative(f, x) - expected) / Math.max(1, Math.abs(expected));
        assertTrue(error < 1e-9, "error " + error + " at " + x);
    }

    @Test
    void jacobianOfAMatrixProduct() {
        SimpleMatrix A = new SimpleMatrix(new double[][] {{1, 2, 3}, {4, 5, 6}});
        SimpleMatrix x = new SimpleMatrix(new double[][] {{0.3}, {-1}, {2}});
        SimpleMatrix J = Numeric.jacobian(y -> A.mult(y.elementMult(y)), x);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(2 * A.get(i, j) * x.get(j), J.get(i, j), 1e-9);
            }
        }
        assertEquals(0.3, x.get(0));
    }

    /** f = 3 x_1 + x_2^2 at (1, 2). */
    @Test
    void everyElementOfAGradientHasAnError() {
        SimpleMatrix x = new SimpleMatrix(new double[] {1, 2});
        Numeric.Gradient gradient = Numeric.gradientWithError(() -> 3 * x.get(0) + x.get(1) * x.get(1), x);
        for (int i = 0; i < 2; i++) {
            double error = Math.abs(gradient.value().get(i) - (i == 0 ? 3 : 4));
            assertTrue(error <= gradient.error().get(i), "element " + i + " is off by " + error);
            assertTrue(
                    0 < gradient.error().get(i) && gradient.error().get(i) < 1e-10,
                    gradient.error().toString());
        }
    }

    @Test
    void anInterruptEndsAGradient() {
        SimpleMatrix x = new SimpleMatrix(new double[] {1, 2});
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "gradient interrupted at element 0",
                    assertThrows(CancellationException.class, () -> Numeric.gradient(() -> x.get(0), x))
                            .getMessage());
        } finally {
            Thread.interrupted();
        }
    }
}
