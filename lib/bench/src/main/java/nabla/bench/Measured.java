package nabla.bench;

import java.util.Optional;

/**
 * What was measured of one workload with one number of threads.
 *
 * @param workload its name
 * @param ours the times of one unit
 * @param theirs those of the peer, if there is one
 * @param products those of the matrix products alone, where products are what the work consists of
 * @param allocated bytes that one unit of ours allocates after warm-up
 */
record Measured(
        String workload, int threads, Times ours, Optional<Times> theirs, Optional<Times> products, double allocated) {
    /** How many times faster than the peer: the ratio of medians; NaN without one. */
    double speed() {
        return theirs.map(times -> times.median() / ours.median()).orElse(Double.NaN);
    }

    /** Our time in units of that of the products alone: the ratio of medians; NaN without products. */
    double overProducts() {
        return products.map(times -> ours.median() / times.median()).orElse(Double.NaN);
    }
}
