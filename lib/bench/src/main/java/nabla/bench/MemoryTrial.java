package nabla.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an RBM of 784 visible and 500 hidden units can be trained on as many rows as MNIST has in a Java heap of 1 GB, of which the data
 * take 376 MB.
 *
 * @param ran whether it could
 * @param seconds the time of the first epoch, without warm-up; NaN if it could not
 * @param peakBytes the sum of the highest uses of each part of the heap, which were not all at one time; NaN if it could not
 * @param message the first line it printed, which is the exception if it could not
 */
record MemoryTrial(boolean ran, double seconds, double peakBytes, String message) {
    static final String GOAL = "one epoch on 60,000 rows of 784 fits into a heap of 1 GB";

    private static final int ROWS = 60_000;
    private static final String HEAP = "1g";

    /** Trains in a process of its own, with this process's options otherwise. */
    static MemoryTrial start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Xmx" + HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryTrial.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            return new MemoryTrial(false, Double.NaN, Double.NaN, lines.isEmpty() ? "" : lines.get(0));
        }
        String[] numbers = lines.get(lines.size() - 1).split(" ", -1);
        return new MemoryTrial(true, Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), lines.get(0));
    }

    /** A sentence about it. */
    String text() {
        return ran
                ? "One epoch on 60,000 rows of 784, 500 hidden units, batches of 100, with -Xmx%s: %s s, peak of the heap %s.%n"
                        .formatted(HEAP, Figures.rounded(seconds), Figures.bytes(peakBytes))
                : "One epoch on 60,000 rows of 784, 500 hidden units, did not run with -Xmx%s: %s%n"
                        .formatted(HEAP, message);
    }

    /** Trains for one epoch and prints its seconds and the peak of the heap in bytes. */
    public static void main(String[] args) {
        Workload epoch = new RbmEpoch("memory", RbmEpoch.bits(ROWS, 784, 0.2), 500, 100);
        long start = System.nanoTime();
        epoch.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        System.out.println(seconds + " " + peak);
    }
}
