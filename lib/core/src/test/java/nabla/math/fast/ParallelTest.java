package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

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
    void workWithinWorkIsDoneInOnePiece() {
        AtomicBoolean whole = new AtomicBoolean(true);
        Parallel.forEach(
                4,
                1,
                (from, to) -> Parallel.forEach(100, 10, (first, last) -> {
                    if (first != 0 || last != 100) {
                        whole.set(false);
                    }
                }));
        assertTrue(whole.get());
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
