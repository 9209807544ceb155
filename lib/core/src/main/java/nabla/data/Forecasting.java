package nabla.data;

import java.util.random.RandomGenerator;
import nabla.math.Functions;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * To tell the next value of a series at every step, with the end of the series held out from the training.
 *
 * <p>Networks see standardised values z = (value - mean) / deviation, with mean and deviation of the training part alone;
 * an answer z stands for the value mean + deviation * z.
 */
public final class Forecasting implements SequenceTask {
    private final SimpleMatrix z;
    private final int trainSize;
    private final int window;
    private final double mean;
    private final double deviation;

    /**
     * A series and its first values to train on.
     *
     * @param series N x 1, in order; not modified
     * @param trainSize how many values are for training, more than the window and less than N
     * @param window steps of each training sequence, at least 1
     * @throws IllegalArgumentException also if all values of the training part are the same
     */
    public Forecasting(SimpleMatrix series, int trainSize, int window) {
        Require.examples("series", series, 1);
        Require.atLeast("window", window, 1);
        Require.atLeast("trainSize (more than the window)", trainSize, window + 1L);
        Require.atLeast("rows of series (more than trainSize)", series.getNumRows(), trainSize + 1L);
        SimpleMatrix train = series.rows(0, trainSize);
        double average = train.elementSum() / trainSize;
        double spread = Functions.map(train, value -> value - average).normF() / Math.sqrt(trainSize);
        if (train.elementMax() == train.elementMin()) {
            throw new IllegalArgumentException(
                    "series: expected different values in the training part, got only " + train.get(0));
        }
        this.z = Functions.map(series, value -> (value - average) / spread);
        this.trainSize = trainSize;
        this.window = window;
        this.mean = average;
        this.deviation = spread;
    }

    /** 1: the value of the step. */
    @Override
    public int inputs() {
        return 1;
    }

    /** 1: the value of the next step. */
    @Override
    public int outputs() {
        return 1;
    }

    /** Windows from anywhere in the training part; the last target of each is still in it. */
    @Override
    public SequenceBatch batch(int size, RandomGenerator rng) {
        Require.atLeast("size", size, 1);
        Require.present("rng", rng);
        Require.size("size", size, "window", window);
        SimpleMatrix x = new SimpleMatrix(window * size, 1);
        SimpleMatrix y = new SimpleMatrix(window * size, 1);
        for (int b = 0; b < size; b++) {
            int start = rng.nextInt(trainSize - window);
            for (int t = 0; t < window; t++) {
                x.set(t * size + b, z.get(start + t));
                y.set(t * size + b, z.get(start + t + 1));
            }
        }
        return new SequenceBatch(Sequences.stacked(x, window), Targets.values(Sequences.stacked(y, window)));
    }

    /**
     * The whole series as one sequence of N - 1 steps, where only the N - trainSize held-out values are asked for: the steps
     * before them let a network find its state. Each answer follows from true values, one step ahead.
     */
    public SequenceBatch heldOut() {
        int N = z.getNumRows();
        Sequences next = Sequences.of(z.rows(1, N));
        return new SequenceBatch(Sequences.of(z.rows(0, N - 1)), Targets.values(next, trainSize));
    }

    /** The mean of the training part. */
    public double mean() {
        return mean;
    }

    /** The standard deviation of the training part (the root of the mean squared distance from the mean). */
    public double deviation() {
        return deviation;
    }

    /**
     * The error of persistence, the forecast that the next value is like this one: what a network has to beat.
     *
     * @return mean squared error over the held-out values, in standardised units like those of {@link #heldOut}
     */
    public double persistenceError() {
        double sum = 0;
        for (int i = trainSize; i < z.getNumRows(); i++) {
            sum += Math.pow(z.get(i) - z.get(i - 1), 2);
        }
        return sum / (z.getNumRows() - trainSize);
    }
}
