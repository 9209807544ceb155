package nabla.notebook.draw;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** One axis of a finished frame: where a value lies in pixels, and which ticks the axis has. */
interface Scale {
    /** The pixel of a value; NaN for a value that the axis cannot show. */
    double at(double value);

    /** The pixel where the axis starts. */
    double start();

    /** Ticks that are at least {@code gap} pixels apart. */
    List<Tick> ticks(double gap);

    /** The smallest of 1, 2 or 5 times a power of ten that is not below {@code least}. */
    static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** A tick and its label. */
    record Tick(double value, String label) {}

    /** From {@code low} at pixel {@code from} to {@code high} at pixel {@code to}. */
    record Linear(double low, double high, double from, double to) implements Scale {
        @Override
        public double at(double value) {
            return from + (value - low) / (high - low) * (to - from);
        }

        @Override
        public double start() {
            return from;
        }

        /** Ticks at multiples of 1, 2 or 5 times a power of ten. */
        @Override
        public List<Tick> ticks(double gap) {
            double least = (high - low) * gap / Math.abs(to - from);
            double step = roundStep(least);
            List<Tick> ticks = new ArrayList<>();
            for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
                ticks.add(new Tick(k * step, label(k * step, step)));
            }
            return ticks;
        }

        /** As many decimals as the step has, so that the labels of one axis line up and differ. */
        private static String label(double value, double step) {
            int stepExponent = (int) Math.floor(Math.log10(step) + 1e-9);
            int decimals = Math.max(0, -stepExponent);
            int digits = value == 0 ? 1 : (int) Math.floor(Math.log10(Math.abs(value))) - stepExponent + 1;
            boolean plain = decimals <= 5 && (Math.abs(value) < 1e6 || (digits > 6 && Math.abs(value) < 1e12));
            String text = plain
                    ? new BigDecimal(value)
                            .setScale(decimals, RoundingMode.HALF_EVEN)
                            .toPlainString()
                    : Numbers.text(Math.abs(value) < step / 2 ? 0 : value, Math.max(6, digits));
            return text.replace('-', '\u2212');
        }
    }

    /** Logarithmic: {@code low} and {@code high} are the base-10 logarithms of the ends. */
    record Log(double low, double high, double from, double to) implements Scale {
        @Override
        public double at(double value) {
            return value > 0 ? new Linear(low, high, from, to).at(Math.log10(value)) : Double.NaN;
        }

        @Override
        public double start() {
            return from;
        }

        /** Powers of ten; also 2 and 5 times them if the axis is short of ticks otherwise. */
        @Override
        public List<Tick> ticks(double gap) {
            double decade = Math.abs(to - from) / (high - low);
            int every = Math.max(1, (int) Math.ceil(gap / decade));
            int[] factors = high - low < 2.5 && decade >= 3.4 * gap ? new int[] {1, 2, 5} : new int[] {1};
            List<Tick> ticks = new ArrayList<>();
            for (int e = (int) Math.floor(low); e <= Math.ceil(high); e++) {
                for (int factor : factors) {
                    double logarithm = e + Math.log10(factor);
                    if (Math.floorMod(e, every) == 0 && logarithm >= low - 1e-9 && logarithm <= high + 1e-9) {
                        ticks.add(new Tick(factor * Math.pow(10, e), label(factor, e)));
                    }
                }
            }
            return ticks;
        }

        private static String label(int factor, int exponent) {
            if (exponent >= -3 && exponent <= 4) {
                return new BigDecimal(factor).movePointRight(exponent).toPlainString();
            }
            String power = "10" + superscript(exponent);
            return factor == 1 ? power : factor + "\u00b7" + power;
        }

        private static String superscript(int n) {
            StringBuilder s = new StringBuilder();
            for (char c : Integer.toString(n).toCharArray()) {
                s.append(
                        c == '-'
                                ? '\u207b'
                                : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079".charAt(c - '0'));
            }
            return s.toString();
        }
    }

    /** Names at 0, 1, 2, ..., each with half a step of room on both sides. */
    record Category(List<String> names, Linear positions) implements Scale {
        @Override
        public double at(double value) {
            return positions.at(value);
        }

        @Override
        public double start() {
            return positions.start();
        }

        @Override
        public List<Tick> ticks(double gap) {
            double least = gap / Math.abs(positions.at(1) - positions.at(0));
            int every = (int) Math.max(1, roundStep(least));
            List<Tick> ticks = new ArrayList<>();
            for (int i = 0; i < names.size(); i += every) {
                ticks.add(new Tick(i, names.get(i)));
            }
            return ticks;
        }
    }
}
