package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import nabla.math.Functions;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private final SimpleMatrix x = Randoms.normal(3, 2, 1, new SplittableRandom(1));

    private double f() {
        return Functions.softplus(x).elementSum();
    }

    private final SimpleMatrix gradient = Functions.sigmoid(x);

    private String failure(SimpleMatrix wrong) {
        GradientCheck check = GradientCheck.of("softplus", this::f).block("x", x, wrong);
        return assertThrows(CheckFailedException.class, check::check).getMessage();
    }

    @Test
    void aRightGradientHasSlopeTwo() {
        Report report = GradientCheck.of("softplus", this::f)
                .within(1e-9)
                .block("x", x, gradient, "X-01")
                .check();
        String measured = report.lines().get(0).measured();
        double slope = Double.parseDouble(measured.replaceAll(".*slope ", ""));
        assertEquals(2, slope, 0.05);
        assertTrue(report.lines().get(0).reason().contains("ratio 1.00000"));
    }

    @Test
    void usualMistakesAreNamed() {
        assertTrue(
                failure(gradient.negative()).contains("ratio -1.00000, the sign is wrong"),
                failure(gradient.negative()));
        assertTrue(failure(gradient.scale(2)).contains("counted 2 times"), failure(gradient.scale(2)));
        assertTrue(failure(gradient.scale(3)).contains("counted 3 times, or a sum for a mean"));
        String slope = failure(gradient.scale(1.5)).replaceAll("(?s).*Taylor slope ([0-9.]+).*", "$1");
        assertEquals(1, Double.parseDouble(slope), 0.1);
    }

    @Test
    void theWorstElementIsNamed() {
        SimpleMatrix wrong = gradient.copy();
        wrong.set(2, 1, wrong.get(2, 1) + 0.5);
        assertTrue(failure(wrong).contains("worst at (3, 2)"), failure(wrong));
    }

    @Test
    void atAKinkTheDifferenceIsBlamed() {
        SimpleMatrix y = new SimpleMatrix(new double[] {0});
        GradientCheck check =
                GradientCheck.of("relu", () -> Math.max(0, y.get(0))).block("y", y, new SimpleMatrix(new double[] {1}));
        String message = assertThrows(CheckFailedException.class, check::check).getMessage();
        assertTrue(message.contains("cannot tell here: the function has a kink at this point"), message);
    }

    @Test
    void aTransposedGradientIsRefused() {
        GradientCheck check = GradientCheck.of("softplus", this::f);
        assertThrows(IllegalArgumentException.class, () -> check.block("x", x, gradient.transpose()));
    }
}
