package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import nabla.math.Randoms;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ParallelTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void everyNumberIsWorkedOnOnce() {
        for (int size : new int[] {0, 1, 7, 8, 9, 1000}) {
            for (int block : new int[] {1, 8, 1000}) {
                AtomicIntegerArray times = new AtomicIntegerArray(size);
                Parallel.forEach(size, block, (from, to) -> {
                    for (int i = from; i < to; i++) {
                        times.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < size; i++) {
                    assertEquals(1, times.get(i), "number " + i + " of " + size + " by " + block);
                }
            }
        }
    }

    @Test
    void piecesAreCutBySizeAloneWhateverTheThreads() {
        List<String> expected = List.of("0-30", "30-60", "60-90", "90-100");
        for (int threads = 1; threads <= 3; threads++) {
            List<String> pieces = Collections.synchronizedList(new ArrayList<>());
            new Team().run(4, threads, piece -> pieces.add(piece * 30 + "-" + Math.min(100, piece * 30 + 30)));
            Collections.sort(pieces, (x, y) -> Integer.compare(first(x), first(y)));
            assertEquals(expected, pieces);
        }
        List<String> blocks = Collections.synchronizedList(new ArrayList<>());
        Parallel.forEach(100, 30, (from, to) -> blocks.add(from + "-" + to));
        Collections.sort(blocks, (x, y) -> Integer.compare(first(x), first(y)));
        assertEquals(expected, blocks);
    }

    private static int first(String block) {
        return Integer.parseInt(block.substring(0, block.indexOf('-')));
    }

    @Test
    void workWithinWorkIsCutIntoTheSamePieces() {
        List<List<String>> blocks = List.of(new ArrayList<>(), new ArrayList<>());
        Parallel.forEach(
                2,
                1,
                (piece, end) -> Parallel.forEach(
                        100, 30, (from, to) -> blocks.get(piece).add(from + "-" + to)));
        List<String> expected = List.of("0-30", "30-60", "60-90", "90-100");
        assertEquals(List.of(expected, expected), blocks);
    }

    /** OpenBLAS rounds a block otherwise than the whole; which pieces are computed must not depend on who computes them. */
    @Test
    void nestedProductsHaveTheSameDigits() {
        DMatrixRMaj A = random(300, 300);
        DMatrixRMaj B = random(300, 250);
        int before = Parallel.threads();
        try {
            for (int threads = 1; threads <= PROCESSORS; threads++) {
                Parallel.useThreads(threads);
                assertNestedAsAlone(C -> Blas.mult(A, B, C));
                Blas.Product java = new JavaProduct();
                assertNestedAsAlone(C -> Blas.multiply(java, Part.of(A), Part.of(B), false, Part.of(C)));
            }
        } finally {
            Parallel.useThreads(before);
        }
    }

    private static void assertNestedAsAlone(Consumer<DMatrixRMaj> product) {
        DMatrixRMaj alone = new DMatrixRMaj(300, 250);
        product.accept(alone);
        DMatrixRMaj[] nested = {new DMatrixRMaj(300, 250), new DMatrixRMaj(300, 250)};
        Parallel.forEach(2, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                product.accept(nested[i]);
            }
        });
        assertArrayEquals(alone.data, nested[0].data);
        assertArrayEquals(alone.data, nested[1].data);
    }

    private static DMatrixRMaj random(int rows, int columns) {
        return Randoms.normal(rows, columns, 1, new SplittableRandom(1)).getDDRM();
    }

    @Test
    void aPieceKnowsForWhomItIsDone() {
        Thread me = Thread.currentThread();
        assertSame(me, Parallel.caller());
        Thread[] callers = new Thread[40];
        Parallel.forEach(
                20,
                1,
                (piece, end) -> Parallel.forEach(2, 1, (from, to) -> {
                    callers[2 * piece + from] = Parallel.caller();
                }));
        for (Thread caller : callers) {
            assertSame(me, caller);
        }
        assertSame(me, Parallel.caller());
    }

    @Test
    void badSizesAreNamedAndLargeOnesDoNotOverflow() {
        Parallel.Work none = (from, to) -> {
            throw new AssertionError("called");
        };
        assertRefused("size: expected a number from 0 to 2147483647, got -5", () -> Parallel.forEach(-5, 1, none));
        assertRefused("block: expected a number from 1 to 2147483647, got 0", () -> Parallel.forEach(10, 0, none));
        assertRefused("block: expected a number from 1 to 2147483647, got -1", () -> Parallel.forEach(10, -1, none));
        AtomicLong covered = new AtomicLong();
        Parallel.forEach(Integer.MAX_VALUE, 1 << 30, (from, to) -> covered.addAndGet(to - from));
        assertEquals(Integer.MAX_VALUE, covered.get());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** Both threads are at work when one of them throws: the other one of two rounds must find the helper alive. */
    @Test
    void aCheckedExceptionOfAHelperIsThrownAndTheHelperLives() {
        Team team = new Team();
        Thread me = Thread.currentThread();
        for (int round = 0; round < 3; round++) {
            CountDownLatch bothThere = new CountDownLatch(2);
            IOException failure = new IOException("not declared");
            Throwable thrown = assertThrows(
                    IOException.class,
                    () -> team.run(2, 2, piece -> {
                        bothThere.countDown();
                        await(bothThere);
                        if (Thread.currentThread() != me) {
                            ParallelTest.<RuntimeException>throwPastTheCompiler(failure);
                        }
                    }));
            assertSame(failure, thrown);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "no helper came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwPastTheCompiler(Throwable e) throws T {
        throw (T) e;
    }

    @Test
    void ofSeveralFailuresTheFirstPieceCounts() {
        for (int threads = 1; threads <= 3; threads++) {
            int count = threads;
            RuntimeException e = assertThrows(RuntimeException.class, () -> new Team().run(50, count, piece -> {
                throw new IllegalStateException("piece " + piece);
            }));
            assertEquals("piece 0", e.getMessage());
        }
    }

    @Test
    void whatAPieceThrowsIsThrownAndTheOtherPiecesAreDone() {
        Team team = new Team();
        for (int threads = 1; threads <= 3; threads++) {
            IllegalStateException failure = new IllegalStateException("piece 5");
            AtomicIntegerArray times = new AtomicIntegerArray(20);
            IntConsumer work = piece -> {
                times.incrementAndGet(piece);
                if (piece == 5) {
                    throw failure;
                }
            };
            int count = threads;
            assertSame(failure, assertThrows(IllegalStateException.class, () -> team.run(20, count, work)));
            for (int piece = 0; piece < 20; piece++) {
                assertEquals(1, times.get(piece));
            }
            AssertionError error = new AssertionError("an error");
            assertSame(
                    error,
                    assertThrows(
                            AssertionError.class,
                            () -> team.run(3, count, piece -> {
                                throw error;
                            })));
        }
        double[] x = new double[10];
        team.run(10, 3, piece -> x[piece] = piece); // goes on working
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, x);
    }

    /** Sums that are wrong if a piece is lost, done twice, or read before it is finished. */
    @Test
    void manyThreadsCanShareWorkAtTheSameTime() throws InterruptedException {
        Team team = new Team();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        List<Thread> users = new ArrayList<>();
        for (int user = 0; user < 4; user++) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 2000; round++) {
                    long[] squares = new long[13];
                    team.run(squares.length, 3, piece -> squares[piece] = (long) piece * piece);
                    long sum = 0;
                    for (long square : squares) {
                        sum += square;
                    }
                    if (sum != 650) {
                        wrong.add("round " + round + ": " + sum);
                    }
                }
            });
            users.add(thread);
            thread.start();
        }
        for (Thread user : users) {
            user.join();
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void helpersWakeUpAfterALongBreak() throws InterruptedException {
        Team team = new Team();
        for (int round = 0; round < 3; round++) {
            Thread.sleep(20); // long enough to fall asleep
            int[] done = new int[50];
            team.run(50, 2, piece -> done[piece]++);
            for (int times : done) {
                assertEquals(1, times);
            }
        }
    }

    @Test
    void threadsAreBounded() {
        assertEquals(
                "count: expected a number from 1 to " + PROCESSORS + ", got 0",
                assertThrows(IllegalArgumentException.class, () -> Parallel.useThreads(0))
                        .getMessage());
        assertEquals(
                "count: expected a number from 1 to " + PROCESSORS + ", got " + (PROCESSORS + 1),
                assertThrows(IllegalArgumentException.class, () -> Parallel.useThreads(PROCESSORS + 1))
                        .getMessage());
        assertTrue(Parallel.threads() >= 1 && Parallel.threads() <= PROCESSORS);
    }
}
