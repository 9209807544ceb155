package nabla.notebook;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;

/** Other people's kernels. They are known by name only, so that none of them is needed to compile or to run. */
final class OtherKernels {
    private static final String IJAVA = "io.github.spencerpark.ijava.IJava";
    private static final String JJAVA = "org.dflib.jjava.jupyter.kernel.BaseKernel";
    private static final String RAPAIO = "org.rapaio.jupyter.kernel.MainApp";

    private OtherKernels() {}

    /** The kernel that runs in this JVM, if there is one. */
    static Optional<Notebook.Host> find() {
        try {
            if (exists(IJAVA)) {
                Object kernel =
                        Class.forName(IJAVA).getMethod("getKernelInstance").invoke(null);
                return host(kernel, "io.github.spencerpark.jupyter.kernel.display.");
            }
            if (exists(JJAVA)) {
                Object kernel = Class.forName(JJAVA).getMethod("notebookKernel").invoke(null);
                return host(kernel, "org.dflib.jjava.jupyter.kernel.display.");
            }
            // To load rapaio's main class is to start the kernel, so we look whether it runs.
            if (isRunning(RAPAIO)) {
                return Optional.of(new RapaioHost(Class.forName(RAPAIO)));
            }
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of the kernel is unknown to Nabla: " + e, e);
        }
    }

    private static Optional<Notebook.Host> host(Object kernel, String displayPackage)
            throws ReflectiveOperationException {
        return kernel == null ? Optional.empty() : Optional.of(new IJavaHost(kernel, displayPackage));
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, OtherKernels.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isRunning(String mainClass) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(mainClass));
    }

    /** Calls a public method by name, with arguments of exactly its parameter types or none. */
    static Object call(Object target, String method, Object... arguments) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        return target.getClass().getMethod(method, types).invoke(target, arguments);
    }

    /** An object of an interface known by name; {@code body} gets the method called and its arguments. */
    static Object implement(Class<?> type, InvocationHandler body) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "Nabla";
                    default -> body.invoke(proxy, method, arguments);
                });
    }
}
