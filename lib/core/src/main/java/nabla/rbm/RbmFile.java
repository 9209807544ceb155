package nabla.rbm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import nabla.data.Npz;
import nabla.math.Require;
import org.ejml.simple.SimpleMatrix;

/** An RBM of binary units in a NumPy file: the arrays {@code W}, {@code a} and {@code b}. */
public final class RbmFile {
    private RbmFile() {}

    /** Writes the parameters. */
    public static void write(Path file, Rbm rbm) throws IOException {
        Require.present("file", file);
        Require.present("rbm", rbm);
        rbm.requireBinary("rbm");
        Npz.write(file, rbm.parameters());
    }

    /**
     * Reads a model.
     *
     * @throws IllegalArgumentException if a parameter is missing or has the wrong shape
     */
    public static Rbm read(Path file) throws IOException {
        Require.present("file", file);
        Map<String, SimpleMatrix> parameters = Npz.read(file);
        for (String name : new String[] {"W", "a", "b"}) {
            if (!parameters.containsKey(name)) {
                throw new IllegalArgumentException(
                        "parameters in " + file + ": expected W, a and b, got only " + parameters.keySet());
            }
        }
        return new Rbm(parameters.get("W"), parameters.get("a"), parameters.get("b"));
    }
}
