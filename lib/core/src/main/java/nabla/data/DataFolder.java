package nabla.data;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Finds the project's {@code data} folder from wherever a notebook, script or test runs. */
final class DataFolder {
    private DataFolder() {}

    /**
     * A file of the data folder: looked for upward from the working directory, then upward from the library's jar.
     *
     * @throws NoSuchFileException if it is in neither place
     */
    static Path file(String name) throws IOException {
        Path found = upward(Path.of("").toAbsolutePath(), name);
        if (found == null) {
            found = upward(library(), name);
        }
        if (found == null) {
            throw new NoSuchFileException(
                    name,
                    null,
                    "not in a folder named data here, above, or beside the library; start inside the project");
        }
        return found;
    }

    private static Path upward(Path from, String name) {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("data").resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private static Path library() {
        try {
            return Path.of(DataFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
