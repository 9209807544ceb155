package nabla.notebook;

import java.util.Map;

/** Without a kernel: plain text on standard output. */
final class TerminalHost implements Notebook.Host {
    @Override
    public void publish(String displayId, boolean update, Map<String, Object> bundle) {
        System.out.println(bundle.get("text/plain"));
    }
}
