package nabla.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the measurements were made on. */
final class Machine {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** How many threads can run at once. */
    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The model of the processor where the system tells it, otherwise its architecture. */
    static String processor() throws IOException {
        if (Files.isReadable(LINUX)) {
            for (String line : Files.readAllLines(LINUX)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows == null ? System.getProperty("os.arch") : windows;
    }

    /** Name, version and architecture of the operating system. */
    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
    }

    /** Version and maker of the Java virtual machine. */
    static String java() {
        return System.getProperty("java.version") + ", " + System.getProperty("java.vm.name");
    }
}
