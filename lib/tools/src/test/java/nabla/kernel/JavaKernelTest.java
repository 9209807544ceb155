package nabla.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ.Socket;

/** Talks to a kernel in a process of its own, as a Jupyter client does. */
class JavaKernelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "a-secret";

    @TempDir
    Path folder;

    private final ZContext context = new ZContext();
    private Process kernel;
    private Socket shell;
    private Socket control;
    private Socket iopub;

    @BeforeEach
    void start() throws Exception {
        Map<String, Object> connection = new TreeMap<>(
                Map.of("ip", "127.0.0.1", "transport", "tcp", "signature_scheme", "hmac-sha256", "key", KEY));
        for (String port : List.of("shell_port", "control_port", "iopub_port", "stdin_port", "hb_port")) {
            try (ServerSocket free = new ServerSocket(0)) {
                connection.put(port, free.getLocalPort());
            }
        }
        Path file = folder.resolve("connection.json");
        Files.writeString(file, JSON.writeValueAsString(connection));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        kernel = new ProcessBuilder(java, "-cp", classPath, "nabla.kernel.JavaKernel", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        shell = connect(SocketType.DEALER, connection.get("shell_port"));
        control = connect(SocketType.DEALER, connection.get("control_port"));
        iopub = connect(SocketType.SUB, connection.get("iopub_port"));
        iopub.subscribe("");
    }

    @AfterEach
    void stop() {
        context.close();
        kernel.destroyForcibly();
    }

    private Socket connect(SocketType type, Object port) {
        Socket socket = context.createSocket(type);
        socket.setReceiveTimeOut(30_000);
        socket.connect("tcp://127.0.0.1:" + port);
        return socket;
    }

    private static String sign(List<byte[]> parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        parts.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal());
    }

    private static void send(Socket socket, String type, Map<String, Object> content) throws Exception {
        Map<String, Object> header = Map.of(
                "msg_id",
                UUID.randomUUID().toString(),
                "session",
                "s",
                "username",
                "u",
                "date",
                "2025-01-01T00:00:00.000000Z",
                "msg_type",
                type,
                "version",
                "5.3");
        List<byte[]> parts = new ArrayList<>();
        for (Object part : List.of(header, Map.of(), Map.of(), content)) {
            parts.add(JSON.writeValueAsBytes(part));
        }
        socket.sendMore("<IDS|MSG>");
        socket.sendMore(sign(parts));
        for (int i = 0; i < 4; i++) {
            socket.send(parts.get(i), i < 3 ? zmq.ZMQ.ZMQ_SNDMORE : 0);
        }
    }

    private static void execute(Socket shell, String code) throws Exception {
        send(shell, "execute_request", Map.of("code", code, "silent", false, "stop_on_error", true));
    }

    /** The content of the next message of this type, others are passed over; the signature must be right. */
    private static JsonNode receive(Socket socket, String type) throws Exception {
        while (true) {
            String frame = socket.recvStr();
            while (frame != null && !frame.equals("<IDS|MSG>")) {
                frame = socket.recvStr();
            }
            assertTrue(frame != null, "no " + type + " within 30 s");
            String signature = socket.recvStr();
            List<byte[]> parts = List.of(socket.recv(), socket.recv(), socket.recv(), socket.recv());
            assertEquals(sign(parts), signature);
            if (JSON.readTree(parts.get(0)).path("msg_type").asText().equals(type)) {
                return JSON.readTree(parts.get(3));
            }
        }
    }

    @Test
    void runsInterruptsCompletesAndShutsDown() throws Exception {
        send(shell, "kernel_info_request", Map.of());
        assertEquals(
                "java",
                receive(shell, "kernel_info_reply").at("/language_info/name").asText());

        execute(shell, "System.out.println(\"θ\");\n6 * 7");
        assertEquals("ok", receive(shell, "execute_reply").path("status").asText());
        assertEquals("θ\n", receive(iopub, "stream").path("text").asText());
        assertEquals(
                "42", receive(iopub, "execute_result").at("/data/text~1plain").asText());

        // The second cell waits behind an endless one, so the interrupt keeps it from running, too.
        execute(shell, "System.out.println(\"started\");\nwhile (true) {}");
        execute(shell, "System.out.println(\"never\");");
        assertEquals("started\n", receive(iopub, "stream").path("text").asText());
        send(control, "interrupt_request", Map.of());
        receive(control, "interrupt_reply");
        assertEquals(
                "Interrupted", receive(shell, "execute_reply").path("ename").asText());
        assertEquals("aborted", receive(shell, "execute_reply").path("status").asText());
        assertEquals("Interrupted", receive(iopub, "error").path("ename").asText());

        send(shell, "complete_request", Map.of("code", "var n = Math.PI;\nMath.sqr", "cursor_pos", 25));
        JsonNode completion = receive(shell, "complete_reply");
        assertEquals("[\"sqrt(\"]", completion.path("matches").toString());
        assertEquals(22, completion.path("cursor_start").asInt());
        send(shell, "is_complete_request", Map.of("code", "for (;;) {"));
        assertEquals(
                "incomplete", receive(shell, "is_complete_reply").path("status").asText());

        execute(shell, "while (true) {}");
        send(control, "shutdown_request", Map.of("restart", false));
        receive(control, "shutdown_reply");
        assertTrue(kernel.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, kernel.exitValue());
    }
}
