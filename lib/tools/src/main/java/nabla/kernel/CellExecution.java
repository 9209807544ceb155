package nabla.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.LocalExecutionControl;

/**
 * Runs the compiled snippets of cells in this JVM: keeps their values as objects and stops them on request.
 *
 * <p>Stopping is left to {@link LocalExecutionControl}, which knows how for its Java version: up to 19 it stops the
 * thread, later it weaves a check into every loop of the cell. This class adds what it lacks: the values, and good
 * manners. Code that reacts to an interrupt gets a second to end by itself, so that it leaves its data whole.
 */
final class CellExecution extends LocalExecutionControl {
    private static final long GRACE_MILLIS = 1_000;
    private static final long STOP_MILLIS = 4_000;

    /** One snippet on its way into the thread that runs it. */
    private static final class Call {
        final CellExecution owner;
        final Method snippet;
        Object value;

        Call(CellExecution owner, Method snippet) {
            this.owner = owner;
            this.snippet = snippet;
        }
    }

    private static final InheritableThreadLocal<Call> CALL = new InheritableThreadLocal<>();
    private static final Method RUN_CALL = runCallMethod();

    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private Thread caller;
    private Thread cellThread;
    private CountDownLatch cellEnded = new CountDownLatch(0);
    private boolean interrupted;
    private boolean abandoned;

    /** To be called before the first snippet of a cell; {@link #endCell} after the last one. */
    synchronized void beginCell() {
        caller = Thread.currentThread();
        cellEnded = new CountDownLatch(1);
        interrupted = false;
        abandoned = false;
    }

    synchronized void endCell() {
        cellEnded.countDown();
        values.clear();
        if (interrupted) {
            Thread.interrupted(); // should the interrupt that gives the cell up have come a moment too late
        }
    }

    /** Whether somebody interrupted the cell that runs, or ran last. */
    synchronized boolean isInterrupted() {
        return interrupted;
    }

    /** Whether the cell did not stop within five seconds and was left running. */
    synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** The value of a snippet, by the key JShell got in its place. */
    Object value(String key) {
        return key == null ? null : values.get(key);
    }

    /**
     * Runs a snippet. LocalExecutionControl would turn its value into a string, so it is given {@link #runCall} to run
     * instead of the snippet itself.
     */
    @Override
    protected String invoke(Method snippet) throws Exception {
        Call call = new Call(this, snippet);
        CALL.set(call);
        try {
            super.invoke(RUN_CALL);
        } catch (InterruptedException e) {
            abandon();
            stop();
            throw new StoppedException();
        } finally {
            CALL.remove();
            leave();
        }
        if (call.value == null) {
            return "";
        }
        String key = Integer.toString(values.size());
        values.put(key, call.value);
        return key;
    }

    /** The body of the thread of a snippet, started by LocalExecutionControl, which passes nothing on but the thread. */
    @SuppressWarnings("unused") // called through RUN_CALL
    static void runCall() throws Throwable {
        Call call = CALL.get();
        CALL.remove();
        Thread.currentThread()
                .setContextClassLoader(call.snippet.getDeclaringClass().getClassLoader());
        call.owner.enter();
        try {
            call.value = call.snippet.invoke(null);
        } catch (InvocationTargetException e) {
            throw readable(e.getCause());
        }
    }

    /** The same exception, or a sound one in place of one that cannot say its message, on which JShell would fail. */
    private static Throwable readable(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            try {
                String unused = t.getMessage();
            } catch (RuntimeException | Error e) {
                Throwable sound = new IllegalStateException(t.getClass().getSimpleName()
                        + ", whose getMessage() itself threw " + e.getClass().getSimpleName());
                sound.setStackTrace(t.getStackTrace());
                return sound;
            }
        }
        return thrown;
    }

    /** JShell passes over errors of other kinds in silence. */
    @Override
    protected String throwConvertedOtherException(Throwable e) throws RunException {
        throw new UserException(e.toString(), e.getClass().getName(), e.getStackTrace());
    }

    private static Method runCallMethod() {
        try {
            Method method = CellExecution.class.getDeclaredMethod("runCall");
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void enter() {
        cellThread = Thread.currentThread();
        if (interrupted) {
            cellThread.interrupt();
        }
    }

    private synchronized void leave() {
        cellThread = null;
    }

    private synchronized void abandon() {
        interrupted = true;
        abandoned = true;
    }

    /** Ends the running cell, if there is one; returns at once. */
    void interrupt() {
        CountDownLatch ended;
        synchronized (this) {
            if (interrupted || cellEnded.getCount() == 0) {
                return;
            }
            interrupted = true;
            ended = cellEnded;
            if (cellThread != null && cellThread.getThreadGroup() != null) {
                cellThread.getThreadGroup().interrupt(); // with the threads it started
            }
        }
        Thread stopper = new Thread(() -> stopUnlessEnded(ended), "stop cell");
        stopper.setDaemon(true);
        stopper.start();
    }

    private void stopUnlessEnded(CountDownLatch ended) {
        try {
            if (ended.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            stop();
            if (ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            synchronized (this) {
                if (cellThread != null && ended.getCount() > 0) {
                    caller.interrupt(); // it waits for the cell's thread in super.invoke
                }
            }
        } catch (InterruptedException | EngineTerminationException | InternalException e) {
            throw new IllegalStateException(e);
        }
    }
}
