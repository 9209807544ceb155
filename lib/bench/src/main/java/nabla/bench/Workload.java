package nabla.bench;

import java.util.Optional;

/** Work that is timed: by the library, and the same by a peer, which knows it by its name (see {@code peers.py}). */
interface Workload {
    /** As on the command line, for example {@code rbm-784}. */
    String name();

    /** What one unit of work is, with its sizes. */
    String description();

    /** What does the same work on the other side. */
    String peer();

    /** Does one unit of work. */
    void run();

    /** The dense matrix products of one unit and nothing else, where products are what the work consists of. */
    default Optional<Runnable> products() {
        return Optional.empty();
    }

    /** How many units are timed together, because one alone is short. The peer does the same. */
    default int unitsInARow() {
        return 1;
    }

    /** How many bytes one unit allocates on the heap, after warm-up. */
    default long allocated() {
        return Allocation.bytesOf(this::run);
    }
}
