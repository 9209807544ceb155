package nabla.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which rows of the inventory the notebooks prove. */
final class Coverage {
    private final List<Topic> topics;
    private final Map<String, List<Check>> checks = new TreeMap<>();

    Coverage(List<Topic> topics, List<Check> all) {
        this.topics = topics;
        for (Check check : all) {
            for (String id : check.ids()) {
                checks.computeIfAbsent(id, key -> new ArrayList<>()).add(check);
            }
        }
    }

    List<Topic> topics() {
        return topics;
    }

    /** The claimed IDs of a topic with the checks that prove each, in order. */
    Map<String, List<Check>> claimed(Topic topic) {
        return checks.entrySet().stream()
                .filter(claim -> topic.has(claim.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** What is wrong with the claims: IDs that do not exist, and IDs that more than one output claims. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        checks.forEach((id, claims) -> {
            String where = claims.stream()
                    .map(c -> c.notebook() + " cell " + c.cell())
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (topics.stream().noneMatch(topic -> topic.has(id))) {
                warnings.add(id + " is not an ID of the inventory (" + where + ")");
            }
            if (claims.stream().map(Check::record).distinct().count() > 1) {
                warnings.add(id + " is claimed more than once (" + where + ")");
            }
        });
        return warnings;
    }
}
