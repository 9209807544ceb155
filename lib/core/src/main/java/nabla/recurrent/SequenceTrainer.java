package nabla.recurrent;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import nabla.data.SequenceTask;
import nabla.math.Require;
import nabla.optim.LossGradient;
import nabla.optim.Optimizer;
import nabla.optim.Training;

/** Trains recurrent networks on fresh batches of a task, with full back-propagation through time. */
public final class SequenceTrainer {
    private final Optimizer optimizer;
    private final int batchSize;

    /**
     * A trainer of one network.
     *
     * @param optimizer keeps its memory from one call of {@link #train} to the next, so that training can be resumed
     * @param batchSize sequences per step, at least 1
     */
    public SequenceTrainer(Optimizer optimizer, int batchSize) {
        Require.present("optimizer", optimizer);
        Require.atLeast("batchSize", batchSize, 1);
        this.optimizer = optimizer;
        this.batchSize = batchSize;
    }

    /** As {@link #train(RecurrentNetwork, SequenceTask, int, RandomGenerator, Predicate)}, to the end. */
    public List<StepReport> train(RecurrentNetwork network, SequenceTask task, int steps, RandomGenerator rng) {
        return train(network, task, steps, rng, report -> true);
    }

    /**
     * Trains the network in place.
     *
     * @param network changed at every step
     * @param task where the batches come from
     * @param steps how many, at least 1
     * @param rng the same seed gives the same network
     * @param progress told of every step; training stops when it answers false or the thread is interrupted (the interrupt flag stays
     *     set)
     * @return all reports
     * @throws IllegalArgumentException if network and task do not fit, before anything is changed
     * @throws ArithmeticException if loss or gradient become infinite or NaN; names the step, and leaves the network as it was before it
     */
    public List<StepReport> train(
            RecurrentNetwork network,
            SequenceTask task,
            int steps,
            RandomGenerator rng,
            Predicate<StepReport> progress) {
        Require.present("network", network);
        Require.present("task", task);
        Require.present("rng", rng);
        Require.atLeast("steps", steps, 1);
        Require.present("progress", progress);
        if (network.inputs() != task.inputs() || network.outputs() != task.outputs()) {
            throw new IllegalArgumentException(
                    "network: expected %d inputs and %d outputs as the task has, got %d and %d"
                            .formatted(task.inputs(), task.outputs(), network.inputs(), network.outputs()));
        }
        SequenceLoss loss = new SequenceLoss(network);
        return Training.run("step", 1, steps, progress, step -> {
            LossGradient gradient = loss.gradient(task.batch(batchSize, rng), rng);
            optimizer.step(network, gradient);
            return new StepReport(step, gradient.loss(), gradient.direction().norm());
        });
    }
}
