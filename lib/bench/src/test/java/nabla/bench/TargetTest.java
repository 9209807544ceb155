package nabla.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void theRatioIsThatOfMediansPeerOverOurs() {
        Measured row = new Measured(
                "rnn", 1, new Times(1, 2, 90), Optional.of(new Times(5, 6, 7)), Optional.of(new Times(1, 1.6, 2)), 0);
        assertEquals(3, row.speed());
        assertEquals(1.25, row.overProducts());
    }

    @Test
    void oursAtItsBestIsHeldAgainstThePeerAtItsBest() {
        List<Measured> rows = List.of(row("rnn", 1, 2, 3), row("rnn", 2, 1, 30));
        Target rnn = Target.ALL.stream()
                .filter(target -> target.workload().equals("rnn"))
                .findFirst()
                .orElseThrow();
        assertEquals("3.00", rnn.judged(rows)[2]);
        assertEquals("1.50", rnn.judged(rows.subList(0, 1))[2]);
    }

    @Test
    void withoutAPeerNothingIsClaimed() {
        Measured alone = new Measured("rbm-digits", 1, new Times(1), Optional.empty(), Optional.empty(), 0);
        assertEquals("not measured", judged(0, List.of(alone)));
        assertEquals("not measured", judged(0, List.of()));
    }

    @Test
    void aMegabyteIsNotBelowAMegabyte() {
        Target allocation = Target.ALL.get(3);
        assertTrue(allocation.goal().contains("1 MB"), allocation.goal());
        assertEquals("NO", allocation.judged(List.of(allocating(1_000_000)))[3]);
        assertEquals("yes", allocation.judged(List.of(allocating(999_999)))[3]);
    }

    @Test
    void everyWorkloadHasATarget() {
        for (String name : Workloads.NAMES) {
            boolean isExtra = name.equals("ais-784-tuned"); // told beside the one that has
            assertEquals(isExtra, Target.speed(name).equals("-"), name);
        }
    }

    private static String judged(int target, List<Measured> rows) {
        return Target.ALL.get(target).judged(rows)[3];
    }

    private static Measured row(String workload, int threads, double ours, double theirs) {
        return new Measured(workload, threads, new Times(ours), Optional.of(new Times(theirs)), Optional.empty(), 0);
    }

    private static Measured allocating(long bytes) {
        return new Measured("rbm-784", 1, new Times(1), Optional.empty(), Optional.empty(), bytes);
    }
}
