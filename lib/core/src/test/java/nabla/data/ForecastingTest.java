package nabla.data;

import static nabla.data.SequencesTest.assertElements;
import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class ForecastingTest {
    // training part 2, 4, 6, 8: mean 5, deviation sqrt(5)
    private static final SimpleMatrix SERIES = new SimpleMatrix(new double[][] {{2}, {4}, {6}, {8}, {100}, {98}, {5}});
    private static final double ROOT = Math.sqrt(5);

    @Test
    void theScaleIsThatOfTheTrainingPart() {
        Forecasting task = new Forecasting(SERIES, 4, 2);
        assertEquals(5, task.mean(), 1e-15);
        assertEquals(ROOT, task.deviation(), 1e-15);
        assertEquals(1, task.inputs());
        assertEquals(1, task.outputs());
        assertEquals(2, SERIES.get(0));
    }

    @Test
    void windowsStayInTheTrainingPart() {
        int B = 400;
        SequenceBatch batch = new Forecasting(SERIES, 4, 2).batch(B, new SplittableRandom(1));
        assertEquals(2, batch.x().steps());
        assertEquals(2 * B, batch.y().count());
        assertFalse(batch.y().areClasses());
        int[] starts = new int[2];
        for (int b = 0; b < B; b++) {
            // undone: values 2, 4 then 4, 6 or values 4, 6 then 6, 8
            double first = batch.x().step(1).get(b) * ROOT + 5;
            int start = (int) Math.round(first / 2) - 1;
            starts[start]++;
            assertEquals(2 + 2 * start, first, 1e-12);
            assertEquals(4 + 2 * start, batch.x().step(2).get(b) * ROOT + 5, 1e-12);
            assertEquals(4 + 2 * start, batch.y().stacked().get(b) * ROOT + 5, 1e-12);
            assertEquals(6 + 2 * start, batch.y().stacked().get(B + b) * ROOT + 5, 1e-12);
        }
        // two places, equally likely: 4 standard errors
        assertEquals(B / 2.0, starts[0], 4 * Math.sqrt(B / 4.0));
    }

    @Test
    void theHeldOutPartIsAskedAfterTheWholePast() {
        SequenceBatch batch = new Forecasting(SERIES, 4, 2).heldOut();
        assertEquals(6, batch.x().steps());
        assertEquals(1, batch.x().batch());
        assertEquals(3, batch.y().count());
        double[] x = {2, 4, 6, 8, 100, 98};
        double[] y = {100, 98, 5};
        for (int t = 1; t <= 6; t++) {
            assertEquals(x[t - 1], batch.x().step(t).get(0) * ROOT + 5, 1e-12);
            assertEquals(t >= 4, batch.y().isAsked(t, 0));
            if (t >= 4) {
                assertEquals(y[t - 4], batch.y().stacked().get(t - 1) * ROOT + 5, 1e-12);
            }
        }
    }

    @Test
    void persistenceRepeatsTheLastValue() throws IOException {
        // differences 92, -2, -93 over the variance 5
        assertEquals((92 * 92 + 4 + 93 * 93) / 3.0 / 5, new Forecasting(SERIES, 4, 2).persistenceError(), 1e-9);
        // computed from the file by another program: 1700 to 1950 for training, 58 years held out
        Forecasting sunspots = new Forecasting(Sunspots.load().numbers(), 251, 30);
        assertEquals(45.0478087649, sunspots.mean(), 1e-9);
        assertEquals(35.4940658468, sunspots.deviation(), 1e-9);
        assertEquals(62353.64 / 58, sunspots.persistenceError() * Math.pow(35.4940658468, 2), 1e-6);
        assertEquals(58, sunspots.heldOut().y().count());
    }

    @Test
    void noHeldOutNumberInfluencesTheTraining() throws IOException {
        SimpleMatrix series = Sunspots.load().numbers();
        SimpleMatrix changed = series.copy();
        for (int i = 251; i < changed.getNumRows(); i++) {
            changed.set(i, 0, 1e6 * i);
        }
        Forecasting task = new Forecasting(series, 251, 30);
        Forecasting other = new Forecasting(changed, 251, 30);
        assertEquals(task.mean(), other.mean());
        assertEquals(task.deviation(), other.deviation());
        for (int seed = 0; seed < 20; seed++) {
            SequenceBatch batch = task.batch(50, new SplittableRandom(seed));
            SequenceBatch same = other.batch(50, new SplittableRandom(seed));
            assertElements(batch.x().stacked().getDDRM().getData(), same.x().stacked());
            assertElements(batch.y().stacked().getDDRM().getData(), same.y().stacked());
        }
        // and the test can fail: the last training value does
        changed.set(250, 0, 1e6);
        assertFalse(task.mean() == new Forecasting(changed, 251, 30).mean());
    }

    @Test
    void badSizesAreNamed() {
        assertRejected(
                "series: expected one example of 1 columns per row, got 1x7",
                () -> new Forecasting(SERIES.transpose(), 4, 2));
        assertRejected("window: expected at least 1, got 0", () -> new Forecasting(SERIES, 4, 0));
        assertRejected(
                "trainSize (more than the window): expected at least 5, got 4", () -> new Forecasting(SERIES, 4, 4));
        assertRejected(
                "rows of series (more than trainSize): expected at least 8, got 7",
                () -> new Forecasting(SERIES, 7, 2));
        SimpleMatrix flat = new SimpleMatrix(new double[][] {{0.1}, {0.1}, {0.1}, {2}});
        assertRejected(
                "series: expected different values in the training part, got only 0.1",
                () -> new Forecasting(flat, 3, 1));
        SimpleMatrix bad = SERIES.copy();
        bad.set(6, 0, Double.NaN);
        assertRejected("series: expected finite elements, got NaN at (6, 0)", () -> new Forecasting(bad, 4, 2));
        assertRejected("size: expected at least 1, got 0", () -> new Forecasting(SERIES, 4, 2)
                .batch(0, new SplittableRandom(1)));
    }
}
