package nabla.math;

import java.util.random.RandomGenerator;
import nabla.math.fast.BinaryUnits;
import nabla.math.fast.Uniforms;
import org.ejml.simple.SimpleMatrix;

/** Random matrices. The generator is always an argument: the same seed gives the same numbers. */
public final class Randoms {
    private Randoms() {}

    /**
     * Independent coin flips. All of them come from one stream of {@link Uniforms}, whose key is the next number of the generator.
     *
     * @param probabilities any shape, the probability of a 1 for each element; not modified
     * @return 0/1 matrix of the same shape
     */
    public static SimpleMatrix bernoulli(SimpleMatrix probabilities, RandomGenerator rng) {
        Require.probabilities("probabilities", probabilities);
        Require.present("rng", rng);
        SimpleMatrix states = probabilities.copy();
        BinaryUnits.flip(states.getDDRM(), rng.nextLong());
        return states;
    }

    /**
     * A matrix of independent normal numbers with mean 0.
     *
     * @param deviation the standard deviation, not negative
     */
    public static SimpleMatrix normal(int rows, int columns, double deviation, RandomGenerator rng) {
        Require.size("rows", rows, "columns", columns);
        Require.between("deviation", deviation, 0, Double.MAX_VALUE);
        Require.present("rng", rng);
        return Functions.map(new SimpleMatrix(rows, columns), zero -> deviation * rng.nextGaussian());
    }

    /**
     * A number from 0 to {@code n - 1}, number i with probability p[first + i].
     *
     * @param p probabilities, not modified; what they lack to a sum of 1 goes to the last one
     * @param n how many, at least 1
     * @param u uniform in [0, 1): the draw is the first number up to which the probabilities add up to more
     */
    public static int choose(double[] p, int first, int n, double u) {
        int i = 0;
        for (double sum = p[first]; i < n - 1 && sum <= u; sum += p[first + i]) {
            i++;
        }
        return i;
    }

    /** The numbers 0 to {@code n - 1} in random order (Fisher and Yates). */
    public static int[] permutation(int n, RandomGenerator rng) {
        Require.atLeast("n", n, 0);
        Require.present("rng", rng);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            Interrupts.check("permutation interrupted at number %d", i);
            int j = rng.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
