package nabla.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Something a workload is meant to reach. Measured with several numbers of threads, its times count at their best, its memory at its worst.
 *
 * @param workload its name
 * @param goal in words
 * @param number which number of the workload's rows is meant; NaN if it was not measured
 * @param isAtLeast whether the number is to be at least, or else at most, the bound
 * @param show the number as text
 */
record Target(
        String workload,
        String goal,
        ToDoubleFunction<List<Measured>> number,
        boolean isAtLeast,
        double bound,
        Show show) {
    /** How a number is written. */
    @FunctionalInterface
    interface Show {
        /** The text. */
        String of(double number);
    }

    /** All of them; the first one of each workload is the one about its speed. */
    static final List<Target> ALL = List.of(
            faster("rbm-digits", 4),
            faster("rbm-784", 2.5),
            new Target(
                    "rbm-784",
                    "at most 1.6 times the time of the products alone",
                    Target::leastOverProducts,
                    false,
                    1.6,
                    Figures::rounded),
            new Target(
                    "rbm-784",
                    "below 1 MB allocated per epoch",
                    Target::mostAllocated,
                    false,
                    Math.nextDown(1e6),
                    Figures::bytes),
            faster("rnn", 2),
            faster("lstm", 2),
            faster("vae-784", 1),
            faster("gan-ring", 1),
            faster("ais-784", 4),
            faster("log-z", 5));

    private static Target faster(String workload, double times) {
        String goal = "at least " + Figures.plain(times)
                + " times as fast as the peer, each with the threads that suit it best";
        return new Target(workload, goal, Target::speedAtBest, true, times, Figures::rounded);
    }

    /** By how many times the workload is to be faster than its peer, as text. */
    static String speed(String workload) {
        return ALL.stream()
                .filter(target -> target.workload.equals(workload))
                .findFirst()
                .map(target -> Figures.plain(target.bound))
                .orElse("-");
    }

    /** A row for the summary: the workload, the goal, what was measured, and whether that is enough. */
    String[] judged(List<Measured> rows) {
        List<Measured> own =
                rows.stream().filter(row -> row.workload().equals(workload)).toList();
        double measured = number.applyAsDouble(own);
        if (Double.isNaN(measured)) {
            return new String[] {workload, goal, "-", "not measured"};
        }
        boolean isMet = isAtLeast ? measured >= bound : measured <= bound;
        return new String[] {workload, goal, show.of(measured), isMet ? "yes" : "NO"};
    }

    private static double leastOverProducts(List<Measured> rows) {
        return rows.stream().mapToDouble(Measured::overProducts).min().orElse(Double.NaN);
    }

    private static double mostAllocated(List<Measured> rows) {
        return rows.stream().mapToDouble(Measured::allocated).max().orElse(Double.NaN);
    }

    private static double speedAtBest(List<Measured> rows) {
        double ours =
                rows.stream().mapToDouble(row -> row.ours().median()).min().orElse(Double.NaN);
        double theirs = rows.stream()
                .mapToDouble(row -> row.theirs().map(Times::median).orElse(Double.NaN))
                .min()
                .orElse(Double.NaN);
        return theirs / ours;
    }
}
