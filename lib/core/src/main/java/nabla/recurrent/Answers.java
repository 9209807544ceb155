package nabla.recurrent;

import nabla.math.Functions;
import nabla.math.fast.Blas;
import nabla.math.fast.Parallel;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/** What a read-out answers to the hidden states of all steps, stacked: a row for each sequence and step. */
final class Answers {
    private static final int ROWS = 64; // worth the while of another thread

    /** V h + c. */
    final SimpleMatrix logits;

    /** The answers: softmax(logits), or the logits themselves of a linear read-out. */
    final SimpleMatrix yHat;

    /** Of a softmax, the log of the sum of e^logit for each row. */
    final double[] logSums;

    private final Readout readout;

    Answers(Readout readout, int rows) {
        this.readout = readout;
        logits = new SimpleMatrix(rows, readout.outputs());
        yHat = readout.isSoftmax() ? new SimpleMatrix(rows, readout.outputs()) : logits;
        logSums = new double[readout.isSoftmax() ? rows : 0];
    }

    /** Answers to these states, a row for each. */
    void compute(Part H) {
        Part b = Part.of(logits.getDDRM());
        b.setRows(readout.c.getDDRM().data);
        Blas.multAdd(H, Part.transposeOf(readout.V.getDDRM()), b);
        if (readout.isSoftmax()) {
            Parallel.forEach(logSums.length, ROWS, this::softmax);
        }
    }

    private void softmax(int from, int to) {
        int k = readout.outputs();
        double[] p = yHat.getDDRM().data;
        System.arraycopy(logits.getDDRM().data, from * k, p, from * k, (to - from) * k);
        Functions.softmaxRows(p, k, from, to, logSums);
    }
}
