package nabla.math.fast;

import java.util.Arrays;

/**
 * One row of a matrix in arrays of its own, and functions of all its elements, three to ten times as fast as one by one: every loop goes over arrays of this class at the same index, and the JIT compiler turns it into vector instructions.
 *
 * <p>A row belongs to the thread that uses it. It grows as needed and can be used again and again.
 */
public final class RowBuffer {
    /** Added to a number and subtracted again, it rounds to an integer; before that, the integer stands in the lowest bits. */
    private static final double ROUND = 0x1.8p52;

    private static final double PER_LOG_2 = 1 / Math.log(2);
    private static final double LOG_2 = Math.log(2);
    private static final double LOG_2_START = 0x1.62e42fefa0000p-1; // its first digits: k times these is exact
    private static final double LOG_2_REST = 0x1.cf79abc9e3b3ap-40;
    private static final double LEAST = -708; // beyond these, 2^k is no longer a normal number
    private static final double LARGEST = 709;
    private static final int FACTORS = 1000; // as many factors below 2 can be multiplied without overflow

    private static final long MANTISSA = (1L << 52) - 1;
    private static final long ONE = Double.doubleToRawLongBits(1);

    private int length;
    private double[] x = {};
    private double[] other = {}; // what a function needs beside x
    private long[] bits = {};

