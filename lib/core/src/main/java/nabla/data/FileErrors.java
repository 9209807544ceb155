package nabla.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Words for what goes wrong with files: whoever reads a message must learn which file it was. */
final class FileErrors {
    private FileErrors() {}

    /** The same failure with the file's name in its message; unchanged if it is there. */
    static IOException named(Path file, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains(file.toString())) {
            return e;
        }
        String why = e instanceof FileSystemException system ? String.valueOf(system.getReason()) : message;
        return new IOException(file + ": " + why, e);
    }
}
