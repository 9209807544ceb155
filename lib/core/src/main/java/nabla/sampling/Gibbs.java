package nabla.sampling;

import java.util.stream.IntStream;
import nabla.energy.Conditionals;
import nabla.math.Require;

/**
 * Gibbs sampling (Geman and Geman 1984): units are drawn from their distributions given all others. Nothing is ever turned down, and the
 * distribution of the model is left as it is by each single draw.
 */
public final class Gibbs {
    private Gibbs() {}

    /** All units in their order, each given what was drawn before it: one sweep is one step. */
    public static Transition systematic(Conditionals model) {
        return (x, rng) -> {
            for (int unit = 0; unit < model.units(); unit++) {
                x[unit] = model.draw(unit, x, rng);
            }
            return true;
        };
    }

    /** One unit in each step, any of them with the same probability. */
    public static Transition randomScan(Conditionals model) {
        return (x, rng) -> {
            int unit = rng.nextInt(model.units());
            x[unit] = model.draw(unit, x, rng);
            return true;
        };
    }

    /**
     * Block after block, all units of a block at once, given the others: one sweep over the blocks is one step. This is Gibbs sampling only
     * where the units of a block do not depend on each other given the others, such as a layer of a restricted Boltzmann machine.
     *
     * @param blocks the units of each block; every unit of the model in exactly one
     */
    public static Transition blocks(Conditionals model, int[]... blocks) {
        int[] seen = new int[model.units()];
        for (int[] block : blocks) {
            for (int unit : block) {
                Require.between("unit of a block", unit, 0, model.units() - 1);
                seen[unit]++;
            }
        }
        for (int unit = 0; unit < seen.length; unit++) {
            if (seen[unit] != 1) {
                throw new IllegalArgumentException(
                        "blocks: expected every unit in one block, got unit " + unit + " in " + seen[unit]);
            }
        }
        return (x, rng) -> {
            for (int[] block : blocks) {
                double[] drawn = new double[block.length];
                for (int i = 0; i < block.length; i++) {
                    drawn[i] = model.draw(block[i], x, rng);
                }
                for (int i = 0; i < block.length; i++) {
                    x[block[i]] = drawn[i];
                }
            }
            return true;
        };
    }

    /** The units from {@code from} up to but without {@code to}, as a block. */
    public static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
