package nabla.arguments;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ejml.simple.SimpleMatrix;

/** What became of a call with one bad argument. */
enum Outcome {
    /** An answer, rightly or not. */
    ACCEPTED("accepted"),
    /** An answer that is, or has in it, no finite number. */
    NOT_FINITE("answered with NaN or infinity"),
    /** An exception whose message has the name of the parameter in it. */
    NAMED("refused, naming the argument"),
    /** An exception of this library that names something else. */
    OTHER_WORDS("refused in other words"),
    /** An {@link ArithmeticException} of this library: the numbers on the way became too large. */
    ARITHMETIC("numbers on the way not finite, with words"),
    /** Anything else: an index out of bounds, another library's words, a null without a name. */
    UNCLEAR("unclear"),
    /** Not enough memory for what was asked. */
    MEMORY("out of memory"),
    /** It took more than five seconds, and an interrupt ended it. */
    SLOW("over 5 s, hears an interrupt"),
    /** It took more than five seconds, and no interrupt ended it. */
    DEAF("over 5 s, deaf to an interrupt");

    private static final List<Class<? extends RuntimeException>> CLEAR =
            List.of(IllegalArgumentException.class, IllegalStateException.class, ArithmeticException.class);

    final String words;

    Outcome(String words) {
        this.words = words;
    }

    static Outcome ofAnswer(Object answer) {
        return isFinite(answer) ? ACCEPTED : NOT_FINITE;
    }

    static Outcome ofException(Throwable e, String parameter) {
        if (e instanceof OutOfMemoryError) {
            return MEMORY;
        }
        String message = String.valueOf(e.getMessage());
        boolean named = Pattern.compile("(?<!\\w)" + Pattern.quote(parameter) + "(?!\\w)")
                .matcher(message)
                .find();
        boolean ours = e.getStackTrace().length > 0
                && e.getStackTrace()[0].getClassName().startsWith("nabla.");
        if (!CLEAR.contains(e.getClass()) || (!ours && !named)) {
            return UNCLEAR;
        }
        if (named) {
            return NAMED;
        }
        return e instanceof ArithmeticException ? ARITHMETIC : OTHER_WORDS;
    }

    private static boolean isFinite(Object answer) {
        if (answer instanceof Double x) {
            return Double.isFinite(x);
        }
        if (answer instanceof SimpleMatrix x) {
            return !x.getType().isDense() || !x.hasUncountable();
        }
        if (answer instanceof Map<?, ?> x) {
            return x.values().stream().allMatch(Outcome::isFinite);
        }
        return true;
    }
}
