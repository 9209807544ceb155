package nabla.data;

import static nabla.Checks.assertClose;
import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import nabla.math.Randoms;
import nabla.math.Rows;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class StandardizerTest {
    private final SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 10}, {2, 10}, {3, 40}});

    @Test
    void byHand() {
        Standardizer standardizer = Standardizer.of(X);
        assertClose("means", new SimpleMatrix(new double[][] {{2}, {20}}), standardizer.mean(), 1e-15);
        assertClose(
                "deviations",
                new SimpleMatrix(new double[][] {{Math.sqrt(2 / 3.0)}, {Math.sqrt(200)}}),
                standardizer.deviation(),
                1e-15);
        assertEquals(
                10 / Math.sqrt(200),
                standardizer
                        .transform(new SimpleMatrix(new double[][] {{2, 30}}))
                        .get(1),
                1e-15);
    }

    @Test
    void meanZeroVarianceOneAndBack() {
        SimpleMatrix some = Randoms.normal(50, 4, 3, new SplittableRandom(1)).plus(1e3);
        Standardizer standardizer = Standardizer.of(some);
        SimpleMatrix Z = standardizer.transform(some);
        assertClose("mean", new SimpleMatrix(4, 1), Rows.mean(Z), 1e-12);
        assertClose("variance", new SimpleMatrix(4, 1).plus(1), Rows.mean(Z.elementMult(Z)), 1e-12);
        assertClose("back", some, standardizer.inverse(Z), 1e-14);
    }

    @Test
    void constantColumnsAreNamed() {
        SimpleMatrix constant = new SimpleMatrix(new double[][] {{1, 0.1}, {2, 0.1}, {3, 0.1}});
        assertRefused("X: expected columns that vary, column 1 is constant, 0.1", () -> Standardizer.of(constant));
        assertRefused(
                "X: expected columns that vary, column income is constant, 0.1",
                () -> Standardizer.of(constant, List.of("age", "income")));
        SimpleMatrix rounded = new SimpleMatrix(new double[][] {{1, 1e9}, {2, Math.nextUp(1e9)}});
        assertRefused("X: expected columns that vary, column 1 is constant, 1.0E9", () -> Standardizer.of(rounded));
    }

    @Test
    void badArgumentsAreRefused() {
        assertRefused("rows of X: expected at least 2, got 1", () -> Standardizer.of(X.getRow(0)));
        assertRefused("names: expected 2, one for each column of X, got 1", () -> Standardizer.of(X, List.of("a")));
        assertRefused("X: expected one example of 2 columns per row, got 1x3", () -> Standardizer.of(X)
                .transform(new SimpleMatrix(1, 3)));
        assertRefused("Z: expected one example of 2 columns per row, got 1x3", () -> Standardizer.of(X)
                .inverse(new SimpleMatrix(1, 3)));
        assertRefused(
                "deviation of column 1: expected a number from 2.2250738585072014E-308 to 1.7976931348623157E308, got 0.0",
                () -> new Standardizer(new SimpleMatrix(2, 1), new SimpleMatrix(new double[][] {{1}, {0}})));
    }
}
