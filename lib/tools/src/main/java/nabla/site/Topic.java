package nabla.site;

import java.util.List;

/**
 * A topic of the inventory of the lecture notes.
 *
 * @param prefix of the IDs of its statements, such as {@code CD} of {@code CD-06}
 */
record Topic(String prefix, String name) {
    /** The topics in the order of the course, the errata last. */
    static List<Topic> all() {
        return Inventory.rows("topics.tsv").stream()
                .map(row -> new Topic(row[0], row[1]))
                .toList();
    }
}
