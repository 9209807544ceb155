package nabla.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the library with its peers on all workloads and prints the tables. {@code lib/bench/run} starts it. */
public final class SideBySide {
    private static final int MOST_THREADS = 2;

    private SideBySide() {}

    /** Measures; the tables go to the standard output, progress to the standard error. */
    public static void main(String[] args) throws InterruptedException {
        try {
            run(Arguments.of(args));
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("benchmark: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Arguments arguments) throws IOException, InterruptedException {
        Map<Integer, Peer> peers = new HashMap<>();
        try {
            if (arguments.python().isPresent()) {
                for (int threads = 1; threads <= mostThreads(); threads++) {
                    peers.put(threads, new Peer(arguments.python().get(), arguments.peers(), threads));
                }
            }
            print(arguments, peers);
        } finally {
            peers.values().forEach(Peer::close);
        }
    }

    private static void print(Arguments arguments, Map<Integer, Peer> peers) throws IOException, InterruptedException {
        Comparison comparison =
                new Comparison(peers.isEmpty() ? Map.of() : peers.get(1).versions());
        System.out.println("## Side by side\n\n" + comparison.heading());
        for (String name : arguments.workloads()) {
            Workload workload = Workloads.named(name);
            List<Measured> rows = new ArrayList<>();
            for (int threads = 1; threads <= mostThreads(); threads++) {
                Measured row = Measurement.of(
                        workload, threads, Optional.ofNullable(peers.get(threads)), arguments.repetitions());
                rows.add(row);
                report(row);
            }
            comparison.add(workload, rows);
        }
        System.out.println(comparison.times());
        Optional<MemoryTrial> memory =
                arguments.workloads().contains("rbm-784") ? Optional.of(MemoryTrial.start()) : Optional.empty();
        memory.ifPresent(trial -> System.out.println("## Memory\n\n" + trial.text()));
        System.out.println("## Targets\n\n" + comparison.summary(memory));
    }

    private static void report(Measured row) {
        String theirs = row.theirs()
                .map(times -> ", peer " + Figures.milliseconds(times.median()) + " ms")
                .orElse("");
        System.err.printf(
                "%s, threads %d: ours %s ms%s%n",
                row.workload(), row.threads(), Figures.milliseconds(row.ours().median()), theirs);
    }

    private static int mostThreads() {
        return Math.min(MOST_THREADS, Machine.processors());
    }
}
