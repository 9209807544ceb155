package nabla.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nabla.math.Functions;
import nabla.math.LogNumber;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * What one side of an equation evaluates to: a scalar, vector, matrix, or a number in the log domain, seen alike.
 *
 * @param values the elements; for a number in the log domain, its logarithm
 * @param logDomain whether {@code values} holds the logarithm of a positive number
 */
record Quantity(SimpleMatrix values, boolean logDomain) {
    /** What rounding may do, relative to the largest element: 2^-46 is 64 units in the last place. */
    static final double ROUNDING = 0x1p-46;

    private static final int FEW = 6; // elements that a line has room for
    private static final long LARGEST_WHOLE = 1L << 53; // from here on not every whole number is a double

    /**
     * @throws IllegalArgumentException if {@code x} is none of the kinds that can be compared, has no element, or is a whole number that
     *     would be rounded
     */
    static Quantity of(Object x) {
        Quantity quantity = seenAlike(x);
        if (quantity.size() == 0) {
            throw new IllegalArgumentException("value: expected at least one element, got " + quantity.shape());
        }
        return quantity;
    }

    private static Quantity seenAlike(Object x) {
        if (x instanceof Quantity q) {
            return q;
        } else if (x instanceof Long n && (n > LARGEST_WHOLE || n < -LARGEST_WHOLE)) {
            throw new IllegalArgumentException("value: expected a whole number of at most 2^53, got " + n);
        } else if (x instanceof Number n) {
            return new Quantity(new SimpleMatrix(1, 1, true, n.doubleValue()), false);
        } else if (x instanceof LogNumber n) {
            return new Quantity(new SimpleMatrix(1, 1, true, n.log()), true);
        } else if (x instanceof double[] v) {
            return new Quantity(new SimpleMatrix(v.length, 1, true, v), false);
        } else if (x instanceof int[] v) {
            return seenAlike(Arrays.stream(v).asDoubleStream().toArray());
        } else if (x instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            return seenAlike(
                    list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray());
        } else if (x instanceof SimpleMatrix m) {
            return new Quantity(m.copy(), false);
        } else if (x instanceof DMatrixRMaj m) {
            return new Quantity(SimpleMatrix.wrap(m.copy()), false);
        }
        throw new IllegalArgumentException(
                "value: expected a number, an array or list of numbers, SimpleMatrix, DMatrixRMaj or LogNumber, got "
                        + (x == null ? "null" : x.getClass().getName()));
    }

    int size() {
        return values.getNumElements();
    }

    double get(int element) {
        return values.get(element);
    }

    boolean sameShape(Quantity other) {
        return values.getNumRows() == other.values.getNumRows() && values.getNumCols() == other.values.getNumCols();
    }

    Quantity times(double factor) {
        return logDomain
                ? new Quantity(values.plus(Math.log(factor)), true)
                : new Quantity(values.scale(factor), false);
    }

    /** The first of the elements that are the largest, sign aside, up to rounding: the same one on every processor. */
    int placeOfLargest() {
        double nearly = (1 - 1e-9) * largest();
        return IntStream.range(0, size())
                .filter(i -> Math.abs(get(i)) >= nearly)
                .findFirst()
                .orElse(0);
    }

    /** The largest element, sign aside. */
    double largest() {
        return size() == 0 ? 0 : values.elementMaxAbs();
    }

    /** Whether every element is zero. */
    boolean isZero() {
        return !logDomain && largest() == 0;
    }

    /** Whether no element is NaN or infinite; the logarithm of zero is a number here. */
    boolean isFinite() {
        return IntStream.range(0, size())
                .allMatch(i -> Double.isFinite(get(i)) || (logDomain && get(i) == Double.NEGATIVE_INFINITY));
    }

    /** The numbers themselves, where they are known by their logarithms. */
    Quantity plain() {
        return logDomain ? new Quantity(Functions.map(values, Math::exp), false) : this;
    }

