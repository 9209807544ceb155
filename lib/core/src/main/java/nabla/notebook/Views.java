package nabla.notebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import nabla.check.Judgement;
import nabla.check.Report;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/** How each kind of object is shown: class to MIME bundle. The only list a new kind of object has to be added to. */
public final class Views {
    private static final Map<Class<?>, Function<Object, Map<String, Object>>> VIEWS = new LinkedHashMap<>();

    static {
        add(Report.class, ReportView::of);
        add(Judgement.class, j -> Map.of("text/plain", j.toString(), "text/markdown", j.markdown()));
        add(Figure.class, FigureView::of);
        add(Table.class, TableView::of);
        add(SimpleMatrix.class, MatrixView::of);
        add(DMatrixRMaj.class, m -> MatrixView.of(SimpleMatrix.wrap(m)));
        add(ImageGrid.class, ImageGrid::view);
        add(Progress.State.class, Progress.State::view);
    }

    private Views() {}

    private static <T> void add(Class<T> type, Function<T, Map<String, Object>> view) {
        VIEWS.put(type, x -> view.apply(type.cast(x)));
    }

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
