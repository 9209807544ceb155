package nabla.bench;

import java.io.IOException;
import java.util.Optional;
import nabla.math.fast.Parallel;

/** Measures one workload: ours, the peer and the products alone in turn, so that what disturbs the machine disturbs all of them. */
final class Measurement {
    /** Threads of the one before may look out for more work for a while; they would be in the way. */
    private static final int PAUSE_MILLISECONDS = 100;

    private static final double WARM_UP_SECONDS = 2;
    private static final int WARM_UP_UNITS = 5;
    private static final double LONGEST_WARM_UP_SECONDS = 10;

    private Measurement() {}

    /**
     * One row of the table.
     *
     * @param workload may be measured again with other threads
     * @param peer with as many threads
     * @param repetitions at least 1
     */
    static Measured of(Workload workload, int threads, Optional<Peer> peer, int repetitions)
            throws IOException, InterruptedException {
        Parallel.useThreads(threads);
        Optional<Runnable> products = workload.products();
        warmUp(workload::run);
        products.ifPresent(Measurement::warmUp);

        double[] ours = new double[repetitions];
        double[] theirs = new double[repetitions];
        double[] alone = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            Thread.sleep(PAUSE_MILLISECONDS);
            ours[i] = seconds(workload::run, workload.unitsInARow());
            if (peer.isPresent()) {
                Thread.sleep(PAUSE_MILLISECONDS);
                theirs[i] = peer.get().seconds(workload.name());
            }
            if (products.isPresent()) {
                Thread.sleep(PAUSE_MILLISECONDS);
                alone[i] = seconds(products.get(), workload.unitsInARow());
            }
        }
        return new Measured(
                workload.name(),
                threads,
                new Times(ours),
                peer.map(present -> new Times(theirs)),
                products.map(present -> new Times(alone)),
                (double) workload.allocated());
    }

    /** Until the JIT compiler has settled. */
    private static void warmUp(Runnable unit) {
        long start = System.nanoTime();
        double elapsed = 0;
        for (int units = 0;
                elapsed < WARM_UP_SECONDS || (units < WARM_UP_UNITS && elapsed < LONGEST_WARM_UP_SECONDS);
                units++) {
            unit.run();
            elapsed = (System.nanoTime() - start) / 1e9;
        }
    }

    private static double seconds(Runnable unit, int inARow) {
        long start = System.nanoTime();
        for (int i = 0; i < inARow; i++) {
            unit.run();
        }
        return (System.nanoTime() - start) / 1e9 / inARow;
    }
}
