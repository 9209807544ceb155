package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteBuilderTest {
    private static final Path FIXTURES = Path.of("src/test/resources/nabla/site");
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    @TempDir
    Path temp;

    private Path executed;
    private Path site;

    @BeforeEach
    void copyFixtures() throws IOException {
        executed = Files.createDirectory(temp.resolve("executed"));
        site = temp.resolve("site");
        for (String name : List.of("90-fixture.ipynb", "91-second.ipynb")) {
            Files.copy(FIXTURES.resolve(name), executed.resolve(name));
        }
    }

    private String page(String name) throws IOException {
        return Files.readString(site.resolve(name));
    }

    private void build() throws IOException {
        Path asset = Files.writeString(temp.resolve("plotly.min.js"), "");
        Path mathjax = Files.writeString(temp.resolve("tex-svg-full.js"), "");
        SiteBuilder.build(executed, site, List.of(asset, mathjax));
    }

    @Test
    void everyLinkIsRelativeAndLeadsSomewhere() throws Exception {
        build();
        List<String> pages;
        try (Stream<Path> files = Files.list(site)) {
            pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".html"))
                    .toList();
        }
        assertEquals(10, pages.size());
        for (String name : pages) {
            Matcher links = LINK.matcher(page(name));
            while (links.find()) {
                String link = links.group(1);
                if (!link.startsWith("data:")) {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty() ? site.resolve(name) : site.resolve(parts[0]);
                    assertTrue(Files.exists(target), name + ": " + link);
                    assertTrue(
                            parts.length == 1 || Files.readString(target).contains("id=\"" + parts[1] + "\""),
                            name + ": " + link);
                }
            }
        }
    }

    @Test
    void theIndexTellsHowTheRunWent() throws Exception {
        Files.writeString(executed.resolve("report.json"), """
                {"90-fixture.ipynb": {"seconds": 3.25, "cells": [0.5]},
                 "91-second.ipynb": {"seconds": 1, "cells": [], "problem": "cell 2: <b>: expected 64x1"}}""");
        build();
        String index = page("index.html");
        assertTrue(index.contains("<b>2</b> notebooks"), index);
        assertTrue(index.contains("<b>6</b> <a href=\"coverage.html\">checks passed"), index);
        assertTrue(index.contains("<b>12</b> deliberate mistakes noticed"), index);
        assertTrue(index.contains("8 code cells · 5 checks passed · 3.3\u202fs"), index);
        assertTrue(index.contains("failed in cell 2: &lt;b&gt;: expected 64x1"), index);
        assertTrue(index.contains("3 of 84"), index);
        assertTrue(page("91-second.html").contains("This run failed in cell 2"));
    }

    @Test
    void setUpIsFolded() throws Exception {
        build();
        assertTrue(page("90-fixture.html").contains("<details class=\"setup\">"));
    }

    @Test
    void codeAndOutputsAreFoldedByMetadataAndByTags() throws Exception {
        build();
        String page = page("90-fixture.html");
        assertTrue(page.contains("<details class=\"code\"><summary>code, 3 lines</summary>"), page);
        assertTrue(page.contains("<details class=\"code\"><summary>code, 1 line</summary>"), page);
        assertEquals(2, occurrences("<details class=\"outputs\">", page + page("91-second.html")) + 1);
        assertTrue(page.contains("class=\"show-code\" hidden"), page);
        assertFalse(page("91-second.html").contains("show-code"));
    }

    @Test
    void idsLeadToTheInventoryAndBack() throws Exception {
        build();
        String page = page("90-fixture.html");
        assertTrue(page.contains("<a class=\"id\" id=\"RBM-14\" href=\"coverage.html#RBM-14\">RBM-14</a>"), page);
        assertTrue(page.contains("<span id=\"RBM-12\"></span>"), "claimed, but not in the text");
        assertTrue(page.contains("<a class=\"id\" href=\"coverage.html#E-23\">E-23</a>"), "in the prose");
        assertTrue(page.contains("<code>XX-99</code>"), "no such statement");
        String coverage = page("coverage.html");
        assertTrue(coverage.contains("<a href=\"90-fixture.html#RBM-14\">90, cell 7</a>"), coverage);
        assertTrue(coverage.contains("<tr id=\"RBM-15\">"), coverage);
        assertFalse(page.contains("id=\"RBM-15\""), "an exercise proves nothing");
    }

    @Test
    void errataAreListedWithWhatWasMeasured() throws Exception {
        build();
        String errata = page("errata.html");
        assertTrue(errata.contains("<a href=\"90-fixture.html#E-33\">90, cell 7</a>"), errata);
        assertTrue(errata.contains("&lt;b&gt;: off by &lt;b&gt;0.459&lt;/b&gt;"), errata);
        assertEquals(96, occurrences("class=\"wrong\"", errata));
        assertTrue(page("notes-xu.html").contains("90-fixture.html#E-33"));
    }

    @Test
    void solutionsStandAgainAtTheEndForPaper() throws Exception {
        build();
        String page = page("90-fixture.html");
        assertTrue(page.contains("<details class=\"solution\"><summary>Solution</summary>"), page);
        String end = page.substring(page.indexOf("<section class=\"solutions\">"));
        assertTrue(end.contains("<h3>1. All zero.</h3>") && end.contains("Every term is"), end);
    }

    @Test
    void theIndexLeadsToCardsAndExercises() throws Exception {
        build();
        String index = page("index.html");
        assertTrue(index.contains("href=\"90-fixture.html#Summary-card\""), index);
        assertTrue(index.contains("href=\"90-fixture.html#Exercises\""), index);
        assertTrue(index.contains("<b>1 minute</b>"), index);
        assertTrue(index.matches("(?s).*Read first: <a [^>]*href=\"91-second.html#Gradient\">.*"), index);
    }

    @Test
    void theSearchIndexHasTitlesHeadingsAndStatements() throws Exception {
        build();
        String script = page("assets/search.js");
        JsonNode entries =
                NotebookFile.JSON.readTree(script.substring(script.indexOf('['), script.lastIndexOf(']') + 1));
        assertEquals("Restricted Boltzmann machine", entries.at("/0/0").asText());
        assertEquals("90-fixture.html#Notation", entries.at("/1/1").asText());
        assertTrue(script.contains("coverage.html#CD-06"));
    }

    private static int occurrences(String part, String text) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void onlyPagesWithFiguresLoadThePlottingScript() throws Exception {
        build();
        assertTrue(page("90-fixture.html").contains("plotly.min.js"));
        assertFalse(page("91-second.html").contains("plotly.min.js"));
    }

    @Test
    void checksAreThereForMachines() throws Exception {
        build();
        JsonNode json = NotebookFile.JSON.readTree(site.resolve("checks.json").toFile());
        assertEquals(6, json.get("checks").size());
        JsonNode second = json.get("checks").get(1);
        assertEquals("RBM-13", second.at("/ids/1").asText());
        assertEquals(3, second.get("cell").asInt());
        assertEquals(1e-12, second.get("tolerance").asDouble());
        assertEquals(0.12, second.get("seconds").asDouble());
        assertTrue(json.get("checks").get(5).get("seconds").isNull());
        assertEquals(12, json.at("/mistakes/rejected").asInt());
    }

    @Test
    void oneBrokenNotebookIsNamedAndTheOthersAreWritten() throws Exception {
        Map<String, String> broken = new TreeMap<>(Map.of(
                "01-list", "[1, 2]",
                "02-empty", "",
                "03-half", "{\"cells\": [",
                "04-none", "{\"nbformat\": 4}",
                "05-deep", "{\"nbformat\": 4, \"cells\": [], \"x\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
        for (var file : broken.entrySet()) {
            Files.writeString(executed.resolve(file.getKey() + ".ipynb"), file.getValue());
        }
        Files.write(executed.resolve("06-latin.ipynb"), new byte[] {'{', '"', (byte) 0xE9, '"'});
        Files.createDirectory(executed.resolve("07-folder.ipynb"));
        Files.createSymbolicLink(executed.resolve("08-dangling.ipynb"), Path.of("nowhere"));
        Files.writeString(executed.resolve("report.json"), "{\"09-gone.ipynb\": {\"problem\": \"its file: no JSON\"}}");
        String message = assertThrows(IOException.class, this::build).getMessage();
        String index = page("index.html");
        List<String> names = new ArrayList<>(broken.keySet());
        names.addAll(List.of("06-latin", "07-folder", "08-dangling"));
        for (String name : names) {
            assertTrue(message.contains(executed.resolve(name + ".ipynb").toString()), message);
            assertTrue(index.contains("<li><b>" + name + ".ipynb</b> has no page: "), name);
        }
        assertTrue(index.contains("<li><b>09-gone.ipynb</b> has no page: failed in its file: no JSON"), index);
        assertTrue(index.contains("<b>2</b> notebooks"), index);
        assertTrue(Files.exists(site.resolve("90-fixture.html")) && Files.exists(site.resolve("checks.json")));
    }

    /** A notebook of one cell with this text. */
    private void notebook(String name, String markdown) throws IOException {
        var notebook = NotebookFile.JSON.createObjectNode().put("nbformat", 4);
        notebook.putArray("cells").addObject().put("cell_type", "markdown").put("source", markdown);
        Files.writeString(executed.resolve(name + ".ipynb"), notebook.toString());
    }

    @Test
    void notebooksDoNotLoseTheirPageToTheSite() throws Exception {
        for (String name : List.of("index", "coverage", "Errata", "notes-xu", "a # b")) {
            notebook(
                    name,
                    "# This is " + name + "\n\n[itself]("
                            + name.replace(" ", "%20").replace("#", "%23") + ".ipynb)");
        }
        build();
        for (String name : List.of("index", "coverage", "Errata", "notes-xu")) {
            String page = page(name + ".ipynb.html");
            assertTrue(page.contains("This is " + name) && page.contains("href=\"" + name + ".ipynb.html\""), page);
        }
        assertTrue(page("index.html").contains("<a href=\"index.ipynb.html\">This is index</a>"));
        assertTrue(page("index.html").contains("<a href=\"a %23 b.html\">"));
        assertTrue(page("coverage.html").contains("What the notes say"));
        assertTrue(page("a # b.html").contains("This is a # b"));
    }

    @Test
    void noTextActsOnAnyPage() throws Exception {
        String acts = "<script>alert(1)</script> <img src=x onerror=alert(1)> <b>[b](javascript:alert(1))</b>";
        notebook("92-acts", "# T " + acts + "\n\nIt " + acts + "\n\nRead first: " + acts + "\n\n" + acts);
        build();
        for (String name : List.of("index.html", "91-second.html", "92-acts.html")) {
            String page = page(name);
            assertFalse(page.contains("<script>alert"), name);
            assertFalse(
                    Pattern.compile("<[^>]*(?:onerror|javascript:)")
                            .matcher(page)
                            .find(),
                    name);
        }
    }

    @Test
    void aFileThatIsNoNotebookIsNamed() throws Exception {
        Files.writeString(executed.resolve("92-old.ipynb"), "{\"nbformat\": 3}");
        IOException e = assertThrows(IOException.class, this::build);
        assertTrue(e.getMessage().contains("92-old.ipynb"), e.getMessage());
    }
}
