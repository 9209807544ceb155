package nabla.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Functions;
import nabla.math.Randoms;
import nabla.math.fast.RowBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Micro-benchmark: element-wise passes over 1,000 normal numbers with deviation 2, as pre-activations are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Passes {
    private static final int NUMBERS = 1000;

    private final double[] x = new double[NUMBERS];
    private final double[] y = new double[NUMBERS];
    private final RowBuffer row = new RowBuffer();
    private final SplittableRandom rng = new SplittableRandom(2);

    /** Draws the numbers. */
    @Setup
    public void draw() {
        double[] drawn = Randoms.normal(NUMBERS, 1, 2, new SplittableRandom(1)).getDDRM().data;
        System.arraycopy(drawn, 0, x, 0, NUMBERS);
    }

    /** e^x, the JDK's. */
    @Benchmark
    public double[] exp() {
        return pass(Math::exp);
    }

    /** e^x of a row. */
    @Benchmark
    public double[] expOfRow() {
        return rowPass(RowBuffer::exp);
    }

    /** The logistic function. */
    @Benchmark
    public double[] sigmoid() {
        return pass(Functions::sigmoid);
    }

    /** The logistic function of a row. */
    @Benchmark
    public double[] sigmoidOfRow() {
        return rowPass(RowBuffer::sigmoid);
    }

    /** The hyperbolic tangent. */
    @Benchmark
    public double[] tanh() {
        return pass(Functions::tanh);
    }

    /** The hyperbolic tangent of a row. */
    @Benchmark
    public double[] tanhOfRow() {
        return rowPass(RowBuffer::tanh);
    }

    /** The sum of log(1 + e^x). */
    @Benchmark
    public double softplusSum() {
        double sum = 0;
        for (double number : x) {
            sum += Functions.softplus(number);
        }
        return sum;
    }

    /** The sum of log(1 + e^x) of a row. */
    @Benchmark
    public double softplusSumOfRow() {
        row.load(x, 0, NUMBERS);
        return row.softplusSum();
    }

    /** Sigmoid, and a coin flip with that probability. */
    @Benchmark
    public double[] states() {
        return pass(number -> rng.nextDouble() < Functions.sigmoid(number) ? 1 : 0);
    }

    /** Sigmoid, and a coin flip with that probability, of a row. */
    @Benchmark
    public double[] statesOfRow() {
        return rowPass(numbers -> {
            numbers.sigmoid();
            numbers.flip(1, 0);
        });
    }

    private double[] rowPass(Consumer<RowBuffer> f) {
        row.load(x, 0, NUMBERS);
        f.accept(row);
        row.store(y, 0);
        return y;
    }

    private double[] pass(DoubleUnaryOperator f) {
        for (int i = 0; i < NUMBERS; i++) {
            y[i] = f.applyAsDouble(x[i]);
        }
        return y;
    }
}
