package nabla.notebook;

/** Escaping for HTML, and nothing else. */
final class Html {
    private Html() {}

    /** For text and for attributes in double quotes. */
    static String escape(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
