package nabla.notebook;

import static nabla.notebook.OtherKernels.call;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/** The rapaio kernel. */
final class RapaioHost implements Notebook.Host {
    private static final String PACKAGE = "org.rapaio.jupyter.kernel.";

    private final Object kernel;
    private final Class<?> displayData;

    RapaioHost(Class<?> mainApp) throws ReflectiveOperationException {
        ClassLoader loader = mainApp.getClassLoader();
        this.kernel = mainApp.getField("kernel").get(null);
        this.displayData = Class.forName(PACKAGE + "display.DisplayData", true, loader);
        registerViews(loader);
        // Otherwise it shows plain values as unescaped HTML.
        Object options = Class.forName(PACKAGE + "global.Global", true, loader)
                .getMethod("options")
                .invoke(null);
        call(call(options, "display"), "defaultMime", "text/plain");
    }

    /** Has our types shown our way when they are a cell's last expression. */
    private void registerViews(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> system = Class.forName(PACKAGE + "display.DisplaySystem", true, loader);
        Class<?> renderer = Class.forName(PACKAGE + "display.DisplayRenderer", true, loader);
        // The public way is a service, which would need rapaio's own interface to compile.
        Field renderers = system.getDeclaredField("spiDisplayRenderers");
        renderers.setAccessible(true);
        @SuppressWarnings("unchecked")
        List<Object> list =
                (List<Object>) renderers.get(system.getMethod("inst").invoke(null));
        for (Class<?> type : Views.types()) {
            list.add(OtherKernels.implement(renderer, (proxy, method, arguments) -> switch (method.getName()) {
                case "rendererClass" -> type;
                case "canRender" -> true;
                default -> data(Views.of(arguments[1]));
            }));
        }
    }

    private Object data(Map<String, Object> bundle) throws ReflectiveOperationException {
        Object data = displayData.getMethod("fromText", String.class).invoke(null, (String) bundle.get("text/plain"));
        Method putData = displayData.getMethod("putData", String.class, Object.class);
        for (Map.Entry<String, Object> entry : bundle.entrySet()) {
            putData.invoke(data, entry.getKey(), entry.getValue());
        }
        return data;
    }

    @Override
    public void publish(String displayId, boolean update, Map<String, Object> bundle) {
        try {
            Object data = data(bundle);
            call(data, "setDisplayId", displayId);
            kernel.getClass()
                    .getMethod(update ? "updateDisplay" : "display", displayData)
                    .invoke(kernel, data);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
