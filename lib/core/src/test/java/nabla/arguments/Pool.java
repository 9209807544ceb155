package nabla.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import nabla.adversarial.Gan;
import nabla.data.Characters;
import nabla.data.CopyMemory;
import nabla.data.EmbeddedReber;
import nabla.data.Ratings;
import nabla.data.Sampler;
import nabla.data.SequenceBatch;
import nabla.data.SequenceTask;
import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.deep.BackPropagation;
import nabla.deep.Dense;
import nabla.deep.Layer;
import nabla.deep.Network;
import nabla.energy.BoltzmannMachine;
import nabla.energy.GibbsChains;
import nabla.energy.Hopfield;
import nabla.estimate.ExactGradient;
import nabla.latent.Autoencoder;
import nabla.latent.Likelihood;
import nabla.latent.ReconstructionLoss;
import nabla.latent.Vae;
import nabla.math.Activation;
import nabla.math.Initialization;
import nabla.math.LogSum;
import nabla.math.States;
import nabla.math.fast.Parallel;
import nabla.math.fast.Part;
import nabla.math.fast.RowBuffer;
import nabla.optim.Direction;
import nabla.optim.Examples;
import nabla.ratings.RatingRbm;
import nabla.rbm.Gaussian;
import nabla.rbm.Rbm;
import nabla.recurrent.Lstm;
import nabla.recurrent.Readout;
import nabla.recurrent.RecurrentNetwork;
import nabla.recurrent.Rnn;
import nabla.sampling.Gibbs;
import nabla.sampling.Transition;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Good values of every type that a method may ask for, new at each call: models of 3 visible and 2 hidden units, 4 examples. What a method
 * answers is added, so that the pool grows from the numbers and matrices below to everything that can be made of them.
 */
final class Pool {
    private static final int MOST = 6; // makers for each class that is not listed here

    /** Makes one value, a new one each time. */
    @FunctionalInterface
    interface Maker {
        Object make() throws ReflectiveOperationException;
    }

    private final Map<Class<?>, List<Maker>> listed = new LinkedHashMap<>();
    private final Map<Class<?>, List<Maker>> found = new LinkedHashMap<>(); // by the class of the value

    Pool() {
        numbers();
        matrices();
        functions();
        models();
    }

    private void numbers() {
        list(int.class, 2, 1, 3, 4, 0, 10, 7);
        list(long.class, 2L, 1L, 0L);
        list(double.class, 0.5, 1.0, 0.1, 2.0, 0.0);
        list(boolean.class, true, false);
        list(String.class, "W", "name", "BTXSE", "", "cliff");
        make(double[].class, () -> new double[] {1, 0, 1}, () -> new double[] {0.25, 0.75}, () -> new double[] {0, 1});
        make(double[].class, () -> new double[] {1, -1, 1}, () -> new double[] {1, 0, 1, 1, 0}, () -> new double[12]);
        make(double[][].class, () -> new double[][] {{1, 2, 4, 3, 5, 4}, {2, 1, 3, 5, 4, 4}});
        make(int[].class, () -> new int[] {0, 1}, () -> new int[] {0, 1, 1, 0}, () -> new int[] {0, 1, 2});
        make(int[][].class, () -> new int[][] {{0, 1}, {1, 0}}, () -> new int[][] {{0, 1}, {2}});
        make(int[][].class, () -> new int[][] {{0}, {1}, {2}, {3}, {4}});
        make(RandomGenerator.class, () -> new SplittableRandom(1));
    }

