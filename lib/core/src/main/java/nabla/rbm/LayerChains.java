package nabla.rbm;

import java.util.random.RandomGenerator;
import nabla.energy.GibbsChains;
import nabla.math.Require;
import nabla.math.fast.BinaryUnits;
import nabla.math.fast.Parallel;
import nabla.math.fast.RowBuffer;
import nabla.math.fast.SparseProduct;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/**
 * Chains of an RBM, which are drawn layer by layer. No product is computed twice: p(h | v) serves for drawing the hidden units and for the
 * slope. The slope uses it up, so that it should be asked for last.
 */
final class LayerChains implements GibbsChains {
    private static final int WORTH_SHARING = 1 << 13; // elements

    private final RbmLayers layers;
    private final DMatrixRMaj own = new DMatrixRMaj(0, 0); // the visible units, once they were drawn
    private DMatrixRMaj visible = own; // the visible units: these, or those of the start
    private final DMatrixRMaj p = new DMatrixRMaj(0, 0); // p(h | v)
    private final DMatrixRMaj h = new DMatrixRMaj(0, 0);
    private boolean probabilitiesKnown;
    private boolean hiddenDrawn;
    private final RowBuffer sum = new RowBuffer();

    LayerChains(RbmLayers layers) {
        this.layers = layers;
    }

    @Override
    public void startAt(SimpleMatrix V) {
        Require.exampleShape("V", V, layers.visible().size());
        layers.visible().requireValues("V", V);
        start(V.getDDRM());
    }

    @Override
    public void startAt(GibbsChains other) {
        if (!(other instanceof LayerChains from) || from.layers.W() != layers.W()) {
            throw new IllegalArgumentException("other: expected chains of the same model");
        }
        start(from.visible);
        from.computeProbabilities();
        p.setTo(from.p);
        probabilitiesKnown = true;
    }

    @Override
    public void startAnywhere(int count, RandomGenerator rng) {
        Require.atLeast("count", count, 1);
        Require.size("count", count, "units", layers.visible().size());
        Require.present("rng", rng);
        own.reshape(count, layers.visible().size());
        layers.visible().drawAnywhere(own, rng);
        start(own);
    }

    private void start(DMatrixRMaj V) {
        visible = V;
        probabilitiesKnown = false;
        hiddenDrawn = false;
    }

    private void computeProbabilities() {
        if (!probabilitiesKnown) {
            p.reshape(visible.numRows, layers.W().numCols);
            layers.hiddenProbabilities(visible, p);
            probabilitiesKnown = true;
        }
    }

    @Override
    public void drawHidden(RandomGenerator rng) {
        Require.present("rng", rng);
        computeProbabilities();
        h.setTo(p);
        BinaryUnits.flip(h, rng.nextLong());
        hiddenDrawn = true;
    }

    @Override
    public void drawVisible(RandomGenerator rng) {
        Require.present("rng", rng);
        if (!hiddenDrawn) {
            throw new IllegalStateException("chains: draw the hidden units first");
        }
        own.reshape(h.numRows, layers.visible().size());
        layers.drawVisible(h, own, rng);
        visible = own;
        probabilitiesKnown = false;
    }

    @Override
    public SimpleMatrix states() {
        return SimpleMatrix.wrap(visible.copy());
    }

    @Override
    public void slope(double weight, Direction into) {
        requireFitting(weight, into);
        layers.visible().parameters().keySet().forEach(name -> into.of(name).zero());
        into.of("b").zero();
        addToBiases(weight, into);
        SparseProduct.multTransA(visible, p, into.of("W").getDDRM());
    }

    @Override
    public void addSlope(double weight, Direction into) {
        requireFitting(weight, into);
        addToBiases(weight, into);
        SparseProduct.multAddTransA(visible, p, into.of("W").getDDRM());
    }

    private void requireFitting(double weight, Direction into) {
        Require.finite("weight", weight);
        Direction.requireFitting("into", into, layers.parameters());
    }

    /** The slopes of all but W; leaves weight p(h | v) in p, for that of W. */
    private void addToBiases(double weight, Direction into) {
        computeProbabilities();
        probabilitiesKnown = false;
        int block = visible.numRows * visible.numCols < WORTH_SHARING ? 2 : 1;
        Parallel.forEach(2, block, (from, to) -> {
            if (from == 0) {
                layers.visible().addSlope(weight, visible, into);
            }
            if (to == 2) {
                CommonOps_DDRM.scale(weight, p);
                addRows(p, into.of("b").getDDRM().data);
            }
        });
    }

    private void addRows(DMatrixRMaj x, double[] into) {
        sum.fill(0, x.numCols);
        for (int row = 0; row < x.numRows; row++) {
            sum.add(x.data, row * x.numCols);
        }
        sum.add(into);
        sum.store(into, 0);
    }
}
