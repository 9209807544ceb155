package nabla.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as the tables show them: three significant digits. */
final class Figures {
    private static final int DIGITS = 3;

    private Figures() {}

    /** {@code median [least, most]} in milliseconds. */
    static String milliseconds(Times times) {
        return "%s [%s, %s]"
                .formatted(milliseconds(times.median()), milliseconds(times.least()), milliseconds(times.most()));
    }

    /** Without the unit. */
    static String milliseconds(double seconds) {
        return rounded(1000 * seconds);
    }

    /** In B, kB, MB or GB, of which each is a thousand of the one before. */
    static String bytes(double bytes) {
        String[] units = {"B", "kB", "MB", "GB"};
        int unit = 0;
        double number = bytes;
        while (number >= 999.5 && unit < units.length - 1) {
            number /= 1000;
            unit++;
        }
        return (unit == 0 ? String.valueOf(Math.round(number)) : rounded(number)) + " " + units[unit];
    }

    /** As few digits as it takes. */
    static String plain(double x) {
        return BigDecimal.valueOf(x).stripTrailingZeros().toPlainString();
    }

    /** Three significant digits, never in scientific notation. */
    static String rounded(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return x == 0 ? "0" : "-";
        }
        BigDecimal three = BigDecimal.valueOf(x).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        int decimals = Math.max(0, DIGITS - three.precision() + three.scale());
        return three.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
}
