package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.DoubleStream;

/**
 * The bins of a histogram: {@code count} intervals [start + i size, start + (i+1) size).
 *
 * @param start the lower end of the first bin
 * @param size the width of each bin, positive
 * @param count how many there are
 */
record Bins(double start, double size, int count) {
    /**
     * Bins with round ends that hold all values.
     *
     * @param wanted about how many bins; 0 leaves it to the number of values: twice its cube root (Rice's rule), at most 60
     */
    static Bins of(double[] values, int wanted) {
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(1);
        if (low == high) {
            return new Bins(low - 0.5, 1, 1);
        }
        int aim = wanted > 0 ? wanted : (int) Math.min(60, Math.ceil(2 * Math.cbrt(values.length)));
        double raw = (high - low) / aim;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double size = 10 * power;
        for (double factor : new double[] {5, 2.5, 2, 1}) {
            size = factor * power >= raw * 0.8 ? factor * power : size;
        }
        double first = Math.floor(low / size + 1e-9);
        double last = Math.floor(high / size + 1e-9);
        return new Bins(first * size, size, (int) (last - first) + 1);
    }

    static Bins read(JsonNode xbins) {
        double start = xbins.get("start").asDouble();
        double size = xbins.get("size").asDouble();
        return new Bins(start, size, (int) Math.round((xbins.get("end").asDouble() - start) / size));
    }

    void write(ObjectNode xbins) {
        xbins.put("start", start).put("end", start + count * size).put("size", size);
    }

    /** How many values lie in each bin; a value within rounding of an end belongs to the bin above, as in {@link #of}. */
    double[] counts(DoubleStream values) {
        double[] counts = new double[count];
        values.forEach(v -> {
            int i = (int) Math.floor((v - start) / size + 1e-9);
            if (i >= 0 && i < count) {
                counts[i]++;
            }
        });
        return counts;
    }

    double middle(int i) {
        return start + (i + 0.5) * size;
    }
}
