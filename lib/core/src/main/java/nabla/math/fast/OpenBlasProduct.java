package nabla.math.fast;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Products by OpenBLAS, on the very same arrays, without copies, in the thread that asks for them: its own threads wait by spinning, which
 * takes ten times as long as soon as anything else runs on the machine. {@link Parallel} shares the work.
 *
 * <p>JavaCPP brings the library, netlib calls it (JavaCPP's own calls copy every array there and back).
 */
final class OpenBlasProduct implements Blas.Product {
    private static final String[] FILE_NAMES = {
        "libopenblas_nolapack.so.0", "libopenblas_nolapack.0.dylib", "libopenblas_nolapack.dll"
    };

    /**
     * As many multiplications OpenBLAS does without first copying the factors, in a fifth less time (on processors with AVX-512; on others it
     * does not matter).
     */
    private static final int SMALL = 1_000_000;

    private static final int WORTH_ADDING = 32; // terms, for the time it takes to read and write C

    private final NativeBLAS blas;

    /**
     * Loads the library.
     *
     * @throws RuntimeException or LinkageError if there is none for this machine, or no place to unpack it
     */
    OpenBlasProduct() {
        Path folder = Path.of(Loader.load(openblas_nolapack.class)).getParent();
        openblas_nolapack.blas_set_num_threads(1);
        System.setProperty(
                "dev.ludovic.netlib.blas.nativeLibPath", library(folder).toString());
        Logger log = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");
        Level level = log.getLevel();
        log.setLevel(Level.OFF); // it would announce itself in every notebook
        blas = NativeBLAS.getInstance();
        log.setLevel(level);
        deleteUnpacked();
    }

    /**
     * Deletes the file from which netlib's own library was loaded: netlib deletes it when Java ends, but not when it is killed.
     * Where the system does not tell which file that is, nothing is deleted.
     */
    private static void deleteUnpacked() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            for (String map :
                    maps.filter(line -> line.contains("/libnetlibblasjni")).toList()) {
                Files.deleteIfExists(Path.of(map.substring(map.indexOf('/'))));
            }
        } catch (IOException | UncheckedIOException e) {
            // a file more in the folder of temporary files
        }
    }

    private static Path library(Path folder) {
        for (String name : FILE_NAMES) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new IllegalStateException("no OpenBLAS in " + folder);
    }

    /** A long sum for a small C in several parts, each small enough. */
    @Override
    public void compute(Part A, Part B, boolean add, Part C) {
        if (C.rows == 0 || C.columns == 0 || A.columns == 0) { // netlib takes no empty matrix
            new JavaProduct().compute(A, B, add, C);
            return;
        }
        int k = A.columns;
        int terms = SMALL / C.rows / C.columns;
        int together = terms < WORTH_ADDING ? k : terms;
        for (int from = 0; from < k; from += together) {
            int to = Math.min(k, from + together);
            call(A.columns(from, to), B.rows(from, to), add || from > 0, C);
        }
    }

    /** BLAS counts columns first: to it, our matrices are their transposes, and C' = B' A'. */
    private void call(Part A, Part B, boolean add, Part C) {
        blas.dgemm(
                B.transposed ? "T" : "N",
                A.transposed ? "T" : "N",
                C.columns,
                C.rows,
                A.columns,
                1,
                B.data,
                B.start,
                B.width,
                A.data,
                A.start,
                A.width,
                add ? 1 : 0,
                C.data,
                C.start,
                C.width);
    }

    @Override
    public String name() {
        return "OpenBLAS";
    }
}
