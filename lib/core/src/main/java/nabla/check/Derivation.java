package nabla.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nabla.math.Require;

/**
 * A derivation as a chain of expressions, each typeset, given a reason, and executed on random instances.
 *
 * <pre>{@code
 * Derivation.of("The marginal of the visible units")
 *         .on(20, rng -> Rbm.random(4, 3, 1, rng))
 *         .start("Z\\,p(v)", rbm -> ..., "summed over all hidden states")
 *         .equal("e^{a^\\top v}\\prod_j (1 + e^{b_j + v^\\top W_{\\cdot j}})", rbm -> ..., "the sum of a product", "RBM-19")
 *         .mistake("hidden bias dropped", rbm -> ...)
 *         .check();
 * }</pre>
 *
 * <p>Expressions return a number, {@code double[]}, {@code SimpleMatrix}, {@code DMatrixRMaj} or a
 * {@link nabla.math.LogNumber}. Each step is compared with the expression before it (steps that {@link #differs differ}
 * are passed over), in the largest error over all elements and draws: <b>an element's error is relative to the larger of the two; up to
 * 2^-46 of the value's largest element it is rounding, and relative to that; and zero, which has no size, is held against 1</b>, to 1e-11.
 * NaN and infinity never pass.
 *
 * <p>Every step is also tried with mistakes, which its check must reject: each value with its sign flipped, doubled,
 * transposed, shifted, and with its largest element dropped, and the wrong formulas given with {@link #mistake}. A check that
 * accepts one of them cannot fail when it should, and fails for that reason; so does one on which no mistake could be tried.
 *
 * @param <S> what the expressions are evaluated on
 */
public final class Derivation<S> {
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final String NO_MISTAKE = "no mistake could be found here";

    private final String title;
    private final String subject;
    private final List<Draw<S>> draws;
    private final List<Step<S>> steps = new ArrayList<>();
    private double tolerance = DEFAULT_TOLERANCE;

    private Derivation(String title, String subject, List<Draw<S>> draws) {
        this.title = title;
        this.subject = subject;
        this.draws = draws;
    }

    private record Draw<S>(long seed, S instance) {}

    /** A named chain that does not yet know on what it is evaluated. */
    public record Title(String title) {
        /** Evaluates the chain on one given instance. */
        public <S> Derivation<S> on(S instance) {
            return new Derivation<>(title, "", List.of(new Draw<>(0, instance)));
        }

        /** As {@link #on(int, long, Function)} with seed 1. */
        public <S> Derivation<S> on(int draws, Function<RandomGenerator, S> draw) {
            return on(draws, 1, draw);
        }

        /**
         * Evaluates the chain on random instances. A failure names the seed of its draw, so that
         * {@code draw.apply(new SplittableRandom(seed))} gives the failing instance again.
         *
         * @param draws how many, at least 1
         * @param seed the same seed gives the same instances
         * @param draw makes one instance
         */
        public <S> Derivation<S> on(int draws, long seed, Function<RandomGenerator, S> draw) {
            Require.atLeast("draws", draws, 1);
            SplittableRandom seeds = new SplittableRandom(seed);
            List<Draw<S>> instances = new ArrayList<>();
            for (int i = 0; i < draws; i++) {
                long drawSeed = seeds.nextLong();
                instances.add(new Draw<>(drawSeed, draw.apply(new SplittableRandom(drawSeed))));
            }
            return new Derivation<>(title, draws + " random draws, seed " + seed, instances);
        }
    }

    /**
     * Begins a derivation.
     *
     * @param title what is shown
     */
    public static Title of(String title) {
        return new Title(title);
    }

    /**
     * The largest error that passes in the steps that follow; 1e-9 unless set.
     *
     * @param tolerance at least 0 and below 1/2, at which a value passes that is twice as large
     */
    public Derivation<S> within(double tolerance) {
        Verdict.requireTolerance(tolerance);
        this.tolerance = tolerance;
        return this;
    }