    private void matrices() {
        double[][][] elements = {
            {{1, 0, 1}, {0, 1, 1}, {1, 1, 0}, {0, 0, 1}},
            {{.1, -.2}, {.3, .4}, {-.5, .6}},
            {{.1}, {-.2}, {.3}},
            {{.2}, {-.1}},
            {{1, 0}, {0, 1}, {1, 1}, {0, 0}},
            {{0, .1, -.2}, {.1, 0, .3}, {-.2, .3, 0}},
            {{.5, .25, .25}, {.25, .5, .25}, {.25, .25, .5}},
            {{.25}, {.5}, {.25}},
            {{.125}, {.125}, {.125}, {.125}, {.125}, {.125}, {.125}, {.125}},
            {{.1}, {-.2}, {.3}, {.4}},
            {{.1, .2}, {.3, -.4}},
            {{1, -1, 1}, {-1, 1, 1}, {1, 1, -1}, {-1, -1, 1}},
            {{.1, .2, .3, .4}, {.4, .3, .2, .1}},
            {{.5}},
            {{.1, .2, .3, .4, .5}, {.5, .4, .3, .2, .1}, {.3, .4, .5, .1, .2}},
            {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {1, 2}, {3, 4}},
        };
        for (double[][] x : elements) {
            make(SimpleMatrix.class, () -> new SimpleMatrix(x));
            make(DMatrixRMaj.class, () -> new DMatrixRMaj(x));
        }
        make(Map.class, () -> Rbm.random(3, 2, .1, new SplittableRandom(1)).parameters(), Pool::lstmWeights);
        make(
                Direction.class,
                () -> Direction.zeros(
                        Rbm.random(3, 2, .1, new SplittableRandom(1)).parameters()));
        make(List.class, () -> new ArrayList<>(List.of("BTXSE", "BPVVE")), () -> new ArrayList<>(List.of(1, 2)));
        make(List.class, () -> new ArrayList<>(List.of(new SimpleMatrix(2, 3), new SimpleMatrix(2, 3))));
    }

    private static Map<String, SimpleMatrix> lstmWeights() {
        Map<String, SimpleMatrix> weights = new LinkedHashMap<>();
        for (String gate : List.of("f", "i", "C", "o")) {
            weights.put("W" + gate, SimpleMatrix.filled(2, 4, .1));
            weights.put("b" + gate, SimpleMatrix.filled(2, 1, .1));
        }
        return weights;
    }

    private void functions() {
        list(Predicate.class, (Predicate<Object>) x -> true);
        list(Consumer.class, (Consumer<Object>) x -> {});
        list(Supplier.class, (Supplier<Object>) () -> SimpleMatrix.filled(1, 1, 0.5));
        list(DoubleSupplier.class, (DoubleSupplier) () -> 0.5);
        list(DoubleUnaryOperator.class, (DoubleUnaryOperator) x -> 0.5);
        list(ToDoubleFunction.class, (ToDoubleFunction<Object>) x -> 1);
        list(IntToDoubleFunction.class, (IntToDoubleFunction) i -> i);
        list(IntFunction.class, (IntFunction<Object>) i -> "report " + i);
        list(Function.class, (Function<Object, Object>) x -> SimpleMatrix.filled(2, 2, 0.5));
        list(DoubleFunction.class, (DoubleFunction<Transition>) beta -> Gibbs.systematic(machine(3)));
        list(States.Visitor.class, (States.Visitor) (state, changed) -> {});
        list(Parallel.Work.class, (Parallel.Work) (from, to) -> {});
    }

