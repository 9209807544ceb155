package nabla.bench;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nabla.math.fast.Blas;

/** All that was measured, as Markdown. */
final class Comparison {
    private static final String NONE = "-";

    private final Map<String, String> versions;
    private final List<Measured> rows = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();

    /**
     * Nothing measured yet.
     *
     * @param versions of what the peers consist of, by name; none without peers
     */
    Comparison(Map<String, String> versions) {
        this.versions = versions;
    }

    /** Adds what was measured of one workload, a row for each number of threads. */
    void add(Workload workload, List<Measured> measured) {
        workloads.add(workload);
        rows.addAll(measured);
    }

    /** What it was measured on and with. */
    String heading() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("- Date: ").append(LocalDate.now(ZoneId.systemDefault())).append('\n');
        text.append("- Processor: ").append(Machine.processor()).append(", ");
        text.append(Machine.processors()).append(" available\n");
        text.append("- System: ").append(Machine.system()).append('\n');
        text.append("- Java: ").append(Machine.java()).append('\n');
        text.append("- Matrix products: ").append(Blas.name()).append('\n');
        versions.forEach((name, version) ->
                text.append("- ").append(name).append(": ").append(version).append('\n'));
        return text.toString();
    }

    /** The times and the legend. */
    String times() {
        Table table = new Table(
                "workload",
                "peer",
                "threads",
                "ours, ms",
                "peer, ms",
                "peer / ours",
                "target",
                "ours / products alone",
                "allocated");
        StringBuilder legend = new StringBuilder();
        for (Workload workload : workloads) {
            legend.append("- ")
                    .append(workload.name())
                    .append(": ")
                    .append(workload.description())
                    .append(".\n");
            for (Measured row : rows) {
                if (row.workload().equals(workload.name())) {
                    table.add(
                            row.workload(),
                            row.theirs().isPresent() ? workload.peer() : NONE,
                            String.valueOf(row.threads()),
                            Figures.milliseconds(row.ours()),
                            row.theirs().map(Figures::milliseconds).orElse(NONE),
                            Figures.rounded(row.speed()),
                            Target.speed(row.workload()),
                            Figures.rounded(row.overProducts()),
                            Figures.bytes(row.allocated()));
                }
            }
        }
        return table + "\nTimes of one unit of work: median [least, most]; allocated: bytes per unit of ours.\n\n"
                + legend;
    }

    /** Which targets are met. */
    String summary(Optional<MemoryTrial> memory) {
        Table table = new Table("workload", "target", "measured", "met");
        for (Target target : Target.ALL) {
            table.add(target.judged(rows));
        }
        String[] trial = {"memory", MemoryTrial.GOAL, NONE, "not measured"};
        memory.ifPresent(measured -> {
            trial[2] = measured.ran() ? "it does" : "it does not";
            trial[3] = measured.ran() ? "yes" : "NO";
        });
        table.add(trial);
        return table.toString();
    }
}
