package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one table of what becomes of all that a Tablesaw figure can ask for: which kinds of trace the static picture draws, which
 * only the interactive chart, which neither; and of the kinds that are drawn, which properties. What the table does not know
 * is taken for not drawn, so that nothing is left out without a word.
 */
public final class Drawable {
    /** Where a kind of trace can be drawn. */
    private enum Place {
        EVERYWHERE,
        /** By the copy of Plotly that comes with the notebooks, and not in the static picture. */
        SCRIPT,
        NOWHERE
    }

    private static final Map<String, Place> KINDS = Map.ofEntries(
            Map.entry("scatter", Place.EVERYWHERE),
            Map.entry("bar", Place.EVERYWHERE),
            Map.entry("histogram", Place.EVERYWHERE),
            Map.entry("heatmap", Place.EVERYWHERE),
            Map.entry("box", Place.EVERYWHERE),
            Map.entry("violin", Place.SCRIPT),
            Map.entry("pie", Place.SCRIPT),
            Map.entry("contour", Place.SCRIPT),
            Map.entry("histogram2d", Place.SCRIPT),
            Map.entry("scatter3d", Place.NOWHERE),
            Map.entry("candlestick", Place.NOWHERE),
            Map.entry("ohlc", Place.NOWHERE));

    /** Named under the picture, which shows the data all the same. */
    private static final String NAMED = "named";

    /** Without it the picture would show something else than was asked for, so there is none. */
    private static final String REFUSED = "refused";

    /**
     * A line: whose properties, what becomes of them, and their paths. A path with a value decides for that value only, and one
     * that leads to an object for all that is in it. "void" are those that matter on no paper: what a mouse does, hints to
     * Plotly, sizes of markers where there are none. "any" is any kind of trace, "axis" the x or the y axis of the layout.
     */
    private static final String PROPERTIES = """
            any drawn x y name type showlegend opacity visible xaxis=x yaxis=y error_x error_y
            any void hoverlabel
            any refused xaxis yaxis

            scatter drawn mode text textposition fill fillcolor line.color line.width line.dash line.shape
            scatter drawn marker.size marker.sizemode marker.color marker.opacity marker.colorscale marker.cmin marker.cmax
            scatter drawn marker.showscale marker.reversescale marker.symbol=circle
            scatter void line.simplify line.smoothing marker.cauto marker.autocolorscale
            scatter named line.shape=spline marker.symbol marker.line marker.gradient marker.colorbar
            scatter named increasing decreasing open high low close

            bar drawn orientation marker.color marker.opacity marker.colorscale marker.cmin marker.cmax
            bar drawn marker.showscale marker.reversescale
            bar void marker.size marker.sizemode marker.cauto marker.autocolorscale marker.symbol
            bar named marker.line marker.gradient marker.colorbar

            histogram drawn nbinsx histnorm histfunc=count marker.color marker.opacity marker.colorscale marker.cmin marker.cmax
            histogram drawn marker.showscale marker.reversescale
            histogram void nbinsy autobinx autobiny marker.size marker.sizemode marker.cauto marker.autocolorscale marker.symbol
            histogram named marker.line marker.gradient marker.colorbar
            histogram refused histfunc

            heatmap drawn z

            layout drawn title titlefont.size height width showlegend autosize barmode xaxis yaxis
            axis drawn title type range autorange
            axis drawn categoryorder=trace
            layout void hovermode hoverdistance dragmode margin scene zaxis
            axis void showspike spikemode spikethickness spikesnap spikecolor spikedash
            axis void rangeslider
            layout named titlefont yaxis1 yaxis2 yaxis3 yaxis4 plot_bgcolor paper_bgcolor font
            axis named tickmode tickcolor ticklen tickwidth showticklabels tickfont ticktext tickvals dtick nticks tick0
            axis named showtickprefix showticksuffix tickprefix ticksuffix tickformat showExponent exponentformat
            axis named linecolor linewidth showline gridcolor gridwidth showgrid zerolinecolor zerolinewidth zeroline
            axis named titlefont scaleratio constrain constraintoward visible side overlaying categoryorder domain
            layout named decimalseparator thousandsseparator
            layout refused grid
            """;

    private static final Map<String, String> TABLE = table();

    private Drawable() {}

    private static Map<String, String> table() {
        Map<String, String> table = new HashMap<>();
        PROPERTIES.lines().filter(line -> !line.isBlank()).forEach(line -> {
            List<String> words = List.of(line.split(" "));
            for (String path : words.subList(2, words.size())) {
                table.put(words.get(0) + " " + path, words.get(1));
            }
        });
        return table;
    }

