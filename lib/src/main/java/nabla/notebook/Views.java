package nabla.notebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How each kind of object is shown: class to MIME bundle. The only list a new kind of object has to be added to. */
public final class Views {
    private static final Map<Class<?>, Function<Object, Map<String, Object>>> VIEWS = new LinkedHashMap<>();

    private Views() {}

    /** The classes with a view of their own. A kernel registers its renderer for each of them. */
    public static Set<Class<?>> types() {
        return VIEWS.keySet();
    }

    /**
     * The MIME bundle of any object: MIME type to content (a String, or a Map for a JSON type). There is always a
     * {@code text/plain}.
     */
    public static Map<String, Object> of(Object x) {
        for (var view : VIEWS.entrySet()) {
            if (view.getKey().isInstance(x)) {
                return view.getValue().apply(x);
            }
        }
        return Map.of("text/plain", String.valueOf(x));
    }
}
