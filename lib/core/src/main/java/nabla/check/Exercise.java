package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nabla.math.Require;

/**
 * The check of an exercise. Whatever the reader answers, it comes to one of three ends: not done yet, not right yet, with a hint, or right. It
 * never tells what is right and does not stop a notebook.
 *
 * <pre>{@code
 * double expectedCd(int k) {                                                  // the reader's cell
 *     throw new UnsupportedOperationException("return E[CD-k] as a formula in k");
 * }
 *
 * Exercise.of("1. The bias by hand")                                          // in a folded cell
 *         .equal("k = 1", 0.234375, () -> expectedCd(1)).mistake("the sign is turned round", -0.234375)
 *         .holds("it grows with k", () -> expectedCd(2) > expectedCd(1))
 *         .check()
 * }</pre>
 *
 * <p>An answer that throws {@link UnsupportedOperationException}, or is null or NaN, is not done yet. Answers are numbers of any type, arrays
 * or lists of numbers, and matrices. Only a name that nobody has declared is left to the kernel, which can say which one it is.
 */
public final class Exercise {
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final String NAME_NOT_DECLARED = "jdk.jshell.spi.SPIResolutionException";

    private final String title;
    private final List<Item> items = new ArrayList<>();

    private Exercise(String title) {
        this.title = title;
    }

    /** Begins an exercise, with the title of its question. */
    public static Exercise of(String title) {
        return new Exercise(title);
    }

    /** One thing that is asked for. */
    private abstract static class Item {
        final String what;

        Item(String what) {
            this.what = what;
        }

        /** What is wrong with the reader's answer, the likeliest first; nothing if it is right. */
        abstract List<String> faults();
    }

    private static final class Equal extends Item {
        private final Quantity expected;
        private final Supplier<?> answer;
        private final List<String> mistakes = new ArrayList<>();
        private final List<Quantity> wrong = new ArrayList<>();
        private double tolerance = DEFAULT_TOLERANCE;

        Equal(String what, Object expected, Supplier<?> answer) {
            super(what);
            this.expected = Quantity.of(expected);
            this.answer = answer;
        }

        @Override
        List<String> faults() {
            Quantity yours = answered(answer.get());
            double distance = expected.largest() == 0 && expected.sameShape(yours)
                    ? yours.largest() // nothing is near zero relative to it
                    : OwnLines.distance(expected, yours);
            if (distance <= tolerance) {
                return List.of();
            }
            Suspicions suspicions = new Suspicions(List.of(expected), List.of(yours));
            for (int i = 0; i < wrong.size(); i++) {
                suspicions.named(mistakes.get(i), List.of(wrong.get(i)));
            }
            List<String> faults = new ArrayList<>(List.of("yours is " + yours.shortly(0)));
            faults.addAll(suspicions.found(0));
            if (faults.size() == 1) {
                faults.add(String.format(Locale.ROOT, "it is off by %.2g of the largest number", distance));
            }
            return faults;
        }
    }

    private static final class InExpectation extends Item {
        private final Quantity exact;
        private final int samples;
        private final Function<RandomGenerator, ?> sample;

        InExpectation(String what, Object exact, int samples, Function<RandomGenerator, ?> sample) {
            super(what);
            this.exact = Quantity.of(exact);
            this.samples = samples;
            this.sample = sample;
        }

        @Override
        List<String> faults() {
            Quantity first = answered(sample.apply(new SplittableRandom(1)));
            if (!first.sameShape(exact)) {
                return List.of("yours is " + first.shape() + ", asked for is " + exact.shape());
            }
            Estimate estimate = Estimate.of(samples, new SplittableRandom(1), sample);
            double z = estimate.zScore(exact.values());
            if (z <= 4) {
                return List.of();
            }
            int worst = estimate.worstElement(exact.values());
            Quantity mean = new Quantity(estimate.mean(), false);
            return List.of(String.format(
                    Locale.ROOT,
                    "yours is %s on average%s, too far off for chance: %s",
                    Verdict.sixDigits(mean.get(worst)),
                    mean.place(worst),
                    Double.isFinite(z) ? String.format(Locale.ROOT, "%.0f standard errors", z) : "it never varies"));
        }
    }

    private static final class Holds extends Item {
        private final BooleanSupplier property;

        Holds(String what, BooleanSupplier property) {
            super(what);
            this.property = property;
        }

        @Override
        List<String> faults() {
            return property.getAsBoolean() ? List.of() : List.of("this does not hold");
        }
    }

    private static final class Checked extends Item {
        private final Supplier<Report> report;

