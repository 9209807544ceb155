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
    private static final Job NONE = new Job(null, 0, 0, piece -> {});

    private final ReentrantLock busy = new ReentrantLock();
    private final ThreadLocal<Thread> workingFor = ThreadLocal.withInitial(() -> null); // null but within a piece
    private final List<Helper> helpers = new ArrayList<>();
    private volatile Job job = NONE;

    /** The thread that the calling thread works for: itself, or within a piece the one that called {@link #run}. */
    Thread caller() {
        Thread caller = workingFor.get();
        return caller == null ? Thread.currentThread() : caller;
    }

    /**
     * Does pieces 0 to {@code pieces - 1} with the help of other threads, or alone where they are busy for somebody else, or where it is
     * called within a piece.
     *
     * <p>What a piece throws, checked or not, is thrown on, of several pieces that of the first one; the others are done nevertheless.
     */
    void run(int pieces, int threads, IntConsumer work) {
        Job mine = new Job(caller(), pieces, Math.min(threads, pieces) - 1, work);
        if (mine.helpers > 0 && workingFor.get() == null && busy.tryLock()) {
            try {
                hire(mine.helpers);
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
        Thread before = workingFor.get();
        workingFor.set(job.caller);
        try {
            job.work();
        } finally {
            workingFor.set(before);
        }
    }

    private void hire(int count) {
        while (helpers.size() < count) {
            Helper helper = new Helper(helpers.size());
            helper.start();
            helpers.add(helper);
        }
    }

    private void wake(int count) {
        for (int i = 0; i < count; i++) {
            helpers.get(i).wake();
        }
    }

    /** Pieces of work that are handed out one by one. */
    private static final class Job {
        private final Thread caller;
        private final int pieces;
        private final int helpers;
        private final IntConsumer work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private Throwable failure; // of the first piece that failed, whichever came first
        private int failed = Integer.MAX_VALUE;

        Job(Thread caller, int pieces, int helpers, IntConsumer work) {
            this.caller = caller;
            this.pieces = pieces;
            this.helpers = helpers;
            this.work = work;
        }

        void work() {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                try {
                    work.accept(piece);
                } catch (Throwable e) { // also a checked one, which generic code can throw
                    fail(piece, e);
                } finally {
                    done.getAndIncrement();
                }
            }
        }

        private synchronized void fail(int piece, Throwable e) {
            if (piece < failed) {
                failed = piece;
                failure = e;
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

        /** Once all pieces are done. */
        synchronized void throwFailure() {
            if (failure != null) {
                Job.<RuntimeException>throwAsItIs(failure);
            }
        }

        @SuppressWarnings("unchecked") // so that the compiler lets a checked exception pass
        private static <T extends Throwable> void throwAsItIs(Throwable e) throws T {
            throw (T) e;
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
                    Thread.interrupted(); // by a piece; the flag would keep this thread from sleeping
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
