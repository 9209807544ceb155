package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Topic RBM = new Topic("RBM", "Machines");
    private static final Topic BM = new Topic("BM", "More");
    private static final Inventory INVENTORY =
            new Inventory(List.of(statement("RBM-02"), statement("BM-10"), statement("RBM-01"), statement("RBM-84")));

    private static Statement statement(String id) {
        return new Statement(id, Optional.of(Notes.XU), "A slide", "equation", "$x$", "");
    }

    private static Check check(int record, String... ids) {
        return new Check("01-a", record + 1, record, "check", "t", List.of(ids), "x", "equal", "", 0, 1e-12, true);
    }

    @Test
    void statementsAreCountedOncePerTopic() {
        Coverage coverage =
                new Coverage(INVENTORY, List.of(check(0, "RBM-01", "RBM-84"), check(0, "RBM-01"), check(1, "BM-10")));
        List<Statement> machines = INVENTORY.of(RBM);
        assertEquals(
                List.of("RBM-01", "RBM-02", "RBM-84"),
                machines.stream().map(Statement::id).toList());
        assertEquals(2, coverage.proved(machines));
        assertEquals(2, coverage.checks(machines.get(0)).size());
        assertEquals(0, coverage.checks(machines.get(1)).size());
        assertEquals(1, coverage.proved(INVENTORY.of(BM)));
        assertEquals(List.of(), coverage.warnings());
    }

    @Test
    void idsThatDoNotExistAreReported() {
        Coverage coverage = new Coverage(INVENTORY, List.of(check(0, "RBM-85", "RBM-00", "RBM-1", "XYZ-01", "BM-10")));
        assertEquals(
                List.of("RBM-00", "RBM-1", "RBM-85", "XYZ-01"),
                coverage.warnings().stream().map(w -> w.split(" ", 2)[0]).toList());
    }

    @Test
    void anIdThatTwoOutputsClaimIsReported() {
        Coverage coverage = new Coverage(INVENTORY, List.of(check(0, "RBM-01"), check(1, "RBM-01")));
        assertEquals(List.of("RBM-01 is claimed more than once (01-a cell 1, 01-a cell 2)"), coverage.warnings());
    }

    @Test
    void theInventoryIsWhole() {
        Inventory inventory = Inventory.read();
        Map<Boolean, Long> errata = inventory.all().stream()
                .collect(Collectors.partitioningBy(Statement::isErratum, Collectors.counting()));
        assertEquals(Map.of(false, 521L, true, 96L), errata);
        int listed = 0;
        for (Topic topic : Topic.all()) {
            List<Statement> statements = inventory.of(topic);
            for (int i = 0; i < statements.size(); i++) {
                assertEquals(
                        "%s-%02d".formatted(topic.prefix(), i + 1),
                        statements.get(i).id());
            }
            listed += statements.size();
        }
        assertEquals(617, listed);
        inventory.all().forEach(s -> assertEquals(s.isErratum(), !s.right().isEmpty(), s.id()));
    }

    @Test
    void slidesAreInTheOrderOfTheNotes() {
        List<String> slides = List.copyOf(Inventory.read().slides(Notes.XU).keySet());
        assertEquals("Recurrent Neural Networks", slides.get(0));
        assertEquals("Recommendation via RBM", slides.get(slides.size() - 1));
        assertEquals(
                List.of("Contrast Divergence (1)", "Contrast Divergence (2)"),
                slides.stream().filter(slide -> slide.startsWith("Contrast")).toList());
    }

    @Test
    void theNotebooksClaimEachRowOnceAndNoOther() throws Exception {
        Path notebooks = Path.of("..", "..", "notebooks");
        List<Check> checks = Files.isDirectory(notebooks)
                ? Check.in(NotebookFile.readAll(notebooks).notebooks()).checks()
                : List.of();
        assertEquals(List.of(), new Coverage(Inventory.read(), checks).warnings());
    }
}