        Checked(Supplier<Report> report) {
            super("all that is asked for");
            this.report = report;
        }

        @Override
        List<String> faults() {
            try {
                return report.get().passed() ? List.of() : List.of("this does not hold");
            } catch (CheckFailedException wrong) {
                return wrong.report().lines().stream()
                        .filter(line -> !line.passed())
                        .map(line -> (line.words() ? line.tex() : "your answer") + ": "
                                + (line.found().isEmpty() ? line.measured() : "yours is " + line.found()))
                        .toList();
            }
        }
    }

    private static final class FilledIn extends Item {
        private final Supplier<?> answer;

        FilledIn(Supplier<?> answer) {
            super("your answer");
            this.answer = answer;
        }

        @Override
        List<String> faults() {
            requirePresent(answer.get());
            return List.of();
        }
    }

    private static void requirePresent(Object answer) {
        if (answer == null) {
            throw new UnsupportedOperationException("there is no answer yet");
        }
    }

    private static Quantity answered(Object answer) {
        requirePresent(answer);
        Quantity yours = Quantity.of(answer);
        if (IntStream.range(0, yours.size()).allMatch(i -> Double.isNaN(yours.get(i)))) {
            throw new UnsupportedOperationException("there is no answer yet");
        }
        return yours;
    }

    /**
     * A value is asked for.
     *
     * @param what in words, with mathematics between dollar signs
     * @param expected a number, array, list or matrix
     * @param answer the reader's
     */
    public Exercise equal(String what, Object expected, Supplier<?> answer) {
        items.add(new Equal(what, expected, answer));
        return this;
    }

    /** How far off the answer just added may be, relative to its largest element; 1e-9 unless set. */
    public Exercise within(double tolerance) {
        Require.between("tolerance", tolerance, 0, 1);
        lastValue("within").tolerance = tolerance;
        return this;
    }

    /**
     * A typical wrong answer to what was added last.
     *
     * @param name what is wrong, as the hint says it
     * @param wrong the answer that comes of it
     */
    public Exercise mistake(String name, Object wrong) {
        Equal last = lastValue("mistake");
        last.mistakes.add(name);
        last.wrong.add(Quantity.of(wrong));
        return this;
    }

    private Equal lastValue(String method) {
        if (items.isEmpty() || !(items.get(items.size() - 1) instanceof Equal last)) {
            throw new IllegalStateException(method + ": expected equal(...) before it");
        }
        return last;
    }

    /**
     * A random answer is asked for, whose mean is known: it must come within 4 standard errors in every element.
     *
     * @param samples how often the answer is drawn, at least 2, always with the same random numbers
     */
    public Exercise inExpectation(String what, Object exact, int samples, Function<RandomGenerator, ?> sample) {
        Require.atLeast("samples", samples, 2);
        items.add(new InExpectation(what, exact, samples, sample));
        return this;
    }

    /** A property of the answer is asked for. */
    public Exercise holds(String what, BooleanSupplier property) {
        items.add(new Holds(what, property));
        return this;
    }

    /**
     * Nothing is judged before this is there.
     *
     * @param answer the reader's, of any type; null is not done yet
     */
    public Exercise filledIn(Supplier<?> answer) {
        items.add(new FilledIn(answer));
        return this;
    }

    /**
     * Whatever claims or a derivation say of the answer.
     *
     * @param report of claims that use the reader's answer; what it expects is not told
     */
    public Exercise claims(Supplier<Report> report) {
        items.add(new Checked(report));
        return this;
    }

    /** Judges the answers in order, up to the first that is not right. */
    public Judgement check() {
        List<Judgement.Line> lines = new ArrayList<>();
        for (Item item : items) {
            List<String> faults;
            try {
                faults = item.faults();
            } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
                if (thrown.getClass().getName().equals(NAME_NOT_DECLARED)) {
                    throw thrown;
                }
                if (thrown instanceof UnsupportedOperationException && thrown.getMessage() != null) {
                    return new Judgement(
                            title, lines, Judgement.Outcome.NOT_DONE, item.what + ": " + thrown.getMessage());
                }
                return new Judgement(title, lines, Judgement.Outcome.WRONG, item.what + ": your code threw " + thrown);
            }
            lines.add(new Judgement.Line(faults.isEmpty(), item.what, faults));
            if (!faults.isEmpty()) {
                return new Judgement(title, lines, Judgement.Outcome.WRONG, "");
            }
        }
        return new Judgement(title, lines, Judgement.Outcome.RIGHT, "");
    }
}
