package nabla.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.notebook.draw.Numbers;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The first rows of a Tablesaw table; numbers are rounded and stand on the right. */
final class TableView {
    private static final int MOST_ROWS = 20;
    private static final int DIGITS = 6;

    private TableView() {}

    static Map<String, Object> of(Table table) {
        List<Column<?>> columns = table.columns();
        int shown = Math.min(table.rowCount(), MOST_ROWS);
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", plain(table, columns, shown));
        bundle.put("text/html", html(table, columns, shown));
        return bundle;
    }

    private static String cell(Column<?> column, int row) {
        if (column.isMissing(row)) {
            return "";
        }
        return column instanceof NumericColumn<?> numbers
                ? Numbers.text(numbers.getDouble(row), DIGITS)
                : column.getString(row);
    }

    private static String html(Table table, List<Column<?>> columns, int shown) {
        StringBuilder s = new StringBuilder("<table>\n<thead><tr>");
        columns.forEach(c -> s.append(element("th", c, c.name())));
        s.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < shown; i++) {
            s.append("<tr>");
            for (Column<?> c : columns) {
                s.append(element("td", c, cell(c, i)));
            }
            s.append("</tr>\n");
        }
        return s.append("</tbody>\n</table>\n<p><small>")
                .append(Html.escape(words(table, shown)))
                .append("</small></p>\n")
                .toString();
    }

    private static String element(String tag, Column<?> column, String text) {
        String side = column instanceof NumericColumn<?> ? "right" : "left";
        return "<" + tag + " style=\"text-align:" + side + "\">" + Html.escape(text) + "</" + tag + ">";
    }

    private static String plain(Table table, List<Column<?>> columns, int shown) {
        List<StringBuilder> lines = new ArrayList<>();
        for (int i = -1; i < shown; i++) {
            lines.add(new StringBuilder());
        }
        for (Column<?> c : columns) {
            int width = c.name().length();
            for (int i = 0; i < shown; i++) {
                width = Math.max(width, cell(c, i).length());
            }
            for (int i = -1; i < shown; i++) {
                String text = i < 0 ? c.name() : cell(c, i);
                String blanks = " ".repeat(width - text.length());
                lines.get(i + 1)
                        .append(c instanceof NumericColumn<?> ? blanks + text : text + blanks)
                        .append("  ");
            }
        }
        StringBuilder s = new StringBuilder();
        lines.forEach(line -> s.append(line.toString().stripTrailing()).append('\n'));
        return s.append(words(table, shown)).toString();
    }

    private static String words(Table table, int shown) {
        String name = table.name() == null || table.name().isEmpty() ? "" : table.name() + ": ";
        String rows = table.rowCount() == shown
                ? count(shown, "row")
                : "first " + shown + " of " + count(table.rowCount(), "row");
        return name + rows + ", " + count(table.columnCount(), "column");
    }

    private static String count(int n, String thing) {
        return n + " " + thing + (n == 1 ? "" : "s");
    }
}
