package nabla.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private static final int FEW = 6; // elements that a line has room for

    /** @throws IllegalArgumentException if {@code x} is none of the kinds that can be compared */
    static Quantity of(Object x) {
        if (x instanceof Quantity q) {
            return q;
        } else if (x instanceof Number n) {
            return new Quantity(new SimpleMatrix(1, 1, true, n.doubleValue()), false);
        } else if (x instanceof LogNumber n) {
            return new Quantity(new SimpleMatrix(1, 1, true, n.log()), true);
        } else if (x instanceof double[] v) {
            return new Quantity(new SimpleMatrix(v.length, 1, true, v), false);
        } else if (x instanceof int[] v) {
            return of(Arrays.stream(v).asDoubleStream().toArray());
        } else if (x instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            return of(list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray());
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

    /** The factor c for which c times the other one is nearest to this one (least squares). */
    double factorOver(Quantity other) {
        return logDomain
                ? Math.exp(get(0) - other.get(0))
                : values.elementMult(other.values).elementSum()
                        / other.values.elementMult(other.values).elementSum();
    }

    /** The largest difference between this one and a factor times the other one, relative to the largest element. */
    double errorAsMultiple(Quantity other, double factor) {
        Quantity multiple = other.times(factor);
        return logDomain ? gap(multiple).error() : values.minus(multiple.values).elementMaxAbs() / largest();
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

    /** How far two quantities are apart. */
    Gap gap(Quantity other) {
        if (!sameShape(other)) {
            return new Gap(Double.POSITIVE_INFINITY, 0, "shapes differ: " + shape() + " and " + other.shape());
        }
        Gap worst = new Gap(0, 0, "");
        for (int i = 0; i < size(); i++) {
            double error = error(i, other);
            if (!(error <= worst.error)) {
                worst = new Gap(error, i, describe(i) + " and " + other.describe(i) + place(i));
                if (Double.isNaN(error)) {
                    return worst;
                }
            }
        }
        return worst;
    }

    /** |a - b| / max(1, |a|, |b|); for numbers in the log domain the relative error of the numbers themselves. NaN never passes. */
    private double error(int i, Quantity other) {
        if (logDomain || other.logDomain) {
            double a = logDomain ? get(i) : Math.log(get(i));
            double b = other.logDomain ? other.get(i) : Math.log(other.get(i));
            return a == b ? 0 : -Math.expm1(-Math.abs(a - b));
        }
        double a = get(i);
        double b = other.get(i);
        return a == b ? 0 : Math.abs(a - b) / Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
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
     * @param error relative error; NaN if an element is not a number, infinite if the shapes differ
     * @param element its index
     * @param detail both values and the place, in words
     */
    record Gap(double error, int element, String detail) {}
}
