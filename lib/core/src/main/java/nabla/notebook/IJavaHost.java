package nabla.notebook;

import static nabla.notebook.OtherKernels.call;

import java.lang.reflect.Method;
import java.util.Map;

/** IJava and JJava: relatives whose classes differ in their package only. */
final class IJavaHost implements Notebook.Host {
    private final Object kernel;
    private final Class<?> displayData;
    private final Method putData;

    IJavaHost(Object kernel, String displayPackage) throws ReflectiveOperationException {
        ClassLoader loader = kernel.getClass().getClassLoader();
        this.kernel = kernel;
        this.displayData = Class.forName(displayPackage + "DisplayData", true, loader);
        this.putData = displayData.getMethod("putData", String.class, Object.class);
        registerViews(Class.forName(displayPackage + "RenderFunction", true, loader));
    }

    /** Has our types shown our way when they are a cell's last expression. */
    private void registerViews(Class<?> renderFunction) throws ReflectiveOperationException {
        Object render = OtherKernels.implement(renderFunction, (proxy, method, arguments) -> {
            fill(call(arguments[1], "getOutputContainer"), Views.of(arguments[0]));
            return null;
        });
        Object renderer = call(kernel, "getRenderer");
        for (Class<?> type : Views.types()) {
            Object registration = renderer.getClass()
                    .getMethod("createRegistration", Class.class)
                    .invoke(renderer, type);
            registration.getClass().getMethod("register", renderFunction).invoke(registration, render);
        }
    }

    private void fill(Object data, Map<String, Object> bundle) throws ReflectiveOperationException {
        for (Map.Entry<String, Object> entry : bundle.entrySet()) {
            putData.invoke(data, entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void publish(String displayId, boolean update, Map<String, Object> bundle) {
        try {
            Object data = displayData.getConstructor().newInstance();
            fill(data, bundle);
            call(data, "setDisplayId", displayId);
            if (update) {
                Object io = call(kernel, "getIO");
                call(io.getClass().getField("display").get(io), "updateDisplay", data);
            } else {
                call(kernel, "display", data);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
