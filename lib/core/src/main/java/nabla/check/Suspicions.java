package nabla.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nabla.math.Functions;
import org.ejml.simple.SimpleMatrix;

/**
 * What a mistake looks like: guesses are tried on the right values and the reader's, and told where they fit all draws. None tells the right
 * value.
 */
final class Suspicions {
    private static final int MOST = 2;
    private static final double FITS = 1e-6; // of the largest element
    private static final double LARGEST_EXPONENT = 700; // e^710 is infinite
    private static final String ROUNDED = "its first six digits are right: was a number rounded on the way?";

    private final List<Quantity> right;
    private final List<Quantity> found;
    private final List<String> named = new ArrayList<>();

    /** Values by draw, of which at least one differs. */
    Suspicions(List<Quantity> right, List<Quantity> found) {
        boolean plain = Stream.concat(right.stream(), found.stream())
                .allMatch(x -> !x.logDomain() || Math.abs(x.get(0)) < LARGEST_EXPONENT);
        this.right = plain ? plain(right) : right;
        this.found = plain ? plain(found) : found;
    }

    /** Numbers in the log domain as numbers like the others. */
    private static List<Quantity> plain(List<Quantity> values) {
        return values.stream()
                .map(x -> x.logDomain() ? new Quantity(each(x.values(), Math::exp), false) : x)
                .toList();
    }

    /** A mistake that has these values. */
    void named(String name, List<Quantity> wrong) {
        if (fits(wrong, found)) {
            named.add("it looks like this: " + name);
        }
    }

    /** A term with these values: the reader's are the right ones and some multiple of it. */
    void term(String name, List<Quantity> terms) {
        List<Quantity> term = plain(terms);
        for (int times : new int[] {-2, -1, 1, 2}) {
            List<Quantity> wrong = new ArrayList<>();
            for (int d = 0; d < right.size(); d++) {
                if (!right.get(d).sameShape(term.get(d))) {
                    return;
                }
                wrong.add(new Quantity(
                        right.get(d).values().plus(times, term.get(d).values()), false));
            }
            if (fits(wrong, found)) {
                named.add(
                        Math.abs(times) == 2
                                ? "the sign of one term is wrong: " + name
                                : "a term is missing, or counted once too often: " + name);
            }
        }
    }

    /**
     * The likeliest guesses.
     *
     * @param examples the number of examples, 0 if it is not known
     */
    List<String> found(int examples) {
        if (found.stream().anyMatch(x -> x.values().hasUncountable())) {
            return List.of(
                    "it is not a number, or infinite: a logarithm or root of a negative number, a division by zero?");
        }
        List<String> hints = new ArrayList<>(named);
        OptionalInt otherShape = IntStream.range(0, right.size())
                .filter(d -> !right.get(d).sameShape(found.get(d)))
                .findFirst();
        if (otherShape.isPresent()) {
            int d = otherShape.getAsInt();
            hints.addAll(shape(right.get(d), found.get(d)));
        } else if (found.stream().noneMatch(Quantity::logDomain)
                && found.stream().allMatch(x -> x.largest() == 0)) {
            hints.add(
                    "it is zero everywhere: do two terms cancel, or is it a division of integers? 1 / 2 is 0 in Java");
        } else if (fits(right, found)) {
            hints.add(ROUNDED); // what is so near would fit every form that changes nothing here
        } else {
            List<String> guesses = new ArrayList<>(factor(examples));
            guesses.addAll(forms());
            hints.addAll(guesses.isEmpty() ? places() : guesses);
            hints.addAll(hints.isEmpty() ? draws() : List.of());
        }
        return List.copyOf(hints.subList(0, Math.min(MOST, hints.size())));
    }

    private List<String> shape(Quantity one, Quantity mine) {
        if (mine.values().getNumRows() == one.values().getNumCols()
                && mine.values().getNumCols() == one.values().getNumRows()) {
            boolean transposed = fits(map(right, SimpleMatrix::transpose), found);
            return List.of("it is " + mine.shape() + ", asked for is " + one.shape()
                    + (transposed ? ": it is transposed" : ": is it transposed? Its values are others, too"));
        } else if (mine.size() == 1) {
            return List.of("it is one number, asked for is " + one.shape()
                    + ": is there a sum over an index that should stay?");
        }
        return List.of("it is " + mine.shape() + ", asked for is " + one.shape()
                + ": a sum over an index is missing, or one too many");
    }

