package nabla.notebook.draw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.traces.Trace;

/**
 * A Tablesaw figure as a Plotly specification: JSON with {@code data} (the traces) and {@code layout}.
 *
 * <p>Tablesaw itself has only JavaScript to offer: unquoted keys, trailing commas, every number a string at full precision,
 * titles escaped as HTML. This class reads that leniently and writes it strictly, numbers as numbers with the digits that the
 * range of their array needs; {@link HouseStyle} then fills in what the figure leaves open, and {@link Placement} where names
 * stand. What the picture leaves out of the figure ({@link Drawable}) is listed in {@code leftOut}, if there is any.
 */
public final class FigureSpec {
    private static final int DIGITS = 6;

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    // Strings in double or single quotes, and the colons before values that Tablesaw forgets to write.
    private static final Pattern STRING_OR_GAP = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'([^']*)'|:(?=\\s*,)");

    // No leading zeros: "007" and the states "00", "01" are names.
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Set<String> MISSING = Set.of("null", "NaN", "Infinity", "-Infinity");
    private static final Set<String> TEXTS = Set.of("title", "name", "text", "ticktext", "tickprefix", "ticksuffix");

    private FigureSpec() {}

    /**
     * The specification of a figure.
     *
     * @throws IllegalArgumentException if Tablesaw describes the figure by more than plain data
     */
    public static ObjectNode of(Figure figure) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        ArrayNode data = spec.putArray("data");
        Trace[] traces = figure.getTraces();
        for (int i = 0; i < traces.length; i++) {
            data.add(plain((ObjectNode) read(traces[i].asJavascript(i))));
        }
        spec.set(
                "layout",
                figure.getLayout() == null
                        ? spec.objectNode()
                        : read(figure.getLayout().asJavascript()));
        List<String> leftOut = Drawable.leftOut(spec);
        if (!leftOut.isEmpty()) {
            leftOut.forEach(spec.putArray("leftOut")::add);
        }
        HouseStyle.apply(spec);
        Placement.apply(spec);
        return spec;
    }

    /** What Tablesaw writes otherwise than Plotly reads it, or than the notebooks' copy of Plotly can. */
    private static ObjectNode plain(ObjectNode trace) {
        if (trace.path("type").asText().equals("scattergl")) {
            trace.put("type", "scatter"); // the same picture, drawn in another way
        }
        String visible = trace.path("visible").asText();
        if (visible.equals("True") || visible.equals("False")) {
            trace.put("visible", visible.equals("True"));
        }
        return trace;
    }

    /** What Tablesaw writes about a trace or a layout, as JSON. */
    static JsonNode read(String javascript) {
        String literal = javascript.substring(javascript.indexOf('{'), javascript.lastIndexOf('}') + 1);
        String quoted = STRING_OR_GAP.matcher(literal).replaceAll(m -> Matcher.quoteReplacement(quoted(m)));
        try {
            return tidy(LENIENT.readTree(quoted));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("figure: expected plain data, got " + javascript, e);
        }
    }

    private static String quoted(MatchResult found) {
        if (found.group().equals(":")) {
            return ": null";
        }
        boolean single = found.group(1) != null;
        return single ? TextNode.valueOf(unescapeHtml(found.group(1))).toString() : found.group();
    }

    /** Undoes what the templates of Tablesaw do to a title such as "Student's t". */
    private static String unescapeHtml(String s) {
        return s.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Numbers become numbers, and settings that Tablesaw writes though they are empty are dropped. */
    private static JsonNode tidy(JsonNode node) {
        return tidy(node, 0);
    }

    /** @param range how far the numbers of the array lie apart to which the node belongs; 0 keeps every digit */
    private static JsonNode tidy(JsonNode node, double range) {
        if (node instanceof ObjectNode fields) {
            ObjectNode out = fields.objectNode();
            for (var field : fields.properties()) {
                JsonNode value = TEXTS.contains(field.getKey()) ? field.getValue() : tidy(field.getValue());
                if (!isEmptySetting(field.getKey(), value)) {
                    out.set(field.getKey(), value);
                }
            }
            return out;
        }
        if (node instanceof ArrayNode elements) {
            boolean names = elements.valueStream().anyMatch(e -> e.isTextual() && !isNumber(e.asText()));
            double whole = range > 0 ? range : range(elements);
            ArrayNode out = elements.arrayNode();
            boolean dates = names && elements.valueStream().allMatch(e -> isMissing(e) || DateScale.isDate(e.asText()));
            elements.forEach(e -> out.add(dates && isMissing(e) ? NullNode.instance : names ? e : tidy(e, whole)));
            return out;
        }
        if (node.isNumber()) {
            return Double.isFinite(node.doubleValue()) ? rounded(node.decimalValue(), range) : NullNode.instance;
        }
        if (node.isTextual() && isNumber(node.asText())) {
            return MISSING.contains(node.asText()) ? NullNode.instance : rounded(new BigDecimal(node.asText()), range);
        }
        return node;
    }

    /** The greatest number of an array, or of the arrays in it, minus the smallest one. */
    private static double range(ArrayNode array) {
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        collect(array, all);
        return all.getCount() == 0 ? 0 : all.getMax() - all.getMin();
    }

    private static void collect(JsonNode node, DoubleSummaryStatistics all) {
        if (node.isArray()) {
            node.forEach(e -> collect(e, all));
        } else if (node.isNumber() || (node.isTextual() && isNumber(node.asText()))) {
            double value = MISSING.contains(node.asText()) ? Double.NaN : node.asDouble();
            if (Double.isFinite(value)) {
                all.accept(value);
            }
        }
    }

    private static boolean isMissing(JsonNode node) {
        return MISSING.contains(node.asText());
    }

    private static boolean isEmptySetting(String key, JsonNode value) {
        boolean noText = value.isTextual() && value.asText().isEmpty();
        boolean noBins = key.startsWith("nbins") && value.asInt() == 0;
        return noText || noBins || key.startsWith("autobin");
    }

    private static boolean isNumber(String s) {
        return MISSING.contains(s) || NUMBER.matcher(s).matches();
    }

    /** Six significant digits of the value, and of the range where that is the finer of the two. */
    private static JsonNode rounded(BigDecimal value, double range) {
        int digits = 0; // all of them
        if (range > 0 && value.signum() != 0) {
            int above = exponent(value) - exponent(new BigDecimal(range));
            digits = DIGITS + Math.max(0, above);
        }
        BigDecimal r = Numbers.round(value, digits);
        boolean whole = r.scale() <= 0 && r.precision() - r.scale() <= 15;
        JsonNodeFactory json = JsonNodeFactory.instance;
        return whole ? json.numberNode(r.longValueExact()) : json.numberNode(r.doubleValue());
    }

    /** The power of ten of the first digit. */
    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }
}
