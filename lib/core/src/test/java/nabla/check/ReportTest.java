package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a report says of lines that are made by hand. */
class ReportTest {
    private static final Report.Line START =
            new Report.Line("", "x", false, "given", "start", "", 0, 0, true, List.of());
    private static final Report.Line EQUAL = new Report.Line(
            "=", "2y", false, "doubled", "equal", "error 10%", 0.1, 0.25, true, List.of("X-01", "X-02"));
    private static final Report.Line BROKEN = new Report.Line(
            "\\propto",
            "y",
            false,
            "",
            "proportional",
            "shapes differ",
            Double.POSITIVE_INFINITY,
            1e-9,
            false,
            List.of());
    private static final Report.Line WRONG =
            new Report.Line("\\ne", "y^2", false, "as printed", "differs", "off by 3", 3, 1e-6, true, List.of());
    private static final Report.Line CONFIRMED =
            new Report.Line("=", "7", false, "a sum", "confirmed", "error 0", 0, 1e-9, false, List.of());
    private static final Report.Line WORDS =
            new Report.Line("", "so it is", true, "", "holds", "true, expected true", 0, 0, true, List.of());
    private static final Report.Mistake REJECTED = new Report.Mistake(2, "half forgotten", true, "off by 0.50", true);
    private static final Report.Mistake ACCEPTED = new Report.Mistake(2, "sign flipped", false, "error 0", false);

    private static Report report(String subject, List<Report.Mistake> mistakes, Report.Line... lines) {
        return new Report("Title", "derivation", subject, List.of(lines), mistakes, 1.23456);
    }

    @Test
    void latexIsOneArray() {
        assertEquals(
                """
                $$\\begin{array}{rlll}
                 & \\displaystyle x & \\text{given} &  \\\\
                = & \\displaystyle 2y & \\text{doubled} & \\checkmark\\ \\text{error 10\\%} \\\\
                \\propto & \\displaystyle y & \\text{} & \\times\\ \\text{shapes differ} \\\\
                \\ne & \\displaystyle y^2 & \\text{as printed} & \\times\\ \\text{off by 3} \\\\
                 & \\text{so it is} & \\text{} & \\checkmark\\ \\text{true, expected true} \\\\
                \\end{array}$$""", report("", List.of(), START, EQUAL, BROKEN, WRONG, WORDS).latex());
    }

    @Test
    void textForATerminal() {
        assertEquals(
                """
                Title (3 draws)
                             x
                                given
                           = 2y
                                doubled; ok, error 10% [X-01, X-02]
                proportional y
                                FAILED, shapes differ
                         not y^2
                                as printed; off by 3
                           = 7
                                a sum; FAILED, error 0
                    2 mistakes tried, 1 rejected""",
                report("3 draws", List.of(REJECTED, ACCEPTED), START, EQUAL, BROKEN, WRONG, CONFIRMED)
                        .toString()
                        .replace(System.lineSeparator(), "\n"));
    }

    @Test
    void textWithoutSubjectReasonsAndMistakesHasNoTraceOfThem() {
        Report.Line bare = new Report.Line("", "x", false, "", "start", "", 0, 0, true, List.of());
        assertEquals(
                "Title%n             x".formatted(), report("", List.of(), bare).toString());
    }

    private static String signInText(String relation) {
        Report.Line line = new Report.Line(relation, "x", false, "", "start", "", 0, 0, true, List.of());
        return report("", List.of(), line).toString().lines().toList().get(1).strip();
    }

    @Test
    void everyRelationHasASignInText() {
        assertEquals(">= x", signInText(Relation.AT_LEAST.sign()));
        assertEquals("<= x", signInText(Relation.AT_MOST.sign()));
        assertEquals("about x", signInText(Relation.IN_EXPECTATION.sign()));
        assertEquals("= x", signInText(Relation.EQUAL.sign()));
    }

    private static Map<String, Object> check(
            List<String> ids,
            String what,
            String reason,
            String verdict,
            String measured,
            double error,
            double tolerance,
            boolean passed) {
        return Map.of(
                "ids",
                ids,
                "what",
                what,
                "reason",
                reason,
                "verdict",
                verdict,
                "measured",
                measured,
                "error",
                error,
                "tolerance",
                tolerance,
                "passed",
                passed);
    }

    /** The start has the figures of the step after it, and an infinite error the largest number that JSON has. */
    @Test
    void theRecordForPrograms() {
        assertEquals(
                Map.of(
                        "title",
                        "Title",
                        "kind",
                        "derivation",
                        "passed",
                        false,
                        "seconds",
                        1.235,
                        "checks",
                        List.of(
                                check(List.of(), "x", "given", "start", "error 10%", 0.1, 0.25, true),
                                check(
                                        List.of("X-01", "X-02"),
                                        "= 2y",
                                        "doubled",
                                        "equal",
                                        "error 10%",
                                        0.1,
                                        0.25,
                                        true),
                                check(
                                        List.of(),
                                        "\\propto y",
                                        "",
                                        "proportional",
                                        "shapes differ",
                                        Double.MAX_VALUE,
                                        1e-9,
                                        false)),
                        "mistakes",
                        Map.of("tried", 2, "rejected", 1)),
                report("3 draws", List.of(REJECTED, ACCEPTED), START, EQUAL, BROKEN)
                        .record());
    }

    @Test
    void aRecordWithoutMistakesDoesNotCountThem() {
        assertFalse(report("", List.of(), START, EQUAL).record().containsKey("mistakes"));
    }

    private static Object measuredOfStart(Report.Line... lines) {
        List<?> checks = (List<?>) report("", List.of(), lines).record().get("checks");
        return ((Map<?, ?>) checks.get(0)).get("measured");
    }

    @Test
    void aStartIsProvedByTheNextStepOfItsChainThatIsNotPrintedWrongly() {
        assertEquals("error 10%", measuredOfStart(START, WRONG, EQUAL, BROKEN));
        assertEquals("", measuredOfStart(START, WRONG, START, EQUAL));
        assertEquals("", measuredOfStart(START, WRONG));
    }

    @Test
    void onlyNamedMistakesAreNotFollowedByACountOfOthers() {
        String markdown = report("", List.of(REJECTED), START, EQUAL).markdown();
        assertTrue(markdown.endsWith("""
                <details><summary>Can this check fail? 1 mistakes tried, 1 rejected</summary>

                | step | mistake | found |
                |---:|:---|:---|
                | 2 | half forgotten | ✗ off by 0.50 |

                </details>
                """), markdown);
    }

    @Test
    void aFailureTellsOnlyWhatFailed() {
        String message = new CheckFailedException(report("3 draws", List.of(REJECTED, ACCEPTED), START, EQUAL, BROKEN))
                .getMessage();
        assertEquals("""
                Title (3 draws) does not hold:
                  step 3: \\propto y
                    shapes differ
                  step 2 cannot fail: it accepts the mistake "sign flipped" (error 0)""", message);
    }

    @Test
    void aFailureOnNothingInParticularHasNoParentheses() {
        String message = new CheckFailedException(report("", List.of(), START, CONFIRMED)).getMessage();
        assertEquals("""
                Title does not hold:
                  step 2: = 7
                    error 0
                    given reason: a sum""", message);
    }
}
