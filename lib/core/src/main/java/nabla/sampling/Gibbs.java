package nabla.sampling;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nabla.energy.Conditionals;
import nabla.math.Require;

/**
 * Gibbs sampling (Geman and Geman 1984): units are drawn from their distributions given all others. Nothing is ever turned down, and the
 * distribution of the model is left as it is by each single draw.
 */
public final class Gibbs {
    private Gibbs() {}

    /** Gibbs sampling of the units of a model, in some order. */
    private static final class Sweep implements Transition {
        private final Conditionals model;
        private final Transition order;

        Sweep(Conditionals model, Transition order) {
            this.model = model;
            this.order = order;
        }

        @Override
        public boolean step(double[] x, RandomGenerator rng) {
            Require.length("x", x, model.units());
            Require.present("rng", rng);
            return order.step(x, rng);
        }

        @Override
        public void requireState(String name, double[] x) {
            Require.length(name, x, model.units());
        }
    }

    /** All units in their order, each given what was drawn before it: one sweep is one step. */
    public static Transition systematic(Conditionals model) {
        Require.present("model", model);
        return new Sweep(model, (x, rng) -> {
            for (int unit = 0; unit < model.units(); unit++) {
                x[unit] = model.draw(unit, x, rng);
            }
            return true;
        });
    }

    /** One unit in each step, any of them with the same probability. */
    public static Transition randomScan(Conditionals model) {
        Require.present("model", model);
        return new Sweep(model, (x, rng) -> {
            int unit = rng.nextInt(model.units());
            x[unit] = model.draw(unit, x, rng);
            return true;
        });
    }

    /**
     * Block after block, all units of a block at once, given the others: one sweep over the blocks is one step. This is Gibbs sampling only
     * where the units of a block do not depend on each other given the others, such as a layer of a restricted Boltzmann machine.
     *
     * @param blocks the units of each block; every unit of the model in exactly one
     */
    public static Transition blocks(Conditionals model, int[]... blocks) {
        Require.present("model", model);
        Require.present("blocks", blocks);
        int[] seen = new int[model.units()];
        for (int[] block : blocks) {
            for (int unit : block) {
                Require.between("unit in blocks", unit, 0, model.units() - 1);
                seen[unit]++;
            }
        }
        for (int unit = 0; unit < seen.length; unit++) {
            if (seen[unit] != 1) {
                throw new IllegalArgumentException(
                        "blocks: expected every unit in one block, got unit " + unit + " in " + seen[unit]);
            }
        }
        return new Sweep(model, (x, rng) -> {
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
        });
    }

    /** The units from {@code from} up to but without {@code to}, as a block. */
    public static int[] range(int from, int to) {
        Require.atLeast("to", to, from);
        Require.atLeast("from", from, 0);
        return IntStream.range(from, to).toArray();
    }
}
