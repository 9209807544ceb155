package nabla.check;

import java.util.List;
import java.util.stream.IntStream;

/** What a step of a derivation says about the expression before it, and how that is checked. */
enum Relation {
    /** Begins a chain; compared with nothing. */
    START("start", ""),

    EQUAL("equal", "=") {
        @Override
        List<Mutation> mutations() {
            return List.of(Mutation.SIGN, Mutation.DOUBLED, Mutation.TRANSPOSED, Mutation.DROPPED, Mutation.SHIFTED);
        }

        @Override
        Verdict compare(Quantity before, Quantity now, double tolerance, int draw) {
            Quantity.Gap gap = before.gap(now);
            double allowed = before.isZero() || now.isZero() ? Math.min(tolerance, ZERO) : tolerance;
            return Verdict.ofError(gap.error(), allowed, gap.detail(), draw);
        }
    },

    PROPORTIONAL("proportional", "\\propto") {
        @Override
        List<Mutation> mutations() {
            return List.of(Mutation.SIGN, Mutation.TRANSPOSED, Mutation.DROPPED);
        }

        @Override
        Verdict compare(Quantity before, Quantity now, double tolerance, int draw) {
            double factor = before.factorOver(now);
            double error = factor > 0 ? before.gap(now.times(factor)).error() : Double.NaN;
            return Verdict.ofError(error, tolerance, "factor " + factor + ", expected one positive factor", draw);
        }

        /** Scalars are always proportional on one draw: their factor must be the same on all draws. */
        @Override
        Verdict compareAll(List<Quantity> before, List<Quantity> now, double tolerance) {
            Verdict worst = super.compareAll(before, now, tolerance);
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int i = 0; i < now.size(); i++) {
                double factor =
                        before.get(i).sameShape(now.get(i)) ? before.get(i).factorOver(now.get(i)) : Double.NaN;
                least = Math.min(least, factor);
                most = Math.max(most, factor);
            }
            if (worst.passed() && now.get(0).size() == 1 && !(most - least <= tolerance * most)) {
                String where = "the factor varies between draws, from " + least + " to " + most;
                return Verdict.ofError((most - least) / most, tolerance, where, 0);
            }
            String factor = most - least <= 1e-9 * most
                    ? "factor " + Verdict.sixDigits(most)
                    : "factor " + Verdict.threeDigits(least) + " to " + Verdict.threeDigits(most);
            return worst.passed() ? worst.withMeasured(factor + ", " + worst.measured()) : worst;
        }
    },

    AT_LEAST("at least", "\\ge") {
        @Override
        List<Mutation> mutations() {
            return List.of(Mutation.REFLECTED);
        }

        @Override
        Verdict compareAll(List<Quantity> before, List<Quantity> now, double tolerance) {
            return AT_MOST.compareAll(now, before, tolerance);
        }
    },

    AT_MOST("at most", "\\le") {
        @Override
        List<Mutation> mutations() {
            return List.of(Mutation.REFLECTED);
        }

        @Override
        Verdict compare(Quantity before, Quantity now, double tolerance, int draw) {
            Verdict worst = null;
            double allowed = Math.min(tolerance, BEYOND);
            for (int i = 0; i < before.size(); i++) {
                double excess = before.excess(i, now);
                String where = before.describe(i) + " and " + now.describe(i) + before.place(i);
                String measured =
                        excess <= 0 ? "closest " + Verdict.number(-excess) : "beyond by " + Verdict.number(excess);
                Verdict verdict = Verdict.ofError(excess, allowed, where, draw).withMeasured(measured);
                worst = verdict.worseThan(worst) ? verdict : worst;
            }
            return worst;
        }

        /** What is equal everywhere is no inequality. */
        @Override
        Verdict compareAll(List<Quantity> before, List<Quantity> now, double tolerance) {
            Verdict worst = super.compareAll(before, now, tolerance);
            boolean strict = IntStream.range(0, now.size())
                    .anyMatch(draw -> before.get(draw).isSomewhereSmallerThan(now.get(draw), BEYOND));
            return worst.passed() && !strict
                    ? new Verdict(false, worst.error(), "equal everywhere, expected a difference somewhere", "", 0)
                    : worst;
        }
    },

    /** An independent number that the expression before it must be. */
    CONFIRMED("confirmed", "=") {
        @Override
        List<Mutation> mutations() {
            return EQUAL.mutations();
        }

        @Override
        Verdict compare(Quantity before, Quantity now, double tolerance, int draw) {
            return EQUAL.compare(before, now, tolerance, draw);
        }
    },

    /** Compared by the z-score of a Monte-Carlo mean. */
    IN_EXPECTATION("equal in expectation", "\\approx"),

    DIFFERS("differs", "\\ne") {
        /** A wrong formula is wrong on every draw, by its shape or its values; one that is no number could be anything. */
        @Override
        Verdict compareAll(List<Quantity> before, List<Quantity> now, double tolerance) {
            Verdict nearest = null;
            Verdict farthest = null;
            for (int i = 0; i < now.size(); i++) {
                Quantity.Gap gap = before.get(i).gap(now.get(i));
                Verdict verdict = Verdict.ofError(gap.error(), tolerance, gap.detail(), i);
                nearest = nearest == null || !(verdict.error() >= nearest.error()) ? verdict : nearest; // NaN above all
                farthest = farthest == null || verdict.error() > farthest.error() ? verdict : farthest;
            }
            if (nearest.error() > tolerance) {
                return new Verdict(true, farthest.error(), farthest.off(), "", 0);
            }
            String words = "the formula said to be wrong is " + (nearest.passed() ? "right" : "no number")
                    + (farthest.error() > tolerance ? " in some draws, " : ", ") + nearest.measured();
            return new Verdict(false, nearest.error(), words, nearest.where(), nearest.draw());
        }
    };

    /** What differs by more is said to differ. */
    static final double CLEARLY_DIFFERENT = 1e-6;

    /** What a value that should be zero may be instead: it is held against 1, whatever the size of its terms. */
    private static final double ZERO = 1e-11;
    /** How far rounding may carry a sum beyond the bound that it meets. */
    private static final double BEYOND = 1e-12;

    private final String word;
    private final String sign;

    Relation(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    /** The name in a machine-readable record. */
    String word() {
        return word;
    }

    /** The sign in TeX. */
    String sign() {
        return sign;
    }

    /** The mistakes that every step of this kind is tried with; none if its check is no comparison of two values. */
    List<Mutation> mutations() {
        return List.of();
    }

    /** A mistake that changes the value by less is not tried: in an inequality any change counts, elsewhere a clear one. */
    double noticeable() {
        return this == AT_LEAST || this == AT_MOST ? BEYOND : CLEARLY_DIFFERENT;
    }

    /** The verdict on one draw, for two values of the same shape. */
    Verdict compare(Quantity before, Quantity now, double tolerance, int draw) {
        throw new AssertionError(this + " is not a comparison of two values");
    }

    /** The verdict on all draws: the worst one. */
    Verdict compareAll(List<Quantity> before, List<Quantity> now, double tolerance) {
        Verdict worst = null;
        for (int i = 0; i < now.size(); i++) {
            Verdict verdict = before.get(i).sameShape(now.get(i))
                    ? compare(before.get(i), now.get(i), tolerance, i)
                    : EQUAL.compare(before.get(i), now.get(i), tolerance, i);
            worst = verdict.worseThan(worst) ? verdict : worst;
        }
        return worst;
    }
}
