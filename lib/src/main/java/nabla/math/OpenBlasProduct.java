package nabla.math;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

/**
 * Products by OpenBLAS, on the very same arrays, without copies, in the thread that asks for them: its own threads wait by spinning, which
 * takes ten times as long as soon as anything else runs on the machine. Work is shared between threads where there is more of it than one
 * product, see {@link Chunks}.
 */
final class OpenBlasProduct implements Blas.Product {
    OpenBlasProduct() {
        blas_set_num_threads(1);
    }

    @Override
    public void compute(
            boolean transA, boolean transB, int m, int n, int k, double[] A, double[] B, boolean add, double[] C) {
        cblas_dgemm(
                CblasRowMajor,
                transA ? CblasTrans : CblasNoTrans,
                transB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                1,
                A,
                transA ? m : k,
                B,
                transB ? k : n,
                add ? 1 : 0,
                C,
                n);
    }

    @Override
    public String name() {
        return "OpenBLAS";
    }
}
