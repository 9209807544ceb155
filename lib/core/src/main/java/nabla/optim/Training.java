package nabla.optim;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.math.Interrupts;
import nabla.math.Randoms;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** What all trainers share: they take steps, report after each, can be stopped, and say where they diverged. */
public final class Training {
    private static final double SUSPICIOUS = 100; // what is standardised, or in [0, 1], never comes near it

    private Training() {}

    /**
     * Takes one step (or epoch) after the other. It ends early when {@code progress} answers false or the thread is interrupted: then the
     * reports of all complete steps come back and the interrupt flag stays set, so that training can be resumed.
     *
     * @param unit what a step is called, such as {@code epoch}
     * @param first the number of the first step
     * @param last the number of the last one
     * @param progress told of every step
     * @param step does the step of a number, and reports how training stands; may throw {@link CancellationException} when the thread is
     *     interrupted, and is then not reported
     * @return all reports
     * @throws ArithmeticException that of a step, with the number of the step before its message
     */
    public static <R> List<R> run(
            String unit, int first, int last, Predicate<? super R> progress, IntFunction<R> step) {
        Require.present("progress", progress);
        Require.present("step", step);
        List<R> reports = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            R report;
            try {
                Interrupts.check("training interrupted");
                report = step.apply(number);
            } catch (CancellationException e) {
                if (Interrupts.requested()) {
                    return reports;
                }
                throw e; // not by this thread
            } catch (ArithmeticException e) {
                throw new ArithmeticException("training diverged in " + unit + " " + number + ": " + e.getMessage());
            }
            reports.add(report);
            if (!progress.test(report)) {
                return reports;
            }
        }
        return reports;
    }

    /**
     * What else to say when training on some data has diverged: they may be pixels from 0 to 255, with which the usual learning rates are
     * thousands of times too large.
     *
     * @param name of the data
     * @param data not modified
     * @return empty if they are nothing like that
     */
    public static String suspicion(String name, SimpleMatrix data) {
        Require.matrix("data", data);
        double least = data.getNumElements() == 0 ? Double.NaN : data.elementMin();
        double most = data.getNumElements() == 0 ? Double.NaN : data.elementMax();
        return least >= 0 && most >= SUSPICIOUS && most <= 255
                ? "; " + name + " goes up to " + most + ", as pixels from 0 to 255 do: divided by 255 they may train"
                : "";
    }

    /**
     * All examples in a new random order, in batches; for a loop over one epoch.
     *
     * @param size examples in each batch, at least 1; the last one may be smaller
     * @param rng asked for the order at once
     * @return batches, each valid until the next; asking for one throws {@link CancellationException} if the thread is interrupted
     */
    public static <B> Iterable<B> shuffled(Batches<B> data, int size, RandomGenerator rng) {
        Require.present("data", data);
        Require.atLeast("size", size, 1);
        Require.present("rng", rng);
        int[] order = Randoms.permutation(data.examples(data.all()), rng);
        return () -> new Iterator<>() {
            private int from;

            @Override
            public boolean hasNext() {
                return from < order.length;
            }

            @Override
            public B next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Interrupts.check("training interrupted");
                int to = Math.min(order.length - from, size) + from;
                B batch = data.batch(order, from, to);
                from = to;
                return batch;
            }
        };
    }
}
