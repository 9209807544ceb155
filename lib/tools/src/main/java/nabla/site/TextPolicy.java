package nabla.site;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/**
 * What a notebook's text may do, on whichever page it is shown: it may format, but not act. Of the HTML in it the elements
 * and attributes named here stay, comments go, all other tags are shown as text; scripts and event attributes are not among
 * them. Links lead to pages, never to scripts.
 *
 * <p>Outputs of the type text/html are another matter: they are code's, as in Jupyter, and figures need their scripts.
 */
final class TextPolicy extends AbstractVisitor {
    private static final Set<String> ELEMENTS = Set.of(
            ("a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img"
                            + " ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th"
                            + " thead tr u ul var div")
                    .split(" ", -1));
    private static final Set<String> ATTRIBUTES = Set.of(
            "align", "alt", "class", "colspan", "height", "href", "id", "lang", "open", "rowspan", "src", "title",
            "width");

    private static final Pattern COMMENT_OR_TAG = Pattern.compile("(?s)<!--.*?-->"
            + "|<(?<slash>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*+)(?<attributes>(?:\\s(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)?+)/?>"
            + "|<");
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "(?<name>[a-zA-Z][-a-zA-Z0-9]*+)(?:\\s*+=\\s*+(?<value>\"[^\"]*+\"|'[^']*+'|[^\\s\"'=<>`]++))?+");

    /** Relative, or of a kind that shows something; an entity before the path could hide another kind. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?|mailto):.*|[^:&/?#]*(?:[/?#].*)?");

    /** In a picture, not even SVG can run a script. */
    private static final Pattern PICTURE = Pattern.compile("(?i)data:image/.*");

    private static final Pattern INVISIBLE = Pattern.compile("[\\x00-\\x20\\x7F]");

    private final boolean htmlStays;

    /**
     * Changes the nodes of a document, which then may be rendered.
     *
     * @param htmlStays whether HTML stays HTML, or is left to a renderer that shows it as text
     */
    TextPolicy(boolean htmlStays) {
        this.htmlStays = htmlStays;
    }

    @Override
    public void visit(HtmlInline html) {
        html.setLiteral(htmlStays ? passive(html.getLiteral()) : html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        html.setLiteral(htmlStays ? passive(html.getLiteral()) : html.getLiteral());
    }

    @Override
    public void visit(Link link) {
        link.setDestination(address(link.getDestination(), false));
        visitChildren(link);
    }

    @Override
    public void visit(Image image) {
        image.setDestination(address(image.getDestination(), true));
        visitChildren(image);
    }

    /** HTML as the class describes it. */
    static String passive(String html) {
        Matcher m = COMMENT_OR_TAG.matcher(html);
        return m.replaceAll(found -> Matcher.quoteReplacement(replacement(m)));
    }

    private static String replacement(Matcher m) {
        String name = m.group("name");
        if (name == null) {
            return m.group().equals("<") ? "&lt;" : "";
        }
        if (!ELEMENTS.contains(name.toLowerCase(Locale.ROOT))) {
            return Html.escape(m.group());
        }
        StringBuilder tag = new StringBuilder("<" + m.group("slash") + name);
        Matcher attributes = ATTRIBUTE.matcher(m.group("attributes"));
        while (attributes.find()) {
            String attribute = attributes.group("name").toLowerCase(Locale.ROOT);
            if (ATTRIBUTES.contains(attribute)) {
                tag.append(' ').append(attribute).append(value(attribute, attributes.group("value")));
            }
        }
        return tag.append('>').toString();
    }

    private static String value(String attribute, String quoted) {
        if (quoted == null) {
            return "";
        }
        String value =
                quoted.startsWith("\"") || quoted.startsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;
        if (attribute.equals("href") || attribute.equals("src")) {
            value = address(value, attribute.equals("src"));
        }
        return "=\"" + value.replace("\"", "&quot;").replace("<", "&lt;").replace(">", "&gt;") + "\"";
    }

    /** The same address; an empty one if it could run a script. Browsers pass over what is invisible in it. */
    private static String address(String address, boolean picture) {
        String visible = INVISIBLE.matcher(address).replaceAll("");
        boolean harmless = ADDRESS.matcher(visible).matches()
                || (picture && PICTURE.matcher(visible).matches());
        return harmless ? address : "";
    }
}
