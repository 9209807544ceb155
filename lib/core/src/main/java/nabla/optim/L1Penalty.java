package nabla.optim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** Which parameters are drawn towards zero by a constant force: the penalty is lambda times the sum of their absolute values. */
record L1Penalty(double lambda, Set<String> names) {
    static L1Penalty of(double lambda, String... names) {
        Require.between("lambda", lambda, 0, 1e6);
        Require.present("names", names);
        Require.atLeast("number of names", names.length, 1);
        return new L1Penalty(lambda, new LinkedHashSet<>(List.of(names)));
    }

    /** The slope of the penalty: lambda times the sign, 0 at 0. */
    Direction slope(Learner model) {
        Map<String, SimpleMatrix> parameters = model.parameters();
        if (!parameters.keySet().containsAll(names)) {
            throw new IllegalArgumentException(
                    "names of the L1 penalty: expected some of " + parameters.keySet() + ", got " + names);
        }
        Map<String, SimpleMatrix> slope = new LinkedHashMap<>();
        parameters.forEach((name, x) -> {
            double of = names.contains(name) ? lambda : 0;
            slope.put(name, x.elementOp((row, column, xi) -> of * Math.signum(xi)));
        });
        return Direction.of(slope);
    }
}
