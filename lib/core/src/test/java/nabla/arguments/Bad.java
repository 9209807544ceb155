package nabla.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** What can be wrong with an argument: for each kind of value the bad ones made of a good one, by a name. */
final class Bad {
    private static final double[] NUMBERS = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 1e308, 7
    };

    private Bad() {}

    static Map<String, Object> of(Class<?> type, Object good) {
        Map<String, Object> bad = new LinkedHashMap<>();
        if (type == int.class) {
            for (int i : new int[] {-1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 100_000}) {
                bad.put("" + i, i);
            }
        } else if (type == long.class) {
            for (long i : new long[] {-1, 0, Long.MIN_VALUE, Long.MAX_VALUE}) {
                bad.put("" + i, i);
            }
        } else if (type == double.class) {
            for (double x : NUMBERS) {
                bad.put("" + x, x);
            }
        } else if (!type.isPrimitive()) {
            bad.put("null", null);
            ofReference(good, bad);
        }
        return bad;
    }

    private static void ofReference(Object good, Map<String, Object> bad) {
        if (good instanceof SimpleMatrix x) {
            matrices(x, bad);
        } else if (good instanceof DMatrixRMaj x) {
            Map<String, Object> all = new LinkedHashMap<>();
            matrices(SimpleMatrix.wrap(x), all);
            all.forEach((name, y) -> {
                if (!name.startsWith("of single") && !name.startsWith("sparse")) {
                    bad.put(name, ((SimpleMatrix) y).getDDRM());
                }
            });
        } else if (good instanceof double[] x) {
            bad.put("empty", new double[0]);
            bad.put("too long", Arrays.copyOf(x, x.length + 1));
            bad.put("too short", Arrays.copyOf(x, Math.max(0, x.length - 1)));
            for (double number : NUMBERS) {
                double[] y = x.clone();
                y[y.length - 1] = number;
                bad.put("with " + number, y);
            }
        } else if (good instanceof int[] x) {
            bad.put("empty", new int[0]);
            bad.put("too long", Arrays.copyOf(x, x.length + 1));
            bad.put("too short", Arrays.copyOf(x, Math.max(0, x.length - 1)));
            for (int number : new int[] {-1, 99, Integer.MAX_VALUE}) {
                int[] y = x.clone();
                y[y.length - 1] = number;
                bad.put("with " + number, y);
            }
        } else if (good instanceof Object[] x) {
            arrays(x, bad);
        } else if (good instanceof String) {
            bad.put("empty", "");
            bad.put("odd", "\u0001?");
        } else if (good instanceof List<?> x) {
            bad.put("empty", List.of());
            bad.put("with null", new ArrayList<>(Arrays.asList(x.get(0), null)));
        } else if (good instanceof Map<?, ?> x) {
            maps(x, bad);
        }
    }

    private static void matrices(SimpleMatrix x, Map<String, Object> bad) {
        int rows = x.getNumRows();
        int columns = x.getNumCols();
        bad.put("empty", new SimpleMatrix(0, 0));
        bad.put("without rows", new SimpleMatrix(0, columns));
        bad.put("a row more", resized(x, rows + 1, columns));
        bad.put("a row less", resized(x, Math.max(0, rows - 1), columns));
        bad.put("a column more", resized(x, rows, columns + 1));
        bad.put("a column less", resized(x, rows, Math.max(0, columns - 1)));
        for (double number : NUMBERS) {
            changed("with " + number, x, y -> y.set(y.getNumElements() - 1, number), bad);
        }
        changed("gray", x, y -> y.set(0, 0.3), bad);
        changed("asymmetric", x, y -> y.set(Math.min(1, y.getNumElements() - 1), 0.9), bad);
        FMatrixRMaj single = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < x.getNumElements(); i++) {
            single.data[i] = (float) x.get(i);
        }
        bad.put("of single precision", SimpleMatrix.wrap(single));
        SimpleMatrix sparse = x.copy();
        sparse.convertToSparse();
        bad.put("sparse", sparse);
    }

    private static void changed(String name, SimpleMatrix x, Consumer<SimpleMatrix> change, Map<String, Object> bad) {
        SimpleMatrix y = x.copy();
        if (y.getNumElements() > 0) {
            change.accept(y);
            bad.put(name, y);
        }
    }

    private static SimpleMatrix resized(SimpleMatrix x, int rows, int columns) {
        SimpleMatrix y = new SimpleMatrix(rows, columns);
        for (int i = 0; i < Math.min(rows, x.getNumRows()); i++) {
            for (int j = 0; j < Math.min(columns, x.getNumCols()); j++) {
                y.set(i, j, x.get(i, j));
            }
        }
        return y;
    }

    private static void arrays(Object[] x, Map<String, Object> bad) {
        bad.put("empty", Arrays.copyOf(x, 0));
        bad.put("with null", Arrays.copyOf(x, x.length + 1));
        if (x.length > 0) {
            Map<String, Object> elements = new LinkedHashMap<>();
            ofReference(x[x.length - 1], elements);
            elements.forEach((name, element) -> {
                Object[] y = x.clone();
                y[y.length - 1] = element;
                bad.put("last one " + name, y);
            });
        }
    }

    private static void maps(Map<?, ?> x, Map<String, Object> bad) {
        bad.put("empty", Map.of());
        Object name = x.keySet().iterator().next();
        Map<Object, Object> less = new LinkedHashMap<>(x);
        less.remove(name);
        bad.put("one less", less);
        Map<Object, Object> withNull = new LinkedHashMap<>(x);
        withNull.put(name, null);
        bad.put("with null", withNull);
        Map<String, Object> elements = new LinkedHashMap<>();
        ofReference(x.get(name), elements);
        elements.forEach((kind, element) -> {
            Map<Object, Object> y = new LinkedHashMap<>(x);
            y.put(name, element);
            bad.put("first one " + kind, y);
        });
    }
}
