package nabla.energy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.optim.Direction;
import org.ejml.simple.SimpleMatrix;

/** Chains of a model of binary units any two of which may be coupled: unit after unit is drawn given all others. */
final class SiteChains<M extends BinaryModel & Learnable> implements GibbsChains {
    private final M model;
    private SimpleMatrix x = new SimpleMatrix(0, 0); // all units, the visible ones first
    private boolean hiddenDrawn;

    SiteChains(M model) {
        this.model = model;
    }

    /** Hidden units begin switched off. */
    @Override
    public void startAt(SimpleMatrix V) {
        Require.exampleShape("V", V, model.visible());
        Require.states("V", V, model.off());
        x = new SimpleMatrix(V.getNumRows(), model.units());
        x.fill(model.off());
        x.insertIntoThis(0, 0, V);
        hiddenDrawn = false;
    }

    @Override
    public void startAt(GibbsChains other) {
        Require.present("other", other);
        startAt(other.states());
    }

    @Override
    public void startAnywhere(int count, RandomGenerator rng) {
        Require.size("count", count, "units", model.units());
        Require.atLeast("count", count, 1);
        Require.present("rng", rng);
        SimpleMatrix V = new SimpleMatrix(count, model.visible());
        for (int e = 0; e < V.getNumElements(); e++) {
            V.set(e, rng.nextBoolean() ? 1 : model.off());
        }
        startAt(V);
    }

    @Override
    public void drawHidden(RandomGenerator rng) {
        draw(model.visible(), model.units(), rng);
        hiddenDrawn = true;
    }

    @Override
    public void drawVisible(RandomGenerator rng) {
        if (!hiddenDrawn) {
            throw new IllegalStateException("chains: draw the hidden units first");
        }
        draw(0, model.visible(), rng);
    }

    private void draw(int from, int to, RandomGenerator rng) {
        Require.present("rng", rng);
        int d = model.units();
        double[] all = x.getDDRM().data;
        for (int chain = 0; chain < x.getNumRows(); chain++) {
            Interrupts.check("sampling interrupted at chain %d", chain);
            double[] state = Arrays.copyOfRange(all, chain * d, (chain + 1) * d);
            for (int unit = from; unit < to; unit++) {
                state[unit] = model.draw(unit, state, rng);
            }
            System.arraycopy(state, 0, all, chain * d, d);
        }
    }

    @Override
    public SimpleMatrix states() {
        return x.cols(0, model.visible());
    }

    @Override
    public void slope(double weight, Direction into) {
        requireFitting(weight, into);
        into.matrices().values().forEach(SimpleMatrix::zero);
        addSlope(weight, into);
    }

    private void requireFitting(double weight, Direction into) {
        Require.finite("weight", weight);
        Direction.requireFitting("into", into, model.parameters());
    }

    @Override
    public void addSlope(double weight, Direction into) {
        requireFitting(weight, into);
        SimpleMatrix weights = new SimpleMatrix(x.getNumRows(), 1);
        weights.fill(weight);
        model.addSlope(states(), weights, into);
    }
}
