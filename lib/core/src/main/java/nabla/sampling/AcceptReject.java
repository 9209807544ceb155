package nabla.sampling;

import java.util.random.RandomGenerator;
import nabla.energy.EnergyModel;
import nabla.math.Require;

/** A step that takes a candidate or stays, by the ratio of their probabilities. */
abstract class AcceptReject implements Transition {
    private final EnergyModel model;
    private final Proposal proposal;

    AcceptReject(EnergyModel model, Proposal proposal) {
        Require.present("model", model);
        Require.present("proposal", proposal);
        this.model = model;
        this.proposal = proposal;
    }

    /**
     * Whether the candidate is taken.
     *
     * @param logRatio log p(x') q(x | x') - log p(x) q(x' | x)
     * @param u uniform in [0, 1)
     */
    abstract boolean accepts(double logRatio, double u);

    @Override
    public final boolean step(double[] x, RandomGenerator rng) {
        requireState("x", x);
        Require.present("rng", rng);
        double[] candidate = new double[x.length];
        proposal.propose(x, candidate, rng);
        double logRatio = model.energy(x) - model.energy(candidate) + proposal.logRatio(x, candidate);
        // one number for each step, whether it is needed or not: the stream does not depend on rounding
        boolean accepted = accepts(logRatio, rng.nextDouble());
        if (accepted) {
            System.arraycopy(candidate, 0, x, 0, x.length);
        }
        return accepted;
    }

    @Override
    public final void requireState(String name, double[] x) {
        Require.length(name, x, model.units());
    }
}
