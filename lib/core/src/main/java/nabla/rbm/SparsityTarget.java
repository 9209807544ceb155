package nabla.rbm;

import java.util.random.RandomGenerator;
import nabla.energy.GradientEstimator;
import nabla.math.Functions;
import nabla.math.Require;
import nabla.math.Rows;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/**
 * The gradient of the likelihood minus a penalty that draws each hidden unit to be on in a given share of the examples (Lee, Ekanadham and
 * Ng 2008, <i>Sparse Deep Belief Net Model for Visual Area V2</i>, equation 6; Hinton 2012, section 11):
 *
 * <pre>lambda times the sum over j of (p - mean over the batch of p(h_j = 1 | v))^2</pre>
 *
 * <p>Its whole slope is taken, in W and in b.
 */
public final class SparsityTarget implements GradientEstimator<Rbm> {
    private final GradientEstimator<? super Rbm> likelihood;
    private final double p;
    private final double lambda;

    /**
     * An estimator of the likelihood with the penalty.
     *
     * @param p the target, between 0 and 1; 0.01 to 0.1 in Hinton's guide
     * @param lambda not negative
     */
    public SparsityTarget(GradientEstimator<? super Rbm> likelihood, double p, double lambda) {
        Require.present("likelihood", likelihood);
        Require.between("p", p, 0.0, 1.0);
        Require.between("lambda", lambda, 0, 1e6);
        this.likelihood = likelihood;
        this.p = p;
        this.lambda = lambda;
    }

    /** The penalty of a batch, N x m. */
    public double penalty(Rbm model, SimpleMatrix batch) {
        Require.present("model", model);
        SimpleMatrix missing = Functions.map(Rows.mean(model.hiddenProbabilities(batch)), mean -> p - mean);
        return lambda * missing.dot(missing);
    }

    @Override
    public Direction estimate(Rbm model, SimpleMatrix batch, RandomGenerator rng) {
        Direction gradient = likelihood.estimate(model, batch, rng);
        SimpleMatrix H = model.hiddenProbabilities(batch);
        SimpleMatrix mean = Rows.mean(H);
        // minus the slope of the penalty by the input of unit j in example k: 2 lambda / N (p - mean_j) h_kj (1 - h_kj)
        SimpleMatrix slope = H.elementOp((k, j, h) -> 2 * lambda / H.getNumRows() * (p - mean.get(j)) * h * (1 - h));
        gradient.of("W").setTo(gradient.of("W").plus(batch.transpose().mult(slope)));
        gradient.of("b").setTo(gradient.of("b").plus(H.getNumRows(), Rows.mean(slope)));
        return gradient;
    }
}
