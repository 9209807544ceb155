package nabla.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import nabla.math.Functions;
import nabla.math.Randoms;
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

    /** Draws the numbers. */
    @Setup
    public void draw() {
        double[] drawn = Randoms.normal(NUMBERS, 1, 2, new SplittableRandom(1)).getDDRM().data;
        System.arraycopy(drawn, 0, x, 0, NUMBERS);
    }

    /** The logistic function. */
    @Benchmark
    public double[] sigmoid() {
        return pass(Functions::sigmoid);
    }

    /** The hyperbolic tangent. */
    @Benchmark
    public double[] tanh() {
        return pass(Functions::tanh);
    }

    /** log(1 + e^x). */
    @Benchmark
    public double[] softplus() {
        return pass(Functions::softplus);
    }

    private double[] pass(DoubleUnaryOperator f) {
        for (int i = 0; i < NUMBERS; i++) {
            y[i] = f.applyAsDouble(x[i]);
        }
        return y;
    }
}
