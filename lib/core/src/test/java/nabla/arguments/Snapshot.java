package nabla.arguments;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import nabla.optim.Learner;
import nabla.optim.Optimizer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** What can be seen of a value from outside, as text: numbers of matrices and arrays, parameters, public fields, an optimiser's memory. */
final class Snapshot {
    private final StringBuilder text = new StringBuilder();
    private final IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();

    private Snapshot() {}

    static String of(Object... values) {
        Snapshot snapshot = new Snapshot();
        for (Object value : values) {
            snapshot.add(value);
            snapshot.text.append(';');
        }
        return snapshot.text.toString();
    }

    private void add(Object value) {
        if (value == null || seen.put(value, true) != null) {
            text.append('-');
        } else if (value instanceof SimpleMatrix x) {
            text.append(x.getType()).append(x.getNumRows()).append('x').append(x.getNumCols());
            for (int i = 0; x.getType().isDense() && x.getType().isReal() && i < x.getNumElements(); i++) {
                text.append(' ').append(x.get(i));
            }
        } else if (value instanceof DMatrixRMaj x) {
            text.append(x.numRows).append('x').append(Arrays.toString(x.data));
        } else if (value instanceof double[] x) {
            text.append(Arrays.toString(x));
        } else if (value instanceof int[] x) {
            text.append(Arrays.toString(x));
        } else if (value instanceof Object[] x) {
            Arrays.asList(x).forEach(this::add);
        } else if (value instanceof Collection<?> x) {
            x.forEach(this::add);
        } else if (value instanceof Map<?, ?> x) {
            x.forEach((name, element) -> {
                text.append(name).append('=');
                add(element);
            });
        } else if (value instanceof Number || value instanceof String) {
            text.append(value);
        } else if (value.getClass().getName().startsWith("nabla.")) {
            addOurs(value);
        }
    }

    private void addOurs(Object value) {
        if (value instanceof Learner learner) {
            learner.parameters().values().forEach(this::add);
        }
        for (Class<?> type = value.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean visible =
                        Modifier.isPublic(field.getModifiers()) || type.isRecord() || value instanceof Optimizer;
                if (visible && !Modifier.isStatic(field.getModifiers()) && !type.isEnum() && !type.isHidden()) {
                    add(get(field, value));
                }
            }
        }
    }

    private static Object get(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