    /** The factor c for which c times the other one is this one, read off where the other one is largest. */
    double factorOver(Quantity other) {
        int k = other.placeOfLargest();
        return logDomain || other.logDomain ? Math.exp(logarithm(k) - other.logarithm(k)) : get(k) / other.get(k);
    }

    private double logarithm(int i) {
        return logDomain ? get(i) : Math.log(get(i));
    }

    /** Where an element stands, in the words of a report: "(2, 3)" counted from 1, or nothing for a scalar. */
    String place(int element) {
        int columns = values.getNumCols();
        if (size() == 1) {
            return "";
        }
        return columns == 1
                ? " at " + (element + 1)
                : " at (" + (element / columns + 1) + ", " + (element % columns + 1) + ")";
    }

    String shape() {
        return values.getNumRows() + "x" + values.getNumCols();
    }

    /**
     * How far two quantities are apart: the largest {@link #excess}, sign aside. NaN and infinity, of which nobody knows the distance, never
     * pass.
     */
    Gap gap(Quantity other) {
        if (!sameShape(other)) {
            return new Gap(Double.POSITIVE_INFINITY, 0, "shapes differ: " + shape() + " and " + other.shape());
        }
        Gap worst = new Gap(0, 0, "");
        for (int i = 0; i < size(); i++) {
            double error = Math.abs(excess(i, other));
            if (!(error <= worst.error)) {
                worst = new Gap(error, i, describe(i) + " and " + other.describe(i) + place(i));
                if (Double.isNaN(error)) {
                    return worst;
                }
            }
        }
        return worst;
    }

    /**
     * By how much an element is larger than that of another quantity of the same shape, in the one measure of all checks: <b>an element's
     * error is relative to the larger of the two; up to 2^-46 of the value's largest element it is rounding, and relative to that; and zero,
     * which has no size, is held against 1.</b> In the log domain it is the relative error of the numbers themselves.
     *
     * @return positive if this element is larger; NaN if one of the two is NaN or infinite
     */
    double excess(int i, Quantity other) {
        if (logDomain || other.logDomain) {
            double difference = logarithm(i) - other.logarithm(i);
            if (Double.isFinite(difference)) {
                return -Math.signum(difference) * Math.expm1(-Math.abs(difference));
            }
            return plain().excess(i, other.plain()); // one of the numbers is not positive
        }
        double difference = get(i) - other.get(i);
        if (!Double.isFinite(get(i)) || !Double.isFinite(other.get(i))) {
            return Double.NaN;
        } else if (difference == 0 || isZero() || other.isZero()) {
            return difference;
        }
        double largest = Math.max(largest(), other.largest());
        return difference
                / (Math.abs(difference) <= ROUNDING * largest
                        ? largest
                        : Math.max(Math.abs(get(i)), Math.abs(other.get(i))));
    }

    /** Whether some element is smaller than that of the other one by more than this error. */
    boolean isSomewhereSmallerThan(Quantity other, double error) {
        return sameShape(other) && IntStream.range(0, size()).anyMatch(i -> excess(i, other) < -error);
    }

    /** All elements if they are few, otherwise the shape and the given element, to six digits. */
    String shortly(int element) {
        if (size() <= FEW) {
            return IntStream.range(0, size()).mapToObj(this::inSixDigits).collect(Collectors.joining(", "));
        }
        int shown = Math.min(element, size() - 1);
        return values.getNumRows() + "×" + values.getNumCols() + place(shown) + ": " + inSixDigits(shown);
    }

    private String inSixDigits(int i) {
        return logDomain ? "exp(" + Verdict.sixDigits(get(i)) + ")" : Verdict.sixDigits(get(i));
    }

    String describe(int i) {
        return logDomain ? "exp(" + get(i) + ")" : String.valueOf(get(i));
    }

    /**
     * The worst disagreement.
     *
     * @param error see {@link #excess}; NaN if an element is NaN or infinite, infinite if the shapes differ
     * @param element its index
     * @param detail both values and the place, in words
     */
    record Gap(double error, int element, String detail) {}
}
