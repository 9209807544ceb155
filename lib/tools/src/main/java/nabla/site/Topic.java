package nabla.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A topic of the inventory of the lecture notes.
 *
 * @param prefix of its rows, which are numbered {@code PREFIX-01} to {@code PREFIX-count}
 */
record Topic(String prefix, int count, String name) {
    /** The topics in the order of the notes. */
    static List<Topic> all() {
        try (InputStream in = Topic.class.getResourceAsStream("topics.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(row -> new Topic(row[0], Integer.parseInt(row[1]), row[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an ID is the ID of one of this topic's rows. */
    boolean has(String id) {
        return id.matches(prefix + "-\\d{2}") && number(id) >= 1 && number(id) <= count;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.length() - 2));
    }
}