    /** One factor of all elements in all draws. */
    private List<String> factor(int examples) {
        double factor = oneFactor();
        if (!Double.isFinite(factor)
                || !fits(right.stream().map(x -> x.times(factor)).toList(), found)) {
            return List.of();
        }
        double size = Math.abs(factor);
        if (close(size, 1)) {
            return List.of(factor < 0 ? "the sign is turned round" : ROUNDED);
        }
        String turned = factor < 0 ? ", and the sign is turned round" : "";
        if (examples > 1 && close(size, examples)) {
            return List.of("it is " + examples
                    + " times as large: a sum over the examples where their mean is asked for" + turned);
        } else if (examples > 1 && close(size, 1.0 / examples)) {
            return List.of("it is " + examples
                    + " times too small: a mean over the examples where their sum is asked for" + turned);
        } else if (examples > 2 && close(size, examples / (examples - 1.0))) {
            return List.of("it is divided by N - 1 where N belongs" + turned);
        } else if (examples > 2 && close(size, (examples - 1.0) / examples)) {
            return List.of("it is divided by N where N - 1 belongs" + turned);
        } else if (close(size, 2)) {
            return List.of("it is twice as large: is something counted twice, or a factor 1/2 forgotten?" + turned);
        } else if (close(size, 0.5)) {
            return List.of("it is half as large: is a factor 2 forgotten, or 1/2 one too many?" + turned);
        }
        if (!severalNumbers()) { // one number is always off by one factor
            return List.of();
        }
        return List.of("it is off by one factor, " + Verdict.threeDigits(size) + ", in all draws" + turned);
    }

    /** Of all draws together: in one of them both may be zero. */
    private double oneFactor() {
        double products = 0;
        double squares = 0;
        for (int d = 0; d < right.size(); d++) {
            if (right.get(d).logDomain() || found.get(d).logDomain()) {
                return found.get(0).factorOver(right.get(0));
            }
            products += found.get(d).values().elementMult(right.get(d).values()).elementSum();
            squares += right.get(d).values().elementMult(right.get(d).values()).elementSum();
        }
        return products / squares;
    }

    private boolean severalNumbers() {
        return right.size() * right.get(0).size() > 1;
    }

    /** One function of all elements. */
    private List<String> forms() {
        List<String> hints = new ArrayList<>();
        if (right.get(0).size() > 1) {
            guess(hints, "it is transposed: the two indices are exchanged", SimpleMatrix::transpose);
        }
        guess(hints, "it is the reciprocal: the fraction is turned over", x -> each(x, y -> 1 / y));
        guess(hints, "it is the logarithm of what it should be", x -> each(x, Math::log));
        guess(hints, "it is the exponential of what it should be: a logarithm is forgotten", x -> each(x, Math::exp));
        guess(hints, "it is the square of what it should be", x -> each(x, y -> y * y));
        guess(hints, "it is the square root of what it should be", x -> each(x, Math::sqrt));
        guess(hints, "it is one minus what it should be", x -> each(x, y -> 1 - y));
        double shift = found.get(0).get(0) - right.get(0).get(0);
        if (severalNumbers()) { // one number is always off by one number
            guess(
                    hints,
                    "it is off by the same number, " + Verdict.threeDigits(shift)
                            + ", everywhere: a constant was lost or added",
                    x -> x.plus(shift));
        }
        return hints;
    }

    /** Right numbers in the wrong places, and wrong ones in a few. */
    private List<String> places() {
        List<String> hints = new ArrayList<>();
        Quantity one = right.get(0);
        if (one.size() == 1) {
            return hints;
        }
        int rows = one.values().getNumRows();
        int columns = one.values().getNumCols();
        for (int by : new int[] {1, -1}) {
            if (!hints.isEmpty()) {
                break; // of two rows both ways are one
            }
            if (rows > 1) {
                guess(hints, "an index is off by one: the rows are shifted", x -> shifted(x, by, 0));
            }
            if (columns > 1) {
                guess(hints, "an index is off by one: the columns are shifted", x -> shifted(x, 0, by));
            }
        }
        if (hints.isEmpty() && sameNumbers()) {
            hints.add("the numbers are right, but in another order: is an index exchanged or reversed?");
        }
        List<Integer> wrong = wrongElements();
        if (hints.isEmpty() && wrong.size() == 1) {
            hints.add("only one element is wrong, that" + one.place(wrong.get(0)) + " (counted from 1)");
        } else if (hints.isEmpty() && columns > 1 && rows > 1 && wrong.size() * 2 <= one.size()) {
            if (wrong.stream().allMatch(e -> e / columns == e % columns)) {
                hints.add("only the diagonal is wrong");
            } else if (wrong.stream().map(e -> e / columns).distinct().count() == 1) {
                hints.add("only row " + (wrong.get(0) / columns + 1) + " is wrong");
            } else if (wrong.stream().map(e -> e % columns).distinct().count() == 1) {
                hints.add("only column " + (wrong.get(0) % columns + 1) + " is wrong");
            }
        }
        return hints;
    }

