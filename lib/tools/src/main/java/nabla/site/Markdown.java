package nabla.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The Markdown of one page: renders its pieces in order and remembers the headings, for the table of contents. */
final class Markdown {
    /** A heading of the page: level 1 to 6, the anchor without {@code #}, the content as HTML. */
    record Title(int level, String anchor, String html) {}

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer TEXT =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    /** A link to a notebook becomes a link to its page. */
    private static final AbstractVisitor TO_PAGES = new AbstractVisitor() {
        @Override
        public void visit(Link link) {
            link.setDestination(page(link.getDestination()));
            visitChildren(link);
        }
    };

    private final List<Title> titles = new ArrayList<>();
    private final Map<String, Integer> anchors = new HashMap<>();

    /** The headings so far, in order. */
    List<Title> titles() {
        return List.copyOf(titles);
    }

    /** The HTML of a piece of Markdown. HTML in it is passed on as it is. */
    String render(String markdown) {
        MathGuard guard = new MathGuard();
        Node document = PARSER.parse(guard.protect(markdown));
        Map<Node, String> ids = new HashMap<>();
        document.accept(TO_PAGES);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String anchor = anchor(guard.restore(plainText(heading)));
                ids.put(heading, anchor);
                titles.add(new Title(heading.getLevel(), anchor, guard.restore(inner(heading))));
            }
        });
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof TableBlock && columns(node) == 4) {
                        attributes.put("class", "four");
                    }
                    if (ids.containsKey(node)) {
                        attributes.put("id", ids.get(node));
                    }
                })
                .build();
        return guard.restore(renderer.render(document));
    }

    /** The HTML of one line of Markdown, such as a table's cell. HTML in it is text. */
    static String inline(String markdown) {
        MathGuard guard = new MathGuard();
        Node document = PARSER.parse(guard.protect(markdown));
        document.accept(TO_PAGES);
        String html = TEXT.render(document);
        return guard.restore(html.strip().replaceAll("^<p>|</p>$", ""));
    }

    /** The first paragraph's first sentence, as HTML without markup; empty if there is no paragraph. */
    static String firstSentence(String markdown) {
        MathGuard guard = new MathGuard();
        StringBuilder first = new StringBuilder();
        PARSER.parse(guard.protect(markdown)).accept(new AbstractVisitor() {
            @Override
            public void visit(Paragraph paragraph) {
                if (first.length() == 0) {
                    first.append(plainText(paragraph));
                }
            }
        });
        String sentence = first.toString().split("(?<=[.!?])\\s+(?=\\p{Lu})", 2)[0];
        return guard.restore(Html.escape(sentence));
    }

    /** As Jupyter makes them, so that a link to a heading works in both; a repeated heading gets a number. */
    private String anchor(String heading) {
        String anchor = heading.replaceAll("<[^>]*>", "").strip().replaceAll("[\\s\"]+", "-");
        int seen = anchors.merge(anchor, 1, Integer::sum);
        return seen == 1 ? anchor : anchor + "-" + seen;
    }

    private static String page(String destination) {
        return destination.contains("://") ? destination : destination.replaceFirst("\\.ipynb(?=#|$)", ".html");
    }

    private static int columns(Node table) {
        int columns = 0;
        Node row = table.getFirstChild().getFirstChild();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            columns++;
        }
        return columns;
    }

    private static String inner(Node parent) {
        HtmlRenderer renderer = HtmlRenderer.builder().build();
        StringBuilder html = new StringBuilder();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            html.append(renderer.render(child));
        }
        return html.toString();
    }

    private static String plainText(Node parent) {
        StringBuilder text = new StringBuilder();
        parent.accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(org.commonmark.node.SoftLineBreak node) {
                text.append(' ');
            }
        });
        return text.toString();
    }
}
