package nabla.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * A direction in the space of a model's parameters: one matrix for each of them, under its name and in its shape. Gradients are directions,
 * exact or estimated, and so are the steps of an optimiser and the expectations that a likelihood gradient is the difference of.
 *
 * <p>The arithmetic answers new directions. The matrices themselves are not copied by {@link #of}: who computes a gradient again and again
 * writes it into the same ones.
 */
public final class Direction {
    private final Map<String, SimpleMatrix> matrices;

    private Direction(Map<String, SimpleMatrix> matrices) {
        this.matrices = Collections.unmodifiableMap(matrices);
    }

    /**
     * The direction of these matrices, which it holds (they are not copied).
     *
     * @param matrices by the names of the parameters, whose order is kept
     */
    public static Direction of(Map<String, SimpleMatrix> matrices) {
        requireMatrices("matrices", matrices);
        return new Direction(new LinkedHashMap<>(matrices));
    }

    /** Zero, in the shapes of these parameters. */
    public static Direction zeros(Map<String, SimpleMatrix> parameters) {
        requireMatrices("parameters", parameters);
        return map(parameters, x -> new SimpleMatrix(x.getNumRows(), x.getNumCols()));
    }

    private static void requireMatrices(String name, Map<String, SimpleMatrix> matrices) {
        Require.present(name, matrices);
        matrices.forEach((key, x) -> Require.parameter(key + " of " + name, x));
    }

    /** The names of the parameters, in order. */
    public Set<String> names() {
        return matrices.keySet();
    }

    /**
     * The part that belongs to one parameter: the matrix itself, not a copy.
     *
     * @param name such as {@code W}
     * @throws IllegalArgumentException if there is no such parameter
     */
    public SimpleMatrix of(String name) {
        SimpleMatrix matrix = matrices.get(name);
        if (matrix == null) {
            throw new IllegalArgumentException("name: expected one of " + names() + ", got " + name);
        }
        return matrix;
    }

    /** All parts by name: the matrices themselves, in a map that cannot be changed. */
    public Map<String, SimpleMatrix> matrices() {
        return matrices;
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if names or shapes differ
     */
    public Direction plus(Direction other) {
        return plus(1, other);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if names or shapes differ
     */
    public Direction minus(Direction other) {
        return plus(-1, other);
    }

    /** This direction plus {@code factor} times the other one. */
    private Direction plus(double factor, Direction other) {
        requireFitting("other", other, matrices);
        Map<String, SimpleMatrix> sum = new LinkedHashMap<>();
        matrices.forEach((name, x) -> sum.put(name, x.plus(factor, other.of(name))));
        return new Direction(sum);
    }

    /** This direction, {@code factor} times as long. */
    public Direction scale(double factor) {
        Require.finite("factor", factor);
        return map(matrices, x -> x.scale(factor));
    }

    /** The same direction in matrices of its own. */
    public Direction copy() {
        return map(matrices, SimpleMatrix::copy);
    }

    /**
     * The Euclidean length over all elements of all matrices.
     *
     * @return NaN or infinity if an element is; infinity also where the length itself is too large for a number
     */
    public double norm() {
        return Norm.of(matrices);
    }

    /**
     * This direction itself if it is at most so long, otherwise a shorter one that points the same way.
     *
     * @param largest positive
     * @throws ArithmeticException if an element is NaN or infinite; names the parameter
     */
    public Direction clipped(double largest) {
        requirePositive("largest", largest);
        double factor = Norm.clippingFactor(this, largest);
        return factor == 1 ? this : scale(factor);
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": expected a positive number, got " + value);
        }
    }

    /**
     * Checks that there is a direction, and that it is one in the space of these parameters.
     *
     * @param name of the direction, for the message
     * @throws IllegalArgumentException if it is null, or names or shapes differ
     */
    public static void requireFitting(String name, Direction direction, Map<String, SimpleMatrix> parameters) {
        Require.present(name, direction);
        if (!direction.names().equals(parameters.keySet())) {
            throw new IllegalArgumentException(
                    name + ": expected the parameters " + parameters.keySet() + ", got " + direction.names());
        }
        direction.matrices.forEach((parameter, x) -> {
            SimpleMatrix expected = parameters.get(parameter);
            if (x.getNumRows() != expected.getNumRows() || x.getNumCols() != expected.getNumCols()) {
                throw new IllegalArgumentException("%s of %s: expected %dx%d, got %dx%d"
                        .formatted(
                                name,
                                parameter,
                                expected.getNumRows(),
                                expected.getNumCols(),
                                x.getNumRows(),
                                x.getNumCols()));
            }
        });
    }

    private static Direction map(Map<String, SimpleMatrix> matrices, UnaryOperator<SimpleMatrix> f) {
        Map<String, SimpleMatrix> mapped = new LinkedHashMap<>();
        matrices.forEach((name, x) -> mapped.put(name, f.apply(x)));
        return new Direction(mapped);
    }

    /** The names and matrices, one after the other. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        matrices.forEach((name, x) -> text.append(name).append(": ").append(x).append('\n'));
        return text.toString();
    }
}
