package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.plotly.components.Figure;

/** A drawn figure, read back by an XML parser; values are read off its own tick labels, as a person would. */
final class Picture {
    private static final Pattern POINT = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");

    final Document svg;

    Picture(Figure figure) {
        try {
            svg = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(StaticSvg.draw(FigureSpec.of(figure)))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    List<Element> elements(String tag) {
        NodeList nodes = svg.getElementsByTagName(tag);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            all.add((Element) nodes.item(i));
        }
        return all;
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    /** The element with this text. */
    Element text(String text) {
        return elements("text").stream()
                .filter(e -> e.getTextContent().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text + " among " + texts()));
    }

    /** Elements that have this colour as stroke or fill, their own or that of the group around them. */
    List<Element> colored(String tag, String color) {
        return elements(tag).stream()
                .filter(e -> e.getAttribute("stroke").equals(color)
                        || e.getAttribute("fill").equals(color)
                        || ((Element) e.getParentNode()).getAttribute("fill").equals(color))
                .toList();
    }

    static List<double[]> points(Element path) {
        List<double[]> points = new ArrayList<>();
        Matcher m = POINT.matcher(path.getAttribute("d"));
        while (m.find()) {
            points.add(new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))});
        }
        return points;
    }

    static double number(Element e, String attribute) {
        return Double.parseDouble(e.getAttribute(attribute));
    }

    /** The pixel under the middle of a label of the x axis. */
    double xOf(String label) {
        return number(label(label, "middle"), "x");
    }

    /** The pixel beside a label of the y axis. */
    double yOf(String label) {
        return number(label(label, "end"), "y") - 5;
    }

    private Element label(String text, String anchor) {
        List<Element> found = elements("text").stream()
                .filter(e -> e.getTextContent().equals(text)
                        && e.getAttribute("text-anchor").equals(anchor))
                .toList();
        assertFalse(found.isEmpty(), () -> text + " among " + texts());
        return found.get(found.size() - 1); // the axes are drawn last
    }
}
