package nabla.bench;

import java.util.Arrays;

/** The times of repeated measurements of one unit of work, in seconds. */
final class Times {
    private final double[] sorted;

    /** At least one, in any order; copied. */
    Times(double... seconds) {
        if (seconds.length == 0) {
            throw new IllegalArgumentException("seconds: expected at least one measurement, got none");
        }
        sorted = seconds.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
    }
}
