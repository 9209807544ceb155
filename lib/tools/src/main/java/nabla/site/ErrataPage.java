package nabla.site;

import java.util.Comparator;
import java.util.List;

/** The page of all errata: what is printed, what is right, and how far off the printed is. */
final class ErrataPage {
    private ErrataPage() {}

    static String html(Coverage coverage) {
        List<Statement> errata = coverage.inventory().all().stream()
                .filter(Statement::isErratum)
                .sorted(Comparator.comparing(Statement::id))
                .toList();
        String html =
                "<h1>Errata</h1>\n<p>What is printed (✗), what is right (✓), and by how much the printed is off, measured"
                        + " in a notebook. %d of %d are measured. Where damage may come from reading the slides by machine it says so,"
                                .formatted(coverage.proved(errata), errata.size())
                        + " and the author is not to blame.</p>\n"
                        + "<div class=\"errata\">\n"
                        + new StatementTable(coverage).html(errata, false, true) + "</div>\n";
        return Page.html("Errata · Nabla", "", html, false);
    }
}
