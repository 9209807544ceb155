package nabla.bench;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns also line up as plain text. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();

    /** An empty table with these headings. */
    Table(String... headings) {
        rows.add(headings);
    }

    /** Adds a row, one cell for each heading. */
    void add(String... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException("cells: expected " + rows.get(0).length + ", got " + cells.length);
        }
        rows.add(cells);
    }

    /** The lines of the table. */
    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(Math.max(3, widths[column]), row[column].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            append(text, rows.get(row), widths);
            if (row == 0) {
                String[] rule = new String[widths.length];
                for (int column = 0; column < widths.length; column++) {
                    rule[column] = "-".repeat(widths[column]);
                }
                append(text, rule, widths);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String[] cells, int[] widths) {
        for (int column = 0; column < cells.length; column++) {
            text.append("| ").append(cells[column]).append(" ".repeat(widths[column] - cells[column].length() + 1));
        }
        text.append("|\n");
    }
}
