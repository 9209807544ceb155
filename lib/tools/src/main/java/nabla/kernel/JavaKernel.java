package nabla.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterInputStream;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.logging.Level;
import nabla.notebook.Notebook;
import org.zeromq.ZMQ;

/**
 * A Jupyter kernel for Java: {@link CellEvaluator} behind the Jupyter message protocol. Jupyter starts it with the name
 * of a connection file, in the notebook's folder.
 */
public final class JavaKernel extends BaseKernel {
    private static final long FLUSH_MILLIS = 50;
    private static final long EXIT_MILLIS = 300;

    private static volatile boolean cellRuns;
    private static volatile boolean toldToEnd;

    private final CellEvaluator evaluator = new CellEvaluator(Path.of(""));
    private final CodeAssistant assistant = new CodeAssistant(evaluator.analysis());
    private final JupyterConnection connection;
    private final Timer timer = new Timer("kernel helper", true);
    private final PrintCapture prints = new PrintCapture(this::print);
    /** The cell that runs, or ran last: where outputs belong. */
    private volatile ShellReplyEnvironment cell;

    /**
     * Serves a Jupyter client until it says goodbye or ends.
     *
     * @param args the connection file
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 1 || !Files.isReadable(Path.of(args[0]))) {
            System.err.println("usage: java -cp nabla.jar nabla.kernel.JavaKernel CONNECTION_FILE (Jupyter makes it)");
            System.exit(2);
        }
        JupyterSocket.JUPYTER_LOGGER.setLevel(Level.OFF); // a request we lack is no news for the notebook
        String properties = Files.readString(Path.of(args[0]));
        JupyterConnection connection = new JupyterConnection(KernelConnectionProperties.parse(properties));
        connection.getIOPub().setSndHWM(0); // by default floods of output are dropped, and their end with them
        new JavaKernel(connection).becomeHandlerForConnection(connection);
        endWithParent();
        Runtime.getRuntime().addShutdownHook(new Thread(JavaKernel::sayWhy));
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }

    private JavaKernel(JupyterConnection connection) {
        this.connection = connection;
        Notebook.attach(this::publish);
        timer.schedule(task(prints::flush), FLUSH_MILLIS, FLUSH_MILLIS);
    }

    private static TimerTask task(Runnable body) {
        return new TimerTask() {
            @Override
            public void run() {
                body.run();
            }
        };
    }

    /** A Jupyter server that is killed leaves no kernel behind. */
    private static void endWithParent() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent == null) {
            return;
        }
        Thread watch = new Thread(() -> {
            ProcessHandle.of(Long.parseLong(parent))
                    .ifPresent(process -> process.onExit().join());
            System.exit(1);
        });
        watch.setDaemon(true);
        watch.start();
    }

    /** For whoever finds the kernel gone: a cell called System.exit, or the process was told to end. */
    private static void sayWhy() {
        if (cellRuns && !toldToEnd) {
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                    .println("the kernel ended while a cell ran: the cell called System.exit, or a signal came");
        }
    }

    @Override
    public void becomeHandlerForConnection(JupyterConnection connection) {
        super.becomeHandlerForConnection(connection);
        connection.setHandler(MessageType.EXECUTE_REQUEST, this::execute);
    }

    private void execute(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        int count = request.isSilent() ? executionCount.get() - 1 : executionCount.getAndIncrement();
        env.setBusyDeferIdle();
        if (!request.isSilent()) {
            env.publish(new PublishExecuteInput(request.getCode(), count));
        }
        prints.flush();
        cell = env;
        System.setIn(new JupyterInputStream(env, request.isStdinEnabled()));
        try {
            DisplayData result = eval(request.getCode());
            prints.flush();
            if (result != null && !request.isSilent()) {
                env.publish(new PublishExecuteResult(count, result));
            }
            env.reply(new ExecuteReply(count, Map.of()));
        } catch (CellException e) {
            prints.flush();
            env.publish(new PublishError(e.name(), e.getMessage(), e.traceback()));
            ErrorReply reply = new ErrorReply(e.name(), e.getMessage(), e.traceback());
            reply.setExecutionCount(count);
            env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
            if (request.shouldStopOnError()) {
                abortQueued(env.getShell());
            }
        }
    }

    /** Front ends expect that the cells queued behind a failing one do not run. */
    private void abortQueued(JupyterSocket shell) {
        while ((shell.getEvents() & ZMQ.Poller.POLLIN) != 0) {
            answerInsteadOfRunning(shell, shell.readMessage());
        }
    }

    private <T> void answerInsteadOfRunning(JupyterSocket shell, Message<T> message) {
        ShellReplyEnvironment env = connection.prepareReplyEnv((ShellChannel) shell, message);
        MessageType<T> type = message.getHeader().getType();
        if (type.equals(MessageType.EXECUTE_REQUEST)) {
            env.setBusyDeferIdle();
            Map<String, Object> aborted = Map.of("status", "aborted", "execution_count", executionCount.get());
            @SuppressWarnings("unchecked") // the library has no type for this reply
            MessageType<Object> replyType = (MessageType<Object>) (MessageType<?>) MessageType.EXECUTE_REPLY;
            env.reply(new Message<>(message, replyType, aborted));
        } else if (connection.getHandler(type) != null) {
            connection.getHandler(type).handle(env, message);
        }
        env.resolveDeferrals();
    }

    @Override
    public DisplayData eval(String code) throws CellException {
        Object value;
        cellRuns = true;
        try {
            value = evaluator.run(code);
        } finally {
            cellRuns = false;
        }
        return value == null ? null : data(CellErrors.view(value));
    }

    private static DisplayData data(Map<String, Object> bundle) {
        DisplayData data = new DisplayData();
        bundle.forEach(data::putData);
        return data;
    }

    private void print(String stream, String text) {
        ShellReplyEnvironment env = cell;
        if (env == null) {
            return;
        }
        if (stream.equals("stderr")) {
            env.writeToStdErr(text);
        } else {
            env.writeToStdOut(text);
        }
    }

    private void publish(String displayId, boolean update, Map<String, Object> bundle) {
        prints.flush();
        DisplayData data = data(bundle);
        data.setDisplayId(displayId);
        if (update) {
            cell.publish(new PublishUpdateDisplayData(data));
        } else {
            cell.publish(new PublishDisplayData(data));
        }
    }

    @Override
    public void interrupt() {
        evaluator.interrupt();
    }

    /** Exits soon, whatever the cell is doing; the reply goes out first. */
    @Override
    public void onShutdown(boolean restart) {
        toldToEnd = true;
        timer.schedule(task(() -> System.exit(0)), EXIT_MILLIS);
    }

    @Override
    public ReplacementOptions complete(String code, int cursor) {
        return assistant.complete(code, cursor);
    }

    @Override
    public DisplayData inspect(String code, int cursor, boolean detail) {
        String documentation = assistant.documentation(code, cursor);
        return documentation.isEmpty() ? null : new DisplayData(documentation);
    }

    @Override
    public String isComplete(String code) {
        return assistant.isComplete(code) ? IS_COMPLETE_YES : "";
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("java")
                .version(Runtime.version().toString())
                .mimetype("text/x-java")
                .fileExtension(".jshell")
                .pygments("java")
                .codemirror("text/x-java")
                .build();
    }
}
