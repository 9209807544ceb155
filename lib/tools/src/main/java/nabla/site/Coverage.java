package nabla.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which statements of the inventory the notebooks prove. */
final class Coverage {
    private final Inventory inventory;
    private final Map<String, List<Check>> checks = new TreeMap<>();

    Coverage(Inventory inventory, List<Check> all) {
        this.inventory = inventory;
        for (Check check : all) {
            for (String id : check.ids()) {
                checks.computeIfAbsent(id, key -> new ArrayList<>()).add(check);
            }
        }
    }

    Inventory inventory() {
        return inventory;
    }

    /** The checks that prove a statement, in order; empty if none does. */
    List<Check> checks(Statement statement) {
        return checks.getOrDefault(statement.id(), List.of());
    }

    /** How many of some statements are proved. */
    int proved(List<Statement> statements) {
        return (int) statements.stream().filter(s -> checks.containsKey(s.id())).count();
    }

    /** What is wrong with the claims: IDs that do not exist, and IDs that more than one output claims. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        checks.forEach((id, claims) -> {
            String where = claims.stream()
                    .map(c -> c.notebook() + " cell " + c.cell())
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!inventory.has(id)) {
                warnings.add(id + " is not an ID of the inventory (" + where + ")");
            }
            if (claims.stream().map(Check::record).distinct().count() > 1) {
                warnings.add(id + " is claimed more than once (" + where + ")");
            }
        });
        return warnings;
    }
}
