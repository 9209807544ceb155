package nabla.site;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;

/** Looks at the site in a real browser, page by page, from the file system and without a network. */
@Tag("browser")
class SiteBrowserTest {
    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Path NOTEBOOKS = Path.of("../../notebooks");

    /** Calls back when the page has settled: all loaded, mathematics typeset, figures drawn or 10 seconds gone. */
    private static final String SETTLED = """
            const done = arguments[0];
            const end = Date.now() + 10000;
            const undrawn = () => [...document.querySelectorAll('.nabla-figure')].some(e => !e.querySelector('svg.main-svg'));
            const draw = () => undrawn() && Date.now() < end ? setTimeout(draw, 50) : done('settled');
            const typeset = () => MathJax.startup.promise.then(draw, e => done('MathJax: ' + e));
            if (document.readyState === 'complete') typeset(); else addEventListener('load', typeset);
            """;

    /** What is wrong with the page: a list of sentences. */
    private static final String FAULTS = """
            const faults = [];
            for (const e of document.querySelectorAll('.nabla-figure'))
                if (!e.querySelector('svg.main-svg')) faults.push('figure not drawn: ' + e.className);
            for (const e of document.images)
                if (!e.naturalWidth) faults.push('image not shown: ' + e.src.slice(0, 80));
            for (const e of document.querySelectorAll('[data-mjx-error]'))
                faults.push('TeX: ' + e.getAttribute('data-mjx-error'));
            for (const e of document.querySelectorAll('span.math'))
                if (!e.querySelector('mjx-container')) faults.push('not typeset: ' + e.textContent);
            return faults;
            """;

    /** Selenium warns that it does not know the newest protocol, of which nothing here makes use. Held, or it is forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    @TempDir
    static Path temp;

    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws IOException {
        if (!CHROMIUM.canExecute() || !DRIVER.canExecute()) {
            String missing = CHROMIUM + " and " + DRIVER + " are needed (apt-get install chromium chromium-driver)";
            if (System.getenv("CI") != null) {
                fail(missing);
            }
            abort(missing);
        }
        SELENIUM.setLevel(Level.SEVERE);
        Path executed = Files.createDirectory(temp.resolve("executed"));
        copyNotebooks(Path.of("src/test/resources/nabla/site"), executed);
        copyNotebooks(NOTEBOOKS, executed);
        List<Path> assets = new ArrayList<>(
                List.of(Path.of("target/mathjax/tex-svg-full.js"), NOTEBOOKS.resolve("assets/plotly.min.js")));
        try (DirectoryStream<Path> drawings = Files.newDirectoryStream(NOTEBOOKS.resolve("assets"), "*.svg")) {
            drawings.forEach(assets::add);
        }
        SiteBuilder.build(executed, temp.resolve("site"), assets);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options());
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    }

    private static void copyNotebooks(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ipynb")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + temp.resolve("browser"));
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        return options;
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("site"))) {
            return files.filter(f -> f.toString().endsWith(".html")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everythingOnThePageIsShown(Path page) {
        browser.get(page.toUri().toString());
        Object settled = browser.executeAsyncScript(SETTLED);
        Object faults = browser.executeScript(FAULTS);
        List<String> errors = log("browser");
        List<String> requests = log("performance").stream()
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .toList();
        List<String> elsewhere = requests.stream()
                .filter(request -> request.matches("(?s).*\"url\":\"(?:https?|wss?)://.*"))
                .toList();
        assertAll(
                () -> assertEquals("settled", settled),
                () -> assertEquals(List.of(), faults),
                () -> assertEquals(List.of(), errors),
                () -> assertTrue(requests.stream().anyMatch(r -> r.contains("site.css")), "requests are recorded"),
                () -> assertEquals(List.of(), elsewhere));
    }

    /** On a telephone 390 pixels wide no page scrolls sideways; what is too wide scrolls by itself. */
    @ParameterizedTest
    @MethodSource("pages")
    void nothingIsWiderThanATelephone(Path page) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        try {
            browser.get(page.toUri().toString());
            assertEquals("settled", browser.executeAsyncScript(SETTLED));
            assertEquals(390L, browser.executeScript("return innerWidth"));
            assertEquals(390L, browser.executeScript("return document.scrollingElement.scrollWidth"));
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void searchFindsAStatementAndLeadsToIt() {
        browser.get(temp.resolve("site/index.html").toUri().toString());
        browser.executeAsyncScript(SETTLED);
        browser.switchTo().activeElement().sendKeys("/");
        browser.switchTo().activeElement().sendKeys("cd-06");
        browser.executeAsyncScript(until("document.querySelector('.search li a')"));
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);
        assertEquals("yes", browser.executeAsyncScript(until("location.href.endsWith('coverage.html#CD-06')")));
    }

    /** Calls back once something holds, or after 10 seconds. */
    private static String until(String condition) {
        return """
                const end = Date.now() + 10000;
                const look = () => (%s) ? arguments[0]('yes') : Date.now() > end ? arguments[0]('no') : setTimeout(look, 50);
                look();
                """.formatted(condition);
    }

    @Test
    void theSwitchShowsAllCodeAndIsRemembered() {
        String page = temp.resolve("site/90-fixture.html").toUri().toString();
        String open = "return document.querySelectorAll('details.code[open]').length";
        browser.get(page);
        browser.executeAsyncScript(SETTLED);
        assertEquals(0L, browser.executeScript(open));
        browser.findElement(By.cssSelector(".show-code input")).click();
        assertEquals(2L, browser.executeScript(open));
        browser.navigate().refresh();
        browser.executeAsyncScript(SETTLED);
        assertEquals(2L, browser.executeScript(open));
        browser.findElement(By.cssSelector(".show-code input")).click();
        assertEquals(0L, browser.executeScript(open));
    }

    /** What the browser logged since the last call. */
    private static List<String> log(String kind) {
        return browser.manage().logs().get(kind).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }
}