    private void models() {
        make(Rbm.class, () -> Rbm.random(3, 2, .1, new SplittableRandom(1)));
        make(BoltzmannMachine.class, () -> machine(3), () -> machine(5).withHidden(2));
        make(Rbm.class, () -> Rbm.forTraining(new Gaussian(new SimpleMatrix(3, 1)), 2, new SplittableRandom(1)));
        make(Ratings.class, () -> Ratings.table(3, new int[][] {{1, 0, 3}, {2, 2, 0}, {0, 3, 1}, {3, 0, 0}}));
        make(
                RatingRbm.class,
                () -> RatingRbm.forTraining(
                        Ratings.table(3, new int[][] {{1, 0, 3}, {2, 2, 0}}), 2, new SplittableRandom(1)));
        make(Hopfield.class, () -> new Hopfield(machine(3).W, machine(3).b));
        make(Network.class, () -> network(3, 2), () -> network(2, 3), () -> network(3, 1), () -> network(3, 4));
        make(Examples.class, () -> new Examples(SimpleMatrix.filled(4, 3, .5), SimpleMatrix.filled(4, 2, .5)));
        make(Vae.class, () -> new Vae(network(3, 4), network(2, 3), Likelihood.bernoulli()));
        make(Autoencoder.class, () -> new Autoencoder(network(3, 2), network(2, 3), ReconstructionLoss.SQUARED_ERROR));
        make(Gan.class, () -> new Gan(network(2, 3), network(3, 1), Sampler.normal(2)));
        Supplier<Readout> readout = () -> Readout.softmax(2, 2, new SplittableRandom(1));
        make(
                Rnn.class,
                () -> Rnn.forTraining(
                        Activation.TANH, 2, Initialization.normal(.1), readout.get(), new SplittableRandom(1)));
        make(Lstm.class, () -> Lstm.forTraining(2, readout.get(), new SplittableRandom(1)));
        make(Sequences.class, () -> Sequences.stacked(SimpleMatrix.filled(4, 2, .5), 2));
        make(Targets.class, () -> Targets.classes(new int[][] {{0, 1}, {1, 0}}, 2));
        make(String[].class, () -> new String[] {"W"});
        make(
                Object.class,
                () -> SimpleMatrix.filled(4, 3, .5),
                () -> new Examples(SimpleMatrix.filled(4, 3, .5), SimpleMatrix.filled(4, 2, .5)));
        make(
                Object.class,
                () -> new SequenceBatch(
                        Sequences.stacked(SimpleMatrix.filled(4, 2, .5), 2),
                        Targets.classes(new int[][] {{0, 1}, {1, 0}}, 2)));
        make(double[][].class, () -> new double[][] {{.1, .2}, {.3, .4}});
        make(GibbsChains.class, Pool::chains);
        make(LogSum.class, LogSum::new);
        make(RowBuffer.class, Pool::row);
        make(Layer[].class, () -> new Layer[] {network(3, 2).layers().get(0)});
        make(Characters.class, () -> new Characters("some text"));
        make(EmbeddedReber.class, EmbeddedReber::new);
        make(SequenceTask.class, () -> new CopyMemory(2, 1, 1));
        make(ExactGradient.class, ExactGradient::new);
        make(BackPropagation.class, Pool::forward);
        make(
                Direction.class,
                () -> Direction.zeros(machine(3).parameters()),
                () -> Direction.zeros(machine(5).parameters()));
        make(
                RecurrentNetwork.class,
                () -> Rnn.forTraining(
                        Activation.TANH,
                        4,
                        Initialization.normal(.1),
                        Readout.softmax(2, 2, new SplittableRandom(1)),
                        new SplittableRandom(1)));
        make(
                Part.class,
                () -> Part.of(new DMatrixRMaj(2, 2)),
                () -> Part.of(new DMatrixRMaj(4, 3)),
                () -> Part.of(new DMatrixRMaj(3, 2)),
                () -> Part.of(new DMatrixRMaj(4, 2)));
    }

    private static GibbsChains chains() {
        GibbsChains chains = Rbm.random(3, 2, .1, new SplittableRandom(1)).chains();
        chains.startAt(SimpleMatrix.filled(4, 3, 1));
        chains.drawHidden(new SplittableRandom(1));
        return chains;
    }

    private static RowBuffer row() {
        RowBuffer row = new RowBuffer();
        row.fill(0.5, 2);
        return row;
    }

    private static BackPropagation forward() {
        BackPropagation way = network(3, 2).backPropagation();
        way.forward(SimpleMatrix.filled(4, 3, .5));
        return way;
    }

    private static Network network(int inputs, int outputs) {
        return Network.of(Dense.forTraining(inputs, outputs, Activation.IDENTITY, new SplittableRandom(1)));
    }

    private static BoltzmannMachine machine(int units) {
        SimpleMatrix W = SimpleMatrix.filled(units, units, 0.1);
        for (int i = 0; i < units; i++) {
            W.set(i, i, 0);
        }
        return BoltzmannMachine.zeroOne(W, new SimpleMatrix(units, 1));
    }

    private void list(Class<?> type, Object... values) {
        for (Object value : values) {
            make(type, () -> value);
        }
    }

    private void make(Class<?> type, Maker... makers) {
        listed.computeIfAbsent(type, key -> new ArrayList<>()).addAll(List.of(makers));
    }

    /** Adds what a method answered; says whether it is new. */
    boolean add(Object value, Maker maker) {
        if (value == null || listed.containsKey(value.getClass()) || !isOurs(value.getClass())) {
            return false;
        }
        List<Maker> makers = found.computeIfAbsent(value.getClass(), key -> new ArrayList<>());
        return makers.size() < MOST && makers.add(maker);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("nabla.");
    }

    /** All makers of values of a type. */
    List<Maker> of(Class<?> type) {
        List<Maker> makers = new ArrayList<>();
        listed.forEach((key, some) -> {
            if (type == key || (isOurs(type) && type.isAssignableFrom(key))) {
                makers.addAll(some);
            }
        });
        found.forEach((key, some) -> {
            if (type.isAssignableFrom(key) && isOurs(type)) {
                makers.addAll(some);
            }
        });
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                makers.add(() -> constant);
            }
        }
        return makers;
    }
}