    /** What the draws have in common. */
    private List<String> draws() {
        List<String> hints = new ArrayList<>();
        int draws = right.size();
        long agree = 0;
        boolean constant = draws > 1;
        boolean oneFactor = right.get(0).size() > 1;
        boolean oneShift = right.get(0).size() > 1;
        for (int d = 0; d < draws; d++) {
            Quantity r = right.get(d);
            Quantity f = found.get(d);
            agree += OwnLines.distance(r, f) <= FITS ? 1 : 0;
            constant &= OwnLines.distance(found.get(0), f) <= FITS;
            double factor = f.factorOver(r);
            oneFactor &= OwnLines.distance(r.times(factor), f) <= FITS;
            double shift = f.get(0) - r.get(0);
            oneShift &= OwnLines.distance(new Quantity(r.values().plus(shift), r.logDomain()), f) <= FITS;
        }
        if (agree > 0) {
            hints.add(String.format(
                    Locale.ROOT, "it is right in %d of %d draws: does it hold in a special case only?", agree, draws));
        } else if (constant) {
            hints.add("it is the same in all draws: does it contain what it should depend on?");
        } else if (oneFactor) {
            hints.add("in each draw all elements are off by one factor, another one in each: is a normaliser missing?");
        } else if (oneShift) {
            hints.add(
                    "in each draw all elements are off by one number, another one in each: is a term missing that has no index?");
        }
        return hints;
    }

    private void guess(List<String> hints, String words, UnaryOperator<SimpleMatrix> mistake) {
        if (fits(map(right, mistake), found)) {
            hints.add(words);
        }
    }

    private boolean sameNumbers() {
        for (int d = 0; d < right.size(); d++) {
            if (OwnLines.distance(sorted(right.get(d)), sorted(found.get(d))) > FITS) {
                return false;
            }
        }
        return true;
    }

    private static Quantity sorted(Quantity x) {
        double[] values = x.values().copy().getDDRM().data.clone();
        Arrays.sort(values);
        return new Quantity(new SimpleMatrix(values.length, 1, true, values), x.logDomain());
    }

    /** Elements that are wrong in some draw. */
    private List<Integer> wrongElements() {
        List<Integer> wrong = new ArrayList<>();
        for (int e = 0; e < right.get(0).size(); e++) {
            for (int d = 0; d < right.size(); d++) {
                Quantity r = right.get(d);
                if (Math.abs(r.get(e) - found.get(d).get(e))
                        > FITS * Math.max(r.largest(), found.get(d).largest())) {
                    wrong.add(e);
                    break;
                }
            }
        }
        return wrong;
    }

    /** Whether a guess explains all draws; values that are no numbers explain nothing. */
    private static boolean fits(List<Quantity> guess, List<Quantity> found) {
        return OwnLines.distance(guess, found) <= FITS;
    }

    private static boolean close(double x, double y) {
        return Math.abs(x - y) <= FITS * y;
    }

    private static List<Quantity> map(List<Quantity> values, UnaryOperator<SimpleMatrix> f) {
        return values.stream()
                .map(x -> new Quantity(f.apply(x.values()), x.logDomain()))
                .toList();
    }

    private static SimpleMatrix each(SimpleMatrix x, DoubleUnaryOperator f) {
        return Functions.map(x, f);
    }

    /** Rows and columns moved on, the last ones to the front. */
    private static SimpleMatrix shifted(SimpleMatrix x, int byRows, int byColumns) {
        SimpleMatrix moved = x.copy();
        for (int i = 0; i < x.getNumRows(); i++) {
            for (int j = 0; j < x.getNumCols(); j++) {
                moved.set(
                        Math.floorMod(i + byRows, x.getNumRows()),
                        Math.floorMod(j + byColumns, x.getNumCols()),
                        x.get(i, j));
            }
        }
        return moved;
    }
}