    /**
     * Why a specification has no static picture, as a sentence that says where it can be drawn; null if it has one.
     *
     * @param spec as {@link FigureSpec} makes it
     */
    public static String obstacle(JsonNode spec) {
        for (JsonNode trace : spec.get("data")) {
            Place place = place(trace);
            if (place == Place.NOWHERE) {
                return "A chart of the kind \u201c" + kind(trace)
                        + "\u201d can be drawn neither here nor by the copy of Plotly that comes with the notebooks.";
            }
            if (place == Place.SCRIPT) {
                return withoutPicture("A chart of the kind \u201c" + kind(trace) + "\u201d");
            }
            if (kind(trace).equals("histogram") && !trace.path("x").path(0).isNumber()) {
                return withoutPicture("A histogram of something else than numbers along x");
            }
            for (String path : pathsThatAre(REFUSED, kind(trace), trace)) {
                boolean axis = path.matches("[xy]axis.*");
                return withoutPicture(
                        axis ? "A chart with several axes" : "A chart with \u201c" + words(path) + "\u201d");
            }
        }
        for (String path : pathsThatAre(REFUSED, "layout", spec.get("layout"))) {
            return withoutPicture("A chart with \u201c" + words(path.replaceFirst("\\..*", "")) + "\u201d");
        }
        return null;
    }

    private static String withoutPicture(String what) {
        return what + " has no static picture; it needs a page that runs scripts.";
    }

    /** Whether the copy of Plotly that comes with the notebooks draws all traces as what they are. */
    public static boolean isLive(JsonNode spec) {
        return spec.get("data").valueStream().noneMatch(trace -> place(trace) == Place.NOWHERE);
    }

    /** All kinds that the table knows. */
    static Set<String> kinds() {
        return KINDS.keySet();
    }

    static boolean isDrawn(JsonNode trace) {
        return place(trace) == Place.EVERYWHERE;
    }

    private static Place place(JsonNode trace) {
        return KINDS.getOrDefault(kind(trace), Place.NOWHERE);
    }

    static String kind(JsonNode trace) {
        return trace.path("type").asText("scatter");
    }

    /** The properties that a figure sets and its picture will not show, in words; of a specification before any defaults are filled in. */
    static List<String> leftOut(JsonNode spec) {
        Set<String> all = new LinkedHashSet<>();
        for (JsonNode trace : spec.get("data")) {
            if (isDrawn(trace)) {
                pathsThatAre(NAMED, kind(trace), trace).forEach(path -> all.add(words(path)));
            }
        }
        pathsThatAre(NAMED, "layout", spec.get("layout")).forEach(path -> all.add(words(path)));
        return List.copyOf(all);
    }

    private static String words(String path) {
        return path.replaceAll("\\b([xyz])axis", "$1 axis").replaceAll("[.=_]", " ");
    }

    /** The paths of all properties below a node that the table calls so, with their values where these decided. */
    private static List<String> pathsThatAre(String treatment, String owner, JsonNode node) {
        List<String> found = new ArrayList<>();
        paths("", node).forEach(path -> {
            if (treatment(owner, path).equals(treatment)) {
                found.add(TABLE.containsKey(owner + " " + path) ? path : path.replaceFirst("=.*", ""));
            }
        });
        return found;
    }

    /** What the table says about a path such as {@code marker.symbol=circle}; the closest line decides. */
    static String treatment(String owner, String path) {
        String decided = decided(owner, path);
        return decided == null ? NAMED : decided;
    }

    /** The same; null if no line of the table decides. */
    static String decided(String owner, String path) {
        if (owner.equals("layout") && path.matches("[xy]axis\\..*")) {
            return decided("axis", path.substring(path.indexOf('.') + 1));
        }
        boolean trace = KINDS.containsKey(owner);
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            String bare = at.replaceFirst("=.*", "");
            for (String key : List.of(owner + " " + at, owner + " " + bare, "any " + at, "any " + bare)) {
                if (TABLE.containsKey(key) && (trace || !key.startsWith("any"))) {
                    return TABLE.get(key);
                }
            }
            at = bare;
        }
        return null;
    }

    /** The paths of all that is set below a node; arrays count as one. */
    static List<String> paths(String above, JsonNode node) {
        List<String> all = new ArrayList<>();
        for (var field : node.properties()) {
            String path = above.isEmpty() ? field.getKey() : above + "." + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject() && !value.isEmpty()) {
                all.addAll(paths(path, value));
            } else {
                boolean word = value.isTextual() && value.asText().matches("[-\\w+]{1,20}");
                all.add(word ? path + "=" + value.asText() : path);
            }
        }
        return all;
    }
}
