package nabla.notebook.draw;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people like to read them. */
public final class Numbers {
    private Numbers() {}

    /**
     * The value rounded to {@code digits} significant digits: plain decimals from 0.0001 up to ten million, otherwise like
     * {@code 1.2e-7}; {@code NaN} and {@code Infinity} by name.
     */
    public static String text(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = round(new BigDecimal(value), digits);
        double size = Math.abs(rounded.doubleValue());
        if (size >= 1e-4 && size < 1e7) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    static BigDecimal round(BigDecimal value, int digits) {
        return value.round(new MathContext(digits)).stripTrailingZeros();
    }
}
