package nabla.recurrent;

import java.util.List;
import java.util.Map;
import nabla.data.Targets;
import nabla.math.Interrupts;
import nabla.math.fast.Blas;
import nabla.math.fast.Parallel;
import nabla.math.fast.Part;
import nabla.optim.Direction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Back-propagation through time. Every parameter of a recurrent layer acts by way of the pre-activations z_t, so all that has to be
 * carried back is dC/dz_t; the gradients of the parameters are then one matrix product each for all steps together.
 */
abstract class BackPropagationThroughTime {
    /** dC/dh_0, ..., dC/dh_T. */
    final Stacked dH;

    private final UnrolledNetwork unrolled;
    private final Readout readout;
    private final DMatrixRMaj dLogits;
    private final SimpleMatrix dV;
    private final SimpleMatrix dc;

    /** The way back through an unrolled network, still to be {@link #run}. */
    BackPropagationThroughTime(UnrolledNetwork unrolled) {
        this.unrolled = unrolled;
        readout = unrolled.readout;
        dH = new Stacked(unrolled.steps(), unrolled.batch(), readout.hidden());
        dLogits = new DMatrixRMaj(unrolled.steps() * unrolled.batch(), readout.outputs());
        dV = new SimpleMatrix(readout.outputs(), readout.hidden());
        dc = new SimpleMatrix(readout.outputs(), 1);
    }

    /**
     * Computes the gradient of the loss of the latest way forward, in the matrices of the run before if there was one.
     *
     * @param window how many steps back the loss of each step is followed
     */
    final RecurrentGradient run(Targets y, int window) {
        Loss.gradient(unrolled.answers, readout.isSoftmax(), y, dLogits);
        if (window == unrolled.steps()) {
            byWayOfAnswers(dH);
            dH.zero(0, 0);
            through(unrolled.steps(), 1);
        } else {
            truncated(window);
        }
        Map<String, SimpleMatrix> gradients = parameterGradients();
        Part errors = Part.of(dLogits);
        Blas.mult(errors.transpose(), unrolled.H.steps(1, unrolled.steps()), Part.of(dV.getDDRM()));
        errors.sumRows(dc.getDDRM().data);
        gradients.put("V", dV);
        gradients.put("c", dc);
        return new RecurrentGradient(unrolled.loss(y), Direction.of(gradients), this);
    }

    /** The derivative with respect to each h_t by way of the answer at step t alone. */
    private void byWayOfAnswers(Stacked derivative) {
        Blas.mult(Part.of(dLogits), Part.of(readout.V.getDDRM()), derivative.steps(1, unrolled.steps()));
    }

    /** The ways back of the steps one by one, added up. */
    private void truncated(int window) {
        Stacked own = new Stacked(unrolled.steps(), unrolled.batch(), readout.hidden());
        byWayOfAnswers(own);
        BackPropagationThroughTime single = unrolled.backward();
        List<Stacked> terms = single.derivatives();
        List<Stacked> sums = derivatives();
        sums.forEach(sum -> sum.zero(0, unrolled.steps()));
        for (int t = unrolled.steps(); t >= 1; t--) {
            int first = Math.max(1, t - window + 1);
            int earliest = first == 1 ? 0 : first; // the way may end at the initial state
            single.dH.zero(first - 1, t - 1);
            single.dH.steps(t, t).set(own.steps(t, t));
            single.through(t, first);
            for (int i = 0; i < sums.size(); i++) {
                sums.get(i).add(terms.get(i), earliest, t);
            }
        }
    }

    private void through(int last, int first) {
        begin(last);
        Parallel.forEach(unrolled.batch(), UnrolledNetwork.SEQUENCES, (from, to) -> {
            for (int t = last; t >= first; t--) {
                Interrupts.check("back-propagation interrupted at step %d", t);
                step(t, from, to);
            }
        });
    }

    /** Called before step t, the first on the way back: nothing comes from later ones. */
    abstract void begin(int t);

    /**
     * Goes from step t back to t - 1: finds dC/dz_t and what it adds to the derivatives of the state before.
     *
     * @param from the first of the sequences for which it does so
     * @param to the one after the last
     */
    abstract void step(int t, int from, int to);

    /** The derivatives with respect to states and pre-activations of all steps. */
    abstract List<Stacked> derivatives();

    /** The gradients of the layer's parameters, in their order, from dC/dz_t. */
    abstract Map<String, SimpleMatrix> parameterGradients();

    /** dC/dx_t, stacked: (T B) x d. */
    abstract SimpleMatrix inputGradient();

    /** dC/ds_t: B x stateSize. */
    abstract SimpleMatrix state(int t);

    final int steps() {
        return unrolled.steps();
    }
}
