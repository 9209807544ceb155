package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import nabla.math.Require;

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
 * what the last line costs with what the last expression costs.
 *
 * @param <S> what the expressions are evaluated on
 */
public final class OwnLines<S> {
    static final double TOLERANCE = 1e-8; // of the largest element

    private final String title;
    private final List<S> draws;
    private Expression<S> from;
    private Expression<S> to;
    private final List<Expression<S>> mistakes = new ArrayList<>();
    private final List<Expression<S>> terms = new ArrayList<>();
    private int examples;
    private String counted = "";
    private LongSupplier count = () -> 0;

    private OwnLines(String title, List<S> draws) {
        this.title = title;
        this.draws = draws;
    }

    /** An expression, in words or TeX. */
    private record Expression<S>(String name, Function<? super S, ?> f) {}

    /** A task that does not yet know on what lines are evaluated. */
    public record Title(String title) {
        /** Lines are evaluated on one given instance. */
        public <S> OwnLines<S> on(S instance) {
            return new OwnLines<>(title, List.of(instance));
        }

        /**
         * Lines are evaluated on random instances, always the same ones.
         *
         * @param draws how many, at least 1; several, so that a line that holds by chance is found out
         * @param draw makes one instance
         */
        public <S> OwnLines<S> on(int draws, Function<RandomGenerator, S> draw) {
            Require.atLeast("draws", draws, 1);
            SplittableRandom rng = new SplittableRandom(1);
            List<S> instances = new ArrayList<>();
            for (int i = 0; i < draws; i++) {
                instances.add(draw.apply(rng.split()));
            }
            return new OwnLines<>(title, instances);
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
     * Judges the reader's lines.
     *
     * @param lines one expression for each line, in order; a number of any type, array, list or matrix
     * @throws IllegalStateException if the task itself is wrong: its two ends missing or not equal
     */
    @SafeVarargs
    public final Judgement judge(Function<? super S, ?>... lines) {
        requireTask();
        List<Function<? super S, ?>> mine = new ArrayList<>();
        for (Function<? super S, ?> line : lines) {
            mine.add(line);
        }
        List<Judgement.Line> judged = new ArrayList<>();
        List<Quantity> right = evaluate(from.f);
        List<Quantity> before = right;
        boolean broken = false;
        for (int i = 0; i < mine.size(); i++) {
            List<Quantity> values;
            try {
                values = evaluate(mine.get(i));
            } catch (UnsupportedOperationException stub) {
                return new Judgement(
                        title, judged, Judgement.Outcome.NOT_DONE, "line " + (i + 1) + ": " + stub.getMessage());
            } catch (RuntimeException thrown) {
                return new Judgement(title, judged, Judgement.Outcome.WRONG, "line " + (i + 1) + " threw " + thrown);
            }
            double error = distance(before, values);
            if (error <= TOLERANCE) {
                judged.add(Judgement.Line.follows(broken));
            } else if (distance(right, values) <= TOLERANCE) {
                judged.add(Judgement.Line.backAgain());
            } else {
                judged.add(Judgement.Line.breaks(error, broken ? List.of() : suspicions(right, values)));
                broken = true;
            }
            before = values;
        }
        return conclusion(judged, broken, mine);
    }

    private Judgement conclusion(List<Judgement.Line> judged, boolean broken, List<Function<? super S, ?>> mine) {
        if (judged.isEmpty()) {
            return new Judgement(
                    title, judged, Judgement.Outcome.NOT_DONE, "write your lines, one expression for each");
        } else if (broken) {
            return new Judgement(title, judged, Judgement.Outcome.WRONG, "");
        }
        long wanted = cost(to.f);
        long spent = cost(mine.get(mine.size() - 1));
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
        long before = count.getAsLong();
        Quantity.of(f.apply(draws.get(0))); // its value is known already
        return count.getAsLong() - before;
    }

    private void requireTask() {
        if (from == null || to == null) {
            throw new IllegalStateException(title + ": expected from(...) and to(...) before judge(...)");
        }
        double error = distance(evaluate(from.f), evaluate(to.f));
        if (!(error <= TOLERANCE)) {
            throw new IllegalStateException(title + ": the two ends differ by " + Verdict.number(error));
        }
    }

    private List<String> suspicions(List<Quantity> right, List<Quantity> values) {
        Suspicions suspicions = new Suspicions(right, values);
        mistakes.forEach(wrong -> suspicions.named(wrong.name, evaluate(wrong.f)));
        terms.forEach(term -> suspicions.term(term.name, evaluate(term.f)));
        return suspicions.found(examples);
    }

    private List<Quantity> evaluate(Function<? super S, ?> f) {
        List<Quantity> values = new ArrayList<>();
        for (S draw : draws) {
            values.add(Quantity.of(f.apply(draw)));
        }
        return values;
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
        if (!x.sameShape(y) || x.logDomain() != y.logDomain()) {
            return Double.POSITIVE_INFINITY;
        }
        double difference = x.values().minus(y.values()).elementMaxAbs();
        double relative = difference == 0
                ? 0
                : x.logDomain() ? -Math.expm1(-difference) : difference / Math.max(x.largest(), y.largest());
        return Double.isNaN(relative) || y.values().hasUncountable() ? Double.POSITIVE_INFINITY : relative;
    }
}