    /** Gives the row this length; its elements are whatever they were. */
    public void resize(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length: expected at least 0, got " + length);
        }
        if (x.length < length) {
            x = new double[length];
            other = new double[length];
            bits = new long[length];
        }
        this.length = length;
    }

    /** The elements, in an array that may be longer than the row; valid until it grows. */
    public double[] elements() {
        return x;
    }

    /** Gives the row this length and all elements the same value. */
    public void fill(double value, int length) {
        resize(length);
        Arrays.fill(x, 0, length, value);
    }

    /** Takes {@code length} elements from an array, beginning with {@code start}. */
    public void load(double[] data, int start, int length) {
        requireElements("data", data, start, length);
        resize(length);
        System.arraycopy(data, start, x, 0, length);
    }

    /** Writes all elements into an array, beginning with {@code start}. */
    public void store(double[] data, int start) {
        requireElements("data", data, start, length);
        System.arraycopy(x, 0, data, start, length);
    }

    /** x = x + y, for an array that is at least as long. */
    public void add(double[] y) {
        requireElements("y", y, 0, length);
        double[] x = this.x;
        for (int i = 0; i < length; i++) {
            x[i] += y[i];
        }
    }

    /** x = x + y, y, y, ... where the row is several rows of {@code n} elements, one after the other. */
    void addToEach(double[] y, int n) {
        for (int start = 0; start < length; start += n) {
            System.arraycopy(y, 0, other, start, n);
        }
        add(other);
    }

    /** x = x + y, for elements of an array from {@code start} on. */
    public void add(double[] y, int start) {
        requireElements("y", y, start, length);
        System.arraycopy(y, start, other, 0, length);
        add(other);
    }

    /** x = factor x. */
    public void scale(double factor) {
        double[] x = this.x;
        for (int i = 0; i < length; i++) {
            x[i] *= factor;
        }
    }

    /** x = e<sup>x</sup>, within 2 units in the last place. What is below -708 is taken as -708, what is above 709 as 709. */
    public void exp() {
        splitAndExpOfRest(1);
        timesPowerOfTwo();
    }

    /** x = 1 / (1 + e<sup>-x</sup>), within 3 units in the last place; what is below -709 is taken as -709. */
    public void sigmoid() {
        scale(-1);
        exp();
        double[] x = this.x;
        for (int i = 0; i < length; i++) {
            x[i] = 1 / (1 + x[i]);
        }
    }

    /** x = tanh(x), within 3 units in the last place. */
    public void tanh() {
        double[] x = this.x;
        for (int i = 0; i < length; i++) {
            x[i] = 2 * Math.max(-20, Math.min(20, x[i])); // tanh 20 = 1 - 8e-18
        }
        splitAndExpOfRest(0);
        double[] power = other;
        for (int i = 0; i < length; i++) {
            power[i] = Double.longBitsToDouble((Double.doubleToRawLongBits(power[i]) << 52) + ONE);
        }
        for (int i = 0; i < length; i++) {
            double m = Math.fma(power[i], x[i], power[i] - 1); // e^2x - 1, without loss for small x
            x[i] = m / (m + 2);
        }
    }

    /** The sum of log(1 + e<sup>x</sup>), with an error of at most 3e-16 for each element beside that of the sum. The elements are lost. */
    public double softplusSum() {
        double[] x = this.x;
        double[] positive = other;
        for (int i = 0; i < length; i++) {
            positive[i] = Math.max(x[i], 0);
        }
        return sum(positive) + softplusSumOfMinusSize();
    }

    /**
     * The sum of log(1 + e<sup>x</sup>) - t x, which is the cross-entropy of t and the logistic function of x; as exact as
     * {@link #softplusSum}, also where e<sup>x</sup> is beyond all numbers. The elements are lost.
     *
     * @param t numbers in [0, 1], as many as there are elements from {@code start} on, not modified
     */
    public double crossEntropySum(double[] t, int start) {
        requireElements("t", t, start, length);
        System.arraycopy(t, start, other, 0, length);
        double[] x = this.x;
        double[] linear = other;
        for (int i = 0; i < length; i++) {
            linear[i] = Math.max(x[i], 0) - linear[i] * x[i];
        }
        return sum(linear) + softplusSumOfMinusSize();
    }

    private static void requireElements(String name, double[] x, int start, int length) {
        Part.requirePresent(name, x);
        if (start < 0 || length < 0 || start > x.length - length) {
            throw new IllegalArgumentException("%s: expected %d numbers (length) from %d (start) on, got %d in all"
                    .formatted(name, length, start, x.length));
        }
    }

    /** The sum of log(1 + e<sup>-|x|</sup>): with max(x, 0) it is log(1 + e<sup>x</sup>). */
    private double softplusSumOfMinusSize() {
        double[] x = this.x;
        for (int i = 0; i < length; i++) {
            x[i] = -Math.abs(x[i]);
        }
        exp();
        for (int i = 0; i < length; i++) {
            x[i] += 1;
        }
        return logOfProduct();
    }

    /**
     * The sum of log x, for elements between 1e-308 and infinity, by one logarithm of a product: their powers of two are added up, and
     * what remains, between 1 and 2, is multiplied. The elements are lost.
     */
    public double logOfProduct() {
        double[] x = this.x;
        long[] bits = this.bits;
        for (int i = 0; i < length; i++) {
            bits[i] = Double.doubleToRawLongBits(x[i]);
        }
        for (int i = 0; i < length; i++) {
            x[i] = Double.longBitsToDouble((bits[i] & MANTISSA) | ONE);
        }
        long power = 0;
        for (int i = 0; i < length; i++) {
            power += (bits[i] >>> 52) - 1023;
        }
        double sum = power * LOG_2;
        for (int from = 0; from < length; from += FACTORS) {
            sum += Math.log(product(from, Math.min(length, from + FACTORS)));
        }
        return sum;
    }

    /**
     * Turns probabilities into coin flips: x = 1 where a uniform number is below x, otherwise 0.
     *
     * @param key names a stream of random numbers, see {@link Uniforms}
     * @param first the position in the stream of the first number used
     */
    public void flip(long key, long first) {
        Uniforms.fill(key, first, bits, other, length);
        double[] x = this.x;
        double[] u = other;
        for (int i = 0; i < length; i++) {
            x[i] = Math.ceil(x[i] - u[i]) + 0.0; // the difference is in (-1, 1]; + 0.0 turns -0.0 into 0.0
        }
    }

    /**
     * x = 2^k x' with k the integer nearest to x / log 2: leaves e^r - 1 + {@code constant} in x, where r = x - k log 2 is at most
     * log(2) / 2 in size, and k in the lowest bits of {@link #other}. The polynomial is Taylor's, of degree 13; the error is
     * below 1e-17.
     */
    private void splitAndExpOfRest(double constant) {
        double[] x = this.x;
        double[] power = other;
        for (int i = 0; i < length; i++) {
            double value = Math.max(LEAST, Math.min(LARGEST, x[i]));
            double rounded = value * PER_LOG_2 + ROUND;
            double k = rounded - ROUND;
            double r = Math.fma(-k, LOG_2_REST, Math.fma(-k, LOG_2_START, value));
            double p = 1.0 / 6227020800.0;
            p = Math.fma(p, r, 1.0 / 479001600);
            p = Math.fma(p, r, 1.0 / 39916800);
            p = Math.fma(p, r, 1.0 / 3628800);
            p = Math.fma(p, r, 1.0 / 362880);
            p = Math.fma(p, r, 1.0 / 40320);
            p = Math.fma(p, r, 1.0 / 5040);
            p = Math.fma(p, r, 1.0 / 720);
            p = Math.fma(p, r, 1.0 / 120);
            p = Math.fma(p, r, 1.0 / 24);
            p = Math.fma(p, r, 1.0 / 6);
            p = Math.fma(p, r, 1.0 / 2);
            p = Math.fma(p, r, 1);
            x[i] = Math.fma(p, r, constant);
            power[i] = rounded;
        }
    }

    /** Adds k to the exponents of x. */
    private void timesPowerOfTwo() {
        double[] x = this.x;
        double[] power = other;
        for (int i = 0; i < length; i++) {
            x[i] = Double.longBitsToDouble(
                    Double.doubleToRawLongBits(x[i]) + (Double.doubleToRawLongBits(power[i]) << 52));
        }
    }

    // Four running results: each addition would otherwise wait for the one before it.

    private double sum(double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            s0 += y[i];
            s1 += y[i + 1];
            s2 += y[i + 2];
            s3 += y[i + 3];
        }
        for (; i < length; i++) {
            s0 += y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private double product(int from, int to) {
        double p0 = 1;
        double p1 = 1;
        double p2 = 1;
        double p3 = 1;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            p0 *= x[i];
            p1 *= x[i + 1];
            p2 *= x[i + 2];
            p3 *= x[i + 3];
        }
        for (; i < to; i++) {
            p0 *= x[i];
        }
        return (p0 * p1) * (p2 * p3);
    }
}
