package nabla.site;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The IDs on one page: each becomes a small link to what the notes state, and where an output proves it the ID is an
 * anchor, so that the inventory can link back.
 */
final class StatementLinks {
    private static final Pattern CODE = Pattern.compile("<code>([A-Z]+-\\d{2})</code>");
    private static final Pattern ERRATUM = Pattern.compile("(?<=[Ee]rratum )(E-\\d{2})(?=[^<>]*<)");

    private final Inventory inventory;
    private final Set<String> anchors = new HashSet<>();

    StatementLinks(Inventory inventory) {
        this.inventory = inventory;
    }

    /** The HTML of text with links in it. */
    String link(String html) {
        return link(ERRATUM, link(CODE, html, new HashSet<>()), new HashSet<>());
    }

    /**
     * The HTML of an output with links and anchors in it.
     *
     * @param claims the IDs that the output proves; the first output of the page to prove one is its anchor
     */
    String link(String html, List<String> claims) {
        Set<String> fresh = new HashSet<>(claims);
        fresh.removeAll(anchors);
        anchors.addAll(fresh);
        String linked = link(CODE, html, fresh);
        StringBuilder unseen = new StringBuilder();
        fresh.forEach(id -> unseen.append("<span id=\"").append(Html.escape(id)).append("\"></span>"));
        return unseen + linked;
    }

    /** Takes the IDs that became anchors out of {@code fresh}. */
    private String link(Pattern pattern, String html, Set<String> fresh) {
        Matcher m = pattern.matcher(html);
        return m.replaceAll(found -> {
            String id = found.group(1);
            if (!inventory.has(id)) {
                return Matcher.quoteReplacement(found.group());
            }
            String anchor = fresh.contains(id) ? " id=\"" + id + "\"" : "";
            if (!anchor.isEmpty()) {
                fresh.remove(id);
            }
            return "<a class=\"id\"" + anchor + " href=\"coverage.html#" + id + "\">" + id + "</a>";
        });
    }
}
