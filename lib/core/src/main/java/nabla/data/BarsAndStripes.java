package nabla.data;

import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Bars and stripes (MacKay 2003, <i>Information Theory, Inference, and Learning Algorithms</i>, chapter 43): square images
 * in which every row, or every column, has one colour. Small enough for exact likelihoods, hard enough for sampling to fail.
 */
public final class BarsAndStripes {
    private BarsAndStripes() {}

    /**
     * All patterns: first the 2^side images of rows, then the 2^side images of columns. The empty and the full image are in
     * both, so that they come twice, and the entropy of a row drawn at random is 3.379 nats for side 4.
     *
     * @param side from 1 to 10
     * @return 2 * 2^side rows of side * side pixels, 0 or 1, row by row
     */
    public static SimpleMatrix all(int side) {
        Require.between("side", side, 1, 10);
        int half = 1 << side;
        SimpleMatrix V = new SimpleMatrix(2 * half, side * side);
        for (int code = 0; code < half; code++) {
            for (int line = 0; line < side; line++) {
                if ((code >> line & 1) == 1) {
                    for (int across = 0; across < side; across++) {
                        V.set(code, line * side + across, 1);
                        V.set(half + code, across * side + line, 1);
                    }
                }
            }
        }
        return V;
    }

    /**
     * The largest mean log-likelihood that any model can reach on {@link #all}: minus the entropy of its rows.
     *
     * @return nats per example
     */
    public static double bestLogLikelihood(int side) {
        Require.between("side", side, 1, 10);
        double rows = 2.0 * (1 << side);
        return -Math.log(rows) + 4 / rows * Math.log(2);
    }
}
