package nabla.recurrent;

import nabla.data.Sequences;
import nabla.data.Targets;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Parallel;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/**
 * A recurrent network unrolled over a batch of sequences: all states and answers, and the way back through time.
 *
 * <p>Steps count from 1 to T, and 0 is the initial state. The loss is a sum over steps and a mean over the B sequences: the
 * cross-entropy of classes in nats, or the squared error of values, summed over outputs.
 */
public abstract sealed class UnrolledNetwork permits UnrolledRnn, UnrolledLstm {
    /** How many sequences of a batch are one piece of work for a processor. */
    static final int SEQUENCES = 16;

    /** h_0, ..., h_T. */
    final Stacked H;

    final Readout readout;
    final Answers answers;
    private final int steps;
    private final int batch;
    private Sequences x;

    /** A network unrolled over sequences that are still to come, with {@link #run}. */
    UnrolledNetwork(RecurrentNetwork network, int steps, int batch) {
        this.steps = steps;
        this.batch = batch;
        readout = network.readout();
        H = new Stacked(steps, batch, network.hidden());
        answers = new Answers(readout, steps * batch);
    }

    /** This network unrolled over sequences that are still to come. */
    static UnrolledNetwork unroll(RecurrentNetwork network, int steps, int batch) {
        return network instanceof Lstm lstm
                ? new UnrolledLstm(lstm, steps, batch)
                : new UnrolledRnn((Rnn) network, steps, batch);
    }

    /** Checks that a network can read these sequences. */
    static void requireFitting(Sequences x, RecurrentNetwork network) {
        Require.present("x", x);
        if (x.width() != network.inputs()) {
            throw new IllegalArgumentException(
                    "x: expected " + network.inputs() + " numbers at each step, got " + x.width());
        }
        Require.finite("x", x.stacked());
    }

    /** Checks that targets are for so many steps and sequences, and for this read-out. */
    static void requireFitting(Targets y, int steps, int batch, Readout readout) {
        Require.present("y", y);
        if (y.steps() != steps || y.batch() != batch || y.width() != readout.outputs()) {
            throw new IllegalArgumentException(
                    "y: expected targets for %d steps of %d sequences and %d outputs, got %d steps of %d and %d"
                            .formatted(steps, batch, readout.outputs(), y.steps(), y.batch(), y.width()));
        }
        if (y.areClasses() && !readout.isSoftmax()) {
            throw new IllegalArgumentException("y: classes need a softmax read-out, this one is linear");
        }
    }

    /** Computes all states and answers, in the matrices of the run before if there was one. The arguments fit. */
    final void run(Sequences x, SimpleMatrix initialState) {
        this.x = x;
        begin(initialState);
        Parallel.forEach(batch, SEQUENCES, (from, to) -> {
            for (int t = 1; t <= steps; t++) {
                Interrupts.check("network interrupted at step %d", t);
                step(t, from, to);
            }
        });
        answers.compute(H.steps(1, steps));
    }

    /** Takes the initial state, and the parameters as they are now. */
    abstract void begin(SimpleMatrix initialState);

    /** Goes from step t - 1 to t, for the sequences from {@code from} up to but without {@code to}. */
    abstract void step(int t, int from, int to);

    /** What comes in: (T B) x d. */
    final Part inputs() {
        return Part.of(x.stacked().getDDRM());
    }

    /** What comes in at step t for the sequences from {@code from} up to but without {@code to}. */
    final Part inputs(int t, int from, int to) {
        return inputs().rows((t - 1) * batch + from, (t - 1) * batch + to);
    }

    /** T, the number of steps. */
    public final int steps() {
        return steps;
    }

    /** B, the number of sequences. */
    public final int batch() {
        return batch;
    }

    /**
     * h_t.
     *
     * @param t from 0, the initial state, to T
     * @return a new B x n matrix
     */
    public final SimpleMatrix h(int t) {
        Require.between("t", t, 0, steps);
        return H.at(t);
    }

    /**
     * Everything that is carried from step t to the next.
     *
     * @param t from 0, the initial state, to T
     * @return a new matrix, B x stateSize
     */
    public abstract SimpleMatrix state(int t);

    /** The state after the last step, from which another forward pass can carry on. */
    public final SimpleMatrix lastState() {
        return state(steps());
    }

    /**
     * The logits b_t = V h_t + c.
     *
     * @param t from 1 to T
     * @return a new B x k matrix
     */
    public final SimpleMatrix logits(int t) {
        return answers(answers.logits, t);
    }

    /**
     * The answers: softmax(b_t), or b_t of a linear read-out.
     *
     * @param t from 1 to T
     * @return a new B x k matrix
     */
    public final SimpleMatrix yHat(int t) {
        return answers(answers.yHat, t);
    }

    /** All answers, stacked as {@link Sequences#stacked} is: (T B) x k. The matrix itself, not a copy. */
    public final SimpleMatrix yHat() {
        return answers.yHat;
    }

    /**
     * The loss, summed over all steps.
     *
     * @throws IllegalArgumentException if the targets are for other sizes, or are classes while the read-out is linear
     */
    public final double loss(Targets y) {
        requireFitting(y, steps, batch, readout);
        double sum = 0;
        for (int t = 1; t <= steps; t++) {
            sum += Loss.at(t, answers, y);
        }
        return sum;
    }

    /** The loss C_t of one step. */
    public final double loss(Targets y, int t) {
        requireFitting(y, steps, batch, readout);
        Require.between("t", t, 1, steps);
        return Loss.at(t, answers, y);
    }

    /**
     * The gradient of {@link #loss(Targets)} by back-propagation through time, with respect to all parameters, inputs and states. To
     * be taken before the parameters or the inputs are changed.
     *
     * @throws IllegalArgumentException as {@link #loss(Targets)}
     */
    public final RecurrentGradient gradient(Targets y) {
        return gradient(y, steps);
    }

    /**
     * The same with truncation: the loss of each step is followed back through {@code window} steps only, its own included. The whole
     * sequence as window gives the full gradient.
     *
     * @param window from 1 to T
     */
    public final RecurrentGradient gradient(Targets y, int window) {
        requireFitting(y, steps, batch, readout);
        Require.between("window (at most the sequence's steps)", window, 1, steps);
        return backward().run(y, window);
    }

    /** The way back, in matrices of its own. */
    abstract BackPropagationThroughTime backward();

    private SimpleMatrix answers(SimpleMatrix stacked, int t) {
        Require.between("t", t, 1, steps);
        return stacked.rows((t - 1) * batch, t * batch);
    }
}
