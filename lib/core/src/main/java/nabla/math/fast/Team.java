package nabla.math.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Threads that wait for work of a few microseconds. Waking a sleeping thread takes longer than a small matrix product, so a helper that has
 * finished looks out for more for a moment before it sleeps; the JDK's pools sleep at once, and lose more than they gain on such work. A
 * helper that has no processor to run on holds nothing up: whoever comes first takes the next piece.
 */
final class Team {
    private static final int LOOKS = 2000; // some 30 microseconds
    private static final Job NONE = new Job(0, 0, piece -> {});

    private final ReentrantLock busy = new ReentrantLock();
    private final ThreadLocal<Boolean> working = ThreadLocal.withInitial(() -> false);
    private final List<Helper> helpers = new ArrayList<>();
    private volatile Job job = NONE;

    /** Whether the calling thread is at work on a piece. */
    boolean isWorking() {
        return working.get();
    }

    /**
     * Does pieces 0 to {@code pieces - 1} with the help of other threads, or alone where they are busy for somebody else.
     *
     * @throws RuntimeException (or Error) whatever a piece throws first; the other pieces are done nevertheless
     */
    void run(int pieces, int threads, IntConsumer work) {
        Job mine = new Job(pieces, Math.min(threads, pieces) - 1, work);
        if (mine.helpers > 0 && busy.tryLock()) {
            try {
                job = mine;
                wake(mine.helpers);
                help(mine);
                mine.awaitEnd();
            } finally {
                job = NONE; // holds on to nothing
                busy.unlock();
            }
        } else {
            help(mine);
        }
        mine.throwFailure();
    }

    private void help(Job job) {
        working.set(true);
        try {
            job.work();
        } finally {
            working.set(false);
        }
    }

    private void wake(int count) {
        while (helpers.size() < count) {
            Helper helper = new Helper(helpers.size());
            helpers.add(helper);
            helper.start();
        }
        for (int i = 0; i < count; i++) {
            helpers.get(i).wake();
        }
    }

    /** Pieces of work that are handed out one by one. */
    private static final class Job {
        private final int pieces;
        private final int helpers;
        private final IntConsumer work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile Throwable failure;

        Job(int pieces, int helpers, IntConsumer work) {
            this.pieces = pieces;
            this.helpers = helpers;
            this.work = work;
        }

        void work() {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                try {
                    work.accept(piece);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    done.getAndIncrement();
                }
            }
        }

        void awaitEnd() {
            for (int looks = 0; done.get() < pieces; looks++) {
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, 10_000); // somebody else has the processor
                }
            }
        }

        void throwFailure() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    /** A thread that helps with every job that has work for so many. */
    private final class Helper extends Thread {
        private final int index;
        private volatile boolean sleeps;

        Helper(int index) {
            super("nabla-helper-" + (index + 1));
            this.index = index;
            setDaemon(true);
        }

        void wake() {
            if (sleeps) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            Job last = NONE;
            while (true) {
                last = awaitOtherThan(last);
                if (index < last.helpers) {
                    help(last);
                }
            }
        }

        private Job awaitOtherThan(Job last) {
            for (int looks = 0; job == last; looks++) {
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    sleeps = true;
                    if (job == last) {
                        LockSupport.park(Team.this);
                    }
                    sleeps = false;
                }
            }
            return job;
        }
    }
}
