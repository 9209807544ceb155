package nabla.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import nabla.math.Randoms;
import nabla.math.fast.Blas;
import nabla.math.fast.SparseProduct;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Micro-benchmark: one matrix product C = A B of the sizes that occur in training, beside EJML's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Products {
    /** Rows of A, columns of A, columns of B: a batch of images, a batch of digits, some sequences at one step. */
    @Param({"100x784x500", "10x64x100", "16x128x128"})
    public String shape;

    private DMatrixRMaj A;
    private DMatrixRMaj S;
    private DMatrixRMaj B;
    private DMatrixRMaj C;

    /** Draws the factors. */
    @Setup
    public void draw() {
        int[] sizes =
                Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        var rng = new SplittableRandom(1);
        A = Randoms.normal(sizes[0], sizes[1], 1, rng).getDDRM();
        B = Randoms.normal(sizes[1], sizes[2], 1, rng).getDDRM();
        C = new DMatrixRMaj(sizes[0], sizes[2]);
        S = RbmEpoch.bits(sizes[0], sizes[1], 0.2).getDDRM();
    }

    /** The library's product. */
    @Benchmark
    public DMatrixRMaj blas() {
        Blas.mult(A, B, C);
        return C;
    }

    /** The same, of whose first factor a fifth is not zero. */
    @Benchmark
    public DMatrixRMaj sparse() {
        SparseProduct.mult(S, B, C);
        return C;
    }

    /** The product of the matrix library. */
    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.mult(A, B, C);
        return C;
    }
}
