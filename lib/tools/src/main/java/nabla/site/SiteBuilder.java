package nabla.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the web site from executed notebooks. It needs no network, neither now nor when it is read. */
public final class SiteBuilder {
    private static final List<String> OWN_ASSETS = List.of("site.css", "math.js", "site.js");

    private SiteBuilder() {}

    /**
     * Writes the site: {@code index.html}, {@code coverage.html}, {@code errata.html}, {@code checks.json}, a page per
     * notebook and a page per set of lecture notes.
     *
     * @param executed folder of notebooks with their outputs; a {@code report.json} in it adds times and failures
     * @param site folder to write to, created if missing; files of the same names are replaced
     * @param assets files that the pages use: MathJax's {@code tex-svg-full.js}, {@code plotly.min.js} and drawings
     * @throws IOException if an asset cannot be read, or the site cannot be written; or at the end, with the site written, if
     *     there are notebooks that have no page because they cannot be read: names them
     */
    public static void build(Path executed, Path site, List<Path> assets) throws IOException {
        NotebookFile.All all = NotebookFile.readAll(executed);
        Inventory inventory = Inventory.read();
        RunReport report = RunReport.of(executed);
        Map<String, String> broken = new TreeMap<>(all.broken());
        List<NotebookFile> notebooks = new ArrayList<>();
        List<NotebookPage> pages = new ArrayList<>();
        for (NotebookFile notebook : all.notebooks()) {
            try {
                pages.add(new NotebookPage(notebook, report, inventory));
                notebooks.add(notebook);
            } catch (RuntimeException | StackOverflowError e) { // one notebook is not to end the others
                broken.put(notebook.name() + ".ipynb", "its page cannot be made, " + e);
            }
        }
        Check.All checks = Check.in(notebooks);
        Coverage coverage = new Coverage(inventory, checks.checks());

        copyAssets(assets, Files.createDirectories(site.resolve("assets")));
        Files.writeString(site.resolve("assets").resolve("search.js"), SearchIndex.script(pages, inventory));
        for (int i = 0; i < pages.size(); i++) {
            Optional<NotebookPage> previous = i > 0 ? Optional.of(pages.get(i - 1)) : Optional.empty();
            Optional<NotebookPage> next = i + 1 < pages.size() ? Optional.of(pages.get(i + 1)) : Optional.empty();
            NotebookPage page = pages.get(i);
            Files.writeString(site.resolve(page.file()), page.html(previous, next));
        }
        Map<String, String> missing = new TreeMap<>(report.problemsBut(notebooks));
        missing.putAll(broken);
        String index = new IndexPage(notebooks, pages, checks, coverage, report, missing).html();
        Files.writeString(site.resolve("index.html"), index);
        Files.writeString(site.resolve("coverage.html"), CoveragePage.html(coverage));
        Files.writeString(site.resolve("errata.html"), ErrataPage.html(coverage));
        for (Notes notes : Notes.values()) {
            Files.writeString(site.resolve(notes.page()), NotesPage.html(notes, coverage));
        }
        Files.writeString(site.resolve("checks.json"), json(checks));
        if (!broken.isEmpty()) {
            throw new IOException("the site is written, but for: " + String.join("; ", broken.values()));
        }
    }

    private static void copyAssets(List<Path> assets, Path folder) throws IOException {
        for (Path asset : assets) {
            Files.copy(asset, folder.resolve(asset.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        for (String name : OWN_ASSETS) {
            try (InputStream in = SiteBuilder.class.getResourceAsStream(name)) {
                Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Everything that was checked, for machines. A number that is not there is null. */
    private static String json(Check.All all) throws IOException {
        ArrayNode checks = NotebookFile.JSON.createArrayNode();
        for (Check check : all.checks()) {
            ObjectNode o = checks.addObject();
            o.putPOJO("ids", check.ids());
            o.put("notebook", check.notebook()).put("cell", check.cell());
            o.put("kind", check.kind()).put("title", check.title()).put("what", check.what());
            o.put("verdict", check.verdict()).put("passed", check.passed());
            o.put("error", finite(check.error())).put("tolerance", finite(check.tolerance()));
            o.put("seconds", finite(all.records().get(check.record()).seconds()));
        }
        ObjectNode root = NotebookFile.JSON.createObjectNode();
        root.set("checks", checks);
        root.putObject("mistakes").put("tried", all.tried()).put("rejected", all.rejected());
        return NotebookFile.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Double finite(double x) {
        return Double.isFinite(x) ? x : null;
    }

    /** Usage: {@code SiteBuilder EXECUTED_FOLDER SITE_FOLDER ASSET...}; see {@link #build}. */
    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("usage: SiteBuilder EXECUTED_FOLDER SITE_FOLDER ASSET...");
            System.exit(2);
        }
        List<Path> assets =
                Arrays.stream(args).skip(2).map(name -> Path.of(name)).toList();
        try {
            build(Path.of(args[0]), Path.of(args[1]), assets);
        } catch (IOException e) {
            System.err.println(
                    e instanceof FileSystemException ? "cannot read or write " + e.getMessage() : e.getMessage());
            System.exit(1);
        }
    }
}
