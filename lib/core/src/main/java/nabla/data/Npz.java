package nabla.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Matrices in NumPy's .npz format: what Java saves, {@code numpy.load("model.npz")["W"]} reads, and the other way round.
 *
 * <p>Each matrix is written as little-endian float64 in C order with two dimensions. Reading also accepts one dimension (as
 * a column), float32 and Fortran order.
 */
public final class Npz {
    /** Deflate makes a byte of at most this many. */
    private static final int MOST_EXPANSION = 1032;

    private Npz() {}

    /**
     * Writes the matrices to a file. The file is replaced as a whole or not at all, and keeps its permissions; where it is a
     * symbolic link, the file that it leads to is replaced.
     *
     * @param matrices at least one real matrix, by name, not modified
     * @throws IllegalArgumentException if there is no matrix, or one is null or complex
     * @throws IOException if the file cannot be written, or is there but no file (a folder, a device); names it
     */
    public static void write(Path file, Map<String, SimpleMatrix> matrices) throws IOException {
        Require.present("file", file);
        Require.present("matrices", matrices);
        Require.atLeast("number of matrices", matrices.size(), 1);
        for (var matrix : matrices.entrySet()) {
            Require.present("name of a matrix", matrix.getKey());
            Require.present(matrix.getKey(), matrix.getValue());
            if (!matrix.getValue().getType().isReal()) {
                throw new IllegalArgumentException(matrix.getKey() + ": expected real numbers, got complex ones");
            }
        }
        WholeFile.write(file, out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (var matrix : new TreeMap<>(matrices).entrySet()) {
                    ZipEntry part = new ZipEntry(matrix.getKey() + ".npy");
                    part.setTime(0); // the same matrices give the same bytes
                    zip.putNextEntry(part);
                    Npy.write(matrix.getValue(), zip);
                    zip.closeEntry();
                }
            }
        });
    }

    /**
     * Reads all matrices of a file.
     *
     * @return by name, in alphabetical order
     * @throws IOException if the file is missing, damaged in any way, holds something else than real matrices, or more of
     *     them than Java's memory; names file and entry
     */
    public static Map<String, SimpleMatrix> read(Path file) throws IOException {
        Require.present("file", file);
        try (ZipFile listed = new ZipFile(file.toFile());
                InputStream bytes = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            return matrices(zip, directory(listed, file), file);
        } catch (IllegalArgumentException e) { // so the zip classes answer bytes that are no UTF-8
            throw new IOException(file + ": damaged, the name of an array is not UTF-8", e);
        } catch (ZipException | EOFException e) {
            throw new IOException(file + ": damaged or no .npz file, " + e.getMessage(), e);
        } catch (IOException e) {
            throw FileErrors.named(file, e);
        }
    }

    /** What the file says at its end that it holds. */
    private static Map<String, ZipEntry> directory(ZipFile zip, Path file) throws IOException {
        Map<String, ZipEntry> directory = new TreeMap<>();
        long size = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (directory.put(entry.getName(), entry) != null) {
                throw new IOException(file + ": damaged, two arrays have the name " + entry.getName());
            }
            if (entry.getSize() > (entry.getCompressedSize() + 1) * MOST_EXPANSION) {
                throw new IOException(file + ": damaged, no " + entry.getCompressedSize() + " bytes hold the "
                        + entry.getSize() + " of " + entry.getName());
            }
            size += entry.getSize();
        }
        Npy.requireMemory(size, file.toString());
        return directory;
    }

    /** What the file holds, in which each entry must be as the directory has it, and none may be missing. */
    private static Map<String, SimpleMatrix> matrices(ZipInputStream zip, Map<String, ZipEntry> directory, Path file)
            throws IOException {
        Map<String, SimpleMatrix> matrices = new TreeMap<>();
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            ZipEntry listed = directory.remove(entry.getName());
            if (listed == null) {
                throw new IOException(file + ": damaged, " + entry.getName() + " is not in its directory");
            }
            String name = entry.getName().replaceFirst("\\.npy$", "");
            SimpleMatrix matrix = Npy.read(zip, listed.getSize(), file + ": " + name);
            if (entry.getCrc() != listed.getCrc() || entry.getSize() != listed.getSize()) {
                throw new IOException(file + ": damaged, " + entry.getName() + " is not what its directory says");
            }
            if (matrices.put(name, matrix) != null) {
                throw new IOException(file + ": two arrays have the name " + name);
            }
        }
        if (!directory.isEmpty()) {
            throw new IOException(file + ": damaged, of the arrays in its directory there are missing: "
                    + String.join(", ", directory.keySet()));
        }
        if (matrices.isEmpty()) {
            throw new IOException(file + ": an empty .npz file");
        }
        return matrices;
    }
}
