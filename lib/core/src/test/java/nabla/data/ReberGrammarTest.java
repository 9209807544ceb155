package nabla.data;

import static nabla.data.SequencesTest.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReberGrammarTest {
    private static final ReberGrammar INNER = ReberGrammar.inner();
    private static final ReberGrammar EMBEDDED = ReberGrammar.embedded();

    /** The inner language once more, as a regular expression read off the published diagram. */
    private static final String EXPRESSION = "B(TS*X(XT*VP)*(S|XT*VV)|PT*V(V|P(XT*VP)*(S|XT*VV)))E";

    private static final Pattern INNER_EXPRESSION = Pattern.compile(EXPRESSION);
    private static final Pattern EMBEDDED_EXPRESSION = Pattern.compile("BT" + EXPRESSION + "TE|BP" + EXPRESSION + "PE");

    @Test
    void thePublishedExamplesAreJudgedAsPublished() {
        // N. Schraudolph and F. Cummins, Introduction to Neural Networks, "Reber grammar"
        for (String s : List.of("BTSSXXTVVE", "BPVVE", "BTXXVPSE", "BPVPXVPXVPXVVE", "BTSXXVPSE")) {
            assertTrue(INNER.isLegal(s), s);
            assertTrue(EMBEDDED.isLegal("BT" + s + "TE"), s);
            assertTrue(EMBEDDED.isLegal("BP" + s + "PE"), s);
            assertFalse(EMBEDDED.isLegal("BP" + s + "TE"), s);
            assertFalse(EMBEDDED.isLegal("BT" + s + "PE"), s);
            assertFalse(EMBEDDED.isLegal(s), s);
        }
        for (String s : List.of("BTSSPXSE", "BPTVVB", "BTXXVVSE", "BPVSPSE", "BTSSSE", "", "B", "BPVV", "BPVVEE")) {
            assertFalse(INNER.isLegal(s), s);
            assertEquals(Double.NEGATIVE_INFINITY, INNER.logProbability(s), s);
        }
    }

    @Test
    void theArrowsAreThoseOfTheDiagram() {
        // for each node the ways into it and the arrows out of it
        assertEquals("B", INNER.allowedNext(""));
        assertEquals("TP", INNER.allowedNext("B"));
        for (String prefix : List.of("BT", "BTS", "BTSS")) {
            assertEquals("SX", INNER.allowedNext(prefix), prefix);
        }
        for (String prefix : List.of("BP", "BPT", "BPTT", "BTXX", "BTXXT", "BPVPX")) {
            assertEquals("TV", INNER.allowedNext(prefix), prefix);
        }
        for (String prefix : List.of("BTX", "BTSX", "BPVP", "BTXXVP")) {
            assertEquals("SX", INNER.allowedNext(prefix), prefix);
        }
        for (String prefix : List.of("BPV", "BPTV", "BTXXV", "BPVPXV")) {
            assertEquals("PV", INNER.allowedNext(prefix), prefix);
        }
        for (String prefix : List.of("BTXS", "BPVV", "BPVPS", "BTXXVV")) {
            assertEquals("E", INNER.allowedNext(prefix), prefix);
        }
        assertEquals("", INNER.allowedNext("BTXSE"));
        assertEquals("TP", EMBEDDED.allowedNext("B"));
        assertEquals("B", EMBEDDED.allowedNext("BT"));
        assertEquals("B", EMBEDDED.allowedNext("BP"));
        assertEquals("TP", EMBEDDED.allowedNext("BPB"));
        assertEquals("T", EMBEDDED.allowedNext("BTBPVVE"));
        assertEquals("P", EMBEDDED.allowedNext("BPBPVVE"));
        assertEquals("E", EMBEDDED.allowedNext("BPBPVVEP"));
        assertEquals("", EMBEDDED.allowedNext("BPBPVVEPE"));
    }

    @Test
    void wrongPrefixesAreNamed() {
        assertRejected("prefix: expected S or X after \"BT\", got 'V'", () -> INNER.allowedNext("BTVV"));
        assertRejected("prefix: expected B after \"\", got 'b'", () -> INNER.allowedNext("b"));
        assertRejected("prefix: expected the end after \"BTXSE\", got 'E'", () -> INNER.allowedNext("BTXSEE"));
        assertRejected("prefix: expected P after \"BPBPVVE\", got 'T'", () -> EMBEDDED.allowedNext("BPBPVVETE"));
    }

    @Test
    void theShortStringsAreTheseNine() {
        Set<String> byHand = Set.of(
                "BTXSE", "BPVVE", // length 5
                "BTSXSE", "BPTVVE", "BPVPSE", // 6
                "BTSSXSE", "BTXXVVE", "BPTTVVE", "BPTVPSE"); // 7
        Set<String> legal = new HashSet<>();
        int tried = 0;
        for (int length = 0; length <= 7; length++) {
            for (int code = 0; code < (int) Math.pow(7, length); code++) {
                StringBuilder string = new StringBuilder();
                for (int rest = code, i = 0; i < length; i++, rest /= 7) {
                    string.append(ReberGrammar.SYMBOLS.charAt(rest % 7));
                }
                tried++;
                if (INNER.isLegal(string.toString())) {
                    legal.add(string.toString());
                }
            }
        }
        assertEquals(960800, tried); // (7^8 - 1) / 6
        assertEquals(byHand, legal);
    }

    @Test
    void everyChoiceHalvesTheProbability() {
        double log2 = Math.log(2);
        assertEquals(-3 * log2, INNER.logProbability("BTXSE"), 1e-15);
        assertEquals(-3 * log2, INNER.logProbability("BPVVE"), 1e-15);
        assertEquals(-4 * log2, INNER.logProbability("BTSXSE"), 1e-15);
        assertEquals(-4 * log2, INNER.logProbability("BPVPSE"), 1e-15);
        assertEquals(-5 * log2, INNER.logProbability("BTXXVVE"), 1e-14);
        assertEquals(-4 * log2, EMBEDDED.logProbability("BTBTXSETE"), 1e-15);
        assertEquals(-4 * log2, EMBEDDED.logProbability("BPBTXSEPE"), 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, EMBEDDED.logProbability("BPBTXSETE"));
        assertEquals(Double.NEGATIVE_INFINITY, EMBEDDED.logProbability("BPBTXSEP"));
        assertEquals(Double.NEGATIVE_INFINITY, EMBEDDED.logProbability("xyz"));
    }

    @Test
    void theProbabilitiesSumToOne() {
        // the exact shares of the strings of up to 7, 26 and 30 symbols, from the recursion over their lengths in
        // fractions
        assertEquals(9.0 / 16, sum(INNER, "", 7), 1e-15);
        double inner = sum(INNER, "", 26);
        assertEquals(2094489.0 / 2097152, inner, 1e-13);
        assertEquals(268337167.0 / 268435456, sum(INNER, "", 30), 1e-13);
        double embedded = sum(EMBEDDED, "", 30);
        // four symbols more, whatever the inner string
        assertEquals(inner, embedded, 1e-12);
    }

    private static double sum(ReberGrammar grammar, String prefix, int longest) {
        String next = grammar.allowedNext(prefix);
        if (next.isEmpty()) {
            return Math.exp(grammar.logProbability(prefix));
        }
        double sum = 0;
        for (int i = 0; i < next.length() && prefix.length() < longest; i++) {
            sum += sum(grammar, prefix + next.charAt(i), longest);
        }
        return sum;
    }

    @Test
    void drawnStringsFollowTheirProbabilities() {
        SplittableRandom rng = new SplittableRandom(1);
        int n = 20000;
        int startT = 0;
        int shortest = 0;
        double nats = 0;
        double squares = 0;
        double lengths = 0;
        double lengthSquares = 0;
        for (int i = 0; i < n; i++) {
            String s = EMBEDDED.string(rng);
            assertTrue(EMBEDDED.isLegal(s) && EMBEDDED_EXPRESSION.matcher(s).matches(), s);
            startT += s.startsWith("BT") ? 1 : 0;
            shortest += s.equals("BTBTXSETE") ? 1 : 0;
            nats -= EMBEDDED.logProbability(s);
            squares += Math.pow(EMBEDDED.logProbability(s), 2);
            lengths += s.length();
            lengthSquares += Math.pow(s.length(), 2);
        }
        // bounds of 4 standard errors
        assertEquals(n / 2.0, startT, 4 * Math.sqrt(n / 4.0));
        assertEquals(n / 16.0, shortest, 4 * Math.sqrt(n * 15 / 256.0));
        assertEquals(7 * Math.log(2), nats / n, 4 * Math.sqrt((squares / n - Math.pow(nats / n, 2)) / n));
        // from the equations of the diagram by hand: 8 symbols of the inner string on average, and 4
        assertEquals(12, lengths / n, 4 * Math.sqrt((lengthSquares / n - Math.pow(lengths / n, 2)) / n));
    }

    @Test
    void innerStringsAreDrawnToo() {
        SplittableRandom rng = new SplittableRandom(2);
        int n = 10000;
        int shortest = 0;
        for (int i = 0; i < n; i++) {
            String s = INNER.string(rng);
            assertTrue(INNER_EXPRESSION.matcher(s).matches(), s);
            shortest += s.equals("BPVVE") ? 1 : 0;
        }
        // probability 1/8, 4 standard errors
        assertEquals(n / 8.0, shortest, 4 * Math.sqrt(n * 7 / 64.0));
        assertEquals(INNER.string(new SplittableRandom(3)), INNER.string(new SplittableRandom(3)));
    }

    @Test
    void mutatedStringsAreIllegalUnlessTheExpressionSaysOtherwise() {
        SplittableRandom rng = new SplittableRandom(4);
        int illegal = 0;
        int legal = 0;
        for (int i = 0; i < 500; i++) {
            String s = EMBEDDED.string(rng);
            int last = s.length() - 1;
            String other = s.charAt(1) == 'T' ? "P" : "T";
            assertFalse(EMBEDDED.isLegal(s.charAt(0) + other + s.substring(2)));
            assertFalse(EMBEDDED.isLegal(s.substring(0, last - 1) + other + "E"));
            assertFalse(EMBEDDED.isLegal(s.substring(0, last)));
            assertFalse(EMBEDDED.isLegal(s.substring(1)));
            assertFalse(EMBEDDED.isLegal(s + "E"));
            for (int at = 0; at <= last; at++) {
                for (char symbol : ReberGrammar.SYMBOLS.toCharArray()) {
                    String mutated = s.substring(0, at) + symbol + s.substring(at + 1);
                    boolean expected = EMBEDDED_EXPRESSION.matcher(mutated).matches();
                    assertEquals(expected, EMBEDDED.isLegal(mutated), mutated);
                    legal += expected ? 1 : 0;
                    illegal += expected ? 0 : 1;
                }
            }
        }
        assertTrue(legal > 1000 && illegal > 10000, legal + " legal, " + illegal + " illegal");
    }

    @Test
    void theEntropiesAreFairChoices() {
        double log2 = Math.log(2);
        assertEquals(6 * log2, INNER.entropy(), 1e-12);
        assertEquals(6 * log2, INNER.forgetfulEntropy(), 1e-12);
        assertEquals(7 * log2, EMBEDDED.entropy(), 1e-12);
        assertEquals(8 * log2, EMBEDDED.forgetfulEntropy(), 1e-12);
    }
}
