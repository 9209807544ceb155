package nabla.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Central differences of a function around a point, with steps from wide to narrow: its derivative, how well that can be known, and
 * whether there is one.
 *
 * <p>The noise of the function (its rounding, or worse) is measured where steps are so narrow that nothing else is left. A difference
 * with step h is then off by noise / h.
 */
final class Differences {
    /** What a function may be at a point. */
    enum Shape {
        SMOOTH,
        KINK,
        JUMP
    }

    static final double FIRST_STEP = 0.23; // no power of 2, with which periodic functions might agree

    private static final double RATIO = 4;
    private static final double FINEST = 1e-13; // of x: nearer to it there are few numbers left
    private static final double FINEST_AT_ZERO = 1e-15;
    private static final int FEW_STEPS = 6;
    private static final int MOST_ORDERS = 5;
    static final double ROUNDING = 0x1p-52;
    private static final double MOST_ROUNDING = 1e-8; // of a value: more is noise
    private static final double CLEARLY = 32; // so many times the noise
    private static final double NARROW = 1e-3; // of the widest step
    private static final double LEAST_STAIR = 1e-12; // of a value: more than rounding
    private static final double LARGEST_STAIR =
            1e-5; // of a value: as rounding to single precision, 6e-8, and not like a threshold
    private static final double STAIRS = 4;

    private final double at;
    private final List<Step> steps;
    private final double noise;
    private final Extrapolation best;

    /** The values on both sides; rounding makes the two distances differ a little. */
    private record Step(double left, double right, double below, double above) {
        double h() {
            return (left + right) / 2;
        }

        double slope() {
            return (above - below) / (left + right);
        }

        /** The right slope minus the left one. */
        double bend(double at) {
            return (above - at) / right - (at - below) / left;
        }

        double largest() {
            return Math.max(Math.abs(below), Math.abs(above));
        }

        double rise(double at) {
            return Math.abs(above - at);
        }

        double fall(double at) {
            return Math.abs(at - below);
        }

        /** Whether the function goes on in one direction, by more than this on each side. */
        boolean climbs(double at, double by) {
            return (above - at) * (at - below) > 0 && rise(at) > by && fall(at) > by;
        }

        boolean isFlat(double at) {
            double rounding = 16 * ROUNDING * largest();
            return rise(at) <= rounding && fall(at) <= rounding;
        }
    }

    /** An entry of the table: extrapolated from a step and some wider ones. */
    private record Extrapolation(double value, double error, int last) {}

    private Differences(double at, List<Step> steps) {
        this.at = at;
        this.steps = steps;
        noise = measureNoise();
        best = extrapolate();
    }

    static Differences of(DoubleUnaryOperator f, double x) {
        return of(f, x, FIRST_STEP);
    }

    /**
     * Evaluates the function around a point.
     *
     * @param firstStep the widest step, in units of x (or of 1 if x is smaller)
     * @throws ArithmeticException if f is not finite however close to x
     */
    static Differences of(DoubleUnaryOperator f, double x, double firstStep) {
        double at = f.applyAsDouble(x);
        List<Step> steps = new ArrayList<>();
        double narrowest = x == 0 ? FINEST_AT_ZERO : FINEST * Math.abs(x);
        int flat = 0; // where nothing but rounding is left, narrower steps tell no more
        for (double h = firstStep * Math.max(1, Math.abs(x)); h > narrowest && flat < FEW_STEPS; h /= RATIO) {
            Step step = new Step(x - (x - h), x + h - x, f.applyAsDouble(x - h), f.applyAsDouble(x + h));
            if (Double.isFinite(step.slope())) {
                steps.add(step);
                flat = step.isFlat(at) ? flat + 1 : 0;
            } else {
                steps.clear(); // the wider ones are beyond the edge of where f is defined
            }
        }
        if (steps.isEmpty() || !Double.isFinite(at)) {
            throw new ArithmeticException(
                    "the function is not finite around " + x + ", even at a distance of " + Verdict.number(narrowest));
        }
        return new Differences(at, steps);
    }

    Numeric.Derivative derivative() {
        return new Numeric.Derivative(best.value, best.error);
    }

    /** The value at the point itself. */
    double at() {
        return at;
    }

    /** The largest value seen, sign aside. */
    double largest() {
        return steps.stream().mapToDouble(Step::largest).max().orElseThrow();
    }

    /** How far a value of the function may be off. */
    double noise() {
        return noise;
    }

    /** Whether that is more than rounding. */
    boolean isNoisy() {
        return noise > MOST_ROUNDING * Math.max(Math.abs(at), narrowest().largest());
    }

    /** The narrowest step that the derivative was found from: so near, the function is smooth. */
    double narrowestStep() {
        return steps.get(best.last).h();
    }

