package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * A derivation that the reader writes. Given are its first and its last expression; the reader's lines in between are evaluated on random
 * instances, and each is held against the line before it. The judgement says which line breaks, by how much and what the mistake looks like,
 * but not what would be right.
 *
 * <pre>{@code
 * var task = OwnLines.of("The gradient for a hidden bias")          // the lecturer's part
 *         .on(5, rng -> Rbm.random(4, 3, 1, rng))
 *         .from("\\frac{\\sum_h e^{-E(v,h)} h_j}{\\sum_h e^{-E(v,h)}} - ...", rbm -> ...)
 *         .to("p(h_j=1|v) - ...", rbm -> ...)
 *         .mistake("the hidden bias is forgotten", rbm -> ...)
 *         .term("the mean over the model", rbm -> ...)
 *         .examples(4);
 *
 * task.judge(rbm -> ..., rbm -> ...)                                 // the reader's part: one expression for each line
 * }</pre>
 *
 * <p>Numbers can tell whether a line is right, not what form it has. Where the form matters (no sum may be left), {@link #counting} compares
 * what the last line costs with what the last expression costs; without it, a chain of right lines is right, and is told that nobody looked
 * at its form. Values are compared relative to their largest element, but those below 1e-6 as if it were 1e-6: smaller ones belong in
 * logarithms.
 *
 * @param <S> what the expressions are evaluated on
 */
public final class OwnLines<S> {
    static final double TOLERANCE = 1e-8; // of the largest element
    private static final double SMALLEST = 1e-6; // held against what is smaller: a sum that cancels leaves rounding
    private static final String NO_SUSPICION =
            "it looks like none of the usual mistakes: write a line in between, and see which of the two breaks";
    private static final String NAME_NOT_DECLARED = "jdk.jshell.spi.SPIResolutionException";

    private final String title;
    private final Supplier<List<S>> draws;
    private Expression<S> from;
    private Expression<S> to;
    private final List<Expression<S>> mistakes = new ArrayList<>();
    private final List<Expression<S>> terms = new ArrayList<>();
    private int examples;
    private String counted = "";
    private LongSupplier count = () -> 0;

    private OwnLines(String title, Supplier<List<S>> draws) {
        this.title = title;
        this.draws = draws;
    }

    /** An expression, in words or TeX. */
    private record Expression<S>(String name, Function<? super S, ?> f) {}

    /** A task that does not yet know on what lines are evaluated. */
    public record Title(String title) {
        /** Lines are evaluated on one given instance, which they must not change. */
        public <S> OwnLines<S> on(S instance) {
            return new OwnLines<>(title, () -> List.of(instance));
        }

        /**
         * Lines are evaluated on random instances, always the same ones, made anew for each line: a line that changes them spoils no other.
         *
         * @param draws how many, at least 1; several, so that a line that holds by chance is found out
         * @param draw makes one instance
         */
        public <S> OwnLines<S> on(int draws, Function<RandomGenerator, S> draw) {
            Require.atLeast("draws", draws, 1);
            return new OwnLines<>(title, () -> {
                SplittableRandom rng = new SplittableRandom(1);
                List<S> instances = new ArrayList<>();
                for (int i = 0; i < draws; i++) {
                    instances.add(draw.apply(rng.split()));
                }
                return instances;
            });
        }
    }

    /** Begins a task. */
    public static Title of(String title) {
        return new Title(title);
    }

    /** The expression that is given. */
    public OwnLines<S> from(String tex, Function<? super S, ?> f) {
        from = new Expression<>(tex, f);
        return this;
    }

    /** The expression that is wanted, equal to the given one. */
    public OwnLines<S> to(String tex, Function<? super S, ?> f) {
        to = new Expression<>(tex, f);
        return this;
    }

    /**
     * A mistake that is often made, by name: a line with this value is told so.
     *
     * @param name as the hint says it, such as "the hidden bias is forgotten"
     * @param wrong the whole expression with this mistake in it
     */
    public OwnLines<S> mistake(String name, Function<? super S, ?> wrong) {
        mistakes.add(new Expression<>(name, wrong));
        return this;
    }

    /**
     * A term of the expressions, by name: a line in which it is missing, counted twice or has the wrong sign is told so.
     *
     * @param name as the hint says it, such as "the mean over the model"
     */
    public OwnLines<S> term(String name, Function<? super S, ?> term) {
        terms.add(new Expression<>(name, term));
        return this;
    }

    /** The number of examples, by which a sum for a mean is recognised. */
    public OwnLines<S> examples(int N) {
        Require.atLeast("N", N, 1);
        examples = N;
        return this;
    }

    /**
     * The wanted form needs few evaluations of something: a last line that needs more is right, but not the end.
     *
     * @param what is evaluated, such as "E(v, h)"
     * @param evaluations how often it was evaluated up to now
     */
    public OwnLines<S> counting(String what, LongSupplier evaluations) {
        counted = what;
        count = evaluations;
        return this;
    }

    /**
     * Judges the reader's lines, up to the first one that throws.
     *
     * @param lines one expression for each line, in order; a number of any type, array, list or matrix
     * @throws IllegalStateException if the task itself is wrong: its two ends missing or not equal, or a mistake that is right
     */
    @SafeVarargs
    public final Judgement judge(Function<? super S, ?>... lines) {
        List<Quantity> right = requireTask();
        if (lines.length == 0) {
            return new Judgement(
                    title, List.of(), Judgement.Outcome.NOT_DONE, "write your lines, one expression for each");
        }
        List<Judgement.Line> judged = new ArrayList<>();
        List<Quantity> before = right;
        for (Function<? super S, ?> line : lines) {
            List<Quantity> values;
            try {
                values = evaluate(line);
            } catch (UnsupportedOperationException stub) {
                return notDone(judged, stub.getMessage());
            } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
                if (thrown.getClass().getName().equals(NAME_NOT_DECLARED)) {
                    throw thrown; // the kernel can say which name
                }
                judged.add(Judgement.Line.threw(thrown));
                return new Judgement(title, judged, Judgement.Outcome.WRONG, "");
            }
            judged.add(judge(judged.size(), right, before, values));
            before = values;
        }
        return conclusion(judged, lines[lines.length - 1]);
    }

    private Judgement.Line judge(int line, List<Quantity> right, List<Quantity> before, List<Quantity> values) {
        double error = distance(before, values);
        boolean isRight = distance(right, values) <= TOLERANCE;
        if (error <= TOLERANCE) {
            return Judgement.Line.follows(!isRight);
        } else if (isRight) {
            return Judgement.Line.backAgain();
        }
        // a second mistake is looked for from where the first one has led, unless no number or another shape stands
        // there
        boolean comparable = Double.isFinite(distance(right, before));
        List<String> hints = suspicions(comparable ? before : right, values);
        String given = line == 0 ? "what is given" : "the line before it";
        return Judgement.Line.breaks(
                given, error, values.get(0).size() == 1, hints.isEmpty() ? List.of(NO_SUSPICION) : hints);
    }

    private Judgement notDone(List<Judgement.Line> judged, String words) {
        String line = "line " + (judged.size() + 1);
        String remark = words == null ? line + " is still to be written" : line + ": " + words;
        return new Judgement(title, judged, Judgement.Outcome.NOT_DONE, remark);
    }

    private Judgement conclusion(List<Judgement.Line> judged, Function<? super S, ?> last) {
        if (!judged.stream().allMatch(Judgement.Line::right)) {
            return new Judgement(title, judged, Judgement.Outcome.WRONG, "");
        } else if (counted.isEmpty()) {
            String words =
                    "each line has the right value; whether the last one has the form asked for, numbers cannot tell";
            return new Judgement(title, judged, Judgement.Outcome.RIGHT, words);
        }
        long wanted = cost(to.f);
        long spent = cost(last);
        if (spent > wanted) {
            String words = String.format(
                    Locale.ROOT,
                    "the last line evaluates %s %,d times, the wanted form %,d times",
                    counted,
                    spent,
                    wanted);
            return new Judgement(title, judged, Judgement.Outcome.NOT_THERE, words);
        }
        return new Judgement(title, judged, Judgement.Outcome.RIGHT, "");
    }

    private long cost(Function<? super S, ?> f) {
        S instance = draws.get().get(0);
        long before = count.getAsLong();
        quantity(f.apply(instance)); // its value is known already
        return count.getAsLong() - before;
    }

    /** The right values. */
    private List<Quantity> requireTask() {
        if (from == null || to == null) {
            throw new IllegalStateException(title + ": expected from(...) and to(...) before judge(...)");
        }
        List<Quantity> right = evaluate(from.f);
        double error = distance(right, evaluate(to.f));
        if (!(error <= TOLERANCE)) {
            throw new IllegalStateException(title + ": the two ends differ by " + Verdict.number(error));
        }
        for (Expression<S> wrong : mistakes) {
            if (distance(right, evaluate(wrong.f)) <= TOLERANCE) {
                throw new IllegalStateException(title + ": the mistake \"" + wrong.name + "\" has the right value");
            }
        }
        return right;
    }

    private List<String> suspicions(List<Quantity> right, List<Quantity> values) {
        Suspicions suspicions = new Suspicions(right, values);
        mistakes.forEach(wrong -> suspicions.named(wrong.name, evaluate(wrong.f)));
        terms.forEach(term -> suspicions.term(term.name, evaluate(term.f)));
        return suspicions.found(examples);
    }

    private List<Quantity> evaluate(Function<? super S, ?> f) {
        List<Quantity> values = new ArrayList<>();
        for (S draw : draws.get()) {
            values.add(quantity(f.apply(draw)));
        }
        return values;
    }

    /** A value as a line may return it: an array of rows, too. */
    private static Quantity quantity(Object value) {
        return Quantity.of(value instanceof double[][] rows ? new SimpleMatrix(rows) : value);
    }

    /** The largest difference of an element over the largest element, of the worst draw; infinite if a shape differs or an element is NaN. */
    static double distance(List<Quantity> x, List<Quantity> y) {
        double worst = 0;
        for (int i = 0; i < x.size(); i++) {
            worst = Math.max(worst, distance(x.get(i), y.get(i)));
        }
        return worst;
    }

    static double distance(Quantity x, Quantity y) {
        if (!x.sameShape(y) || isNoNumber(x) || isNoNumber(y)) {
            return Double.POSITIVE_INFINITY;
        } else if (x.logDomain() || y.logDomain()) {
            double ratio = Math.abs(logarithm(x) - logarithm(y));
            return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : -Math.expm1(-ratio);
        }
        double difference = x.values().minus(y.values()).elementMaxAbs();
        return difference / Math.max(SMALLEST, Math.max(x.largest(), y.largest()));
    }

    private static boolean isNoNumber(Quantity x) {
        return x.values().hasUncountable();
    }

    /** Of a single number, in the log domain or not; NaN for a negative one. */
    private static double logarithm(Quantity x) {
        return x.logDomain() ? x.get(0) : Math.log(x.get(0));
    }
}
