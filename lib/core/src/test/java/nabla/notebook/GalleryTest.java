package nabla.notebook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.HorizontalBarPlot;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.PiePlot;
import tech.tablesaw.plotly.api.ScatterPlot;

/**
 * One of everything on one page, {@code target/gallery/index.html}: a plot nobody has looked at is broken. The page shows the
 * interactive charts; {@code phone.html} is the same on a narrow page, and {@code static.html} without scripts.
 */
class GalleryTest {
    private static final Path FOLDER = Path.of("target/gallery");

    @Test
    void everyKindOfObjectHasPlainTextAndNeedsNoOtherHost() throws IOException {
        StringBuilder page = new StringBuilder();
        gallery().forEach((heading, object) -> {
            Map<String, Object> bundle = Views.of(object);
            String plain = (String) bundle.get("text/plain");
            assertFalse(plain.isBlank(), heading);
            String shown = bundle.containsKey("text/html")
                    ? (String) bundle.get("text/html")
                    : "<pre>" + Html.escape((String) bundle.getOrDefault("text/latex", "")) + "</pre>";
            assertFalse(shown.matches("(?s).*(src|href)=\"(https?:)?//.*"), heading);
            page.append("<h3>").append(heading).append("</h3>\n").append(shown);
            page.append("<pre>").append(Html.escape(plain)).append("</pre>\n");
        });
        Path assets = Path.of("../../notebooks/assets/plotly.min.js");
        Files.createDirectories(FOLDER.resolve("assets"));
        Files.copy(assets, FOLDER.resolve("assets/plotly.min.js"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String head = "<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"font-family:sans-serif;max-width:800px\">";
        Files.writeString(FOLDER.resolve("index.html"), head + page);
        Files.writeString(
                FOLDER.resolve("phone.html"), head.replace("max-width:800px", "width:358px;overflow-x:hidden") + page);
        Files.writeString(
                FOLDER.resolve("static.html"), head + page.toString().replaceAll("(?s)<script>.*?</script>", ""));
        assertTrue(Files.size(FOLDER.resolve("index.html")) > 10_000);
    }

    private static Map<String, Object> gallery() {
        Random random = new Random(1);
        double[] epochs = IntStream.rangeClosed(0, 50).asDoubleStream().toArray();
        double[] train =
                DoubleStream.of(epochs).map(e -> -94 - 110 * Math.exp(-e / 9)).toArray();
        double[] test = DoubleStream.of(epochs)
                .map(e -> -99 - 108 * Math.exp(-e / 8) + random.nextGaussian())
                .toArray();
        double[] errors = DoubleStream.of(epochs).map(e -> 4).toArray();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(
                "lines, band, reference",
                Charts.lines(
                        "CD-1 on handwritten digits: the log-likelihood rises",
                        "epoch",
                        "log-likelihood (nats per example)",
                        Series.of("train", epochs, train),
                        Series.of("test", epochs, test).withBand(errors),
                        Series.level("exact optimum", -90, 0, 50)));
        all.put(
                "functions",
                Charts.lines(
                        "Activations \u03c3(x), tanh x, softplus",
                        "x",
                        "",
                        Series.function("\u03c3(x)", -5, 5, x -> 1 / (1 + Math.exp(-x))),
                        Series.function("tanh x", -5, 5, Math::tanh),
                        Series.function("log(1 + e\u02e3)", -5, 5, x -> Math.log1p(Math.exp(x)))
                                .dotted()));
        all.put(
                "semilogy",
                Charts.semilogy(
                        "Vanishing gradients",
                        "steps back in time",
                        "\u2016gradient\u2016",
                        Series.of(
                                "RNN",
                                IntStream.range(0, 40)
                                        .mapToDouble(t -> Math.pow(0.6, t))
                                        .toArray()),
                        Series.of(
                                "LSTM",
                                IntStream.range(0, 40)
                                        .mapToDouble(t -> Math.pow(0.97, t))
                                        .toArray())));
        all.put(
                "loglog",
                Charts.loglog(
                        "Finite differences: truncation and rounding",
                        "step h",
                        "relative error",
                        Series.of(
                                        "central",
                                        IntStream.rangeClosed(1, 12)
                                                .mapToDouble(k -> Math.pow(10, -k))
                                                .toArray(),
                                        IntStream.rangeClosed(1, 12)
                                                .mapToDouble(k -> Math.pow(10, -2 * k) + 1e-16 * Math.pow(10, k))
                                                .toArray())
                                .lineAndMarkers()));
        all.put(
                "scatter",
                Charts.scatter(
                        "Codes of three digits",
                        "first latent",
                        "second latent",
                        cloud(random, "0", -2, 0),
                        cloud(random, "1", 2, 1),
                        cloud(random, "7", 0, 2.5)));
        all.put(
                "graph with names in its nodes",
                Charts.lines(
                        "Couplings of an RBM",
                        "unit",
                        "layer",
                        Series.of("positive", new double[] {1, 1.5, Double.NaN, 3, 2.5}, new double[] {1, 2, 0, 1, 2}),
                        Series.of("negative", new double[] {2, 1.5, Double.NaN, 2, 2.5}, new double[] {1, 2, 0, 1, 2})
                                .dashed(),
                        Series.of("units", new double[] {1, 2, 3, 1.5, 2.5}, new double[] {1, 1, 1, 2, 2})
                                .markers()
                                .withLabels("v\u2081", "v\u2082", "v\u2083", "h\u2081", "h\u2082")));
        all.put(
                "graph with names beside its nodes",
                Charts.lines(
                        "States and their energies",
                        "units that are +1",
                        "energy",
                        Series.of("flips", new double[] {0, 1, 2, 1, 0}, new double[] {-0.2, 1.8, -1, -0.5, -0.2}),
                        Series.of("states", new double[] {0, 1, 2, 1}, new double[] {-0.2, 1.8, -1, -0.5})
                                .markers()
                                .withLabels("(\u22121, \u22121)", "(\u22121, 1)", "(1, 1)", "(1, \u22121)")));
        all.put(
                "bars",
                Charts.bars(
                        "Exact and sampled probabilities of the visible states",
                        "state of v",
                        "probability",
                        List.of("000", "001", "010", "011", "100", "101", "110", "111"),
                        Series.of("exact", 0.05, 0.2, 0.1, 0.15, 0.05, 0.25, 0.1, 0.1),
                        Series.of("Gibbs", 0.06, 0.18, 0.11, 0.15, 0.04, 0.26, 0.1, 0.1)));
        all.put(
                "histogram of two",
                Charts.histogram(
                        "Real and generated",
                        "value",
                        Series.of("real", random.doubles(800, -1, 2).toArray()),
                        Series.of(
                                "generated",
                                IntStream.range(0, 800)
                                        .mapToDouble(i -> random.nextGaussian())
                                        .toArray())));
        SimpleMatrix confusion = new SimpleMatrix(10, 10);
        IntStream.range(0, 500).forEach(i -> {
            int truth = i % 10;
            int guess = random.nextInt(6) == 0 ? random.nextInt(10) : truth;
            confusion.set(truth, guess, confusion.get(truth, guess) + 1);
        });
        all.put("heatmap, one sign", Charts.heatmap("Confusion", "predicted digit", "true digit", confusion));
        SimpleMatrix w = SimpleMatrix.random_DDRM(40, 64, -1, 2, new Random(3));
        all.put("heatmap, both signs", Charts.heatmap("Weights W", "hidden unit j", "visible unit i", w));
        Table table = Table.create(
                "runs",
                IntColumn.create("epoch", IntStream.range(0, 30).toArray()),
                DoubleColumn.create(
                        "loss",
                        IntStream.range(0, 30).mapToDouble(i -> 1 / (1.0 + i)).toArray()),
                StringColumn.create(
                        "rule",
                        IntStream.range(0, 30)
                                .mapToObj(i -> i % 2 == 0 ? "SGD" : "Adam")
                                .toList()));
        all.put("Tablesaw's own LinePlot", LinePlot.create("Loss & <epoch>", table, "epoch", "loss"));
        all.put("Tablesaw's own ScatterPlot", ScatterPlot.create("By rule", table, "epoch", "loss", "rule"));
        Table few = Table.create(
                StringColumn.create("name", "contrastive divergence", "persistent CD", "pseudolikelihood"),
                DoubleColumn.create("seconds", 3.2, 4.1, 2.2));
        all.put("Tablesaw's own horizontal bars", HorizontalBarPlot.create("Time", few, "name", "seconds"));
        all.put("Tablesaw's pie", PiePlot.create("Share", few, "name", "seconds"));
        all.put("table", table);
        SimpleMatrix images = SimpleMatrix.random_DDRM(24, 64, 0, 1, new Random(4));
        all.put("images", ImageGrid.images(images, 8, 8).withTitle("Noise <b>&amp;</b> \u201cdigits\u201d"));
        all.put("weights", ImageGrid.weights(w, 8, 8).withTitle("Weights"));
        all.put(
                "captions by row",
                ImageGrid.images(images, 8, 8).withColumns(8).withCaptions("data", "mean field", "sample"));
        all.put(
                "captions by image",
                ImageGrid.weights(images.rows(0, 6), 8, 8)
                        .withCaptions("one", "two", "three", "four", "five", "\u2014six\u2014"));
        all.put("large matrix", w);
        all.put("small matrix", new SimpleMatrix(new double[][] {{1, -0.5, 12.25}, {0.001, 3, -7}}));
        all.put("progress", new Progress.State("CD-1", 12, 50, "log-likelihood -93.1", 3, false));
        return all;
    }

    private static Series cloud(Random random, String name, double x, double y) {
        int n = 60;
        return Series.of(
                name,
                IntStream.range(0, n)
                        .mapToDouble(i -> x + 0.7 * random.nextGaussian())
                        .toArray(),
                IntStream.range(0, n)
                        .mapToDouble(i -> y + 0.7 * random.nextGaussian())
                        .toArray());
    }
}
