package nabla.adversarial;

import java.util.function.DoubleUnaryOperator;
import nabla.math.Divergence;
import nabla.math.Require;

/**
 * The best answer to a fixed generator (Goodfellow and others 2014, proposition 1 and theorem 1): D*(x) = p_data(x) / (p_data(x) + p_g(x)).
 * With it the value of the game is V(D*, G) = - log 4 + 2 JSD(p_data, p_g), in nats.
 */
public final class OptimalDiscriminator {
    private static final double LOG_4 = Math.log(4);

    private OptimalDiscriminator() {}

    /**
     * D* at a point.
     *
     * @param pData probability or density of the data there, not negative
     * @param pG of what is generated; not both are 0
     */
    public static double at(double pData, double pG) {
        if (!(pData >= 0 && pG >= 0 && pData + pG > 0 && Double.isFinite(pData + pG))) {
            throw new IllegalArgumentException(
                    "pData and pG: expected finite numbers, none negative, and not both 0, got " + pData + " and "
                            + pG);
        }
        return pData / (pData + pG);
    }

    /** V(D*, G) over finitely many points. */
    public static double value(double[] pData, double[] pG) {
        Require.distribution("pData", pData);
        Require.distribution("pG", pG);
        return -LOG_4 + 2 * Divergence.jensenShannon(pData, pG);
    }

    /** V(D*, G) for densities, with all but nothing of their probability between {@code from} and {@code to}. */
    public static double value(DoubleUnaryOperator pData, DoubleUnaryOperator pG, double from, double to) {
        Require.present("pData", pData);
        Require.present("pG", pG);
        return -LOG_4 + 2 * Divergence.jensenShannon(pData, pG, from, to);
    }
}
