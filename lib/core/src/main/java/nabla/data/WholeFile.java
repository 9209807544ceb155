package nabla.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Saves a file as a whole or not at all: what is written goes to a file beside it first, which then takes its place. */
final class WholeFile {
    private static final int MOST_LINKS = 40; // as Linux follows

    private WholeFile() {}

    /** Writes everything that a file is to contain. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file. A file that is there keeps its permissions, a new one gets the usual ones. A symbolic link is followed.
     *
     * @throws IOException if it cannot be written, or something else than a file has the name, which is left as it is; names
     *     the file
     */
    static void write(Path file, Content content) throws IOException {
        Path target = target(file);
        Path half = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(half, StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            }
            keepPermissions(target, half);
            try {
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (FileSystemException e) { // of the half, whose name tells nobody anything
            throw new FileSystemException(file.toString(), null, words(e));
        } catch (IOException e) {
            throw FileErrors.named(file, e);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** What is to be replaced: a file, or nothing yet. */
    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(
                    file.toString(), null, "is a folder or a device, expected a file or a new name");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new NoSuchFileException(file.toString(), null, "its folder does not exist");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(file.toString(), null, "is protected from writing");
        }
        return target;
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from) && Files.getFileAttributeView(to, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    private static String words(FileSystemException e) {
        String kind = e.getClass().getSimpleName();
        return "cannot be written, " + (e.getReason() != null ? e.getReason() : kind);
    }
}
