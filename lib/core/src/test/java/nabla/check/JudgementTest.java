package nabla.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Judgement.Line RIGHT = new Judgement.Line(true, "follows", List.of());
    private static final Judgement.Line BROKEN = new Judgement.Line(false, "breaks", List.of("the sign", "a factor"));

    @Test
    void nothingIsBrokenWhereAllIsRight() {
        assertEquals(0, new Judgement("t", List.of(RIGHT, RIGHT), Judgement.Outcome.RIGHT, "").firstBroken());
        assertEquals(2, new Judgement("t", List.of(RIGHT, BROKEN), Judgement.Outcome.WRONG, "").firstBroken());
    }

    @Test
    void hintsStandBelowTheLineThatBreaks() {
        assertEquals("""
                **t: Not right yet.**

                1. ✓ follows
                2. ✗ breaks
                   - the sign
                   - a factor
                """, new Judgement("t", List.of(RIGHT, BROKEN), Judgement.Outcome.WRONG, "").markdown());
    }

    @Test
    void withoutLinesThereIsAHeadlineOnly() {
        assertEquals(
                "**t: Not done yet: write it.**\n",
                new Judgement("t", List.of(), Judgement.Outcome.NOT_DONE, "write it").markdown());
    }
}
