package nabla.optim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** Which parameters are drawn towards zero, and how much: the penalty is decay/2 times the sum of their squares. */
record WeightDecay(double decay, Set<String> names) {
    static final WeightDecay NONE = new WeightDecay(0, Set.of());

    static WeightDecay of(double decay, String... names) {
        Require.between("decay", decay, 0, 1e6);
        Require.present("names", names);
        Require.atLeast("number of names", names.length, 1);
        return new WeightDecay(decay, new LinkedHashSet<>(List.of(names)));
    }

    /** Of one parameter: 0 if it is not among the names. */
    double of(String name) {
        return names.contains(name) ? decay : 0;
    }

    /** The slope of the penalty: decay x, or zero. */
    Direction slope(Learner model) {
        Map<String, SimpleMatrix> parameters = model.parameters();
        requireParameters(parameters.keySet());
        Map<String, SimpleMatrix> slope = new LinkedHashMap<>();
        parameters.forEach((name, x) -> slope.put(name, x.scale(of(name))));
        return Direction.of(slope);
    }

    void requireParameters(Set<String> parameters) {
        if (!parameters.containsAll(names)) {
            throw new IllegalArgumentException(
                    "names of weight decay: expected some of " + parameters + ", got " + names);
        }
    }
}
