package nabla.rbm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import nabla.math.fast.BinaryUnits;
import nabla.math.fast.SparseProduct;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** What each layer of an RBM is given the other, into matrices that exist: the fast side of the model. */
record RbmLayers(VisibleUnits visible, DMatrixRMaj W, DMatrixRMaj b) {
    /** All parameters by name: the matrices themselves. */
    Map<String, SimpleMatrix> parameters() {
        Map<String, SimpleMatrix> named = new LinkedHashMap<>(visible.parameters());
        named.put("W", SimpleMatrix.wrap(W));
        named.put("b", SimpleMatrix.wrap(b));
        return named;
    }

    /** H = p(h = 1 | v) for each row v. */
    void hiddenProbabilities(DMatrixRMaj V, DMatrixRMaj H) {
        SparseProduct.mult(V, W, H);
        BinaryUnits.probabilities(H, b);
    }

    /** H is drawn from p(h | v) for each row v. */
    void drawHidden(DMatrixRMaj V, DMatrixRMaj H, RandomGenerator rng) {
        SparseProduct.mult(V, W, H);
        BinaryUnits.states(H, b, rng.nextLong());
    }

    /** V = E[v | h] for each row h. */
    void visibleMeans(DMatrixRMaj H, DMatrixRMaj V) {
        SparseProduct.multTransB(H, W, V);
        visible.mean(V);
    }

    /** V is drawn from p(v | h) for each row h. */
    void drawVisible(DMatrixRMaj H, DMatrixRMaj V, RandomGenerator rng) {
        SparseProduct.multTransB(H, W, V);
        visible.draw(V, rng);
    }
}
