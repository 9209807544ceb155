package nabla.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tests share one evaluator, as the cells of a notebook do; each uses names of its own. */
class CellEvaluatorTest {
    @TempDir
    static Path folder;

    private static CellEvaluator evaluator;

    @BeforeAll
    static void start() {
        evaluator = new CellEvaluator(folder);
    }

    @AfterAll
    static void close() {
        evaluator.close();
    }

    private static CellException failure(String cell) {
        return assertThrows(CellException.class, () -> evaluator.run(cell));
    }

    @Test
    void theValueIsTheObjectOfTheLastExpression() throws CellException {
        assertEquals(List.of(1, 2), evaluator.run("int one = 1;\nvar list = List.of(one, 2);\nlist"));
        assertEquals("x", evaluator.run("\"x\";"));
    }

    @Test
    void otherLastStatementsHaveNoValue() throws CellException {
        assertNull(evaluator.run(""));
        assertNull(evaluator.run("// nothing"));
        assertNull(evaluator.run("40 + 2;\nint declared = 7;"));
        assertNull(evaluator.run("if (true) {\n  int inside = 1;\n}"));
    }

    @Test
    void classesOfOneCellMayNameEachOther() throws CellException {
        evaluator.run("sealed interface Shape permits Disc {}\nrecord Disc(double r) implements Shape {}");
        assertEquals(2.0, evaluator.run("new Disc(2).r()"));
    }

    @Test
    void methodsMayNameWhatALaterCellDeclares() throws CellException {
        evaluator.run("int early() { return late(); }");
        assertEquals("CompileError", failure("early()").name());
        assertEquals("not defined: method late()", failure("early()").getMessage());
        assertEquals(3, evaluator.run("int late() { return 3; }\nearly()"));
    }

    @Test
    void aCompileErrorQuotesItsLine() {
        CellException e = failure("int before = 5;\ndouble wrong = \"a\";");
        assertEquals("incompatible types: java.lang.String cannot be converted to double", e.getMessage());
        assertEquals(
                List.of("double wrong = \"a\";", "               ^"),
                e.traceback().subList(1, 3));
    }

    @Test
    void statementsBeforeTheFailingOneHaveRun() throws CellException {
        failure("int ranBefore = 5;\nint neverRun = nothing;");
        assertEquals(5, evaluator.run("ranBefore"));
    }

    @Test
    void anUnknownClassInADeclarationIsAnError() {
        assertTrue(failure("SimpleMatrx typo = null;").getMessage().contains("SimpleMatrx"));
        assertTrue(failure("class Child extends Ghost {}").getMessage().contains("Ghost"));
    }

    @Test
    void anUnclosedBracketIsAnError() {
        assertEquals("CompileError", failure("int open() {").name());
    }

    @Test
    void anExceptionShowsTheLinesOfTheCellOnly() throws CellException {
        evaluator.run("""
                void throwing() {
                    try {
                        Integer.parseInt("one");
                    } catch (NumberFormatException e) {
                        throw new IllegalStateException("outer", e);
                    }
                }
                """);
        CellException e = failure("int unused = 1;\nthrowing();");
        assertEquals("IllegalStateException", e.name());
        assertEquals("outer", e.getMessage());
        assertEquals(
                List.of(
                        "IllegalStateException: outer",
                        "    at throwing: throw new IllegalStateException(\"outer\", e);",
                        "    at cell: throwing();",
                        "Caused by: NumberFormatException: For input string: \"one\""),
                e.traceback().subList(0, 4));
        assertTrue(e.traceback().contains("    at throwing: Integer.parseInt(\"one\");"));
        assertTrue(e.traceback().stream().noneMatch(line -> line.contains("nabla.kernel")));
    }

    @Test
    void aClassThatFailsInItsStaticFieldsIsExplained() {
        String declaration = "class Broken { static int zero = 0; static int x = 1 / zero; }\n";
        assertEquals(
                "a static field or block failed, ArithmeticException: / by zero",
                failure(declaration + "Broken.x").getMessage());
        String second = failure("Broken.x").getMessage();
        assertTrue(second.startsWith("Could not initialize class"), second);
        assertTrue(second.contains("ArithmeticException: / by zero"), second);
        assertEquals(
                "caused by ArithmeticException: x",
                failure("throw new Error(null, new ArithmeticException(\"x\"));")
                        .getMessage());
    }

    @Test
    void anExceptionWithoutAMessageToReadIsNoCompileError() throws CellException {
        evaluator.run("class Odd extends Exception { public String getMessage() { throw new Error(\"no\"); } }");
        for (String thrown : List.of("new Odd()", "new Exception(\"outer\", new Odd())")) {
            CellException e = failure("throw " + thrown + ";");
            assertEquals("IllegalStateException", e.name());
            assertEquals("Odd, whose getMessage() itself threw Error", e.getMessage());
        }
    }

    @Test
    void endlessRecursionHasAShortTrace() throws CellException {
        evaluator.run("int deep(int n) { return deep(n + 1) + 1; }");
        CellException e = failure("deep(0)");
        assertEquals("StackOverflowError", e.name());
        assertTrue(e.traceback().size() < 20);
    }

    @Test
    void loadRunsAFileOfTheNotebooksFolder() throws Exception {
        Files.writeString(folder.resolve("set-up.jshell"), "import java.util.stream.*;\nint fromFile = 11;");
        assertNull(evaluator.run("%load set-up.jshell"));
        assertEquals(11, evaluator.run("// first load\n%load set-up.jshell\nfromFile"));
        assertEquals(3L, evaluator.run("IntStream.range(0, 3).count()"));
    }

    @Test
    void aMissingFileIsNamed() {
        String expected = "%load: no such file: " + folder.resolve("missing.jshell");
        assertEquals(expected, failure("%load missing.jshell").getMessage());
        assertEquals("MagicError", failure("%load").name());
        assertEquals("MagicError", failure("%matplotlib inline").name());
    }

    @Test
    void classpathAddsAFolder() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("found.txt"), "here");
        evaluator.run("%classpath classes");
        // The loader of the libraries is the one a cell's thread asks, as service loaders do.
        assertEquals(
                "here",
                evaluator.run(
                        "new String(Thread.currentThread().getContextClassLoader().getResourceAsStream(\"found.txt\").readAllBytes())"));
    }

    @Test
    void percentSignsInCodeAreLeftAlone() throws CellException {
        assertEquals("%load x\n% y\n", evaluator.run("String block = \"\"\"\n  %load x\n  % y\n  \"\"\";\nblock"));
        assertEquals(2, evaluator.run("int seven = 7;\nseven\n  % 5"));
    }
}
