package nabla.notebook;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.check.Report;

/** A report of checks: typeset in every front end, and with a record that programs collect. */
final class ReportView {
    private static final String RECORD = "application/vnd.nabla.checks+json";

    private ReportView() {}

    static Map<String, Object> of(Report report) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", report.toString());
        bundle.put("text/markdown", report.markdown());
        bundle.put("text/latex", report.latex());
        bundle.put(RECORD, report.record());
        return bundle;
    }
}
