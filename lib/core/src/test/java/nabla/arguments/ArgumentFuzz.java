package nabla.arguments;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method and constructor of the library with good arguments of which one has been made bad, and counts what becomes of it.
 * It takes some minutes and is not part of the build (its name does not end in Test):
 *
 * <pre>mvn -q -pl lib/core test -Dtest=ArgumentFuzz</pre>
 *
 * <p>It prints the counts, and writes all that is not as it should be to {@code lib/core/target/arguments.txt}, and what is refused by name to
 * {@code lib/core/target/refusals.txt}, which {@link RefusalsTest} reads: copy it to the resources of the tests when methods have changed.
 * {@code -DargLine=-Darguments=rbm} tries one package only.
 */
class ArgumentFuzz {
    private static final long LIMIT = 5_000; // ms

    private final Map<String, List<String>> refused = new TreeMap<>();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Map<String, Integer> changed = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    @Test
    void everyRefusalNamesItsArgument() throws Exception {
        Calls calls = new Calls();
        String only = System.getProperty("arguments", "");
        for (var call : calls.byName().entrySet()) {
            if (call.getValue().what().getDeclaringClass().getPackageName().endsWith(only)) {
                tryAllBad(call.getKey(), call.getValue());
            }
        }
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(total + " bad calls of all public methods and constructors but "
                + calls.missing().size());
        counts.forEach((outcome, count) -> System.out.println("  " + outcome.words + ": " + count));
        System.out.println("  state changed after the exception: " + changed);
        calls.missing().forEach(what -> lines.add("NOT CALLED " + what));
        Files.write(Path.of("target", "arguments.txt"), lines);
        List<String> table = new ArrayList<>();
        refused.forEach((argument, kinds) -> table.add(argument + " | " + String.join(", ", kinds)));
        Files.write(Path.of("target", "refusals.txt"), table);
        int named = count(Outcome.NAMED);
        int refused = named + count(Outcome.OTHER_WORDS) + count(Outcome.UNCLEAR);
        System.out.printf("of %d refusals %.1f %% name the argument%n", refused, 100.0 * named / refused);
        assertTrue(named >= 0.95 * refused, "95 % of the refusals name the argument");
        assertTrue(count(Outcome.UNCLEAR) == 0, "none is unclear");
        assertTrue(changed.isEmpty(), "nothing is half changed");
    }

    private int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    private void tryAllBad(String name, Call call) throws Exception {
        int first = Call.hasReceiver(call.what()) ? 1 : 0;
        for (int i = 0; i < call.what().getParameterCount(); i++) {
            Class<?> type = call.what().getParameterTypes()[i];
            for (String kind : Bad.of(type, call.fresh()[first + i]).keySet()) {
                Object[] values = call.fresh();
                values[first + i] = Bad.of(type, values[first + i]).get(kind);
                tryOne(name, call, i, kind, values);
            }
        }
    }

    private void tryOne(String key, Call call, int parameter, String kind, Object[] values)
            throws InterruptedException {
        String name = call.what().getParameters()[parameter].getName();
        String before = Snapshot.of(values);
        AtomicReference<Throwable> exception = new AtomicReference<>();
        AtomicReference<Object> answer = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                answer.set(call.with(values));
            } catch (Throwable e) {
                exception.set(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        thread.join(LIMIT);
        Outcome outcome;
        if (thread.isAlive()) {
            outcome = end(thread);
        } else if (exception.get() == null) {
            outcome = Outcome.ofAnswer(answer.get());
        } else {
            outcome = Outcome.ofException(exception.get(), name);
            if (outcome != Outcome.MEMORY && !Snapshot.of(values).equals(before)) {
                changed.merge(call.toString(), 1, Integer::sum);
                lines.add("CHANGED " + call + " " + name + " " + kind + ": " + exception.get());
            }
        }
        counts.merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.NAMED) {
            refused.computeIfAbsent(key + " | " + name, argument -> new ArrayList<>())
                    .add(kind);
        } else {
            lines.add(outcome + " " + call + " " + name + " " + kind + ": "
                    + (exception.get() == null
                            ? ""
                            : String.valueOf(exception.get()).replaceAll("\\s+", " ")));
        }
    }

    @SuppressWarnings({"removal", "deprecation"})
    private static Outcome end(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join(1_000);
        if (!thread.isAlive()) {
            return Outcome.SLOW;
        }
        thread.stop(); // it would take the processor from all the others
        return Outcome.DEAF;
    }
}
