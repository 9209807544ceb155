package nabla.arguments;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.math.Require;

/** A good call of every public method and constructor that takes arguments, and for each class of receivers. Found by trying the {@link Pool}. */
final class Calls {
    private static final Set<String> LEFT_OUT = Set.of("nabla.check", "nabla.notebook", "nabla.notebook.draw");

    private final Pool pool = new Pool();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final List<Executable> missing;

    Calls() throws IOException, URISyntaxException, ClassNotFoundException {
        List<Executable> all = executables();
        findGoodCalls(all);
        Set<Executable> called = new LinkedHashSet<>();
        calls.values().forEach(call -> called.add(call.what()));
        missing = new ArrayList<>(all);
        missing.removeAll(called);
    }

    Collection<Call> all() {
        return calls.values();
    }

    /** By what {@link #name} says. */
    Map<String, Call> byName() {
        Map<String, Call> byName = new LinkedHashMap<>();
        calls.forEach((key, call) -> {
            String name = name(key);
            int others = 1;
            while (byName.containsKey(others == 1 ? name : name + " " + others)) {
                others++; // of lambdas, which have no names of their own
            }
            byName.put(others == 1 ? name : name + " " + others, call);
        });
        return byName;
    }

    /** Those of which no good call was found. */
    List<Executable> missing() {
        return missing;
    }

    /** The method with its types and the class of the receiver, without the packages of their names. */
    private static String name(String key) {
        return key.replaceAll("^[^(]* (?=[^ (]*[(])", "")
                .replaceAll("(?<=[(,])[a-z.]+[.](?=[A-Z])", "")
                .replaceFirst("nabla[.]", "")
                .replaceFirst("[$][$]Lambda.*", "");
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
}
