package nabla.rbm;

import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/**
 * The centred gradient of an RBM (Montavon and Müller 2012; Melchior, Fischer and Wiskott 2016, <i>How to Center Deep
 * Boltzmann Machines</i>, equations 11 to 13): that of the likelihood in a parametrisation by v - mu and h - lambda, written for the usual
 * parameters. With mu and lambda the means over the batch of v and p(h | v), and d standing for data minus model,
 *
 * <pre>
 * W: d (v - mu)(h - lambda)' = d vh' - (d v) lambda' - mu (d h)'
 * a: d v - (W part) lambda,    b: d h - (W part)' mu
 * </pre>
 *
 * (for {@link Gaussian} units, where the slope in a is the difference of v over sigma², both times sigma².)
 *
 * <p>It points uphill, too, and does not care whether a 1 in the data means black or white.
 */
public final class CentredGradient implements GradientEstimator<Rbm> {
    private final GradientEstimator<? super Rbm> likelihood;

    /** The centred form of whatever another estimator estimates. */
    public CentredGradient(GradientEstimator<? super Rbm> likelihood) {
        Require.present("likelihood", likelihood);
        this.likelihood = likelihood;
    }

    @Override
    public Direction estimate(Rbm model, SimpleMatrix batch, RandomGenerator rng) {
        Direction gradient = likelihood.estimate(model, batch, rng);
        SimpleMatrix mu = Rows.mean(batch);
        SimpleMatrix lambda = Rows.mean(model.hiddenProbabilities(batch));
        SimpleMatrix W = gradient.of("W");
        SimpleMatrix a = gradient.of("a");
        SimpleMatrix b = gradient.of("b");
        double perBias =
                model.visibleUnits() instanceof Gaussian g ? g.sigma() * g.sigma() : 1; // d v by the slope in a
        W.setTo(W.plus(-perBias, a.mult(lambda.transpose())).minus(mu.mult(b.transpose())));
        a.setTo(a.plus(-perBias, W.mult(lambda)));
        b.setTo(b.minus(W.transpose().mult(mu)));
        return gradient;
    }
}
