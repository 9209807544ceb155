package nabla.math;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

/** Products by OpenBLAS, on the very same arrays, without copies. */
final class OpenBlasProduct implements Blas.Product {
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
