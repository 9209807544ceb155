package nabla.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import nabla.rbm.Rbm;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class PeerTest {
    private static final Path SCRIPT = Path.of("peers.py");

    @Test
    void bothSidesHaveTheSameWorkloads() throws IOException {
        String script = Files.readString(SCRIPT);
        String workloads = script.substring(script.indexOf("\nWORKLOADS = {"));
        List<String> names = Pattern.compile("^    \"([^\"]+)\":", Pattern.MULTILINE)
                .matcher(workloads.substring(0, workloads.indexOf("\n}")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(Workloads.NAMES, names);
    }

    @Test
    void bothSidesComputeTheSameLogZ() throws IOException, InterruptedException {
        Rbm rbm = Workloads.rbm(14, 7, new SplittableRandom(5));
        String parameters = "{\"W\": %s, \"a\": %s, \"b\": %s}".formatted(rows(rbm.W), column(rbm.a), column(rbm.b));
        for (int threads = 1; threads <= 2; threads++) {
            try (Peer peer = new Peer(pythonWithNumPy(), SCRIPT, threads)) {
                assertEquals(rbm.logZ(), peer.logZ("log-z", parameters), 1e-10);
                assertEquals(rbm.logZ(), peer.logZ("ais-784", parameters), 0.05);
                assertEquals(rbm.logZ(), peer.logZ("ais-784-tuned", parameters), 0.05);
            }
        }
    }

    @Test
    void aFailureIsToldInWords() throws IOException, InterruptedException {
        try (Peer peer = new Peer(pythonWithNumPy(), SCRIPT, 1)) {
            var unknown = assertThrows(IOException.class, () -> peer.seconds("nothing"));
            assertTrue(unknown.getMessage().contains("'nothing'"), unknown.getMessage());
            assertThrows(IOException.class, () -> peer.logZ("log-z", "{}"));
            assertTrue(peer.seconds("log-z") > 0); // and it goes on
        }
    }

    private static String pythonWithNumPy() throws IOException, InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", "import numpy")
                        .redirectErrorStream(true)
                        .start();
                process.getInputStream().readAllBytes();
                if (process.waitFor() == 0) {
                    return candidate;
                }
            } catch (IOException e) {
                // there is no such command
            }
        }
        assumeTrue(false, "no Python with NumPy");
        return "";
    }

    private static String rows(SimpleMatrix x) {
        StringBuilder text = new StringBuilder("[");
        for (int row = 0; row < x.getNumRows(); row++) {
            text.append(row == 0 ? "" : ", ").append(column(x.getRow(row)));
        }
        return text.append("]").toString();
    }

    private static String column(SimpleMatrix x) {
        return Arrays.toString(x.getDDRM().data);
    }
}
