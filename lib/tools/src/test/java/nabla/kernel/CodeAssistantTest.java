package nabla.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CodeAssistantTest {
    private static CellEvaluator evaluator;
    private static CodeAssistant assistant;

    @BeforeAll
    static void start() throws CellException {
        evaluator = new CellEvaluator(Path.of(""));
        evaluator.run("var learned = List.of(1);");
        assistant = new CodeAssistant(evaluator.analysis());
    }

    @AfterAll
    static void close() {
        evaluator.close();
    }

    private static void assertCompletes(String code, String word, String expected) {
        var options = assistant.complete(code, code.length());
        assertEquals(List.of(expected), options.getReplacements());
        assertEquals(word, code.substring(options.getSourceStart(), options.getSourceEnd()));
    }

    @Test
    void knowsWhatEarlierCellsAndStatementsDeclared() {
        assertCompletes("learned.str", "str", "stream()");
        assertCompletes("var here = List.of(1);\nhere.str", "str", "stream()");
    }

    @Test
    void aPositionInsideTheCellIsEnough() {
        assertEquals(List.of("sqrt("), assistant.complete("Math.sqr + 1", 8).getReplacements());
    }

    @Test
    void documentationListsTheSignatures() {
        assertTrue(assistant.documentation("int x = 1;\nMath.abs(", 20).contains("double Math.abs(double a)"));
        assertEquals("", assistant.documentation("nothing(", 8));
    }

    @Test
    void aCellIsCompleteWhenAllItsStatementsAre() {
        assertTrue(assistant.isComplete("int a = 1;\nint b = 2"));
        assertTrue(assistant.isComplete(""));
        assertFalse(assistant.isComplete("int a = 1;\nfor (;;) {"));
    }
}
