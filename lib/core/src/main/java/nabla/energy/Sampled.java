package nabla.energy;

/** A model whose states can be drawn by Gibbs sampling, all hidden units and all visible units in turn. */
public interface Sampled extends Learnable {
    /** New chains, which have no states yet. They follow the model when it is changed. */
    GibbsChains chains();
}
