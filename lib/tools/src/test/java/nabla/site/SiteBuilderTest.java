package nabla.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        for (String name : List.of("index.html", "coverage.html", "90-fixture.html", "91-second.html")) {
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
        assertTrue(index.contains("<b>3</b> <a href=\"coverage.html\">checks passed"), index);
        assertTrue(index.contains("<b>12</b> deliberate mistakes noticed"), index);
        assertTrue(index.contains("6 code cells · 2 checks passed · 3.3\u202fs"), index);
        assertTrue(index.contains("failed in cell 2: &lt;b&gt;: expected 64x1"), index);
        assertTrue(index.contains("2 of 84"), index);
        assertTrue(page("91-second.html").contains("This run failed in cell 2"));
    }

    @Test
    void setUpIsFolded() throws Exception {
        build();
        assertTrue(page("90-fixture.html").contains("<details class=\"setup\">"));
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
        assertEquals(3, json.get("checks").size());
        JsonNode second = json.get("checks").get(1);
        assertEquals("RBM-13", second.at("/ids/1").asText());
        assertEquals(3, second.get("cell").asInt());
        assertEquals(1e-12, second.get("tolerance").asDouble());
        assertEquals(0.12, second.get("seconds").asDouble());
        assertTrue(json.get("checks").get(2).get("seconds").isNull());
        assertEquals(12, json.at("/mistakes/rejected").asInt());
    }

    @Test
    void aFileThatIsNoNotebookIsNamed() throws Exception {
        Files.writeString(executed.resolve("92-old.ipynb"), "{\"nbformat\": 3}");
        IOException e = assertThrows(IOException.class, this::build);
        assertTrue(e.getMessage().contains("92-old.ipynb"), e.getMessage());
    }
}
