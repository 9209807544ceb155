package nabla.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The peers' process, {@code peers.py}, with a fixed number of threads: a line asks, a line of JSON answers. */
final class Peer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    /**
     * Starts the process.
     *
     * @param python a Python that has what the requests need
     * @param script {@code peers.py}
     */
    Peer(String python, Path script, int threads) throws IOException {
        process = new ProcessBuilder(python, script.toString(), "--threads", String.valueOf(threads))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The versions of what does the work, by name. */
    Map<String, String> versions() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        ask("versions")
                .properties()
                .forEach(field -> versions.put(field.getKey(), field.getValue().asText()));
        return versions;
    }

    /** Lets the peer do one unit of a workload and tells the seconds that took. Before the first one it warms up. */
    double seconds(String workload) throws IOException {
        return ask(workload).required("seconds").asDouble();
    }

    /**
     * log Z of a model as the peer computes it, for checks.
     *
     * @param workload whose method is to be used
     * @param parameters as JSON
     */
    double logZ(String workload, String parameters) throws IOException {
        return ask(workload + " " + parameters).required("logZ").asDouble();
    }

    private JsonNode ask(String request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the peers' process ended when it was asked for " + request);
        }
        JsonNode answer = JSON.readTree(line);
        if (answer.has("error")) {
            throw new IOException(
                    "the peer failed at " + request + ": " + answer.get("error").asText());
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