    /**
     * The first expression of a chain: a definition, as an exam answer begins. What is no definition but an independent number, such as a
     * finite difference, ends a chain: see {@link #confirmed}. A derivation may have several chains; each begins with a start.
     *
     * @param tex the formula
     * @param f its value
     * @param reason what it is the definition of
     * @param ids the statements of the notes that it covers
     */
    public Derivation<S> start(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.START, tex, f, reason, 0, ids);
    }

    /** The expression before this one equals this one. */
    public Derivation<S> equal(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.EQUAL, tex, f, reason, tolerance, ids);
    }

    /**
     * The expression before this one is a positive constant times this one. The constant is estimated and reported; it
     * may differ between draws if the value has several elements, and must be the same in all draws if it is a scalar.
     */
    public Derivation<S> proportional(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.PROPORTIONAL, tex, f, reason, tolerance, ids);
    }

    /** The expression before this one is at least this one, element by element but for rounding (1e-12), and somewhere larger. */
    public Derivation<S> atLeast(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.AT_LEAST, tex, f, reason, tolerance, ids);
    }

    /** The expression before this one is at most this one, element by element but for rounding (1e-12), and somewhere smaller. */
    public Derivation<S> atMost(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.AT_MOST, tex, f, reason, tolerance, ids);
    }

    /**
     * The expression before this one is the expectation of this random one: the mean over independent samples lies
     * within 4 standard errors in every element, on every draw. The samples have a fixed seed, and must be so many that a mistake could be
     * found: in some element of some draw the exact value is more than 8 standard errors; where it is zero, there are more than 64. The
     * chain goes on from the exact value.
     *
     * @param samples how many samples of each draw, at least 10
     * @param sample one sample
     */
    public Derivation<S> inExpectation(
            String tex, int samples, BiFunction<? super S, RandomGenerator, ?> sample, String reason, String... ids) {
        Require.atLeast("samples", samples, Estimate.FEWEST);
        int seed = steps.size() + 1;
        Function<S, Estimate> estimate =
                s -> Estimate.of(samples, new SplittableRandom(seed), rng -> sample.apply(s, rng));
        return add(Relation.IN_EXPECTATION, tex, estimate, reason, Estimate.STANDARD_ERRORS, ids);
    }

    /**
     * The end of a chain: a second opinion on its last expression, by a number that was found without the derivation (a sum over all states,
     * quadrature, a finite difference). One expression can be confirmed by several numbers; then only a new {@link #start} may follow.
     *
     * <p>A {@link #mistake} after it is a wrong form of the expression that it confirms, and must not be confirmed.
     *
     * @param tex what the number is
     * @param f its value
     * @param reason how it was found
     */
    public Derivation<S> confirmed(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.CONFIRMED, tex, f, reason, tolerance, ids);
    }

    /**
     * A formula that is wrong, as printed somewhere: it must differ from the expression before it, by more than 1e-6 in
     * some element of every draw, or have another shape; NaN is no wrong formula. It is shown outside the chain, which goes on from the expression before it.
     */
    public Derivation<S> differs(String tex, Function<? super S, ?> f, String reason, String... ids) {
        return add(Relation.DIFFERS, tex, f, reason, Relation.CLEARLY_DIFFERENT, ids);
    }

    /**
     * A plausible mistake in the step just added, which its check must reject: a number of the right shape, or it would be noticed anyway.
     *
     * @param name what is wrong, such as "hidden bias dropped"
     * @param f the wrong expression
     */
    public Derivation<S> mistake(String name, Function<? super S, ?> f) {
        if (steps.isEmpty() || steps.get(steps.size() - 1).relation.mutations().isEmpty()) {
            throw new IllegalStateException(
                    "mistake: expected a step to try it in (equal, confirmed, proportional, atLeast, atMost)");
        }
        steps.get(steps.size() - 1).mistakes.add(new NamedExpression<>(name, f));
        return this;
    }

    /**
     * Runs every step on every draw.
     *
     * @throws CheckFailedException if a step does not hold or a mistake is accepted; names the step, the draw's seed,
     *     both values and the error
     */
    public Report check() {
        if (steps.isEmpty() || steps.get(0).relation != Relation.START) {
            throw new IllegalStateException(title + ": expected the chain to begin with start(...)");
        } else if (steps.get(steps.size() - 1).relation == Relation.START) {
            throw new IllegalStateException(title + ": expected a step after the last start(...)");
        }
        long started = System.nanoTime();
        List<Report.Line> lines = new ArrayList<>();
        List<Report.Mistake> mistakes = new ArrayList<>();
        List<Quantity> before = List.of();
        Quantity first = null;
        int number = 0;
        for (Step<S> step : steps) {
            number++;
            if (step.relation == Relation.IN_EXPECTATION) {
                lines.add(expectation(step, before, number, mistakes));
                continue;
            }
            List<Quantity> values = evaluate(step.f);
            first = first == null ? values.get(0) : first;
            int tried = mistakes.size();
            tryMistakes(step, before, values, number, mistakes);
            boolean couldFail =
                    mistakes.size() > tried || step.relation.mutations().isEmpty();
            lines.add(line(step, before, values, couldFail));
            if (step.relation != Relation.DIFFERS && step.relation != Relation.CONFIRMED) {
                before = values;
            }
        }
        requireSame(first);
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Report(title, "derivation", subject, lines, mistakes, seconds).orThrow();
    }

    /** An expression that changes what it is evaluated on makes the lines after it speak of something else. */
    private void requireSame(Quantity first) {
        Quantity again = Quantity.of(steps.get(0).f.apply(draws.get(0).instance));
        if (!Arrays.equals(again.values().getDDRM().data, first.values().getDDRM().data)) {
            throw new IllegalStateException(
                    title + ": expected expressions that change nothing, but the first one, " + steps.get(0).tex
                            + ", was " + first.shortly(0) + " and is " + again.shortly(0) + " after the last");
        }
    }

    private Derivation<S> add(
            Relation relation, String tex, Function<? super S, ?> f, String reason, double tolerance, String... ids) {
        boolean ended = steps.stream()
                .map(Step::relation)
                .reduce((earlier, later) -> later == Relation.DIFFERS ? earlier : later)
                .filter(last -> last == Relation.CONFIRMED)
                .isPresent();
        if (ended && relation != Relation.START && relation != Relation.CONFIRMED && relation != Relation.DIFFERS) {
            throw new IllegalStateException(title + ": the chain was confirmed; expected start(...) before " + tex);
        }
        steps.add(new Step<>(relation, tex, f, reason, tolerance, List.of(ids), new ArrayList<>()));
        return this;
    }

    private List<Quantity> evaluate(Function<? super S, ?> f) {
        List<Quantity> values = new ArrayList<>();
        for (Draw<S> draw : draws) {
            values.add(Quantity.of(f.apply(draw.instance)));
        }
        return values;
    }

    /** One step held against the expression before it; a failure says which draw, both values and the error. */
    private Report.Line line(Step<S> step, List<Quantity> before, List<Quantity> values, boolean couldFail) {
        if (step.relation == Relation.START) {
            return step.line("", 0, true);
        }
        Verdict verdict = step.relation.compareAll(before, values, step.tolerance);
        String measured = verdict.measured();
        if (verdict.passed() && !couldFail) {
            return step.line(NO_MISTAKE + ", " + measured, verdict.error(), false);
        }
        if (!verdict.passed()) {
            measured += ", tolerance " + Verdict.number(step.tolerance);
            if (!verdict.where().isEmpty()) {
                long seed = draws.get(verdict.draw()).seed;
                measured += ": " + verdict.where()
                        + (draws.size() == 1 ? "" : ", draw " + (verdict.draw() + 1) + " (seed " + seed + ")");
            }
        }
        return step.line(measured, verdict.error(), verdict.passed());
    }

    private void tryMistakes(
            Step<S> step, List<Quantity> before, List<Quantity> values, int number, List<Report.Mistake> tried) {
        // A confirming number stays as it is: the mistakes are made in what it confirms.
        List<Quantity> right = step.relation == Relation.CONFIRMED ? before : values;
        List<Quantity> other = step.relation == Relation.CONFIRMED ? values : before;
        for (Mutation mutation : step.relation.mutations()) {
            List<Quantity> mutated = new ArrayList<>();
            for (int i = 0; i < right.size(); i++) {
                // what is held against zero is zero but for rounding, and no mistake would show in that
                Quantity value = other.get(i).isZero() ? other.get(i) : right.get(i);
                mutated.add(mutation.of(value, other.get(i)));
            }
            if (changes(mutated, right, step.relation.noticeable())) {
                tried.add(mistake(step, other, mutated, number, mutation.description(), false));
            }
        }
        for (NamedExpression<S> wrong : step.mistakes) {
            tried.add(mistake(step, other, evaluate(wrong.f), number, wrong.name, true));
        }
    }

    /** Whether a mistake leaves the shape and shows in some draw. */
    private static boolean changes(List<Quantity> mutated, List<Quantity> right, double noticeable) {
        boolean changed = false;
        for (int i = 0; i < right.size(); i++) {
            double error = mutated.get(i).gap(right.get(i)).error();
            if (!Double.isFinite(error)) {
                return false;
            }
            changed |= error > noticeable;
        }
        return changed;
    }

    /** A value that is no number, or of another shape, is no mistake: anybody would notice it without the check. */
    private Report.Mistake mistake(
            Step<S> step, List<Quantity> other, List<Quantity> wrong, int number, String name, boolean named) {
        for (int i = 0; i < wrong.size(); i++) {
            if (!wrong.get(i).isFinite() || !wrong.get(i).sameShape(other.get(i))) {
                String found = "no number of the right shape: "
                        + other.get(i).gap(wrong.get(i)).detail();
                return new Report.Mistake(number, name, named, found, false);
            }
        }
        Verdict verdict = step.relation.compareAll(other, wrong, step.tolerance);
        return new Report.Mistake(number, name, named, verdict.off(), !verdict.passed());
    }

    /** The means of many samples held against the exact values before them. */
    private Report.Line expectation(Step<S> step, List<Quantity> exact, int number, List<Report.Mistake> mistakes) {
        List<Estimate> estimates = draws.stream()
                .map(draw -> (Estimate) step.f.apply(draw.instance))
                .toList();
        double z = worstZScore(estimates, exact);
        String measured = String.format(
                Locale.ROOT,
                "z = %.1f, %,d samples, seed %d",
                z,
                estimates.get(0).samples(),
                number);
        boolean couldFail =
                IntStream.range(0, exact.size()).anyMatch(i -> estimates.get(i).couldFindAMistakeIn(exact.get(i)));
        if (!couldFail) {
            return step.line(NO_MISTAKE + " with so few samples, " + measured, z, false);
        }
        for (Mutation mutation : List.of(Mutation.SIGN, Mutation.DOUBLED)) {
            List<Quantity> wrong =
                    exact.stream().map(x -> mutation.of(x.plain(), x)).toList();
            double wrongZ = worstZScore(estimates, wrong);
            if (exact.stream().anyMatch(x -> !x.isZero())) {
                String off = String.format(Locale.ROOT, "z = %.0f", wrongZ);
                mistakes.add(new Report.Mistake(
                        number, mutation.description(), false, off, wrongZ > Estimate.STANDARD_ERRORS));
            }
        }
        return step.line(measured, z, z <= Estimate.STANDARD_ERRORS);
    }

    private static double worstZScore(List<Estimate> estimates, List<Quantity> exact) {
        double worst = 0;
        for (int i = 0; i < exact.size(); i++) {
            worst = Math.max(worst, estimates.get(i).zScore(exact.get(i)));
        }
        return worst;
    }

    private record NamedExpression<S>(String name, Function<? super S, ?> f) {}

    private record Step<S>(
            Relation relation,
            String tex,
            Function<? super S, ?> f,
            String reason,
            double tolerance,
            List<String> ids,
            List<NamedExpression<S>> mistakes) {

        Report.Line line(String measured, double error, boolean passed) {
            return new Report.Line(
                    relation.sign(), tex, false, reason, relation.word(), measured, error, tolerance, passed, ids);
        }
    }
}
