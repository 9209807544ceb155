package nabla.recurrent;

import java.util.List;
import java.util.Map;
import nabla.math.fast.Blas;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/** Back-propagation through time of an {@link Rnn}. */
final class RnnBackPropagation extends BackPropagationThroughTime {
    private final Rnn rnn;
    private final UnrolledRnn unrolled;

    /** dC/dz_1, ..., dC/dz_T. */
    private final Stacked dZ;

    private final SimpleMatrix dU;
    private final SimpleMatrix dW;
    private final SimpleMatrix db;

    RnnBackPropagation(Rnn rnn, UnrolledRnn unrolled) {
        super(unrolled);
        this.rnn = rnn;
        this.unrolled = unrolled;
        dZ = new Stacked(unrolled.steps(), unrolled.batch(), rnn.hidden());
        dU = new SimpleMatrix(rnn.hidden(), rnn.inputs());
        dW = new SimpleMatrix(rnn.hidden(), rnn.hidden());
        db = new SimpleMatrix(rnn.hidden(), 1);
    }

    @Override
    void begin(int t) {}

    @Override
    void step(int t, int from, int to) {
        int start = dZ.start(t, from);
        int end = dZ.start(t, to);
        System.arraycopy(dH.data, start, dZ.data, start, end - start);
        rnn.activation().timesSlope(unrolled.H.data, dZ.data, start, end);
        Blas.multAdd(dZ.part(t, from, to), Part.of(rnn.W.getDDRM()), dH.part(t - 1, from, to));
    }

    @Override
    List<Stacked> derivatives() {
        return List.of(dH, dZ);
    }

    @Override
    Map<String, SimpleMatrix> parameterGradients() {
        Part dz = dZ.steps(1, steps());
        Blas.mult(dz.transpose(), unrolled.inputs(), Part.of(dU.getDDRM()));
        Blas.mult(dz.transpose(), unrolled.H.steps(0, steps() - 1), Part.of(dW.getDDRM()));
        dz.sumRows(db.getDDRM().data);
        return Rnn.named(dU, dW, db);
    }

    @Override
    SimpleMatrix inputGradient() {
        SimpleMatrix dX = new SimpleMatrix(steps() * unrolled.batch(), rnn.inputs());
        Blas.mult(dZ.steps(1, steps()), Part.of(rnn.U.getDDRM()), Part.of(dX.getDDRM()));
        return dX;
    }

    @Override
    SimpleMatrix state(int t) {
        return dH.at(t);
    }
}
