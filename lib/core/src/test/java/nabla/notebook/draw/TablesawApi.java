package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import tech.tablesaw.api.CategoricalColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * All that Tablesaw's plotting can be asked for, found by reflection: every builder of a trace, of the layout and of the
 * components in them is called with samples of all its arguments, and what comes out is read.
 */
final class TablesawApi {
    /** What traces and layouts write, with every property that can be set in one of them. */
    final List<JsonNode> traces = new ArrayList<>();

    final List<JsonNode> layouts = new ArrayList<>();

    /** Methods of builders, such as {@code Line.simplify}, of which nothing is ever written. */
    final Set<String> silent = new TreeSet<>();

    /** What is no JSON, however leniently read. */
    final Set<String> unreadable = new TreeSet<>();

    private final Map<Class<?>, List<Object>> components = new HashMap<>();

    TablesawApi() {
        for (Class<?> type : traceClasses()) {
            for (Object trace : built(type)) {
                read(((Trace) trace).asJavascript(0), traces);
            }
        }
        for (Object layout : built(Layout.class)) {
            read(((Layout) layout).asJavascript(), layouts);
        }
    }

    private void read(String javascript, List<JsonNode> into) {
        try {
            into.add(FigureSpec.read(javascript));
        } catch (IllegalArgumentException e) {
            unreadable.add(javascript.replaceAll("\\s+", " "));
        }
    }

    /** The classes of traces in Tablesaw's jar. */
    static List<Class<?>> traceClasses() {
        try (JarFile jar = new JarFile(Path.of(Trace.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            List<Class<?>> found = new ArrayList<>();
            for (var entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith("tech/tablesaw/plotly/") && name.endsWith(".class")) {
                    Class<?> type = Class.forName(name.replace('/', '.').replace(".class", ""));
                    if (Trace.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                        found.add(type);
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Instances of a class: one with nothing set, one for each setting of each method, and those with all methods called. */
    private List<Object> built(Class<?> type) {
        if (components.containsKey(type)) {
            return components.get(type);
        }
        Map<String, Object> instances = new LinkedHashMap<>();
        Map<String, Boolean> names = new HashMap<>(); // of methods, and whether anything is written of them
        for (Method factory : factories(type)) {
            Object bare = finish(call(factory, null, first(factory)));
            instances.put(factory + " bare", bare);
            List<Method> methods = setters(call(factory, null, first(factory)).getClass());
            for (Method method : methods) {
                boolean written = text(bare).startsWith("cannot");
                for (Object[] arguments : arguments(method)) {
                    try {
                        Object builder = call(factory, null, first(factory));
                        call(method, builder, arguments);
                        Object one = finish(builder);
                        written |= !text(one).equals(text(bare));
                        instances.put(factory + " " + method + Arrays.deepToString(arguments), one);
                    } catch (IllegalArgumentException refused) {
                        // such as an axis "sample"
                    }
                }
                names.merge(type.getSimpleName() + "." + method.getName(), written, Boolean::logicalOr);
            }
            for (int k = 0; k < 3; k++) {
                Object builder = call(factory, null, first(factory));
                for (Method method : methods) {
                    List<Object[]> all = arguments(method);
                    if (all.isEmpty()) {
                        continue;
                    }
                    try {
                        call(method, builder, all.get(Math.min(k, all.size() - 1)));
                    } catch (IllegalArgumentException refused) {
                        // another sample will do
                    }
                }
                instances.put(factory + " all " + k, finish(builder));
            }
        }
        names.forEach((name, written) -> {
            if (!written) {
                silent.add(name);
            }
        });
        List<Object> all = instances.values().stream()
                .filter(o -> !text(o).startsWith("cannot"))
                .toList();
        components.put(type, all);
        return all;
    }

    /** What an instance writes; components that are no components by themselves are only written by others. */
    private static String text(Object instance) {
        try {
            Method write = Arrays.stream(instance.getClass().getMethods())
                    .filter(m -> m.getName().equals("asJavascript"))
                    .findFirst()
                    .orElse(null);
            if (write == null) {
                return instance.toString(); // differs for each
            }
            return (String) call(write, instance, write.getParameterCount() == 0 ? new Object[0] : new Object[] {0});
        } catch (IllegalArgumentException e) {
            return "cannot be written alone";
        }
    }

    private static List<Method> factories(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getName().matches(".*[bB]uilder"))
                .sorted(Comparator.comparing(Method::toString))
                .toList(); // none for a component that nobody can make, such as a camera
    }

    private static List<Method> setters(Class<?> builder) {
        return Arrays.stream(builder.getMethods())
                .filter(m -> !m.isBridge() && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> m.getDeclaringClass() != Object.class && m.getParameterCount() > 0)
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    private static Object finish(Object builder) {
        try {
            return call(builder.getClass().getMethod("build"), builder, new Object[0]);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Object call(Method method, Object on, Object[] arguments) {
        try {
            method.setAccessible(true);
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(method + Arrays.deepToString(arguments), e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Object[] first(Method method) {
        return arguments(method).get(0);
    }

    /** Samples for all parameters of a method, as many as the one with most of them has. */
    private List<Object[]> arguments(Method method) {
        if (method.getParameterCount() == 0) {
            return List.of(new Object[][] {{}});
        }
        Map<String, List<Object>> special =
                Map.of("type", List.of("candlestick", "ohlc"), "rangeslider", List.of("{}")); // raw JavaScript
        List<List<Object>> samples = Arrays.stream(method.getParameterTypes())
                .map(type ->
                        type == String.class ? special.getOrDefault(method.getName(), samples(type)) : samples(type))
                .toList();
        if (samples.contains(List.of())) {
            return List.of();
        }
        int most = samples.stream().mapToInt(List::size).max().orElse(0);
        List<Object[]> all = new ArrayList<>();
        for (int k = 0; k < most; k++) {
            int sample = k;
            all.add(samples.stream()
                    .map(s -> s.get(Math.min(sample, s.size() - 1)))
                    .toArray());
        }
        return all;
    }

    private List<Object> samples(Class<?> type) {
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type == String.class) {
            return List.of("sample", "x3", "y3");
        } else if (type == double.class) {
            return List.of(0.37, 3.0);
        } else if (type == float.class) {
            return List.of(0.37f);
        } else if (type == int.class) {
            return List.of(7);
        } else if (type == boolean.class) {
            return List.of(true, false);
        } else if (type == Object.class) {
            return List.of(3);
        } else if (type == double[].class) {
            return List.of(new double[] {1, 2, 4});
        } else if (type == double[][].class) {
            return List.of((Object) new double[][] {{1, 2, 4}, {2, 4, 8}, {3, 6, 9}});
        } else if (type == Object[].class) {
            return List.of((Object) new Object[] {"a", "b", "c"});
        } else if (type == String[].class) {
            return List.of((Object) new String[] {"a", "b", "c"});
        } else if (type == NumericColumn.class) {
            return List.of(DoubleColumn.create("n", 1, 2, 4));
        } else if (type == CategoricalColumn.class || type.getSimpleName().equals("Column")) {
            return List.of(StringColumn.create("c", "a", "b", "c"));
        } else if (type.getName().startsWith("tech.tablesaw.plotly.components.")) {
            return built(type);
        }
        throw new AssertionError("no sample of " + type + ": add one");
    }
}
