package nabla.check;

import java.util.List;

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
            return Verdict.ofError(gap.error(), tolerance, gap.detail(), draw);
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
            double error = factor > 0 ? before.errorAsMultiple(now, factor) : Double.NaN;
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
        Verdict compare(Quantity before, Quantity now, double tolerance, int draw) {
            return AT_MOST.compare(now, before, tolerance, draw);
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
            for (int i = 0; i < before.size(); i++) {
                double scale = Math.max(1, Math.max(Math.abs(before.get(i)), Math.abs(now.get(i))));
                double excess = (before.get(i) - now.get(i)) / scale;
                String where = before.describe(i) + " and " + now.describe(i) + before.place(i);
                Verdict verdict = Verdict.ofError(excess, tolerance, where, draw)
                        .withMeasured(
                                excess <= 0
                                        ? "closest " + Verdict.number(-excess)
                                        : "beyond by " + Verdict.number(excess));
                worst = verdict.worseThan(worst) ? verdict : worst;
            }
            return worst;
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
        /** Wrong on one draw is wrong. */
        @Override
        Verdict compareAll(List<Quantity> before, List<Quantity> now, double tolerance) {
            Verdict gap = EQUAL.compareAll(before, now, tolerance);
            return gap.passed()
                    ? new Verdict(false, gap.error(), "the formula said to be wrong is right, " + gap.measured(), "", 0)
                    : new Verdict(true, gap.error(), gap.off(), "", 0);
        }
    };

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
