package nabla.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything the lecture notes state, in the order of their slides, in our words and with all errata. */
final class Inventory {
    private final Map<String, Statement> statements = new LinkedHashMap<>();

    Inventory(List<Statement> statements) {
        statements.forEach(statement -> this.statements.put(statement.id(), statement));
    }

    /** The inventory that ships with the site. */
    static Inventory read() {
        return new Inventory(rows("inventory.tsv").stream()
                .map(row -> new Statement(row[0], notes(row[1]), row[2], row[3], row[4], row[5]))
                .toList());
    }

    /** The rows of a table of this package, without its header. */
    static List<String[]> rows(String resource) {
        try (InputStream in = Inventory.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Notes> notes(String name) {
        return name.equals("all") ? Optional.empty() : Optional.of(Notes.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    boolean has(String id) {
        return statements.containsKey(id);
    }

    /** All statements, in the order of the slides. */
    List<Statement> all() {
        return List.copyOf(statements.values());
    }

    /** The statements of a topic, by ID. */
    List<Statement> of(Topic topic) {
        return statements.values().stream()
                .filter(statement -> statement.id().startsWith(topic.prefix() + "-"))
                .sorted(Comparator.comparing(Statement::id))
                .toList();
    }

    /** The statements of each slide of a set of notes, in the order of the slides. */
    Map<String, List<Statement>> slides(Notes notes) {
        Map<String, List<Statement>> slides = new LinkedHashMap<>();
        for (Statement statement : statements.values()) {
            if (statement.notes().equals(Optional.of(notes))) {
                slides.computeIfAbsent(statement.slide(), key -> new ArrayList<>())
                        .add(statement);
            }
        }
        return slides;
    }
}
