package nabla.optim;

import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Examples for supervised training: what goes in, and what should come out. Held, not copied.
 *
 * @param X inputs, N x d
 * @param Y targets, N x k: numbers, or the probabilities of k classes
 */
public record Examples(SimpleMatrix X, SimpleMatrix Y) {
    /**
     * Examples.
     *
     * @throws IllegalArgumentException if there is none, or X and Y have not the same number of rows
     */
    public Examples {
        Require.matrix("X", X);
        Require.matrix("Y", Y);
        Require.atLeast("rows of X", X.getNumRows(), 1);
        if (Y.getNumRows() != X.getNumRows()) {
            throw new IllegalArgumentException(
                    "Y: expected " + X.getNumRows() + " rows as X has, got " + Y.getNumRows());
        }
    }

    /**
     * Examples with labels: every target has a 1 for its class, otherwise zeros.
     *
     * @param labels one for each row of X, from 0 to {@code classes} - 1
     * @param classes k, at least 2
     * @throws IllegalArgumentException if there are not as many labels as rows, or a label is out of range
     */
    public static Examples labelled(SimpleMatrix X, int[] labels, int classes) {
        Require.matrix("X", X);
        Require.present("labels", labels);
        Require.atLeast("classes", classes, 2);
        Require.size("labels", labels.length, "classes", classes);
        SimpleMatrix Y = new SimpleMatrix(labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            Require.between("labels[" + i + "]", labels[i], 0, classes - 1);
            Y.set(i, labels[i], 1);
        }
        return new Examples(X, Y);
    }

    /** N, how many there are. */
    public int count() {
        return X.getNumRows();
    }
}
