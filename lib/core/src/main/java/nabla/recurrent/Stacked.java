package nabla.recurrent;

import java.util.Arrays;
import nabla.math.fast.Part;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * A matrix with a row for each of the B sequences of a batch, for every step from 0 to T, all below each other: row t B + b belongs to
 * step t of sequence b. An element has the same place in all stacked matrices of the same width.
 */
final class Stacked {
    /** All elements, row by row. */
    final double[] data;

    /** From an element at one step to the same at the next. */
    final int step;

    private final int batch;
    private final int width;
    private final DMatrixRMaj matrix;
    private final Part all;

    /** Zeros. */
    Stacked(int steps, int batch, int width) {
        this.batch = batch;
        this.width = width;
        step = batch * width;
        matrix = new DMatrixRMaj((steps + 1) * batch, width);
        data = matrix.data;
        all = Part.of(matrix);
    }

    /** Where the elements of a sequence at step t begin. */
    int start(int t, int sequence) {
        return t * step + sequence * width;
    }

    /** The sequences from {@code from} up to but without {@code to} at step t. */
    Part part(int t, int from, int to) {
        return all.rows(t * batch + from, t * batch + to);
    }

    /** All sequences at the steps from {@code first} to {@code last}. */
    Part steps(int first, int last) {
        return all.rows(first * batch, (last + 1) * batch);
    }

    /** A copy of all sequences at step t: B x width. */
    SimpleMatrix at(int t) {
        return SimpleMatrix.wrap(matrix).rows(t * batch, (t + 1) * batch);
    }

    /** Sets the steps from {@code first} to {@code last} to zero. */
    void zero(int first, int last) {
        Arrays.fill(data, first * step, (last + 1) * step, 0);
    }

    /** Adds the steps from {@code first} to {@code last} of another one of the same sizes. */
    void add(Stacked other, int first, int last) {
        for (int e = first * step; e < (last + 1) * step; e++) {
            data[e] += other.data[e];
        }
    }
}