    private Step narrowest() {
        return steps.get(steps.size() - 1);
    }

    /** Neighbouring slopes of narrow steps differ by noise / h and by nothing else. */
    private double measureNoise() {
        double noise = ROUNDING * narrowest().largest() / 2;
        for (int i = Math.max(1, steps.size() - FEW_STEPS + 1); i < steps.size(); i++) {
            Step step = steps.get(i);
            noise = Math.max(
                    noise, step.h() * Math.abs(step.slope() - steps.get(i - 1).slope()));
        }
        return noise;
    }

    private Extrapolation extrapolate() {
        Extrapolation best = new Extrapolation(steps.get(0).slope(), Double.POSITIVE_INFINITY, 0);
        double[] wider = {};
        for (int i = 0; i < steps.size(); i++) {
            double[] row = new double[Math.min(i, MOST_ORDERS) + 1];
            row[0] = steps.get(i).slope();
            double power = 1;
            for (int j = 1; j < row.length; j++) {
                power *= RATIO * RATIO; // the error of a central difference has only even powers of h
                row[j] = row[j - 1] + (row[j - 1] - wider[j - 1]) / (power - 1);
                double error = Math.max(Math.abs(row[j] - row[j - 1]), Math.abs(row[j] - wider[j - 1]));
                if (j < wider.length) { // three neighbours agree by chance less easily than two
                    error = Math.max(error, Math.abs(row[j] - wider[j]));
                }
                error += noise / steps.get(i).h();
                if (error < best.error && smallerStepsAgree(row[j], error, i)) {
                    best = new Extrapolation(row[j], error, i);
                }
            }
            wider = row;
        }
        return best;
    }

    /** Whether the slopes of all smaller steps are what they should be, up to noise and to what they still change by. */
    private boolean smallerStepsAgree(double value, double error, int last) {
        for (int i = last + 1; i < steps.size(); i++) {
            double slope = steps.get(i).slope();
            double open = Math.abs(slope - steps.get(i - 1).slope())
                    + 4 * noise / steps.get(i).h();
            if (Math.abs(slope - value) > 4 * error + open) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the function is at the point: with narrower steps the values tend to that at the point unless it jumps there; the right slope
     * and the left one approach each other if it is smooth, and keep their distance at a kink.
     */
    Shape shape() {
        if (jumps(Step::above) || jumps(Step::below)) {
            return Shape.JUMP;
        }
        int last = steps.size() - 1;
        while (last >= 0 && Math.abs(bend(last)) * steps.get(last).h() <= CLEARLY * noise) {
            last--;
        }
        if (last < 2 || endsBefore(last + 1)) {
            return Shape.SMOOTH; // a kink may be near, but not here
        }
        double growth = Math.min(Math.abs(bend(last) / bend(last - 1)), Math.abs(bend(last - 1) / bend(last - 2)));
        return growth < 0.8 ? Shape.SMOOTH : Shape.KINK;
    }

    /**
     * Whether the function moves in stairs, as one that is rounded to single precision: all the same within the narrowest steps, by more
     * than rounding explains, and climbing on to both sides beyond. Its derivative is then 0 or not there, and nobody means that one.
     */
    boolean isStaircase() {
        int last = steps.size() - 1; // that is not flat
        while (last >= 0 && steps.get(last).isFlat(at)) {
            last--;
        }
        if (last < 0
                || last == steps.size() - 1
                || steps.get(last).h() > NARROW * steps.get(0).h()) {
            return false;
        }
        double stair = Math.max(steps.get(last).rise(at), steps.get(last).fall(at));
        while (last >= 0 && !steps.get(last).climbs(at, STAIRS * stair)) {
            last--; // the next stair may be near on one side and far on the other
        }
        return stair > LEAST_STAIR * narrowest().largest()
                && stair < LARGEST_STAIR * narrowest().largest()
                && last >= 2
                && steps.get(last - 1).climbs(at, 0)
                && steps.get(last - 2).climbs(at, 0);
    }

    /** Whether the values on one side tend to another one than that at the point. */
    private boolean jumps(ToDoubleFunction<Step> side) {
        if (steps.size() < 3) {
            return false;
        }
        double gap = side.applyAsDouble(narrowest()) - at;
        double before = side.applyAsDouble(steps.get(steps.size() - 3)) - at;
        return Math.abs(gap) > MOST_ROUNDING * narrowest().largest() && Math.abs(gap - before) < 0.01 * Math.abs(gap);
    }

    /** Whether a bend that lasted so far would still be seen with this step. */
    private boolean endsBefore(int step) {
        return step < steps.size() && Math.abs(bend(step - 1)) * steps.get(step).h() > 2 * CLEARLY * noise;
    }

    private double bend(int i) {
        return steps.get(i).bend(at);
    }
}
