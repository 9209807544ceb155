package nabla.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** A model that has parameters, and can be moved in their space. */
public interface Learner {
    /** The parameters by name, in a fixed order: the matrices themselves, not copies. */
    Map<String, SimpleMatrix> parameters();

    /**
     * Takes one step: every parameter becomes itself plus {@code rate} times its part of the direction.
     *
     * @param rate the learning rate; negative to go down
     * @param direction not modified
     * @throws IllegalArgumentException if names or shapes do not fit or a number is not finite, before anything is changed
     * @throws ArithmeticException if a parameter would become infinite, before anything is changed; names it
     */
    default void move(double rate, Direction direction) {
        Map<String, SimpleMatrix> parameters = parameters();
        Require.between("rate", rate, -Double.MAX_VALUE, Double.MAX_VALUE);
        Direction.requireFitting("direction", direction, parameters);
        parameters.forEach((name, x) -> Require.finite("direction of " + name, direction.of(name)));
        Map<String, SimpleMatrix> moved = new LinkedHashMap<>();
        parameters.forEach((name, x) -> moved.put(name, x.plus(rate, direction.of(name))));
        moved.forEach((name, x) -> {
            if (x.hasUncountable()) {
                throw new ArithmeticException("rate: expected a step after which " + name + " is finite, got " + rate);
            }
        });
        parameters.forEach((name, x) -> x.setTo(moved.get(name)));
    }
}
