package nabla.sampling;

import java.util.random.RandomGenerator;

/** One step of a Markov chain. It keeps nothing between steps, so that any number of chains can share it. */
@FunctionalInterface
public interface Transition {
    /**
     * Moves the state.
     *
     * @param x the state, changed in place
     * @return whether the step was accepted: false where a proposal was turned down and the state stays; always true where nothing is
     *     ever turned down
     */
    boolean step(double[] x, RandomGenerator rng);

    /**
     * Checks, before the first of many steps, that a state has as many numbers as the chain moves. A chain that could move any does not.
     *
     * @param name of the state, for the message
     * @throws IllegalArgumentException if it has not
     */
    default void requireState(String name, double[] x) {}
}
