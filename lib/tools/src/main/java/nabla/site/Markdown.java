package nabla.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/** The Markdown of one page: renders its pieces in order and remembers the headings, for the table of contents. */
final class Markdown {
    /** A heading of the page: level 1 to 6, the anchor without {@code #}, the content as HTML. */
    record Title(int level, String anchor, String html) {}

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final int DEEPEST = 100; // blocks or emphasis in one another; nobody can see so many
    private static final Parser PARSER =
            Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(DEEPEST).build();
    private static final HtmlRenderer TEXT =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    /** A link to a notebook becomes a link to its page. */
    private static final AbstractVisitor TO_PAGES = new AbstractVisitor() {
        @Override
        public void visit(Link link) {
            link.setDestination(PageName.linked(link.getDestination()));
            visitChildren(link);
        }
    };

    private final List<Title> titles = new ArrayList<>();
    private final Map<String, Integer> anchors = new HashMap<>();

    /** The headings so far, in order. */
    List<Title> titles() {
        return List.copyOf(titles);
    }

    /** The HTML of a piece of Markdown, in which HTML is what {@link TextPolicy} makes of it. */
    String render(String markdown) {
        MathGuard guard = new MathGuard();
        Node document = parse(guard.protect(markdown), true);
        Map<Node, String> ids = new HashMap<>();
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
                    attributes.replaceAll((name, value) -> guard.unprotect(value));
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
        Node document = parse(guard.protect(markdown), false);
        String html = TEXT.render(document);
        return guard.restore(html.strip().replaceAll("^<p>|</p>$", ""));
    }

    /** The first paragraph's first sentence, as HTML without markup; empty if there is no paragraph. */
    static String firstSentence(String markdown) {
        MathGuard guard = new MathGuard();
        StringBuilder first = new StringBuilder();
        parse(guard.protect(markdown), false).accept(new AbstractVisitor() {
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

    /** The document, with links and HTML as this site has them. Where it is too deep for visitors it is one block of text. */
    private static Node parse(String markdown, boolean htmlStays) {
        Node document = PARSER.parse(markdown);
        if (isTooDeep(document)) {
            FencedCodeBlock text = new FencedCodeBlock();
            text.setLiteral(markdown);
            document = new Document();
            document.appendChild(text);
        }
        document.accept(new TextPolicy(htmlStays));
        document.accept(TO_PAGES);
        return document;
    }

    private static boolean isTooDeep(Node document) {
        int depth = 0;
        Node node = document;
        while (node != null && depth <= 3 * DEEPEST) {
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            while (node != null && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            node = node == null ? null : node.getNext();
        }
        return node != null;
    }

    /** As Jupyter makes them, so that a link to a heading works in both; a repeated heading gets a number. */
    private String anchor(String heading) {
        String anchor = heading.replaceAll("<[^>]*>", "").strip().replaceAll("[\\s\"]+", "-");
        int seen = anchors.merge(anchor, 1, Integer::sum);
        return seen == 1 ? anchor : anchor + "-" + seen;
    }

    private static int columns(Node table) {
        int columns = 0;
        Node row = table.getFirstChild().getFirstChild();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            columns++;
        }
        return columns;
    }

    /** A heading's content for other places: without links, and without HTML, whose end may be missing. */
    private static String inner(Node parent) {
        HtmlRenderer renderer =
                HtmlRenderer.builder().nodeRendererFactory(Plain::new).build();
        StringBuilder html = new StringBuilder();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            html.append(renderer.render(child));
        }
        return html.toString();
    }

    /** Renders what is in links and pictures in their place, and no HTML. */
    private record Plain(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Link.class, Image.class, HtmlInline.class);
        }

        @Override
        public void render(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }
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
