package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final List<Topic> TOPICS = List.of(new Topic("RBM", 84, "Machines"), new Topic("BM", 10, "More"));

    private static Check check(int record, String... ids) {
        return new Check("01-a", record + 1, record, "check", "t", List.of(ids), "x", "equal", 0, 1e-12, true);
    }

    @Test
    void rowsAreCountedOncePerTopic() {
        Coverage coverage =
                new Coverage(TOPICS, List.of(check(0, "RBM-01", "RBM-84"), check(0, "RBM-01"), check(1, "BM-10")));
        assertEquals(
                List.of("RBM-01", "RBM-84"),
                List.copyOf(coverage.claimed(TOPICS.get(0)).keySet()));
        assertEquals(2, coverage.claimed(TOPICS.get(0)).get("RBM-01").size());
        assertEquals(
                List.of("BM-10"), List.copyOf(coverage.claimed(TOPICS.get(1)).keySet()));
        assertEquals(List.of(), coverage.warnings());
    }

    @Test
    void idsThatDoNotExistAreReported() {
        Coverage coverage = new Coverage(TOPICS, List.of(check(0, "RBM-85", "RBM-00", "RBM-1", "XYZ-01", "BM-10")));
        assertEquals(
                List.of("RBM-00", "RBM-1", "RBM-85", "XYZ-01"),
                coverage.warnings().stream().map(w -> w.split(" ", 2)[0]).toList());
    }

    @Test
    void anIdThatTwoOutputsClaimIsReported() {
        Coverage coverage = new Coverage(TOPICS, List.of(check(0, "RBM-01"), check(1, "RBM-01")));
        assertEquals(List.of("RBM-01 is claimed more than once (01-a cell 1, 01-a cell 2)"), coverage.warnings());
    }

    @Test
    void theInventoryIsWhole() {
        assertEquals(
                521,
                Topic.all().stream()
                        .filter(t -> !t.prefix().equals("E"))
                        .mapToInt(Topic::count)
                        .sum());
    }

    @Test
    void theNotebooksClaimEachRowOnceAndNoOther() throws Exception {
        Path notebooks = Path.of("..", "..", "notebooks");
        List<Check> checks = Files.isDirectory(notebooks)
                ? Check.in(NotebookFile.readAll(notebooks)).checks()
                : List.of();
        assertEquals(List.of(), new Coverage(Topic.all(), checks).warnings());
    }
}
