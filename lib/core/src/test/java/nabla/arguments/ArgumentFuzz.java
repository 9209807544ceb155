package nabla.arguments;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import nabla.math.Require;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method and constructor of the library with good arguments of which one has been made bad, and counts what becomes of it.
 * It takes some minutes and is not part of the build (its name does not end in Test):
 *
 * <pre>mvn -q -o -pl lib/core test -Dtest=ArgumentFuzz</pre>
 *
 * <p>It prints the counts, and writes all that is not as it should be to {@code lib/core/target/arguments.txt}. Good arguments are found by
 * trying those of the {@link Pool}. {@code -Darguments=rbm} tries one package only.
 */
class ArgumentFuzz {
    private static final long LIMIT = 5_000; // ms
    private static final Set<String> LEFT_OUT = Set.of("nabla.check", "nabla.notebook", "nabla.notebook.draw");

    private final Pool pool = new Pool();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Map<String, Integer> changed = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    @Test
    void everyRefusalNamesItsArgument() throws Exception {
        List<Executable> all = executables();
        findGoodCalls(all);
        String only = System.getProperty("arguments", "");
        for (Call call : calls.values()) {
            if (call.what().getDeclaringClass().getPackageName().endsWith(only)) {
                tryAllBad(call);
            }
        }
        Set<Executable> called = new LinkedHashSet<>();
        calls.values().forEach(call -> called.add(call.what()));
        List<Executable> missing = new ArrayList<>(all);
        missing.removeAll(called);
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(
                total + " bad calls of " + called.size() + " of " + all.size() + " methods and constructors");
        counts.forEach((outcome, count) -> System.out.println("  " + outcome.words + ": " + count));
        System.out.println("  state changed after the exception: " + changed);
        missing.forEach(what -> lines.add("NOT CALLED " + what));
        Files.write(Path.of("target", "arguments.txt"), lines);
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

    /** All that are public and take arguments. */
    private static List<Executable> executables() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(Require.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Executable> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replace(".class", "");
                if (name.startsWith("nabla.") && !name.endsWith("-info")) {
                    addExecutables(Class.forName(name), all);
                }
            }
        }
        all.sort(Comparator.comparing(Executable::toString));
        return all;
    }

    private static void addExecutables(Class<?> type, List<Executable> all) {
        if (!Modifier.isPublic(type.getModifiers())
                || type == Require.class // which is given the name that it says
                || LEFT_OUT.contains(type.getPackageName())) {
            return;
        }
        List<Executable> declared = new ArrayList<>(List.of(type.getDeclaredConstructors()));
        declared.addAll(List.of(type.getDeclaredMethods()));
        declared.removeIf(what -> !Modifier.isPublic(what.getModifiers())
                || what.isSynthetic()
                || what.getName().startsWith("require") // and is given a name to say
                || what.getParameterCount() == 0
                || Arrays.asList(what.getParameterTypes()).contains(Path.class)
                || Set.of("equals", "valueOf", "compareTo").contains(what.getName()));
        if (!Modifier.isAbstract(type.getModifiers()) || type.isInterface() || type.isEnum()) {
            all.addAll(declared);
        } else {
            declared.stream()
                    .filter(what -> !(what instanceof java.lang.reflect.Constructor))
                    .forEach(all::add);
        }
    }

    /** Good arguments for as many as can be, and for each class of receivers; what they answer may serve the others. */
    private void findGoodCalls(List<Executable> all) throws URISyntaxException, IOException, ClassNotFoundException {
        List<Executable> makers = new ArrayList<>(all);
        makers.addAll(withoutArguments());
        boolean more = true;
        while (more) {
            more = false;
            for (Executable what : makers) {
                for (var receivers : receivers(what).entrySet()) {
                    String key = what + " of " + receivers.getKey();
                    if (!calls.containsKey(key)) {
                        Call call = Call.find(what, receivers.getValue(), pool);
                        if (call != null) {
                            calls.put(key, call);
                            addAnswer(call);
                            more = true;
                        }
                    }
                }
            }
        }
        calls.values().removeIf(call -> call.what().getParameterCount() == 0);
    }

    private void addAnswer(Call call) {
        try {
            pool.add(call.make(), call::make);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(call.toString(), e);
        }
    }

    private static List<Executable> withoutArguments() throws IOException, URISyntaxException, ClassNotFoundException {
        List<Executable> all = new ArrayList<>();
        for (Class<?> type : new LinkedHashSet<>(
                executables().stream().map(Executable::getDeclaringClass).toList())) {
            for (Executable what : type.getDeclaredMethods()) {
                if (Modifier.isPublic(what.getModifiers()) && what.getParameterCount() == 0 && !what.isSynthetic()) {
                    all.add(what);
                }
            }
        }
        all.sort(Comparator.comparing(Executable::toString));
        return all;
    }

    /** The makers of receivers by their class; one entry without any for what needs none. */
    private Map<String, List<Pool.Maker>> receivers(Executable what) {
        Map<String, List<Pool.Maker>> byClass = new LinkedHashMap<>();
        if (!Call.hasReceiver(what)) {
            byClass.put("none", List.of());
            return byClass;
        }
        for (Pool.Maker maker : pool.of(what.getDeclaringClass())) {
            try {
                String name = maker.make().getClass().getName().replaceFirst("/.*", "");
                byClass.computeIfAbsent(name, key -> new ArrayList<>()).add(maker);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return byClass;
    }

    private void tryAllBad(Call call) throws Exception {
        int first = Call.hasReceiver(call.what()) ? 1 : 0;
        for (int i = 0; i < call.what().getParameterCount(); i++) {
            Class<?> type = call.what().getParameterTypes()[i];
            for (String kind : Bad.of(type, call.fresh()[first + i]).keySet()) {
                Object[] values = call.fresh();
                values[first + i] = Bad.of(type, values[first + i]).get(kind);
                tryOne(call, i, kind, values);
            }
        }
    }

    private void tryOne(Call call, int parameter, String kind, Object[] values) throws InterruptedException {
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
        if (outcome != Outcome.NAMED) {
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
